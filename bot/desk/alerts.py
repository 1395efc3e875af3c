"""What staff are told about time, as the timers decided it; the door writes the messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.desk.mail import Draft
from bot.desk.relay import Place
from bot.desk.schedule.queues import Queue, Tell
from bot.desk.ticket import Staff, Ticket
from bot.desk.timers import Timer


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One timer that has reached a step: whom to tell.

    ``staff`` is who is named: the owner with the id that the door knows, or somebody of the duty
    list by name alone; NOBODY where nobody is to be named. ``percent`` is how much of the target
    has passed; 100 and more is too late.
    """

    ticket: Ticket
    timer: Timer
    queue: Queue
    tell: Tell
    percent: int
    staff: Staff

    @property
    def late(self) -> bool:
        """Whether the moment has passed by which it was due."""
        return self.percent >= 100  # noqa: PLR2004 - percent


class AlertComposer(Protocol):
    """Writes to staff about time, with as few messages as will do."""

    def alerted(self, alerts: Sequence[Alert]) -> list[Draft]:
        """All that is due at one moment."""

    def promised(self, ticket: Ticket, timer: Timer) -> list[Draft]:
        """The bot has understood that staff promised something, shown in the ticket's place."""

    def dropped(self, ticket: Ticket, timer: Timer) -> list[Draft]:
        """The reply that promised it was changed or taken back: nobody will be reminded."""

    def settled(self, timer: Timer, staff: Staff, place: Place, *, kept: bool) -> list[Draft]:
        """What becomes of the message that showed a promise: kept, or put off by somebody."""
