"""The customer's side of a thread: from a message to what is said about it.

A question takes three steps: record it (one transaction), think with no transaction open, record
what was decided and what to send (another). Whatever happens in between, receiving the same message
again leads to exactly one answer.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar, assert_never

from bot.desk.afterwards import Afterwards
from bot.desk.casework import MEMORY, Also, Casework, finish
from bot.desk.closed_notice import tell_closed
from bot.desk.conversation import Conversation, Customer, Owner, Role, Turn
from bot.desk.outcomes import (
    Answered,
    Clarifying,
    Declined,
    DeclineReason,
    HandedOff,
    HandOffReason,
    Outcome,
    SmallTalk,
)
from bot.desk.ports import Consultant, UnitOfWork, UnitOfWorkFactory
from bot.desk.preparation import Preparation
from bot.desk.questions import Message, Question
from bot.desk.repetition import reconsider
from bot.desk.taken import Taken
from bot.desk.ticket import Ticket
from bot.desk.timing import Timing
from knowledge.errors import HelpdeskError

_LOG = logging.getLogger(__name__)
_Out = TypeVar("_Out", bound=Outcome)

# A person can look at a picture or a contract; nobody can do anything about a sticker.
_SAYS_NOTHING = frozenset({"sticker", "animation", "dice"})
_ALARMS = frozenset({HandOffReason.DANGER, HandOffReason.ASKED_FOR_PERSON})
"""What is no comment about a case that has ended, though one was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """Takes in what customers say; see ``Desk`` for what the methods promise."""

    units: UnitOfWorkFactory
    consultant: Consultant
    casework: Casework
    preparation: Preparation
    timing: Timing | None = None

    def receive(self, message: Message, *, also: Also = None) -> Outcome | None:
        """Take in a message; None when the bot says nothing."""
        while (taken := self._take_in(message, also=also)) is not None:
            question = taken.question(message)
            outcome = self._think(message, question, taken.language)
            outcome = _prepared(
                partial(self.preparation.prepare, taken.conversation, question), outcome
            )
            settled, said = self._settle(message, taken, outcome, also=also)
            if settled:
                return said
            # The owner changed while we thought: look again at who must answer.
        return None

    def edited(self, message: Message, *, also: Also = None) -> Outcome | None:
        """Take in a new version of a message."""
        message = replace(message, edited=True)
        with self.units() as unit:
            _, conversation = _meet(unit, message)
            known = unit.conversations.versions(conversation.id, message.reference)
            same = bool(known) and known[-1].text == message.spoken
            settled = unit.conversations.settled(conversation.id, message.version)
            ticket = unit.tickets.current(conversation.id)
            # Staff see another picture under the same words, too; the bot only reads the words.
            nothing_new = same and not (ticket is not None and message.stamp)
            # The last version may be this one, left by an attempt that broke off halfway.
            # Of a part of an album only the album is known, so its first version may be this, too.
            whole = unit.conversations.settled(conversation.id, message.reference)
            if settled or (nothing_new and len(known) == 1 and whole):
                finish(unit, also)
                return None
            if ticket is not None:
                self._relay(unit, conversation, ticket, message)
                finish(unit, also)
                return None
            unit.commit()
        return self.receive(message, also=also)

    def ask_for_person(self, message: Message, *, also: Also = None) -> Outcome | None:
        """Bring a person without thinking; None when one has the thread already."""
        wanted = HandedOff(language="", reason=HandOffReason.ASKED_FOR_PERSON)
        wanted = _prepared(partial(self.preparation.prepare_for_person, message.address), wanted)
        with self.units() as unit:
            taken = self._record(unit, message)
            outcome: Outcome | None = None
            if taken is not None:
                wanted = replace(wanted, language=taken.language)
                outcome = self._conclude(unit, taken.conversation, message, wanted)
            finish(unit, also)
            return outcome

    def needs_person(self, message: Message) -> bool:
        """Whether the words tell of a danger or ask for a person; nothing is recorded.

        Whoever replies to the end of a case must not be thanked for that.
        """
        with self.units() as unit:
            customer, conversation = _meet(unit, message)
            history = self._history(unit, conversation, message)
        taken = Taken(customer=customer, conversation=conversation, history=history)
        return _is_alarm(self._think(message, taken.question(message), taken.language))

    def _take_in(self, message: Message, *, also: Also) -> Taken | None:
        with self.units() as unit:
            taken = self._record(unit, message)
            finish(unit, also if taken is None else None)
            return taken

    def _keep_comment(
        self, unit: UnitOfWork, conversation: Conversation, message: Message, outcome: Outcome
    ) -> bool:
        """Keep what the customer wanted to say about a case that has ended; whether it was that."""
        if not message.text.strip() or message.edited or message.attachment or _is_alarm(outcome):
            return False
        awaiting = self.afterwards.awaiting(unit, conversation)
        if awaiting is not None:
            self.afterwards.keep_comment(unit, conversation, awaiting, message)
        return awaiting is not None

    def _record(self, unit: UnitOfWork, message: Message) -> Taken | None:
        """Remember the message; None when it is settled, be it by showing it to staff now."""
        customer, conversation = _meet(unit, message)
        if unit.conversations.settled(conversation.id, message.version):
            return None
        ticket = unit.tickets.current(conversation.id)
        # Of an album that staff already have, a part that comes late needs no answer of its own.
        late = message.continues and unit.conversations.settled(conversation.id, message.continues)
        if ticket is not None and (conversation.owner is Owner.PERSON or late):
            self._relay(unit, conversation, ticket, message)
            return None
        self._remember(unit, conversation, message)
        history = self._history(unit, conversation, message)
        return Taken(customer=customer, conversation=conversation, history=history)

    @property
    def afterwards(self) -> Afterwards:
        """What is done with a case that has ended."""
        return Afterwards(units=self.units, casework=self.casework)

    def _history(
        self, unit: UnitOfWork, conversation: Conversation, message: Message
    ) -> tuple[Turn, ...]:
        """What was said lately; nothing from before a person gave the thread back.

        A question that once needed a person must not, read together with the next short message,
        bring one again at once.
        """
        turns = unit.conversations.recent(conversation.id, MEMORY, before=message.version)
        last = unit.tickets.latest(conversation.id)
        if last is None or (end := last.ended_at) is None:
            return turns
        return tuple(turn for turn in turns if turn.at is not None and turn.at > end)

    def _relay(
        self, unit: UnitOfWork, conversation: Conversation, ticket: Ticket, message: Message
    ) -> None:
        self._remember(unit, conversation, message)
        ticket = self.casework.show_question(unit, conversation, ticket, message)
        if self.timing is not None and conversation.owner is Owner.PERSON and not message.edited:
            tell_closed(unit, self.casework, self.timing, conversation, ticket)
        unit.conversations.settle(conversation.id, message.version, how="relayed")

    def _remember(self, unit: UnitOfWork, conversation: Conversation, message: Message) -> None:
        turn = Turn(role=Role.CUSTOMER, text=message.spoken, at=self.casework.clock())
        unit.conversations.remember(conversation.id, turn, reference=message.version)

    def _think(self, message: Message, question: Question, language: str) -> Outcome:
        if message.attachment and not message.text.strip():
            return _attached(message, language)
        try:
            outcome = self.consultant.consult(question)
        except HelpdeskError as error:
            # A known trouble, such as a service that is down: it says itself what happened.
            _LOG.error("%s goes to a person: %s", message.address.key, error)
            return HandedOff(language=language, reason=HandOffReason.FAILURE)
        except Exception:  # noqa: BLE001 - logged, and a person takes over
            # Silence would be the worst answer: whatever broke, a person can still help.
            _LOG.exception("the consultant failed in conversation %s", message.address.key)
            return HandedOff(language=language, reason=HandOffReason.FAILURE)
        if message.attachment and not isinstance(outcome, HandedOff | Declined):
            return _attached(message, outcome.language)
        return outcome

    def _settle(
        self, message: Message, taken: Taken, outcome: Outcome, *, also: Also
    ) -> tuple[bool, Outcome | None]:
        """Record the outcome: whether it came in time for that, and what was said, if anything."""
        with self.units() as unit:
            conversation = unit.conversations.get(taken.conversation.id)
            if conversation.epoch != taken.conversation.epoch:
                return False, None
            if unit.conversations.settled(conversation.id, message.version):
                return False, None
            if self._keep_comment(unit, conversation, message, outcome):
                finish(unit, also)
                return True, None
            last = self.casework.reopenable(unit, conversation)
            outcome = reconsider(outcome, message, last)
            outcome = self._conclude(unit, conversation, message, outcome)
            finish(unit, also)
            return True, outcome

    def _conclude(
        self, unit: UnitOfWork, conversation: Conversation, message: Message, outcome: Outcome
    ) -> Outcome:
        if isinstance(outcome, HandedOff) and unit.tickets.current(conversation.id) is not None:
            # Whoever waits has been told who will answer; a promise is not made twice.
            outcome = replace(outcome, again=True)
        unit.conversations.set_language(conversation.id, outcome.language)
        conversation = unit.conversations.get(conversation.id)
        if isinstance(outcome, HandedOff):
            ticket = self.casework.hand_over(unit, conversation, message, outcome)
            if self.timing is not None:
                outcome = self.timing.tell(unit, conversation, message, ticket, outcome)
        composer = self.casework.composer
        drafts = composer.outcome(conversation, message, outcome)
        if not (isinstance(outcome, HandedOff) and outcome.urgent):
            # The fence must not depend on the care of a door. Only emergency numbers may do
            # without: they must arrive even when a person is quick to take over.
            drafts = [replace(draft, fenced=True) for draft in drafts]
        unit.outbox.put(drafts, conversation=conversation)
        text = composer.plain_text(conversation, outcome)
        match outcome:
            case HandedOff():
                pass
            case Answered() | Clarifying() | Declined() | SmallTalk():
                self._show_waiting(unit, conversation, message, text)
            case _:
                assert_never(outcome)
        turn = Turn(role=Role.BOT, text=text, at=self.casework.clock())
        detail = f"{outcome.outcome}/{outcome.reason}"
        unit.conversations.remember(
            conversation.id, turn, reference=f"answer/{message.version}", detail=detail
        )
        unit.conversations.settle(conversation.id, message.version, how=outcome.outcome)
        return outcome

    def _show_waiting(
        self, unit: UnitOfWork, conversation: Conversation, message: Message, answer: str
    ) -> None:
        """While a ticket waits, staff see what the bot and the customer go on saying."""
        ticket = unit.tickets.current(conversation.id)
        if ticket is not None:
            ticket = self.casework.show_question(unit, conversation, ticket, message)
            self.casework.show_answer(unit, conversation, ticket, answer)


def _prepared(prepare: Callable[[_Out], _Out], outcome: _Out) -> _Out:
    """The outcome with what is worth knowing, or as it is when that cannot be found out."""
    try:
        return prepare(outcome)
    except Exception:  # noqa: BLE001 - logged; the question matters more than its briefing
        _LOG.exception("a question is handed over without a briefing")
        return outcome


def _meet(unit: UnitOfWork, message: Message) -> tuple[Customer, Conversation]:
    customer = unit.customers.meet(message.sender, message.address.door)
    return customer, unit.conversations.open(customer, message.address)


def _is_alarm(outcome: Outcome) -> bool:
    return isinstance(outcome, HandedOff) and outcome.reason in _ALARMS


def _attached(message: Message, language: str) -> Outcome:
    if message.attachment in _SAYS_NOTHING:
        return Declined(language=language, reason=DeclineReason.NO_TEXT)
    return HandedOff(language=language, reason=HandOffReason.ATTACHMENT)
