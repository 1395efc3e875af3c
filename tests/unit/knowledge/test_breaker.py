from dataclasses import dataclass

from knowledge.breaker import (
    FAILURES,
    LONGEST_PAUSE,
    SHORTEST_PAUSE,
    CircuitBreaker,
)


@dataclass
class Seconds:
    """Seconds that a test lets pass."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def fail(breaker: CircuitBreaker, times: int) -> None:
    for _ in range(times):
        assert breaker.lets_through()
        breaker.failed()


def test_single_failures_do_no_harm() -> None:
    breaker = CircuitBreaker(Seconds())
    for _ in range(10):
        fail(breaker, FAILURES - 1)
        breaker.succeeded()
    assert breaker.lets_through()


def test_after_failures_in_a_row_there_is_a_pause_and_then_one_attempt() -> None:
    clock = Seconds()
    breaker = CircuitBreaker(clock)
    fail(breaker, FAILURES)
    assert not breaker.lets_through()
    clock.now += SHORTEST_PAUSE - 1
    assert not breaker.lets_through()
    clock.now += 1
    assert breaker.lets_through()
    assert not breaker.lets_through(), "the others wait for the first"
    breaker.succeeded()
    assert breaker.lets_through()
    assert breaker.lets_through()


def test_the_pause_doubles_up_to_a_limit() -> None:
    clock = Seconds()
    breaker = CircuitBreaker(clock)
    fail(breaker, FAILURES)
    pauses = []
    for _ in range(12):
        began = clock.now
        while not breaker.lets_through():
            clock.now += 10
        pauses.append(clock.now - began)
        breaker.failed()
    assert pauses[:3] == [SHORTEST_PAUSE, 2 * SHORTEST_PAUSE, 4 * SHORTEST_PAUSE]
    assert pauses[-1] == LONGEST_PAUSE == max(pauses)


def test_an_attempt_that_is_never_reported_blocks_nobody_for_ever() -> None:
    clock = Seconds()
    breaker = CircuitBreaker(clock)
    fail(breaker, FAILURES)
    clock.now += SHORTEST_PAUSE
    assert breaker.lets_through()
    clock.now += LONGEST_PAUSE
    assert breaker.lets_through()
