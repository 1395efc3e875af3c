"""Who asked and was not helped is told, once, if the new entry answers their own question."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.desk.casework import BOT, MEMORY
from bot.desk.conversation import Conversation, Owner, Role, Turn
from bot.desk.faq_entry import FaqEntry, FaqState
from bot.desk.gaps.listing import read_questions
from bot.desk.gaps.ports import GapComposer, Likeness, Place
from bot.desk.outcomes import Answered, Outcome
from bot.desk.ports import Clock, Consultant, UnitOfWork, UnitOfWorkFactory
from bot.desk.questions import Question
from bot.desk.ticket import Entry, EntryAudience, EntryKind, Ticket
from bot.desk.unanswered import TOLD, OpenQuestion

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Tells people; each in a transaction of their own."""

    units: UnitOfWorkFactory
    consultant: Consultant
    likeness: Likeness
    composer: GapComposer
    clock: Clock
    days: int

    def tell_all(self, entry: FaqEntry, place: Place) -> None:
        """Tell everyone who waits for what a published entry says."""
        for asked in self._candidates(entry):
            outcome = self._ask(asked)
            if isinstance(outcome, Answered) and cites(outcome, place):
                self._tell(entry.id, asked, outcome)

    def _candidates(self, entry: FaqEntry) -> Sequence[OpenQuestion]:
        """Who may have asked it: reachable here, not helped, and allowed to read it."""
        with self.units() as unit:
            questions = read_questions(unit, now=self.clock(), days=self.days)
        waiting = [one for one in questions if self._may_tell(one, entry)]
        variants = entry.content.questions
        near = self.likeness.near([one.variant for one in waiting], variants)
        return [waiting[one.number] for one in near]

    def _may_tell(self, one: OpenQuestion, entry: FaqEntry) -> bool:
        customer = one.conversation.customer
        return (
            not one.question.helped
            and customer.reachable
            and one.conversation.address.door == self.composer.door
            and entry.content.audience in customer.audience.readable
        )

    def _ask(self, asked: OpenQuestion) -> Outcome:
        """Ask the desk again what somebody asked, as they asked it."""
        conversation, customer = asked.conversation, asked.conversation.customer
        with self.units() as unit:
            history = unit.conversations.recent(
                conversation.id, MEMORY, before=asked.question.reference
            )
        return self.consultant.consult(
            Question(
                text=asked.question.text,
                audience=customer.audience,
                language=customer.language,
                conversation_language=asked.language,
                client_language=customer.client_language,
                history=history,
            )
        )

    def _tell(self, number: int, asked: OpenQuestion, outcome: Answered) -> None:
        with self.units() as unit:
            entry = unit.faq.get(number)
            conversation = unit.conversations.get(asked.conversation.id)
            ticket = unit.tickets.current(conversation.id)
            if not conversation.customer.reachable or not self._still_waits(unit, asked):
                return
            if conversation.owner is Owner.PERSON and ticket is not None:
                self._note(unit, entry, ticket, asked)
            else:
                self._say(unit, entry, conversation, asked, outcome)
            unit.commit()

    def _still_waits(self, unit: UnitOfWork, asked: OpenQuestion) -> bool:
        """Whether nobody has helped while the desk was thinking about the others."""
        now = read_questions(unit, now=self.clock(), days=self.days)
        place = (asked.conversation.id, asked.question.reference)
        return any(
            (one.conversation.id, one.question.reference) == place and not one.question.helped
            for one in now
        )

    def _say(
        self,
        unit: UnitOfWork,
        entry: FaqEntry,
        conversation: Conversation,
        asked: OpenQuestion,
        outcome: Answered,
    ) -> None:
        text = self.composer.told_text(asked, outcome)
        turn = Turn(role=Role.BOT, text=text, at=self.clock())
        reference = f"{TOLD}{entry.id}"
        detail = f"{outcome.outcome}/{outcome.reason}"
        if not unit.conversations.remember(
            conversation.id, turn, reference=reference, detail=detail
        ):
            return
        # Whoever claims the thread before it goes out stops it, like everything the bot says.
        drafts = [
            replace(draft, fenced=True)
            for draft in self.composer.told(conversation, asked, outcome)
        ]
        unit.outbox.put(drafts, conversation=conversation)
        unit.faq.change(replace(entry, told=entry.told + 1), expected=FaqState.PUBLISHED)
        ticket = unit.tickets.current(conversation.id)
        if ticket is not None:
            unit.tickets.add(ticket.id, self._line(EntryKind.ANSWER, text))
            shown = self.composer.staff_told(unit.tickets.get(ticket.id), text)
            unit.outbox.put(shown, ticket=ticket.id)
        _LOG.info("FAQ entry %d was told in conversation %d", entry.id, conversation.id)

    def _note(self, unit: UnitOfWork, entry: FaqEntry, ticket: Ticket, asked: OpenQuestion) -> None:
        said = f"{entry.key}: {asked.question.text}"
        noted = (one for one in ticket.entries if one.kind is EntryKind.PUBLISHED)
        if any(one.text == said for one in noted):
            return
        unit.tickets.add(ticket.id, self._line(EntryKind.PUBLISHED, said))
        shown = self.composer.not_told(entry, unit.tickets.get(ticket.id), asked)
        unit.outbox.put(shown, ticket=ticket.id)

    def _line(self, kind: EntryKind, text: str) -> Entry:
        inward = kind is EntryKind.PUBLISHED
        audience = EntryAudience.STAFF if inward else EntryAudience.THREAD
        return Entry(kind=kind, author=BOT, text=text, audience=audience, at=self.clock())


def cites(outcome: Outcome, place: Place) -> bool:
    """Whether an answer rests on a published entry."""
    return isinstance(outcome, Answered) and any(
        (one.passage.document, one.passage.entry) == (place.document, place.entry)
        for one in outcome.found.citations
    )
