"""Reading ahead keeps the order, passes errors on, and does not run away."""

import threading

import pytest

from ingest.read_ahead import AHEAD, read_ahead


def test_items_come_with_their_results_in_order() -> None:
    assert list(read_ahead(range(200), lambda number: number * 2)) == [
        (number, number * 2) for number in range(200)
    ]


def test_it_reads_in_another_thread() -> None:
    [(_, thread)] = read_ahead([1], lambda _: threading.current_thread())
    assert thread is not threading.current_thread()


def test_an_error_is_raised_in_the_turn_of_its_item() -> None:
    def read(number: int) -> int:
        if number == 2:
            raise KeyError(number)
        return number

    reading = read_ahead(range(5), read)
    assert [next(reading)[0], next(reading)[0]] == [0, 1]
    with pytest.raises(KeyError):
        next(reading)


def test_it_is_only_so_far_ahead() -> None:
    read: list[int] = []
    reading = read_ahead(range(10 * AHEAD), read.append)
    next(reading)
    while len(read) < AHEAD:  # the thread gets there by itself
        pass
    reading.close()
    assert len(read) <= AHEAD + 3
