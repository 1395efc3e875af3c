"""What the consultant does with a message that goes on, and with one that says nothing."""

from dataclasses import replace

import pytest

from bot.desk.conversation import Role, Turn
from bot.desk.intent import Intent
from bot.desk.outcomes import Answered, HandedOff, HandOffReason
from tests.unit.bot.test_consulting import VISA, Scene, ScriptedIntents, ScriptedShelf, found
from tests.unit.i18n.samples import make_citation


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Which visa for two months?", "And for four?"),
        ("Which fine for work without a permit?", "And for the company?"),
        ("Какой штраф за работу без разрешения?", "А для компании?"),
        ("¿Qué multa hay por trabajar sin permiso?", "¿Y para la empresa?"),
        ("没有许可拍戏罚多少？", "那公司呢？"),
    ],
)
def test_a_word_that_says_little_by_itself_is_not_answered_by_itself(
    before: str, text: str
) -> None:
    alone = Scene(ScriptedShelf({text: found("Companies and persons may ask here. [1]")}))
    outcome = alone.ask(text, (Turn(role=Role.CUSTOMER, text=before),))
    assert isinstance(outcome, HandedOff)
    together = Scene(ScriptedShelf({f"{before} {text}": found()}))
    assert isinstance(together.ask(text, (Turn(role=Role.CUSTOMER, text=before),)), Answered)


def test_a_follow_up_about_the_desk_by_its_sound_alone_goes_to_a_person() -> None:
    outcome = Scene(intents=ScriptedIntents(Intent.ABOUT)).ask("And for the company?", VISA)
    assert isinstance(outcome, HandedOff)


def test_the_answer_to_the_question_before_is_not_given_again() -> None:
    visa = replace(found(), citations=(make_citation(),))
    scene = Scene(ScriptedShelf({f"{VISA[0].text} And for games?": visa}))
    outcome = scene.ask("And for games?", VISA)
    assert isinstance(outcome, HandedOff)
    assert outcome.reason is HandOffReason.NOT_COVERED


@pytest.mark.parametrize(
    ("about", "language"),
    [
        ({"client_language": "es"}, "es"),
        ({"conversation_language": "ru", "client_language": "es"}, "ru"),
        ({"language": "zh-Hans", "client_language": "es"}, "zh-Hans"),
        ({}, "en"),
    ],
)
def test_letters_that_are_no_word_choose_no_language(about: dict[str, str], language: str) -> None:
    assert Scene().ask("asdf qwer", (), **about).language == language
    assert Scene().ask("qwertz uiop", (), **about).language == language
