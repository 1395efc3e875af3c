"""The ports that are about cases; see bot.desk.ports."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.desk.briefing import Briefing, Findings, SolvedCase
from bot.desk.outcomes import HandedOff
from bot.desk.questions import Question
from bot.desk.roster import Member
from bot.desk.ticket import Entry, Ticket


class Briefer(Protocol):
    """Finds out what a person should know; opens no transaction and sends nothing."""

    def brief(
        self, question: Question, outcome: HandedOff, solved: Sequence[SolvedCase]
    ) -> Findings:
        """Look what the shelf and the ``solved`` cases have on a question."""


class Tickets(Protocol):
    """Tickets and their timelines."""

    def open(self, conversation: int, *, reason: str, urgent: bool, at: datetime) -> Ticket:
        """Open a new ticket with its first entry; ``DeskError`` when one is open already."""

    def get(self, ticket: int) -> Ticket:
        """Read it; raises ``ThreadNotFound``."""

    def current(self, conversation: int) -> Ticket | None:
        """The conversation's open ticket, if there is one."""

    def latest(self, conversation: int) -> Ticket | None:
        """The conversation's newest ticket, open or not."""

    def reopen(self, ticket: int, entry: Entry, *, reason: str, urgent: bool) -> Ticket:
        """Open an ended ticket again, with its entry; ``DeskError`` when one is open already."""

    def brief(self, ticket: int, briefing: Briefing) -> None:
        """Keep what was found out for whoever takes it."""

    def asleep(self, until: datetime) -> Sequence[Ticket]:
        """Open tickets that are put off to a moment not after ``until``, the first due first."""

    def solved(self, limit: int) -> Sequence[SolvedCase]:
        """Ended tickets that a person replied to, newest first."""

    def at_topic(self, topic: str) -> Ticket | None:
        """The ticket whose place this is; the newest where several stood there in turn."""

    def of_customer(self, customer: int) -> Sequence[Ticket]:
        """All tickets of a customer, newest first."""

    def listed(self, *, open_only: bool) -> Sequence[Ticket]:
        """Tickets, urgent ones first, then the oldest."""

    def add(self, ticket: int, entry: Entry) -> None:
        """Append to the timeline."""

    def set_urgent(self, ticket: int, *, reason: str) -> None:
        """Put it first; ``reason`` is what it is about from now on."""

    def set_topic(self, ticket: int, topic: str) -> None:
        """Record where it stands among staff."""


class Roster(Protocol):
    """The members of staff."""

    def find(self, door: str, identity: str) -> Member | None:
        """One of them, if they were ever seen."""

    def keep(self, member: Member) -> None:
        """Write down a member as they are now."""

    def members(self, door: str) -> Sequence[Member]:
        """All of a door who are present, those who were seen last first."""

    def everybody(self, door: str) -> Sequence[Member]:
        """All that were ever seen at a door, by their ids."""
