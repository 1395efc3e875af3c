"""The desk as the doors know it: what customers and staff can do, each in one call."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.afterwards import Afterwards
from bot.desk.backlog import Backlog
from bot.desk.casework import Also, Casework, finish
from bot.desk.claims import Claims
from bot.desk.conversation import Address, Conversation
from bot.desk.draft_replies import DraftReplies
from bot.desk.outcomes import Outcome
from bot.desk.ports import (
    Clock,
    Composer,
    Consultant,
    OutboxRow,
    StaffMessage,
    UnitOfWorkFactory,
)
from bot.desk.preparation import Preparation
from bot.desk.questions import Message, Sender
from bot.desk.reception import Reception
from bot.desk.relay import StaffRecord
from bot.desk.replies import Replies
from bot.desk.staffing import Staffing
from bot.desk.support import Support
from bot.desk.threads import Threads
from bot.desk.ticket import EntryKind, Staff, Ticket
from bot.desk.timekeeping import Timekeeper
from bot.desk.triage import Triage
from knowledge.errors import ThreadNotFound

__all__ = ["Also", "Desk"]

_ALONE = Support()


class Desk:
    """One desk for one door; safe to call from several threads.

    ``also`` is done in the transaction that settles the matter, so that a door can mark its inbox
    row as done together with it. It is not done when a method raises.

    ``triage``, ``drafts`` and ``staffing`` are what else staff can do, ``afterwards`` what
    customers can do with a ticket that has ended. ``timekeeper`` knows what is due, None where
    nothing is.
    """

    def __init__(
        self,
        units: UnitOfWorkFactory,
        consultant: Consultant,
        composer: Composer,
        clock: Clock,
        support: Support = _ALONE,
    ) -> None:
        self._units = units
        self._clock = clock
        self._policy = support.policy
        casework = Casework(
            composer=composer,
            clock=clock,
            policy=support.policy,
            interpreting=support.interpreting,
        )
        claims = Claims(casework=casework)
        self._reception = Reception(
            units=units,
            consultant=consultant,
            casework=casework,
            preparation=Preparation(units=units, composer=composer, briefer=support.briefer),
            timing=support.timing,
        )
        self._backlog = Backlog(units=units, casework=casework)
        self._threads = Threads(units=units, casework=casework)
        self._replies = Replies(units=units, casework=casework, claims=claims)
        self.triage = Triage(units=units, claims=claims)
        self.drafts = DraftReplies(units=units, claims=claims)
        self.staffing = Staffing(units=units, claims=claims)
        timing = support.timing
        self.timekeeper = Timekeeper(units=units, clock=clock, timing=timing) if timing else None
        self.afterwards = Afterwards(units=units, casework=casework)

    def receive(self, message: Message, *, also: Also = None) -> Outcome | None:
        """Take in a message; its reference must not be "". None when the bot says nothing.

        It is silent when a person has the thread, and when the message was settled before.
        """
        return self._reception.receive(message, also=also)

    def edited(self, message: Message, *, also: Also = None) -> Outcome | None:
        """Take in a new version of a message, under the reference of the old one.

        Staff see it while a ticket is open; otherwise the bot answers it, if the text has changed.
        """
        return self._reception.edited(message, also=also)

    def receive_backlog(self, messages: Sequence[Message], *, also: Also = None) -> None:
        """Take in more messages of one customer than the bot can answer: staff see them all."""
        self._backlog.take_in(messages, also=also)

    def needs_person(self, message: Message) -> bool:
        """Whether the words tell of a danger or ask for a person; nothing is recorded."""
        return self._reception.needs_person(message)

    def ask_for_person(self, message: Message, *, also: Also = None) -> Outcome | None:
        """Bring a person without thinking; None when one has the thread already."""
        return self._reception.ask_for_person(message, also=also)

    def choose_language(
        self, sender: Sender, address: Address, language: str, *, also: Also = None
    ) -> Conversation:
        """Keep the customer's own choice ("" takes it back); the conversation as it is then."""
        with self._units() as unit:
            customer = unit.customers.meet(sender, address.door)
            conversation = unit.conversations.open(customer, address)
            unit.customers.choose_language(customer.id, language)
            if language:
                unit.conversations.set_language(conversation.id, language)
            conversation = unit.conversations.get(conversation.id)
            finish(unit, also)
            return conversation

    def rate(
        self, address: Address, reference: str, *, helpful: bool, also: Also = None
    ) -> Conversation:
        """Keep the verdict on the answer to a message; raises ``ThreadNotFound``."""
        with self._units() as unit:
            conversation = unit.conversations.at(address)
            if conversation is None:
                raise ThreadNotFound(ticket=address.key)
            unit.feedback.rate(
                conversation=conversation.id, reference=reference, helpful=helpful, at=self._clock()
            )
            finish(unit, also)
            return conversation

    def status(self, address: Address) -> Sequence[Ticket]:
        """The tickets of the customer whose conversation this is, newest first."""
        with self._units() as unit:
            conversation = unit.conversations.at(address)
            return unit.tickets.of_customer(conversation.customer.id) if conversation else ()

    def on_record(self, address: Address) -> Sequence[Ticket]:
        """Of those, the ones that are open, or ended so lately that they can go on."""
        since = self._clock() - self._policy.reopen_within
        return [
            one for one in self.status(address) if one.ended_at is None or one.ended_at >= since
        ]

    def tickets(self, *, open_only: bool = True) -> Sequence[Ticket]:
        """What staff have before them, urgent ones first, then the oldest."""
        with self._units() as unit:
            return unit.tickets.listed(open_only=open_only)

    def thread(self, ticket: int) -> tuple[Conversation, Ticket]:
        """A ticket and the conversation it belongs to; raises ``ThreadNotFound``."""
        with self._units() as unit:
            found = unit.tickets.get(ticket)
            return unit.conversations.get(found.conversation), found

    def staff_wrote(self, topic: str, message: StaffMessage, *, also: Also = None) -> Ticket:
        """Take in what staff wrote in a ticket's place: a note with “//” in front, or a reply.

        What is not plainly one of the two is held, see ``bot.desk.relay``. Raises
        ``ThreadNotFound`` where no open ticket stands.
        """
        return self._replies.wrote(topic, message, also=also)

    def staff_edited(self, topic: str, message: StaffMessage, *, also: Also = None) -> Ticket:
        """Take in a new version of what staff wrote; raises ``DeskError``."""
        return self._replies.edited(topic, message, also=also)

    def send_held(
        self, topic: str, reference: str, staff: Staff, *, also: Also = None
    ) -> StaffRecord:
        """Pass on a message that was held, claiming what nobody has; raises ``DeskError``."""
        return self._replies.send_held(topic, reference, staff, also=also)

    def keep_held(
        self, topic: str, reference: str, staff: Staff, *, also: Also = None
    ) -> StaffRecord:
        """Make a note of a message that was held; raises ``DeskError``."""
        return self._replies.keep_held(topic, reference, staff, also=also)

    def withdraw(
        self, topic: str, staff: Staff, reference: str = "", *, also: Also = None
    ) -> StaffRecord:
        """Take a reply back from the customer, without a reference the last; ``DeskError``."""
        return self._replies.withdraw(topic, staff, reference, also=also)

    def claim(self, ticket: int, staff: Staff, *, also: Also = None) -> Ticket:
        """Take the thread from the bot; raises ``AlreadyClaimed`` or ``ThreadNotFound``."""
        return self._threads.claim(ticket, staff, also=also)

    def return_to_bot(self, ticket: int, staff: Staff, *, also: Also = None) -> Ticket:
        """Let the bot answer again; raises ``ThreadNotFound`` when the ticket is not open."""
        return self._threads.release(ticket, staff, EntryKind.RETURNED, also=also)

    def close(self, ticket: int, staff: Staff, *, also: Also = None) -> Ticket:
        """The matter is settled; raises ``ThreadNotFound`` when the ticket is not open."""
        return self._threads.release(ticket, staff, EntryKind.CLOSED, also=also)

    def wake(self, now: datetime) -> Sequence[Ticket]:
        """Bring back the tickets that were put off until now; returns them."""
        return self.triage.wake(now)

    def due(self) -> int:
        """Do what the clock asks for; how much there was. Safe to repeat and to break off."""
        woken = len(self.wake(self._clock()))
        return woken + (self.timekeeper.round() if self.timekeeper else 0)

    def undelivered(
        self, row: OutboxRow, *, problem: str, blocked: bool = False, also: Also = None
    ) -> Ticket | None:
        """A message did not reach the customer; ``blocked`` when none will any more."""
        return self._threads.undelivered(row, problem=problem, blocked=blocked, also=also)
