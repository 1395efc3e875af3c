import threading

import pytest

from knowledge.parallel import begin


def test_work_goes_on_beside_other_work() -> None:
    meanwhile = threading.Event()
    waiting = begin(lambda: meanwhile.wait(10))
    meanwhile.set()
    assert waiting() is True


def test_what_goes_wrong_is_raised_where_the_result_is_wanted() -> None:
    def fail() -> int:
        message = "no such shelf"
        raise LookupError(message)

    waiting = begin(fail)
    with pytest.raises(LookupError, match="no such shelf"):
        waiting()
