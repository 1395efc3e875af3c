"""What the consultant does with a question, with a scripted shelf and scripted intents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import pytest

from bot.desk.consulting import LONGEST, ShelfConsultant, clean
from bot.desk.conversation import Role, Turn
from bot.desk.intent import Intent, Reading
from bot.desk.outcomes import (
    Answered,
    Clarifying,
    Declined,
    DeclineReason,
    HandedOff,
    HandOffReason,
    Outcome,
    SmallTalk,
    SmallTalkKind,
)
from bot.desk.questions import Question
from knowledge.answer import Conflicting, Finding, Found, Inquiry, NotFound, Unclear
from knowledge.passage import Audience
from tests.unit.i18n.samples import make_citation

TODAY = date(2026, 11, 22)
QUOTES = (make_citation(),)
NOTHING = NotFound(reason="not-covered", confidence=0.1)


def found(text: str = "Free. [1]", confidence: float = 0.9) -> Found:
    return Found(
        text=text, language="en", citations=(), confidence=confidence, in_asked_language=True
    )


@dataclass
class ScriptedShelf:
    """Answers by the text of the inquiry."""

    answers: Mapping[str, Finding] = field(default_factory=dict)
    asked: list[Inquiry] = field(default_factory=list)

    def consult(self, inquiry: Inquiry) -> Finding:
        self.asked.append(inquiry)
        return self.answers.get(inquiry.text, NOTHING)


@dataclass
class ScriptedIntents:
    """Takes everything for one intent."""

    intent: Intent = Intent.QUESTION
    by: Literal["rule", "example"] = "example"
    read_texts: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)

    def read(self, text: str, *, language: str) -> Reading:
        self.read_texts.append(text)
        self.languages.append(language)
        return Reading(intent=self.intent, certainty=0.8, by=self.by)


@dataclass
class Scene:
    """A consultant with its shelf and its intents."""

    shelf: ScriptedShelf = field(default_factory=ScriptedShelf)
    intents: ScriptedIntents = field(default_factory=ScriptedIntents)

    def ask(self, text: str, history: tuple[Turn, ...] = (), **about: str) -> Outcome:
        consultant = ShelfConsultant(
            shelf=self.shelf,
            intents=self.intents,
            readable=lambda language: (language, "en"),
            today=lambda: TODAY,
        )
        audience = Audience(about.pop("audience", "public"))
        return consultant.consult(Question(text=text, history=history, audience=audience, **about))


FINDINGS: list[tuple[Finding, Outcome]] = [
    (found(), Answered(language="en", found=found())),
    (
        Unclear(choices=("a?", "b?"), confidence=0.4),
        Clarifying(language="en", choices=("a?", "b?"), confidence=0.4),
    ),
    (NOTHING, HandedOff(language="en", reason=HandOffReason.NOT_COVERED, confidence=0.1)),
    (
        NotFound(reason="unsure", confidence=0.4),
        HandedOff(language="en", reason=HandOffReason.UNSURE, confidence=0.4),
    ),
    (
        Conflicting(citations=QUOTES, confidence=0.7),
        HandedOff(language="en", reason=HandOffReason.CONFLICT, confidence=0.7, quotes=QUOTES),
    ),
]


@pytest.mark.parametrize(("finding", "outcome"), FINDINGS)
def test_each_finding_has_its_outcome(finding: Finding, outcome: Outcome) -> None:
    scene = Scene(ScriptedShelf({"What does filing cost?": finding}))
    assert scene.ask("What does filing cost?") == outcome


@pytest.mark.parametrize(
    ("intent", "reason"),
    [
        (Intent.DANGER, HandOffReason.DANGER),
        (Intent.PERSON, HandOffReason.ASKED_FOR_PERSON),
        (Intent.PERSONAL_CASE, HandOffReason.PERSONAL_CASE),
        (Intent.COMPLAINT, HandOffReason.COMPLAINT),
        (Intent.ILLEGAL, DeclineReason.ILLEGAL),
        (Intent.OFF_TOPIC, DeclineReason.OFF_TOPIC),
        (Intent.GREETING, SmallTalkKind.GREETING),
        (Intent.THANKS, SmallTalkKind.THANKS),
        (Intent.FAREWELL, SmallTalkKind.FAREWELL),
    ],
)
def test_other_intents_do_not_reach_the_shelf(intent: Intent, reason: str) -> None:
    scene = Scene(ScriptedShelf({"Tell me": found()}), ScriptedIntents(intent))
    outcome = scene.ask("Tell me")
    assert (outcome.reason, outcome.confidence) == (reason, 0.8)
    assert isinstance(outcome, HandedOff | Declined | SmallTalk)
    assert scene.shelf.asked == []
    assert getattr(outcome, "urgent", False) is (intent is Intent.DANGER)


def test_every_intent_has_an_outcome() -> None:
    for intent in Intent:
        assert Scene(intents=ScriptedIntents(intent)).ask("Tell me").language == "en"


def test_a_question_about_the_desk_is_answered_from_the_shelf_first() -> None:
    about = ScriptedIntents(Intent.ABOUT)
    assert isinstance(Scene(ScriptedShelf({"Who?": found()}), about).ask("Who?"), Answered)
    small = Scene(intents=about).ask("Who?")
    assert small == SmallTalk(language="en", reason=SmallTalkKind.ABOUT, confidence=0.8)


@pytest.mark.parametrize("text", ["", "  ", "🎉", "?!", "\x00\x1b", "\u200b\u202e\ufeff"])
def test_without_text_there_is_nothing_to_answer(text: str) -> None:
    scene = Scene()
    outcome = scene.ask(text, conversation_language="ru")
    assert outcome == Declined(language="ru", reason=DeclineReason.NO_TEXT)
    assert scene.shelf.asked == []
    assert scene.intents.read_texts == []


@pytest.mark.parametrize("sign", ["👋", "👍🏽", "🙏🙏"])
def test_a_sign_is_read_as_words_are(sign: str) -> None:
    scene = Scene(intents=ScriptedIntents(Intent.THANKS, by="rule"))
    outcome = scene.ask(sign, conversation_language="ru")
    assert outcome == SmallTalk(language="ru", reason=SmallTalkKind.THANKS, confidence=0.8)
    assert scene.intents.read_texts == [sign]


def test_too_long_is_not_read() -> None:
    scene = Scene()
    assert scene.ask("a" * LONGEST).reason == HandOffReason.NOT_COVERED
    assert scene.ask("a" * (LONGEST + 1)).reason == DeclineReason.TOO_LONG
    assert scene.ask(f"fee?{' ' * 9000}").reason == HandOffReason.NOT_COVERED
    assert len(scene.shelf.asked) == 2


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  What\n\tcost\r\n?  ", "What cost ?"),
        ("fi\x1b[31mle", "fi [31mle"),
        ("a\u200bb\u202ec\ufeff", "abc"),
        ("a\u00a0b\u3000c", "a b c"),
        ("a\ud800b", "ab"),
        ("a\ue000b", "ab"),
        ("签证 ok 👍", "签证 ok 👍"),
        ("Fees?<br/><a href='x'>Now</a>", "Fees? Now"),
        ('<call name="claim"><x y=1>me</x></call> 签证?', "me 签证?"),
        ("more than 5 < 7 days, <100 yuan>, 3 <b and c> d", None),
        ("is <USD 300> enough?", None),
    ],
)
def test_what_is_no_word_is_taken_out(text: str, cleaned: str | None) -> None:
    assert clean(text) == (text if cleaned is None else cleaned)


def test_the_inquiry_says_who_asks_in_which_language_and_when() -> None:
    scene = Scene()
    scene.ask("Какая виза нужна актёру?", audience="actor")
    assert scene.shelf.asked == [
        Inquiry(
            text="Какая виза нужна актёру?",
            readable=("ru", "en"),
            audience=Audience.ACTOR,
            today=TODAY,
            spoken="ru",
        )
    ]


@pytest.mark.parametrize(
    ("text", "chosen", "spoken"),
    [
        ("What visa do I need for two months?", "es", "en"),
        ("Какая виза нужна актёру?", "zh-Hans", "ru"),
        ("visa?", "es", "es"),
        ("你好", "zh-Hant", "zh-Hant"),
    ],
)
def test_a_question_is_looked_up_in_its_own_language(text: str, chosen: str, spoken: str) -> None:
    scene = Scene()
    scene.ask(text, language=chosen)
    [inquiry] = scene.shelf.asked
    assert (inquiry.own, inquiry.language) == (chosen, spoken)
    assert scene.intents.languages == [spoken]


RUSSIAN = (Turn(role=Role.CUSTOMER, text="Какая виза нужна актёру?"),)


@pytest.mark.parametrize(
    ("text", "about", "history", "language"),
    [
        ("OK", {"conversation_language": "ru"}, (), "ru"),
        ("OK", {}, RUSSIAN, "ru"),
        ("OK", {"conversation_language": "es"}, RUSSIAN, "es"),
        ("OK", {"client_language": "es"}, (), "es"),
        ("Какая виза?", {"language": "en"}, RUSSIAN, "en"),
        ("What visa do I need?", {"conversation_language": "ru"}, RUSSIAN, "en"),
    ],
)
def test_the_language_of_the_answer(
    text: str, about: dict[str, str], history: tuple[Turn, ...], language: str
) -> None:
    assert Scene().ask(text, history, **about).language == language


VISA = (Turn(role=Role.CUSTOMER, text="Which visa for two months?"),)
JOINED = "Which visa for two months? And for four?"


def test_a_follow_up_is_looked_up_with_the_question_before_and_alone() -> None:
    scene = Scene(ScriptedShelf({JOINED: found()}))
    assert isinstance(scene.ask("And for four?", VISA), Answered)
    assert [one.text for one in scene.shelf.asked] == [JOINED, "And for four?"]
    assert scene.intents.read_texts == ["And for four?"]


def test_a_follow_up_that_sounds_polite_is_still_a_question() -> None:
    answers = {JOINED: found()}
    polite = Scene(ScriptedShelf(answers), ScriptedIntents(Intent.GREETING))
    assert isinstance(polite.ask("And for four?", VISA), Answered)
    certain = Scene(ScriptedShelf(answers), ScriptedIntents(Intent.THANKS, by="rule"))
    assert isinstance(certain.ask("And for four?", VISA), SmallTalk)
    danger = Scene(ScriptedShelf(answers), ScriptedIntents(Intent.DANGER))
    assert isinstance(danger.ask("And for four?", VISA), HandedOff)


def test_an_answer_goes_before_a_more_certain_refusal() -> None:
    sure = NotFound(reason="not-covered", confidence=0.95)
    message = "And how long does filing take?"
    answers: dict[str, Finding] = {
        f"{VISA[0].text} {message}": sure,
        message: found(confidence=0.6),
    }
    scene = Scene(ScriptedShelf(answers))
    assert isinstance(scene.ask(message, VISA), Answered)


def test_the_more_certain_of_two_answers_wins() -> None:
    answers = {JOINED: found("Z. [1]", 0.9), "And for four?": found("M. [1]", 0.6)}
    outcome = Scene(ScriptedShelf(answers)).ask("And for four?", VISA)
    assert isinstance(outcome, Answered)
    assert outcome.found.text == "Z. [1]"


def test_a_picked_choice_is_asked_in_its_place() -> None:
    offered = Turn(role=Role.BOT, text="1. What does filing cost?\n2. How long does it take?")
    scene = Scene()
    outcome = scene.ask("2", (Turn(role=Role.CUSTOMER, text="Tell me about filing?"), offered))
    assert [one.text for one in scene.shelf.asked] == ["How long does it take?"]
    assert outcome.language == "en"
