"""The consultant with a language model beside it: where it is asked, and where it is not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bot.desk.consulting import ShelfConsultant
from bot.desk.conversation import Role, Turn
from bot.desk.intent import Intent
from bot.desk.outcomes import Answered, HandedOff, Outcome
from bot.desk.questions import Question
from knowledge.answer import Found, Unclear
from tests.unit.bot.test_consulting import (
    JOINED,
    NOTHING,
    TODAY,
    ScriptedIntents,
    ScriptedShelf,
    found,
)

BEFORE = (Turn(role=Role.CUSTOMER, text="Which visa for two months?"),)
FULL = "Which visa for four months?"


@dataclass
class Voice:
    """Words every answer in the same way, and keeps what it was asked."""

    asked: list[tuple[str, str]] = field(default_factory=list)

    def reword(
        self,
        found: Found,
        *,
        question: str,
        language: str,
        on_sentence: Callable[[str], None] | None = None,
    ) -> Found:
        self.asked.append((question, language))
        if on_sentence:
            on_sentence("Worded. [1]")
        return replace(found, text="Worded. [1]", worded=True)


@dataclass
class Rewriter:
    """Puts every question in the same way."""

    question: str = FULL
    asked: list[str] = field(default_factory=list)

    def rewrite(self, text: str, history: Sequence[Turn], *, language: str) -> str:
        del history, language
        self.asked.append(text)
        return self.question


@dataclass
class Scene:
    """A consultant with a model."""

    shelf: ScriptedShelf
    intents: ScriptedIntents = field(default_factory=ScriptedIntents)
    voice: Voice = field(default_factory=Voice)
    rewriter: Rewriter = field(default_factory=Rewriter)
    told: list[str] = field(default_factory=list)

    def ask(self, text: str, history: tuple[Turn, ...] = (), *, streamed: bool = False) -> Outcome:
        consultant = ShelfConsultant(
            shelf=self.shelf,
            intents=self.intents,
            readable=lambda language: (language, "en"),
            today=lambda: TODAY,
            wording=self.voice,
            rewriting=self.rewriter,
        )
        if streamed:
            consultant = consultant.telling(self.told.append)
        return consultant.consult(Question(text=text, history=history))


def test_a_found_answer_is_worded_once_for_the_reading_that_found_it() -> None:
    scene = Scene(ScriptedShelf({JOINED: found(confidence=0.6), FULL: found(confidence=0.9)}))
    outcome = scene.ask("And for four?", BEFORE, streamed=True)
    assert isinstance(outcome, Answered)
    assert outcome.found.worded
    assert scene.voice.asked == [(FULL, "en")]
    assert scene.told == ["Worded. [1]"]


def test_nothing_else_is_worded() -> None:
    for finding in (NOTHING, Unclear(choices=("a?", "b?"), confidence=0.4)):
        scene = Scene(ScriptedShelf({"What does filing cost?": finding}))
        assert not isinstance(scene.ask("What does filing cost?", streamed=True), Answered)
        assert (scene.voice.asked, scene.told) == ([], [])
    danger = Scene(ScriptedShelf({"Help": found()}), ScriptedIntents(Intent.DANGER))
    assert isinstance(danger.ask("Help", BEFORE), HandedOff)
    assert not danger.voice.asked
    assert not danger.rewriter.asked


def test_a_question_in_full_is_one_more_reading() -> None:
    scene = Scene(ScriptedShelf({FULL: found()}))
    assert isinstance(scene.ask("And for four?", BEFORE), Answered)
    assert [one.text for one in scene.shelf.asked] == [FULL, JOINED, "And for four?"]


def test_the_model_is_asked_when_no_word_shows_that_a_message_goes_on() -> None:
    scene = Scene(ScriptedShelf({FULL: found()}))
    assert isinstance(scene.ask("Four, my dear", BEFORE), Answered)
    assert [one.text for one in scene.shelf.asked] == ["Four, my dear", FULL]


def test_the_model_is_not_asked_about_a_question_that_is_answered_or_comes_first() -> None:
    scene = Scene(ScriptedShelf({"What does filing cost?": found()}))
    assert isinstance(scene.ask("What does filing cost?", BEFORE), Answered)
    assert not isinstance(scene.ask("What about Mars?"), Answered)
    assert scene.rewriter.asked == []


def test_a_model_that_fails_leaves_the_readings_of_the_rules() -> None:
    scene = Scene(ScriptedShelf({JOINED: found()}), rewriter=Rewriter(question=""))
    assert isinstance(scene.ask("And for four?", BEFORE), Answered)
    assert [one.text for one in scene.shelf.asked] == [JOINED, "And for four?"]
