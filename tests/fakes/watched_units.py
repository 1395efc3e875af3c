"""Transactions that are watched, and that can be made to die."""

import threading
from types import TracebackType
from typing import Self

from bot.desk.ports import UnitOfWork, UnitOfWorkFactory


class Killed(BaseException):
    """The process ends here; nothing in the program may catch it."""


class WatchedUnits:
    """Wraps a factory: knows how many transactions a thread has open, and where to die.

    ``die_before`` and ``die_after`` count commits, the next being 1; 0 means never.
    """

    def __init__(self, units: UnitOfWorkFactory) -> None:
        self._units = units
        self._open = threading.local()
        self.die_before = 0
        self.die_after = 0

    def __call__(self) -> "WatchedUnit":
        return WatchedUnit(self._units(), self)

    @property
    def open_here(self) -> int:
        return int(getattr(self._open, "count", 0))

    def count(self, change: int) -> None:
        self._open.count = self.open_here + change

    def commit(self, unit: UnitOfWork) -> None:
        self.die_before -= 1
        if self.die_before == 0:
            raise Killed
        unit.commit()
        self.die_after -= 1
        if self.die_after == 0:
            raise Killed


class WatchedUnit(UnitOfWork):
    def __init__(self, unit: UnitOfWork, watch: WatchedUnits) -> None:
        self._unit = unit
        self._watch = watch

    def __enter__(self) -> Self:
        assert self._watch.open_here == 0, "a transaction inside another"
        unit = self._unit.__enter__()
        self._watch.count(+1)
        self.customers, self.conversations = unit.customers, unit.conversations
        self.tickets, self.inbox, self.outbox = unit.tickets, unit.inbox, unit.outbox
        self.links, self.feedback = unit.links, unit.feedback
        self.roster, self.schedule = unit.roster, unit.schedule
        self.meters, self.moves = unit.meters, unit.moves
        self.faq, self.relay = unit.faq, unit.relay
        self.translations = unit.translations
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._watch.count(-1)
        self._unit.__exit__(kind, error, trace)

    def commit(self) -> None:
        self._watch.commit(self._unit)
