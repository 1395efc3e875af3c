"""What the audit of a world has found, and what it reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.desk.mail import OutboxRow
from handlers.chat.api import as_number, as_object
from tests.telegram_server.state import Message


@dataclass
class Verdict:
    """What was found, by kind; all but ``unknown`` must stay empty."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    claimed_twice: list[str] = field(default_factory=list)
    parked: int = 0
    unknown: int = 0

    @property
    def faults(self) -> list[str]:
        """Everything that must not be, a line each."""
        kinds = ("lost", "doubled", "out_of_order", "leaked", "claimed_twice")
        found = [f"{kind}: {each}" for kind in kinds for each in getattr(self, kind)]
        return found + [f"{self.parked} updates were put aside"] * bool(self.parked)


@dataclass(frozen=True)
class Seen:
    """What the bot has written, by word.

    ``private``: messages that customers have now, ``ever``: numbers of all that they have ever had
    with a word in any version, ``group``: messages in the staff group.
    """

    private: Mapping[str, Sequence[Message]]
    ever: Mapping[str, Sequence[int]]
    group: Mapping[str, Sequence[Message]]


def thread_of(row: OutboxRow) -> int:
    return as_number(as_object(row.payload["parameters"]).get("message_thread_id"))


def goes_to(row: OutboxRow) -> int:
    return as_number(as_object(row.payload["parameters"]).get("chat_id"))
