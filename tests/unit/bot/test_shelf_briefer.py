"""What a case is briefed with, out of the shelf and the closed cases."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.desk.briefing import Gap, SolvedCase
from bot.desk.conversation import Role, Turn
from bot.desk.outcomes import HandedOff, HandOffReason
from bot.desk.questions import Question
from bot.desk.shelf_briefer import ShelfBriefer
from knowledge.answer import Found, Inquiry
from knowledge.jurisdiction import Level
from knowledge.passage import Audience
from knowledge.proposing import Proposal
from tests.unit.bot.test_briefing import FOUND

UNSURE = HandedOff(language="en", reason=HandOffReason.UNSURE)


class Shelf:
    """Proposes one thing, and keeps what it was asked."""

    def __init__(self) -> None:
        self.proposal = Proposal(found=FOUND)
        self.asked: list[Inquiry] = []

    def propose(self, inquiry: Inquiry) -> Proposal:
        self.asked.append(inquiry)
        return self.proposal


class Alike:
    """Finds every question alike."""

    def find(self, question: str, others: Sequence[str], *, limit: int) -> list[int]:
        del question
        return list(range(len(others)))[:limit]


class Shouting:
    """A wording that can be told from its original."""

    def reword(
        self,
        found: Found,
        *,
        question: str,
        language: str,
        on_sentence: Callable[[str], None] | None = None,
    ) -> Found:
        del question, on_sentence
        return replace(found, text=found.text.upper(), language=language)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def briefer(shelf: Shelf) -> ShelfBriefer:
    return ShelfBriefer(
        shelf=shelf,
        similar=Alike(),
        readable=lambda language: (language, "zh-Hans"),
        today=lambda: date(2026, 11, 22),
    )


def customer(text: str) -> Turn:
    return Turn(role=Role.CUSTOMER, text=text)


def test_the_shelf_is_asked_as_the_customer_may_ask_it(shelf: Shelf, briefer: ShelfBriefer) -> None:
    question = Question(text="What is the fee?", audience=Audience.ACTOR)
    findings = briefer.brief(question, replace(UNSURE, language="es"), ())
    (asked,) = shelf.asked
    assert (asked.audience, asked.own, asked.spoken) == (Audience.ACTOR, "es", "en")
    assert findings.proposed == FOUND


def test_a_model_words_the_draft_where_there_is_one(briefer: ShelfBriefer) -> None:
    worded = replace(briefer, wording=Shouting()).brief(Question(text="fee?"), UNSURE, ())
    assert worded.proposed is not None
    assert worded.proposed.text == FOUND.text.upper()


@pytest.mark.parametrize("reason", [HandOffReason.CONFLICT, HandOffReason.COMPLAINT])
def test_some_questions_get_no_draft(briefer: ShelfBriefer, reason: HandOffReason) -> None:
    outcome = replace(UNSURE, reason=reason)
    assert briefer.brief(Question(text="fee?"), outcome, ()).proposed is None


def test_closed_cases_of_other_audiences_stay_closed(briefer: ShelfBriefer) -> None:
    solved = [
        SolvedCase(ticket=number, audience=audience, question="fee?", reply="400")
        for number, audience in enumerate(Audience)
    ]
    shown = {
        asker: {
            one.audience
            for one in briefer.brief(Question(text="fee?", audience=asker), UNSURE, solved).solved
        }
        for asker in (Audience.PUBLIC, Audience.COMPANY, Audience.ACTOR)
    }
    assert shown == {
        Audience.PUBLIC: {Audience.PUBLIC},
        Audience.COMPANY: {Audience.PUBLIC, Audience.COMPANY},
        Audience.ACTOR: {Audience.PUBLIC, Audience.ACTOR},
    }


@pytest.mark.parametrize(
    ("said", "country"),
    [
        ("I am from Brazil. What visa do I need?", "BR"),
        ("我是巴西演员，要办什么签证？", "BR"),
        ("How do I publish in Brazil?", ""),
        ("I am from Brazil and my wife is from Peru.", ""),
        ("What visa do I need?", ""),
    ],
)
def test_a_country_is_told_or_not_known(briefer: ShelfBriefer, said: str, country: str) -> None:
    assert briefer.brief(Question(text=said), UNSURE, ()).country == country
    later = Question(text="And the fee?", history=(customer(said),))
    assert briefer.brief(later, UNSURE, ()).country == country


def test_what_is_missing_is_named(shelf: Shelf, briefer: ShelfBriefer) -> None:
    shelf.proposal = Proposal(differs=frozenset({Level.ABROAD, Level.CITY}))
    asked_back = Turn(role=Role.BOT, text="Which of these do you mean?\n\n1. Fee\n2. Form")
    question = Question(text="the cost", history=(customer("cost?"), asked_back))
    assert briefer.brief(question, UNSURE, ()).gaps == (Gap.CHOICE, Gap.COUNTRY, Gap.PLACE)
    shelf.proposal = Proposal()
    assert briefer.brief(Question(text="the cost"), UNSURE, ()).gaps == ()
