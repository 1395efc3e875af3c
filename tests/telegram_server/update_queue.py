"""The updates waiting for one bot: numbering, allowed kinds, retention."""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.telegram_server.clock import Clock
from tests.telegram_server.shapes import DAY, JsonObject

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_RETENTION_SECONDS = {"callback_query": 150, "inline_query": 30, "chosen_inline_result": 600}
_FIRST_UPDATE_ID = 100_000_001
QueueKey = tuple[str, int]


@dataclass(frozen=True)
class QueuedUpdate:
    """One update; updates with one key are delivered one after another."""

    update_id: int
    kind: str
    body: JsonObject
    key: QueueKey
    expires_at: float

    def payload(self) -> JsonObject:
        """Return the Update object."""
        return {"update_id": self.update_id, self.kind: self.body}


class UpdateQueue:
    """The queue of one bot, for polling and for webhooks."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        # People act from a test's thread while the server's loop delivers.
        self._lock = threading.RLock()
        self._waiting: list[QueuedUpdate] = []
        self._next_id = _FIRST_UPDATE_ID
        self.allowed: list[str] = []
        self.on_change: Callable[[], None] = lambda: None

    def allows(self, kind: str) -> bool:
        """Tell whether the bot asked for this kind of update."""
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def put(self, kind: str, body: JsonObject, key: QueueKey) -> int | None:
        """Queue an update unless the bot did not ask for its kind; return its id."""
        if not self.allows(kind):
            return None
        expires_at = self._clock.now() + _RETENTION_SECONDS.get(kind, DAY)
        with self._lock:
            update = QueuedUpdate(self._next_id, kind, body, key, expires_at)
            self._next_id += 1
            self._waiting.append(update)
        self.on_change()
        return update.update_id

    def waiting(self) -> list[QueuedUpdate]:
        """Return what is still worth delivering, oldest first."""
        now = self._clock.now()
        with self._lock:
            self._waiting = [update for update in self._waiting if update.expires_at > now]
            return list(self._waiting)

    def confirm(self, offset: int) -> None:
        """Forget what a poller has received; a negative offset counts from the end."""
        with self._lock:
            if offset < 0:
                self._waiting = self.waiting()[offset:]
            else:
                self._waiting = [u for u in self._waiting if u.update_id >= offset]

    def remove(self, update_id: int) -> None:
        """Forget one update that a webhook has accepted."""
        with self._lock:
            self._waiting = [u for u in self._waiting if u.update_id != update_id]

    def clear(self) -> None:
        """Forget everything (drop_pending_updates)."""
        with self._lock:
            self._waiting = []
