"""Keeps each line before it is thought about, so that no end of the program can lose it."""

import json
from dataclasses import dataclass, field
from itertools import count

from bot.desk.conversation import Address
from bot.desk.ports import Clock, InboxRow, UnitOfWorkFactory
from bot.desk.questions import Message, Sender

_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalInbox:
    """The lines of one customer; each has a number that no other session gives again."""

    units: UnitOfWorkFactory
    clock: Clock
    address: Address
    sender: Sender
    _given: "count[int]" = field(default_factory=count)

    def keep(self, text: str) -> None:
        """Store a line."""
        with self.units() as unit:
            unit.inbox.put(
                source=self.address.key,
                number=self._number(),
                queue=self.address.key,
                raw=json.dumps({"text": text}),
                at=self.clock(),
            )
            unit.commit()

    def waiting(self) -> InboxRow | None:
        """The oldest line that was not dealt with."""
        with self.units() as unit:
            return unit.inbox.next(excluding=_NOBODY, within=self.address.key)

    def message(self, row: InboxRow) -> Message:
        """A line that was kept."""
        return self._message(row.number, str(json.loads(row.raw)["text"]))

    def passing(self, text: str) -> Message:
        """A message that need not be kept, because nobody thinks about it."""
        return self._message(self._number(), text)

    def _number(self) -> int:
        return int(self.clock().timestamp() * 1_000_000) + next(self._given)

    def _message(self, number: int, text: str) -> Message:
        return Message(address=self.address, sender=self.sender, reference=str(number), text=text)
