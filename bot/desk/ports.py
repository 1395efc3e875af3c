"""What the desk needs from outside, as protocols; one conformance suite each in tests/contracts."""

from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from bot.desk.case_ports import Briefer, Roster, Tickets
from bot.desk.conversation import Address, Conversation, Customer, Owner, Turn
from bot.desk.expectation import Expectation
from bot.desk.gap_ports import FaqEntries
from bot.desk.mail import Delivery, Draft, InboxRow, OutboxRow, StaffMessage
from bot.desk.mailroom import Inbox, Links, Meters, Moves, Outbox
from bot.desk.outcomes import HandedOff, Outcome
from bot.desk.questions import Message, Question, Sender
from bot.desk.relay import RelayComposer, RelayRecords
from bot.desk.ticket import Staff, Ticket
from bot.desk.timers import Schedule
from bot.desk.translation_tasks import TranslationTasks

__all__ = [
    "Briefer",
    "Clock",
    "Composer",
    "Consultant",
    "Conversations",
    "Customers",
    "Delivery",
    "Draft",
    "FaqEntries",
    "Feedback",
    "Inbox",
    "InboxRow",
    "Links",
    "Meters",
    "Moves",
    "Outbox",
    "OutboxRow",
    "Roster",
    "Schedule",
    "StaffMessage",
    "Tickets",
    "UnitOfWork",
    "UnitOfWorkFactory",
]

Clock = Callable[[], datetime]
"""Returns the present moment, with a time zone."""


class Consultant(Protocol):
    """Thinks about a question; opens no transaction and sends nothing."""

    def consult(self, question: Question) -> Outcome:
        """Decide what to do with a question."""


class Composer(RelayComposer, Protocol):
    """Writes what people read at one door; every recipient in their own language."""

    def outcome(
        self, conversation: Conversation, message: Message, outcome: Outcome
    ) -> list[Draft]:
        """The bot's answer to the customer."""

    def case_opened(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """The ticket's place among staff, and its case card."""

    def customer_wrote(
        self, conversation: Conversation, ticket: Ticket, message: Message
    ) -> list[Draft]:
        """The customer's message, shown to staff."""

    def bot_answered(self, conversation: Conversation, ticket: Ticket, text: str) -> list[Draft]:
        """What the bot answered while the ticket was waiting, shown to staff."""

    def staff_replied(
        self, conversation: Conversation, ticket: Ticket, reply: StaffMessage
    ) -> list[Draft]:
        """A staff reply, shown to the customer."""

    def state_changed(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """What the last entry says of the state: told to the customer and shown to staff.

        Claimed, returned, closed, and reopened is for both; who else has it now for staff alone.
        """

    def closed(self, conversation: Conversation, expected: Expectation) -> list[Draft]:
        """Nobody is there now, and when somebody is: told to a customer who wrote to a person."""

    def card_changed(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """The case card as things stand now: put off, its mode, its draft, its rating."""

    def case_reopened(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """A question goes on with a ticket that had ended, shown to staff."""

    def woken(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """The time to which a ticket was put off has come, shown to staff."""

    def draft_to_edit(
        self, conversation: Conversation, ticket: Ticket, staff: Staff
    ) -> list[Draft]:
        """The draft reply as a text to change and send back, shown to staff."""

    def comment_wanted(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """The customer is asked for a word about a ticket that has ended."""

    def commented(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """The customer's word, shown to staff; the customer is thanked."""

    def became_urgent(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """Somebody may be in danger in a thread that staff already know, shown to staff."""

    def staff_note(self, outcome: HandedOff) -> str:
        """What staff alone should know of the bot's reasons, as text; "" for nothing."""

    def noted(self, conversation: Conversation, ticket: Ticket, text: str) -> list[Draft]:
        """A note of the bot's in a thread that staff already know, shown to staff."""

    def undelivered(self, conversation: Conversation, ticket: Ticket, problem: str) -> list[Draft]:
        """A message did not reach the customer, shown to staff; ``problem`` is a short code."""

    def plain_text(self, conversation: Conversation, outcome: Outcome) -> str:
        """The outcome as text, for the conversation's memory and the ticket's timeline."""


class Customers(Protocol):
    """People who ask."""

    def meet(self, sender: Sender, door: str) -> Customer:
        """Find or create the customer; refresh name, client language and audience.

        Somebody who writes is reachable again.
        """

    def choose_language(self, customer: int, language: str) -> None:
        """Keep the customer's own choice ("" to take it back)."""

    def set_reachable(self, customer: int, *, reachable: bool) -> None:
        """Remember whether messages reach them."""


class Conversations(Protocol):
    """Threads and their short memory."""

    def open(self, customer: Customer, address: Address) -> Conversation:
        """Find or create the conversation at an address."""

    def get(self, conversation: int) -> Conversation:
        """Read it; raises ``ThreadNotFound``."""

    def at(self, address: Address) -> Conversation | None:
        """The conversation at an address, if there is one."""

    def remember(
        self, conversation: int, turn: Turn, *, reference: str = "", detail: str = ""
    ) -> bool:
        """Append a turn; False when one with this reference is already there."""

    def recent(self, conversation: int, limit: int, *, before: str = "") -> tuple[Turn, ...]:
        """The last turns, oldest first; those before the turn with a reference if one is given.

        What staff took back is not among them.
        """

    def versions(self, conversation: int, reference: str) -> tuple[Turn, ...]:
        """A message and its edits (``<reference>/edit…``), oldest first; empty when unknown."""

    def settle(self, conversation: int, reference: str, *, how: str) -> None:
        """Record that the customer's message with this reference was dealt with."""

    def settled(self, conversation: int, reference: str) -> bool:
        """Whether it was dealt with: answered, handed off or shown to staff."""

    def set_language(self, conversation: int, language: str) -> None:
        """Remember the language last spoken."""

    def set_owner(self, conversation: int, owner: Owner, *, expected_epoch: int) -> bool:
        """Compare-and-set: change the owner and raise the epoch; False when it has moved on."""


class Feedback(Protocol):
    """What customers thought of answers."""

    def rate(self, *, conversation: int, reference: str, helpful: bool, at: datetime) -> None:
        """Keep (or change) the verdict on one answer."""


class UnitOfWork(Protocol):
    """One transaction: commit, or everything is as before."""

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

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back what was not committed."""

    def commit(self) -> None:
        """Make it durable."""


class UnitOfWorkFactory(Protocol):
    """Begins transactions."""

    def __call__(self) -> UnitOfWork:
        """A new transaction, not yet begun."""
