"""What the ways in and out need from storage; ``bot.desk.ports`` has these among the others."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.desk.conversation import Conversation
from bot.desk.mail import Delivery, Draft, InboxRow, OutboxRow


class Inbox(Protocol):
    """Updates, durable before they are acknowledged."""

    def put(self, *, source: str, number: int, queue: str, raw: str, at: datetime) -> bool:
        """Store an update; False when it is already there."""

    def next(self, *, excluding: frozenset[str], within: str = "") -> InboxRow | None:
        """The oldest waiting row of a queue that is not among ``excluding``.

        Within a queue the lowest number comes first: webhooks may arrive out of order. Only queues
        whose names begin with ``within`` count.
        """

    def waiting(self, queue: str, *, limit: int) -> Sequence[InboxRow]:
        """The first waiting rows of one queue, in the order in which they are to be handled."""

    def has(self, *, source: str, number: int) -> bool:
        """Whether an update was stored, whatever became of it since."""

    def done(self, row: int) -> None:
        """Mark it handled."""

    def failed(self, row: int, error: str, *, park: bool) -> None:
        """Count a failed attempt; ``park`` takes it out of the way, visibly."""

    def parked(self) -> int:
        """How many rows are parked."""

    def put_aside(self) -> Sequence[InboxRow]:
        """The rows that are parked, oldest first."""

    def retry(self, row: int) -> bool:
        """Let a parked row be handled again, as if for the first time; False if it is not."""

    def dismiss(self, row: int) -> bool:
        """A parked row was seen and needs nothing more; False if it is not parked."""

    def sweep(self, *, before: datetime, limit: int) -> int:
        """Remove rows that are handled or dismissed and were stored before a moment; how many.

        Numbers of rows are not given again.
        """


class Outbox(Protocol):
    """Messages, rows before they are sent."""

    def put(
        self,
        drafts: Sequence[Draft],
        *,
        conversation: Conversation | None = None,
        ticket: int | None = None,
    ) -> list[int]:
        """Store drafts in order and return their ids."""

    def due(
        self, *, now: datetime, excluding: frozenset[str], within: str = "", without: str = ""
    ) -> OutboxRow | None:
        """The oldest pending row that heads its queue and whose time has come.

        A row heads its queue when no earlier one is pending or being sent. Only queues whose names
        begin with ``within`` count, and of these not those that begin with ``without``. A queue
        goes before another one when something more urgent stands in it, at whatever place.
        """

    def following(self, row: int, *, limit: int) -> Sequence[OutboxRow]:
        """The pending rows that come next in the queue of a row, in their order."""

    def fold(self, row: int, others: Sequence[int], draft: Draft) -> None:
        """Let a pending row carry what stands in others too: it gets the draft's call.

        The others, which must be pending, are dropped and say which one carries them.
        """

    def get(self, row: int) -> OutboxRow:
        """Read one row; raises ``DeskError`` when there is none."""

    def interrupted(self, *, within: str = "") -> Sequence[OutboxRow]:
        """Rows that were being sent when the last process ended, in queues that begin so."""

    def begin(self, row: int, *, mark: str) -> bool:
        """Pending → sending; False (and dropped) when its epoch is old or it is not pending."""

    def settle(self, row: int, state: Delivery, *, result: Mapping[str, object]) -> None:
        """Record the fate of a row that was being sent; pending ones can only be dropped.

        An unknown fate may become known later. Anything else raises ``DeskError``.
        """

    def postpone(self, row: int, until: datetime) -> None:
        """Sending → pending again, not before a moment: it is known not to have arrived.

        It goes on blocking its queue. A pending row may be put off too.
        """

    def waiting(self) -> int:
        """How many rows still wait to be sent."""

    def troubled(self) -> Sequence[OutboxRow]:
        """Rows that failed or whose fate is unknown, undismissed ones only; oldest first."""

    def retry(self, row: int) -> bool:
        """Send such a row again, whatever became of it; False if it is not one."""

    def dismiss(self, row: int) -> bool:
        """Such a row was seen and needs nothing more; False if it is not one."""

    def sweep(self, *, now: datetime, before: datetime, limit: int) -> int:
        """Remove rows found finished before a moment; how many rows were removed or looked at.

        A row is found finished by the first sweep that meets it in that state, at ``now``. Failed
        and unknown ones stay until they are dismissed. Numbers of rows are not given again.
        """


class Links(Protocol):
    """Which message in one chat mirrors which message in another."""

    def add(self, here: tuple[str, str], there: tuple[str, str]) -> None:
        """Tie (chat, message) here to (chat, message) there, both ways.

        A message keeps its first mirror; parts of a split message all lead back to the whole.
        """

    def renew(self, here: tuple[str, str], there: tuple[str, str]) -> None:
        """Tie them, and let ``there`` lead here from now on."""

    def find(self, here: tuple[str, str]) -> tuple[str, str] | None:
        """The mirror of a message, if there is one."""

    def mirrors(self, here: tuple[str, str]) -> Sequence[tuple[str, str]]:
        """All messages whose mirror is this one, in no order."""


class Meters(Protocol):
    """How much of each limit is used up; shared by all processes on the database."""

    def read(self, names: Sequence[str]) -> Mapping[str, str]:
        """What is written of these limits; names that are unknown or forgotten are left out."""

    def write(self, states: Mapping[str, str], *, until: datetime) -> None:
        """Write some of them; after ``until`` they may be forgotten."""

    def forget(self, before: datetime) -> int:
        """Remove what need not be known any more; how many."""


class Moves(Protocol):
    """Chats that got a new number."""

    def add(self, old: str, new: str) -> bool:
        """Remember it; False when it is known."""

    def all(self) -> Mapping[str, str]:
        """The new number by the old one, each followed to its end."""
