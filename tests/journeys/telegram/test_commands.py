"""Commands, languages, and what Telegram shows of the bot."""

import pytest

from bot.desk.outcomes import HandOffReason
from bot.desk.ticket import TicketState
from bot.i18n.formats import own_name
from bot.i18n.locales import KNOWN_LOCALES
from handlers import wording_staff_texts as staff_texts
from handlers import wording_texts as texts
from handlers.chat.registration import language_codes
from tests.journeys.telegram.consulting import Advisor
from tests.journeys.telegram.service import Scene, said

pytestmark = pytest.mark.asyncio


async def test_every_command_says_something(scene: Scene) -> None:
    expected = {
        "/start": said(texts.WELCOME),
        "/help": "/human",
        "/status": said(texts.NO_TICKET),
        "/language": said(texts.CHOOSE_LANGUAGE),
        "/language xx-none": said(texts.LANGUAGE_UNKNOWN),
        "/nonsense": "/nonsense",
    }
    async with scene.service(Advisor()):
        for command, part in expected.items():
            scene.people.send_text(scene.anna, command)
            await scene.people.wait_for_text(scene.anna, part, seconds=8)


async def test_a_person_is_asked_for(scene: Scene) -> None:
    async with scene.service(Advisor()):
        scene.people.send_text(scene.anna, "/human")
        await scene.people.wait_for_text(
            scene.anna, said(texts.HAND_OFF[HandOffReason.ASKED_FOR_PERSON])
        )
        topic = await scene.topic()
        await scene.topic_text(topic, staff_texts.REASONS[HandOffReason.ASKED_FOR_PERSON])
        scene.people.send_text(scene.anna, "/status")
        await scene.people.wait_for_text(scene.anna, said(texts.STATUS[TicketState.WAITING]))


async def test_the_button_under_an_answer_brings_a_person(scene: Scene) -> None:
    async with scene.service(Advisor()):
        scene.people.send_text(scene.anna, "permit?")
        await scene.people.wait_for_text(scene.anna, "apply first")
        scene.people.press(scene.anna, texts.PERSON_BUTTON)
        await scene.people.wait_for_text(
            scene.anna, said(texts.HAND_OFF[HandOffReason.ASKED_FOR_PERSON])
        )
        topic = await scene.topic()
        await scene.topic_text(topic, f"👉 {texts.PERSON_BUTTON}")


async def test_a_language_is_chosen_by_button_and_taken_back(scene: Scene) -> None:
    tag = next(tag for tag in (*KNOWN_LOCALES, "en") if tag != "fr")
    async with scene.service(Advisor()):
        scene.people.send_text(scene.anna, "/language")
        view = await scene.people.wait_for_text(scene.anna, said(texts.CHOOSE_LANGUAGE))
        labels = {label for row in view.buttons for label in row}
        assert {own_name(tag) for tag in KNOWN_LOCALES} < labels
        scene.people.press(scene.anna, own_name(tag))
        await scene.people.wait_for_text(scene.anna, own_name(tag))
        scene.people.press(scene.anna, view.buttons[0][0])
        await scene.people.wait_for_text(scene.anna, said(texts.LANGUAGE_AUTOMATIC))


async def test_commands_and_descriptions_stand_in_every_language(scene: Scene) -> None:
    async with scene.service(Advisor()):
        await scene.people.wait_for(
            lambda: len(scene.running.bot.profile.short_descriptions) == len(language_codes()),
            seconds=20,
        )
        menu = scene.people.commands_for(scene.anna)
    assert list(menu) == ["start", "help", "language", "human", "status"]
    before = len(scene.server.calls)
    async with scene.service(Advisor()):
        asked = 3 * len(language_codes())
        await scene.people.wait_for(
            lambda: sum("getMy" in c.method for c in scene.server.calls[before:]) >= asked,
            seconds=20,
        )
    assert not [call for call in scene.server.calls[before:] if call.method.startswith("setMy")]
