"""The remaining time comes from the rate of each kind of file."""

import pytest

from ingest.pace import Pace


class Watch:
    """A clock that is set by hand."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def make(**left: int) -> tuple[Pace, Watch]:
    watch = Watch()
    pace = Pace(watch)
    pace.left.update({f".{kind}": size for kind, size in left.items()})
    return pace, watch


def test_nothing_is_said_before_anything_is_known() -> None:
    pace, _ = make(md=100)
    assert pace.remaining() is None


def test_the_rest_takes_as_long_as_what_was_done() -> None:
    pace, watch = make(md=300)
    watch.seconds = 2.0
    pace.finish([(".md", 100)])
    assert pace.remaining() == pytest.approx(4.0)


def test_a_slow_kind_does_not_make_the_others_slow() -> None:
    pace, watch = make(md=1000, pdf=200)
    watch.seconds = 1.0
    pace.finish([(".md", 100)])
    watch.seconds = 101.0
    pace.finish([(".pdf", 100)])
    assert pace.remaining() == pytest.approx(900 * 0.01 + 100 * 1.0)


def test_two_kinds_that_were_done_together_share_the_time_by_what_is_known() -> None:
    pace, watch = make(md=300, pdf=300)
    watch.seconds = 1.0
    pace.finish([(".md", 100)])
    watch.seconds = 10.0
    pace.finish([(".pdf", 100)])
    watch.seconds = 20.0
    pace.finish([(".md", 100), (".pdf", 100)])
    assert pace.remaining() == pytest.approx(10.0)


def test_empty_files_divide_nothing_by_zero() -> None:
    pace, watch = make(md=1)
    watch.seconds = 1.0
    pace.finish([(".md", 0)])
    assert pace.remaining() == 0
