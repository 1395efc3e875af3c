"""Questions in a private chat, and what comes back."""

import asyncio

import pytest

from bot.desk.outcomes import DeclineReason, HandOffReason
from handlers import wording_texts as texts
from tests.journeys.telegram.consulting import Advisor
from tests.journeys.telegram.service import Scene, said
from tests.telegram_server.people import Attachment

pytestmark = pytest.mark.asyncio


async def test_a_question_is_answered_with_its_source(scene: Scene) -> None:
    async with scene.service(Advisor()):
        scene.people.send_text(scene.anna, "How do I get a <work> permit?")
        view = await scene.people.wait_for_text(scene.anna, "apply first [1]")
    assert "How do I get a <work> permit?" in view.text
    assert "Rules & permits" in view.text
    assert "<blockquote expandable>" in view.html
    assert 'href="https://example.org/?a=1&amp;b=2"' in view.html
    assert view.buttons == (
        (texts.HELPFUL_BUTTON, texts.UNHELPFUL_BUTTON),
        (texts.PERSON_BUTTON,),
    )
    assert scene.people.chat_actions(scene.anna)[0].action == "typing"


async def test_typing_is_shown_until_the_answer(scene: Scene) -> None:
    async with scene.service(Advisor(seconds=5.0)):
        scene.people.send_text(scene.anna, "permit?")
        await scene.people.wait_for_text(scene.anna, "apply first", seconds=10)
        shown = len(scene.people.chat_actions(scene.anna))
        assert shown == 2
        await asyncio.sleep(0.3)
        assert len(scene.people.chat_actions(scene.anna)) == shown


async def test_questions_of_one_person_are_answered_in_order(scene: Scene) -> None:
    async with scene.service(Advisor(seconds=0.1)):
        for number in range(4):
            scene.people.send_text(scene.anna, f"permit {number}?")
        await scene.people.wait_for_text(scene.anna, "permit 3?", seconds=15)
    answers = [text.partition("”")[0] for text in scene.texts(scene.anna)]
    assert answers == [f"About “permit {number}?" for number in range(4)]


async def test_one_slow_question_does_not_hold_up_others(scene: Scene) -> None:
    ben, advisor = scene.people.add_user("Ben"), Advisor()
    async with scene.service(advisor):
        scene.people.send_text(scene.anna, "slow one?")
        scene.people.send_text(scene.anna, "permit two?")
        scene.people.send_text(ben, "permit three?")
        await scene.people.wait_for_text(ben, "permit three?”", seconds=30)
        assert not scene.texts(scene.anna)
        advisor.released.set()
        await scene.people.wait_for_text(scene.anna, "permit two?”", seconds=30)


async def test_a_choice_is_asked_as_the_next_question(scene: Scene) -> None:
    async with scene.service(Advisor()):
        scene.people.send_text(scene.anna, "which visa?")
        view = await scene.people.wait_for_text(scene.anna, "1. visa <first>")
        assert view.buttons[:2] == (("visa <first>",), ("visa second",))
        query = scene.people.press(scene.anna, "visa second")
        await scene.people.wait_for_text(scene.anna, "About “visa second”")
        assert scene.people.answer_to(query) is not None
        scene.people.press(scene.anna, "visa second")
        scene.people.send_text(scene.anna, "permit?")
        await scene.people.wait_for_text(scene.anna, "About “permit?”")
    # Pressing the same button twice asks once.
    assert sum("visa second”" in text for text in scene.texts(scene.anna)) == 1


async def test_answers_are_rated(scene: Scene) -> None:
    async with scene.service(Advisor()):
        scene.people.send_text(scene.anna, "permit?")
        await scene.people.wait_for_text(scene.anna, "apply first")
        query = scene.people.press(scene.anna, texts.UNHELPFUL_BUTTON)
        shown = await scene.people.wait_for(lambda: scene.people.answer_to(query))
    assert shown["text"] == texts.RATED_UNHELPFUL


async def test_an_edited_question_is_answered_again(scene: Scene) -> None:
    async with scene.service(Advisor()):
        question = scene.people.send_text(scene.anna, "permit old?")
        await scene.people.wait_for_text(scene.anna, "permit old?")
        scene.people.edit_text(scene.anna, question, "permit new?")
        await scene.people.wait_for_text(scene.anna, "permit new?")
        # Clients also report edits that nobody can see.
        scene.people.edit_text(scene.anna, question, "permit new?")
        scene.people.send_text(scene.anna, "permit last?")
        await scene.people.wait_for_text(scene.anna, "permit last?")
    assert sum("permit new?" in text for text in scene.texts(scene.anna)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", said(texts.DECLINE[DeclineReason.NO_TEXT])),
        ("😀🎉", said(texts.DECLINE[DeclineReason.NO_TEXT])),
        ("x" * 20_000, said(texts.DECLINE[DeclineReason.TOO_LONG])),
        ("permit\x00\x07\u202e?", "About “permit"),
    ],
    ids=["empty", "emoji", "20,000 characters", "control characters"],
)
async def test_strange_texts_get_an_answer(scene: Scene, text: str, expected: str) -> None:
    async with scene.service(Advisor()):
        scene.people.send_text(scene.anna, text)
        await scene.people.wait_for_text(scene.anna, expected)


async def test_a_sticker_gets_an_answer(scene: Scene) -> None:
    async with scene.service(Advisor()):
        scene.people.send_file(scene.anna, Attachment("sticker"))
        await scene.people.wait_for_text(scene.anna, said(texts.DECLINE[DeclineReason.NO_TEXT]))
    assert scene.people.topics(scene.group) == []


async def test_a_photo_without_text_goes_to_a_person(scene: Scene) -> None:
    async with scene.service(Advisor()):
        scene.people.send_file(scene.anna, Attachment("photo"))
        await scene.people.wait_for_text(scene.anna, said(texts.HAND_OFF[HandOffReason.ATTACHMENT]))
        topic = await scene.topic()
        await scene.people.wait_for(
            lambda: [v for v in scene.people.read_topic(scene.group, topic) if v.kind == "photo"]
        )


async def test_other_groups_are_left_alone(scene: Scene) -> None:
    other = scene.people.add_group("Elsewhere", is_forum=False)
    scene.people.add_member(other, scene.sam)
    async with scene.service(Advisor()):
        scene.people.send_text(scene.sam, "permit?", chat_id=other)
        scene.people.send_text(scene.anna, "permit?")
        await scene.people.wait_for_text(scene.anna, "apply first")
    assert not [view for view in scene.people.read_chat(other) if view.is_bot]
