"""The twin of ``bot.storage`` in memory: one transaction at a time, committed whole or not."""

import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from bot.desk.gap_ports import FaqEntries
from bot.desk.ports import (
    Conversations,
    Customers,
    Feedback,
    Inbox,
    Links,
    Meters,
    Moves,
    Outbox,
    Roster,
    Schedule,
    Tickets,
)
from bot.desk.relay import RelayRecords
from bot.desk.translation_tasks import TranslationTasks
from tests.fakes.memory_faq import MemoryFaqEntries
from tests.fakes.memory_mail import (
    MemoryFeedback,
    MemoryInbox,
    MemoryLinks,
    MemoryMeters,
    MemoryMoves,
    MemoryOutbox,
)
from tests.fakes.memory_relay import MemoryRelayRecords
from tests.fakes.memory_roster import MemoryRoster
from tests.fakes.memory_schedule import MemorySchedule
from tests.fakes.memory_state import State
from tests.fakes.memory_threads import MemoryConversations, MemoryCustomers, MemoryTickets
from tests.fakes.memory_translations import MemoryTranslationTasks

_PORTS: Final[Mapping[str, Callable[[State], object]]] = {
    "customers": MemoryCustomers,
    "conversations": MemoryConversations,
    "tickets": MemoryTickets,
    "inbox": MemoryInbox,
    "outbox": MemoryOutbox,
    "links": MemoryLinks,
    "feedback": MemoryFeedback,
    "schedule": MemorySchedule,
    "roster": MemoryRoster,
    "meters": MemoryMeters,
    "moves": MemoryMoves,
    "faq": MemoryFaqEntries,
    "relay": MemoryRelayRecords,
    "translations": MemoryTranslationTasks,
}


class MemoryStorage:
    """Begins transactions, as ``bot.storage.database.Database`` does."""

    def __init__(self) -> None:
        self.state = State()
        self.lock = threading.Lock()
        self.holder: int | None = None

    def __call__(self) -> "MemoryUnitOfWork":
        return MemoryUnitOfWork(self)


class MemoryUnitOfWork:
    customers: Customers
    conversations: Conversations
    tickets: Tickets
    inbox: Inbox
    outbox: Outbox
    links: Links
    feedback: Feedback
    roster: Roster
    schedule: Schedule
    meters: Meters
    moves: Moves
    faq: FaqEntries
    relay: RelayRecords
    translations: TranslationTasks

    def __init__(self, storage: MemoryStorage) -> None:
        self._storage = storage
        self._made: list[str] = []

    def __enter__(self) -> Self:
        assert self._storage.holder != threading.get_ident(), "a transaction inside another"
        self._storage.lock.acquire()
        self._storage.holder = threading.get_ident()
        self._begin()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._storage.holder = None
        self._storage.lock.release()

    def commit(self) -> None:
        self._storage.state = self._state.close()
        # What is written from here on is not committed yet.
        self._begin()

    def _begin(self) -> None:
        self._state = self._storage.state.copy()
        for name in self._made:
            del self.__dict__[name]
        self._made.clear()

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            if name not in _PORTS:
                raise AttributeError(name)
            port = _PORTS[name](self._state)
            self.__dict__[name] = port
            self._made.append(name)
            return port
