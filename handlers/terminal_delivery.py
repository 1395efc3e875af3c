"""Takes what waits in the outbox for one terminal and shows it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.desk.ports import Clock, Delivery, OutboxRow, UnitOfWorkFactory

_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalDelivery:
    """Shows the rows of one queue in order; each is recorded before and after."""

    units: UnitOfWorkFactory
    clock: Clock
    queue: str
    show: Callable[[str], None]

    def recover(self) -> None:
        """Put back what was being shown when the last process ended: better twice than never."""
        with self.units() as unit:
            for row in unit.outbox.interrupted(within=self.queue):
                unit.outbox.postpone(row.id, self.clock())
            unit.commit()

    def deliver(self) -> None:
        """Show all that is due."""
        while (row := self._due()) is not None:
            with self.units() as unit:
                begun = unit.outbox.begin(row.id, mark="")
                unit.commit()
            if begun:
                self.show(str(row.payload["text"]))
                self._settle(row)

    def _due(self) -> OutboxRow | None:
        with self.units() as unit:
            return unit.outbox.due(now=self.clock(), excluding=_NOBODY, within=self.queue)

    def _settle(self, row: OutboxRow) -> None:
        with self.units() as unit:
            unit.outbox.settle(row.id, Delivery.SENT, result={})
            unit.commit()
