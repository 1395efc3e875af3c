"""From a colleague's answer to a FAQ entry that an editor approves: made, changed, approved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.desk.casework import Also, finish
from bot.desk.claims import authorise
from bot.desk.conversation import Conversation
from bot.desk.faq_entry import (
    FaqContent,
    FaqEntry,
    FaqFinding,
    FaqState,
    FindingKind,
    is_address,
    is_wider,
    narrowest,
)
from bot.desk.gap_errors import (
    FaqEntryChanged,
    FaqEntryMoved,
    FaqFieldWrong,
    NotAnEditor,
    NothingToDraft,
)
from bot.desk.gaps.candidates import find_alike
from bot.desk.gaps.choosing import choose_question, choose_reply
from bot.desk.gaps.fields import TOO_WIDE, FieldReader, change_fields
from bot.desk.gaps.listing import read_questions
from bot.desk.gaps.ports import Defaults, Editors, GapComposer, Likeness, Publisher
from bot.desk.gaps.wording import choose_variants, make_answer
from bot.desk.ports import Clock, UnitOfWorkFactory
from bot.desk.redaction import has_personal_data
from bot.desk.roster import Right
from bot.desk.ticket import Entry, EntryAudience, EntryKind, Staff, Ticket
from bot.desk.unanswered import OpenQuestion
from knowledge.errors import N_
from knowledge.language import identify_message
from knowledge.passage import QuestionVariant

NO_SOURCE = N_("no document of the shelf has this id, title or number, and it is no address.")

Variants = tuple[QuestionVariant, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made of a ticket, and by whom."""

    variants: Variants
    answer: str
    author: Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """What staff do with an entry; nothing slow happens inside a transaction."""

    units: UnitOfWorkFactory
    likeness: Likeness
    publisher: Publisher
    composer: GapComposer
    editors: Editors
    defaults: Defaults
    clock: Clock
    today: Callable[[], date]
    days: int
    reader: FieldReader = field(default_factory=FieldReader)

    def make(self, ticket: int, staff: Staff, *, answer: str = "", also: Also = None) -> FaqEntry:
        """Make an entry of a ticket and of an answer, by default its longest reply.

        The same answer makes one entry only. Raises ``NothingToDraft`` and ``ThreadNotFound``.
        """
        with self.units() as unit:
            found = unit.tickets.get(ticket)
            conversation = unit.conversations.get(found.conversation)
            questions = read_questions(unit, now=self.clock(), days=self.days)
            known = unit.faq.of_ticket(ticket)
        reply = choose_reply(found, conversation.customer.identity, answer)
        said = make_answer(reply.text, names=[conversation.customer.name])
        same = (one for one in known if one.content.answer == said)
        standing = next((one for one in same if one.state is FaqState.DRAFTED), None)
        if standing is None:
            asked = choose_question(conversation, found, reply, questions)
            made = _Made(self._vary(asked, questions), said, staff)
            entry = self._look(self._write(found, conversation, made), questions)
        else:
            entry = standing
        with self.units() as unit:
            if standing is None:
                entry = unit.faq.add(entry)
                unit.tickets.add(ticket, self._line(EntryKind.DRAFTED, entry, staff))
            drafts = self.composer.drafted(entry, unit.tickets.get(ticket))
            unit.outbox.put(drafts, ticket=ticket)
            finish(unit, also)
        return entry

    def edit(self, entry: int, text: str, staff: Staff, *, also: Also = None) -> FaqEntry:
        """Change fields; raises ``FaqFieldWrong`` or ``FaqEntryMoved`` and changes nothing."""
        found = self._find(entry, staff)
        self._need_draft(found)
        content = change_fields(
            found.content, text, widest=found.widest, alike=found.alike, reader=self.reader
        )
        content = self._follow_source(found, content)
        with self.units() as unit:
            questions = read_questions(unit, now=self.clock(), days=self.days)
        changed = self._look(found.changed(content, by=staff, at=self.clock()), questions)
        return self._move(changed, FaqState.DRAFTED, also=also)

    def approve(
        self, entry: int, staff: Staff, *, version: int | None = None, also: Also = None
    ) -> FaqEntry:
        """Say that it may be published; raises ``NotAnEditor`` or ``FaqEntryMoved``.

        ``version`` is the one that they have read, where that is known; raises ``FaqEntryChanged``
        when it is another by now.
        """
        found = self._find(entry, staff)
        problem = self.editors.may_approve(found, staff.identity)
        if problem:
            raise NotAnEditor(entry=entry, problem=problem)
        self._need_draft(found)
        if version not in {None, found.version}:
            raise FaqEntryChanged(entry=entry)
        approved = replace(found, state=FaqState.APPROVED, approved_by=staff.name or staff.identity)
        return self._move(approved, FaqState.DRAFTED, also=also)

    def discard(self, entry: int, staff: Staff, *, also: Also = None) -> FaqEntry:
        """Let go of a draft; it is kept where nobody sees it. Raises ``FaqEntryMoved``."""
        found = self._find(entry, staff)
        self._need_draft(found)
        gone = replace(found, state=FaqState.DISCARDED)
        return self._move(
            gone.changed(gone.content, by=staff, at=self.clock()), FaqState.DRAFTED, also=also
        )

    def _find(self, entry: int, staff: Staff) -> FaqEntry:
        """The entry, for somebody who may change what the shelf says; else ``NotAllowed``."""
        with self.units() as unit:
            found = unit.faq.get(entry)
            conversation = unit.conversations.get(unit.tickets.get(found.ticket).conversation)
            authorise(unit, conversation, staff, Right.KNOWLEDGE)
            return found

    def _need_draft(self, entry: FaqEntry) -> None:
        if entry.state is not FaqState.DRAFTED:
            raise FaqEntryMoved(entry=entry.id)

    def _move(self, entry: FaqEntry, expected: FaqState, *, also: Also) -> FaqEntry:
        with self.units() as unit:
            if not unit.faq.change(entry, expected=expected):
                raise FaqEntryMoved(entry=entry.id)
            drafts = self.composer.changed(entry, unit.tickets.get(entry.ticket))
            unit.outbox.put(drafts, ticket=entry.ticket)
            finish(unit, also)
        return entry

    def _look(self, entry: FaqEntry, questions: Sequence[OpenQuestion]) -> FaqEntry:
        """The entry with what an editor should know of it."""
        findings = list(self.publisher.check(entry))
        if any(has_personal_data(text) for _, text in entry.content.answers):
            findings.append(FaqFinding(kind=FindingKind.PERSONAL, about=""))
        if not entry.content.source:
            findings.append(FaqFinding(kind=FindingKind.SOURCE, about=""))
        findings += find_alike(entry, questions, self.likeness)
        return replace(entry, findings=tuple(findings))

    def _follow_source(self, entry: FaqEntry, content: FaqContent) -> FaqContent:
        """What a document says of itself holds for what is said from it."""
        if not content.source or is_address(content.source):
            return content
        source = self.publisher.source(content.source)
        if source is None:
            raise FaqFieldWrong(line=content.source, problem=NO_SOURCE)
        asked = content.audience != entry.content.audience
        if asked and is_wider(content.audience, source.audience):
            raise FaqFieldWrong(line=content.audience.value, problem=TOO_WIDE)
        return replace(
            content,
            audience=narrowest(content.audience, source.audience),
            jurisdiction=content.jurisdiction or source.jurisdiction,
        )

    def _vary(self, asked: OpenQuestion, questions: Sequence[OpenQuestion]) -> Variants:
        """Ways to ask: the customer's, and those of everyone whose words they may read."""
        widest = asked.conversation.customer.audience
        others = [
            one
            for one in questions
            if one.question != asked.question
            and not is_wider(widest, one.conversation.customer.audience)
        ]
        groups = self.likeness.group([one.variant for one in (asked, *others)])
        return choose_variants(asked, [others[number - 1] for number in groups[0] if number])

    def _write(self, ticket: Ticket, conversation: Conversation, content: _Made) -> FaqEntry:
        audience = conversation.customer.audience
        if not content.variants:
            raise NothingToDraft(ticket=ticket.id)
        return FaqEntry(
            ticket=ticket.id,
            content=FaqContent(
                questions=content.variants,
                answer=content.answer,
                language=identify_message(content.answer, conversation=conversation.language),
                owner=self.defaults.owner,
                review_by=self.today() + timedelta(days=self.defaults.review_days),
                audience=audience,
            ),
            widest=audience,
            author=content.author,
            made_at=self.clock(),
        )

    def _line(self, kind: EntryKind, entry: FaqEntry, staff: Staff) -> Entry:
        return Entry(
            kind=kind,
            author=staff.identity,
            name=staff.name,
            text=f"{entry.key}: {entry.content.questions[0].text}",
            audience=EntryAudience.STAFF,
            at=self.clock(),
        )
