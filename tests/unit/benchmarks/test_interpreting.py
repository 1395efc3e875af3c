"""The measurement of translations, and what it must not fall below."""

from pathlib import Path

from benchmarks.interpreting import measure, read_unseen


def test_what_is_locked_is_kept_and_what_is_turned_is_found(tmp_path: Path) -> None:
    figures = measure(tmp_path)
    assert figures.pairs == 60
    assert figures.accepted >= 57
    assert figures.locked_kept == figures.locked > 80
    assert figures.terms_kept == figures.terms > 40
    assert figures.turned_shown.total() <= 3
    assert figures.turned.total() > 200


def test_what_was_written_for_a_first_look_is_found_too(tmp_path: Path) -> None:
    others = measure(tmp_path, read_unseen("pairs"))
    assert (others.pairs, others.turned.total()) == (20, 40)
    assert others.accepted >= 18
    assert others.turned_shown.total() <= 4
    places = measure(tmp_path, read_unseen("places"))
    assert (places.pairs, places.turned.total()) == (30, 33)
    assert places.accepted >= 28
    assert places.turned_shown.total() <= 5
    longer = measure(tmp_path, read_unseen("longer"))
    assert (longer.pairs, longer.turned.total()) == (14, 21)
    assert longer.accepted >= 13
    assert longer.turned_shown.total() <= 2
