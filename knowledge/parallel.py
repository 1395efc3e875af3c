"""Work that goes on beside other work, where both spend their time outside the interpreter."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

_Result = TypeVar("_Result")


def begin(work: Callable[[], _Result]) -> Callable[[], _Result]:
    """Begin some work in a thread of its own.

    Returns what waits for it and gives its result, or raises what it raised. The thread ends with
    the work, so that a process may fork.
    """
    future: Future[_Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - it is raised where the result is wanted
            future.set_exception(error)

    Thread(target=run, name="beside", daemon=True).start()
    return future.result
