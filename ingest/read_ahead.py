"""Reading runs ahead of what is done with the documents, in a thread of its own."""

import queue
import threading
from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

AHEAD = 64
"""So many documents may wait, read, for their turn."""
_PATIENCE = 0.1


def read_ahead(
    items: Sequence[_Item], read: Callable[[_Item], _Result]
) -> Generator[tuple[_Item, _Result], None, None]:
    """Yield each item with what ``read`` gives for it, in order.

    An error of ``read`` is raised in the turn of its item. The thread is left behind when nobody
    wants more: a document that takes long keeps nobody from leaving.
    """
    results: queue.Queue[tuple[_Result | None, BaseException | None]] = queue.Queue(AHEAD)
    gone = threading.Event()

    def run() -> None:
        for item in items:
            outcome: tuple[_Result | None, BaseException | None]
            try:
                outcome = read(item), None
            except BaseException as error:  # noqa: BLE001 - it is raised where the item is wanted
                outcome = None, error
            if not _hand_over(results, outcome, gone):
                return

    threading.Thread(target=run, name="reading", daemon=True).start()
    try:
        for item in items:
            result, error = results.get()
            if error is not None:
                raise error
            yield item, result  # type: ignore[misc]  # without an error there is a result
    finally:
        gone.set()


def _hand_over(results: "queue.Queue[_Result]", result: _Result, gone: threading.Event) -> bool:
    """Wait for room in the queue; false once nobody wants it any more."""
    while not gone.is_set():
        try:
            results.put(result, timeout=_PATIENCE)
        except queue.Full:
            continue
        return True
    return False
