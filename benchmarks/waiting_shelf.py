"""The questions that wait, and a real shelf on which an entry for them is tried."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from bot.bootstrap import Workplace
from bot.desk.conversation import Address, Conversation, Customer, Owner
from bot.desk.faq_entry import FaqContent, FaqEntry
from bot.desk.gaps.candidates import find_alike
from bot.desk.gaps.telling import cites
from bot.desk.gaps.wording import choose_variants
from bot.desk.outcomes import HandedOff
from bot.desk.ports import Consultant
from bot.desk.questions import Question
from bot.desk.ticket import Staff
from bot.desk.unanswered import OpenQuestion, Unanswered
from bot.settings import Settings
from handlers.commands.gap_wiring import make_publisher
from knowledge.alike_questions import AlikeQuestions
from knowledge.language import identify_message
from knowledge.passage import Audience, QuestionVariant

QUESTIONS: Final = Path(__file__).with_name("waiting_questions.json")
_LACKING: Final = frozenset({"not-covered", "unsure", "conflict"})
_MADE: Final = datetime(2026, 11, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """One question with its topic and the answer to it, as (language, text)."""

    number: int
    topic: str
    part: str
    variant: QuestionVariant
    answer: tuple[str, str]


def read_topics() -> list[Asked]:
    """All questions, each in the language that the desk takes it for."""
    topics = json.loads(QUESTIONS.read_text(encoding="utf-8"))
    asked = [(one, text) for one in topics for _, text in one["asked"]]
    return [
        Asked(
            number=number,
            topic=one["topic"],
            part=one["part"],
            variant=QuestionVariant(text, identify_message(text)),
            answer=(one["answer"][0], one["answer"][1]),
        )
        for number, (one, text) in enumerate(asked)
    ]


def waiting_among(asked: Sequence[Asked], consultant: Consultant) -> list[Asked]:
    """Those for which a person is brought because of what the shelf lacks."""
    outcomes = [(one, consultant.consult(_question(one))) for one in asked]
    return [
        one
        for one, outcome in outcomes
        if isinstance(outcome, HandedOff) and outcome.reason in _LACKING
    ]


class Office:
    """Publishes one entry at a time on a shelf in ``data``."""

    def __init__(self, data: Path) -> None:
        """Open the data folder."""
        self.workplace = Workplace(Settings(data=data))
        self._publisher = make_publisher(self.workplace, "en")
        self._alike = AlikeQuestions(self.workplace.embedder)

    def tell(self, first: Asked, others: Sequence[Asked], *, way: str) -> Counter[str]:
        """Make an entry of the first question, and count who would be told, right and wrong."""
        tally: Counter[str] = Counter()
        entry = _make_entry(first)
        if way != "alone":
            entry = self._with_alike(entry, first, others)
        if way == "ticked":
            entry = self._ticked(entry, first, others, tally)
        place = self._publisher.publish(entry)
        near = self._alike.near([one.variant for one in others], entry.content.questions)
        told = {
            others[one.number].number
            for one in near
            if cites(self.workplace.consultant.consult(_question(others[one.number])), place)
        }
        self._publisher.withdraw(entry)
        for one in others:
            is_told, is_same = one.number in told, one.topic == first.topic
            tally["right"] += is_told and is_same
            tally["wrong"] += is_told and not is_same
            tally["missed"] += is_same and not is_told
        return tally

    def _with_alike(self, entry: FaqEntry, first: Asked, others: Sequence[Asked]) -> FaqEntry:
        group = self._alike.group([first.variant, *(one.variant for one in others)])[0]
        alike = [_open(others[number - 1]) for number in group if number]
        return _asking(entry, choose_variants(_open(first), alike))

    def _ticked(
        self, entry: FaqEntry, first: Asked, others: Sequence[Asked], tally: Counter[str]
    ) -> FaqEntry:
        same = {one.variant.text for one in others if one.topic == first.topic}
        shown = find_alike(entry, [_open(one) for one in others], self._alike)
        tally["shown"] += len(shown)
        ticked = tuple(QuestionVariant(o.about, o.other) for o in shown if o.about in same)
        kept = tuple(
            one
            for one in entry.content.questions
            if one.text in same | {entry.content.questions[0].text}
        )
        return _asking(entry, (*kept, *ticked))


def _asking(entry: FaqEntry, questions: tuple[QuestionVariant, ...]) -> FaqEntry:
    return replace(entry, content=replace(entry.content, questions=questions))


def _make_entry(first: Asked) -> FaqEntry:
    language, text = first.answer
    content = FaqContent(
        questions=(first.variant,),
        answer=text,
        language=language,
        owner="desk lead",
        review_by=date(2027, 5, 20),
        audience=Audience.PUBLIC,
    )
    author = Staff(identity="7", name="Li")
    return FaqEntry(
        id=first.number + 1,
        ticket=1,
        content=content,
        widest=Audience.PUBLIC,
        author=author,
        made_at=_MADE,
    )


def _question(one: Asked) -> Question:
    return Question(text=one.variant.text, conversation_language=one.variant.language)


def _open(one: Asked) -> OpenQuestion:
    """The question as one that somebody of their own asked."""
    customer = Customer(
        id=one.number + 1,
        door="bench",
        identity=str(one.number),
        name="",
        audience=Audience.PUBLIC,
        language="",
        client_language="",
        reachable=True,
    )
    thread = Conversation(
        id=one.number + 1,
        customer=customer,
        address=Address(door="bench", chat=str(one.number)),
        owner=Owner.BOT,
        epoch=0,
        language=one.variant.language,
    )
    asked = Unanswered(
        conversation=thread.id,
        reference=str(one.number),
        text=one.variant.text,
        at=_MADE,
        why="handed_off/not-covered",
        helped=False,
    )
    return OpenQuestion(conversation=thread, question=asked, language=one.variant.language)
