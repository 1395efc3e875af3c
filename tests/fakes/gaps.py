"""What the gap loop needs from outside, in memory: a shelf that answers what was published."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.desk.conversation import Conversation
from bot.desk.faq_entry import FaqEntry, FaqFinding
from bot.desk.gaps.ports import Place, Source
from bot.desk.mail import Draft
from bot.desk.outcomes import Answered, HandedOff, HandOffReason, Outcome
from bot.desk.questions import Question
from bot.desk.ticket import Ticket
from bot.desk.unanswered import OpenQuestion
from knowledge.alike_questions import NearQuestion
from knowledge.answer import Citation, Found
from knowledge.passage import Passage, PassageKind, Provenance, QuestionVariant
from tests.fakes.composer import to_customer

TABLE = "answers.csv"


def subject_of(text: str) -> str:
    """The first word of a question after its language: ``ru visa?`` asks what ``en visa?`` asks."""
    return text.lower().strip("? ").split()[-1]


class WordLikeness:
    """Questions with the same last word ask the same."""

    def group(self, questions: Sequence[QuestionVariant]) -> list[list[int]]:
        groups: dict[str, list[int]] = {}
        for number, one in enumerate(questions):
            groups.setdefault(subject_of(one.text), []).append(number)
        return list(groups.values())

    def near(
        self, questions: Sequence[QuestionVariant], variants: Sequence[QuestionVariant]
    ) -> list[NearQuestion]:
        """All are worth asking; those that share a word with a variant may be the same."""
        known = {word for one in variants for word in one.text.lower().split()}
        return [
            NearQuestion(number, bool(known & set(one.text.lower().split())))
            for number, one in enumerate(questions)
        ]


@dataclass
class MemoryPublisher:
    """A table in memory; ``after`` runs when an entry has just been written."""

    rows: dict[str, FaqEntry] = field(default_factory=dict)
    questions: dict[str, FaqEntry] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    findings: list[FaqFinding] = field(default_factory=list)
    after: Callable[[], None] = lambda: None

    def source(self, named: str) -> Source | None:
        return self.sources.get(named)

    def check(self, entry: FaqEntry) -> Sequence[FaqFinding]:
        del entry
        return self.findings

    def publish(self, entry: FaqEntry) -> Place:
        self.rows[entry.key] = entry
        self.after()
        return Place(document=TABLE, entry=entry.key)

    def withdraw(self, entry: FaqEntry) -> None:
        self.rows.pop(entry.key, None)

    def keep_questions(self, entry: FaqEntry, place: Place) -> None:
        assert place.entry == entry.key
        self.questions[entry.key] = entry


@dataclass
class TableConsultant:
    """Answers what a published entry is asked for, to those who may read it; else a person.

    ``deaf`` are subjects that nothing answers.
    """

    publisher: MemoryPublisher
    deaf: set[str] = field(default_factory=set)
    asked: list[Question] = field(default_factory=list)

    def consult(self, question: Question) -> Outcome:
        self.asked.append(question)
        language = question.language or question.conversation_language or "en"
        subject = subject_of(question.text)
        for entry in self.publisher.rows.values():
            known = {subject_of(one.text) for one in entry.content.questions}
            readable = entry.content.audience in question.audience.readable
            if subject in known - self.deaf and readable:
                return answer_from(entry, language)
        return HandedOff(language=language, reason=HandOffReason.NOT_COVERED)


def answer_from(entry: FaqEntry, language: str) -> Answered:
    content = entry.content
    passage = Passage(
        id=f"{TABLE}#{entry.key}",
        document=TABLE,
        ordinal=0,
        kind=PassageKind.FAQ,
        language=content.language,
        locator=entry.key,
        text=content.answer,
        provenance=Provenance(title="FAQ", audience=content.audience),
        entry=entry.key,
    )
    found = Found(
        text=content.answer,
        language=content.language,
        citations=(Citation(number=1, quote=content.answer, passage=passage),),
        confidence=0.9,
        in_asked_language=language == content.language,
    )
    return Answered(language=language, found=found)


class PlainGapComposer:
    """Every draft says who it is for and carries one ``text``."""

    door = "test"

    def drafted(self, entry: FaqEntry, ticket: Ticket) -> list[Draft]:
        return [_to_ticket(ticket, f"entry {entry.id} {entry.state}")]

    def changed(self, entry: FaqEntry, ticket: Ticket) -> list[Draft]:
        return [_to_ticket(ticket, f"entry {entry.id} {entry.state} told {entry.told}")]

    def returned(self, entry: FaqEntry, ticket: Ticket) -> list[Draft]:
        why = "; ".join(f"{one.about}: {one.other}" for one in entry.findings)
        return [_to_ticket(ticket, f"entry {entry.id} returned: {why}")]

    def told(
        self, conversation: Conversation, asked: OpenQuestion, outcome: Answered
    ) -> list[Draft]:
        return [to_customer(conversation, self.told_text(asked, outcome))]

    def told_text(self, asked: OpenQuestion, outcome: Answered) -> str:
        return f"you asked {asked.question.text} {outcome.found.text} ({outcome.language})"

    def staff_told(self, ticket: Ticket, text: str) -> list[Draft]:
        return [_to_ticket(ticket, f"bot: {text}")]

    def not_told(self, entry: FaqEntry, ticket: Ticket, asked: OpenQuestion) -> list[Draft]:
        return [_to_ticket(ticket, f"entry {entry.id} not told: {asked.question.text}")]


def _to_ticket(ticket: Ticket, text: str) -> Draft:
    return Draft(queue=f"test:staff:{ticket.id}", method="say", payload={"text": text})
