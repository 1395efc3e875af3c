"""A hand-off: the topic, its card, messages both ways, and the ticket's end."""

from functools import partial
from typing import Final

import pytest

from bot.desk.outcomes import HandOffReason
from bot.desk.ticket import TicketState
from handlers import wording_case_texts as case_texts
from handlers import wording_staff_texts as staff_texts
from handlers import wording_texts as texts
from tests.journeys.telegram.consulting import Advisor
from tests.journeys.telegram.service import Scene, said
from tests.telegram_server.people import Attachment
from tests.telegram_server.state import MediaKind

pytestmark = pytest.mark.asyncio

_KINDS: Final[tuple[MediaKind, ...]] = ("photo", "voice", "sticker", "document")


async def hand_off(scene: Scene, text: str = "person please") -> int:
    scene.people.send_text(scene.anna, text)
    await scene.people.wait_for_text(scene.anna, said(texts.HAND_OFF[HandOffReason.NOT_COVERED]))
    topic = await scene.topic()

    def is_copied() -> bool:
        return any(view.text == text for view in scene.people.read_topic(scene.group, topic))

    # The case card quotes it before its copy is there.
    await scene.people.wait_for(is_copied, seconds=8)
    return topic


async def claimed(scene: Scene) -> int:
    topic = await hand_off(scene)
    await scene.claim(topic)
    return topic


def copied(scene: Scene, chat: int, kind: str) -> bool:
    return any(view.kind == kind and view.is_bot for view in scene.people.read_chat(chat))


async def receipt(scene: Scene, reply: int) -> None:
    def is_there() -> bool:
        shown = scene.people.read_chat(scene.group)
        return any(view.message_id == reply and view.reactions for view in shown)

    await scene.people.wait_for(is_there, seconds=8)


async def test_a_case_goes_to_a_topic_and_back(scene: Scene) -> None:
    people, group, anna, sam = scene.people, scene.group, scene.anna, scene.sam
    async with scene.service(Advisor()):
        topic = await hand_off(scene)
        shown = people.read_topic(group, topic)
        assert people.topics(group)[0].name == "#1 ⏳ en · Anna"
        assert staff_texts.REASONS[HandOffReason.NOT_COVERED] in shown[0].text
        assert shown[0].buttons[0] == (staff_texts.CLAIM_BUTTON, staff_texts.CLOSE_BUTTON)
        assert "person please" in shown[-1].text

        people.press(sam, staff_texts.CLAIM_BUTTON, chat_id=group, thread_id=topic)
        await people.wait_for_text(anna, said(texts.CHANGE[TicketState.CLAIMED]))
        await scene.topic_text(topic, "claimed – Sam")
        await people.wait_for(lambda: people.topics(group)[0].name == "#1 💬 en · Anna")

        people.send_text(sam, "Hello, <Sam> here", chat_id=group, thread_id=topic)
        await people.wait_for_text(anna, "Hello, <Sam> here")
        people.send_text(sam, "// she is in a hurry", chat_id=group, thread_id=topic)
        signs = len(people.chat_actions(anna))
        people.send_text(anna, "Thank you!")
        await scene.topic_text(topic, "Thank you!")
        assert len(people.chat_actions(anna)) == signs
        assert not any("hurry" in text for text in scene.texts(anna))

        people.press(sam, staff_texts.RETURN_BUTTON, chat_id=group, thread_id=topic)
        await people.wait_for_text(anna, said(texts.CHANGE[TicketState.RETURNED]))
        people.send_text(anna, "permit?")
        await people.wait_for_text(anna, "About “permit?”", seconds=10)


async def test_a_delivered_reply_gets_a_receipt(scene: Scene) -> None:
    people, group = scene.people, scene.group
    async with scene.service(Advisor()):
        topic = await claimed(scene)
        reply = people.send_text(scene.sam, "Hello", chat_id=group, thread_id=topic)
        await people.wait_for_text(scene.anna, "Hello")
        await receipt(scene, reply)


async def test_every_kind_of_message_passes_both_ways(scene: Scene) -> None:
    people, group, anna, sam = scene.people, scene.group, scene.anna, scene.sam
    async with scene.service(Advisor()):
        topic = await claimed(scene)
        for kind in _KINDS:
            people.send_file(anna, Attachment(kind))
            people.send_file(sam, Attachment(kind), chat_id=group, thread_id=topic)
            for chat in (group, anna):
                await people.wait_for(partial(copied, scene, chat, kind), seconds=8)


async def test_a_closed_case_closes_its_topic(scene: Scene) -> None:
    people, group = scene.people, scene.group
    async with scene.service(Advisor()):
        topic = await hand_off(scene)
        people.press(scene.sam, staff_texts.CLOSE_BUTTON, chat_id=group, thread_id=topic)
        await people.wait_for_text(scene.anna, said(case_texts.CLOSED))
        await people.wait_for(lambda: people.topics(group)[0].is_closed)
        people.send_text(scene.anna, "person again")
        await people.wait_for(lambda: not people.topics(group)[0].is_closed, seconds=8)
        await scene.topic_text(topic, "person again")
    assert len(people.topics(group)) == 1


async def test_the_second_to_claim_is_told_who_has_it(scene: Scene) -> None:
    people, group = scene.people, scene.group
    kim = people.add_user("Kim")
    people.add_member(group, kim)
    async with scene.service(Advisor()):
        topic = await hand_off(scene)
        card = people.read_topic(group, topic)[0].message_id
        people.press(scene.sam, staff_texts.CLAIM_BUTTON, chat_id=group, thread_id=topic)
        await people.wait_for_text(scene.anna, said(texts.CHANGE[TicketState.CLAIMED]))
        late = people.press_data(kim, group, card, "v1:claim:1")
        answer = await people.wait_for(lambda: people.answer_to(late))
    assert answer["text"] == "Sam already has this thread."
    assert answer["show_alert"]
    shown = [view.text for view in people.read_topic(group, topic)]
    assert not any("already" in text for text in shown), "it costs the group nothing"


async def test_anonymous_administrators_are_staff(scene: Scene) -> None:
    people, group = scene.people, scene.group
    boss = people.add_user("Boss")
    people.add_member(group, boss, status="administrator", anonymous=True)
    async with scene.service(Advisor()):
        topic = await hand_off(scene)
        question = people.read_topic(group, topic)[-1].message_id
        people.send_text(boss, "The boss speaks", chat_id=group, reply_to=question)
        await people.wait_for_text(scene.anna, "The boss speaks")


async def test_a_customer_who_blocked_the_bot_is_told_to_staff(scene: Scene) -> None:
    people, group = scene.people, scene.group
    async with scene.service(Advisor()):
        topic = await claimed(scene)
        people.block(scene.anna)
        people.send_text(scene.sam, "Are you there?", chat_id=group, thread_id=topic)
        await scene.topic_text(topic, staff_texts.UNDELIVERED_PROBLEMS["blocked"])


async def test_an_edit_reaches_staff(scene: Scene) -> None:
    people, group = scene.people, scene.group
    async with scene.service(Advisor()):
        topic = await hand_off(scene)
        before = len(people.read_topic(group, topic))
        question = people.read_chat(scene.anna)[0].message_id
        people.edit_text(scene.anna, question, "person please, it is urgent")
        await scene.topic_text(topic, "person please, it is urgent")
        assert len(people.read_topic(group, topic)) == before


async def test_an_edit_reaches_the_customer(scene: Scene) -> None:
    people, group = scene.people, scene.group
    async with scene.service(Advisor()):
        topic = await claimed(scene)
        reply = people.send_text(scene.sam, "Helo", chat_id=group, thread_id=topic)
        await receipt(scene, reply)
        people.edit_text(scene.sam, reply, "Hello", chat_id=group)
        await people.wait_for_text(scene.anna, "Hello")
        assert "Helo" not in scene.texts(scene.anna)


async def test_what_staff_write_elsewhere_goes_nowhere(scene: Scene) -> None:
    people, group = scene.people, scene.group
    async with scene.service(Advisor()):
        topic = await hand_off(scene)
        people.send_text(scene.sam, "secret of General", chat_id=group)
        own = people.create_topic(scene.sam, group, "Lunch")
        people.send_text(scene.sam, "secret of lunch", chat_id=group, thread_id=own)
        await scene.topic_text(own, staff_texts.NOT_AN_OPEN_TICKET)
        question = people.read_topic(group, topic)[-1].message_id
        people.send_text(scene.sam, "Hello", chat_id=group, reply_to=question)
        await people.wait_for_text(scene.anna, "Hello")
    assert not any("secret" in text for text in scene.texts(scene.anna))


async def test_customers_cannot_press_what_is_for_staff(scene: Scene) -> None:
    people = scene.people
    async with scene.service(Advisor()):
        await hand_off(scene)
        message = people.read_chat(scene.anna)[-1].message_id
        people.press_data(scene.anna, scene.anna, message, "v1:close:1")
        people.press_data(scene.anna, scene.anna, message, "garbage")
        people.send_text(scene.anna, "/status")
        await people.wait_for_text(scene.anna, said(texts.STATUS[TicketState.WAITING]))


async def test_a_deleted_topic_is_made_again(scene: Scene) -> None:
    people, group = scene.people, scene.group
    async with scene.service(Advisor()):
        topic = await hand_off(scene)
        people.delete_topic(scene.sam, group, topic)
        people.send_text(scene.anna, "person, are you there?")
        again = await people.wait_for(
            lambda: next((t.thread_id for t in people.topics(group) if t.thread_id != topic), None)
        )
        await scene.topic_text(again, "person, are you there?")
        await scene.topic_text(again, staff_texts.AUDIENCE_LABEL)
    assert len(people.topics(group)) == 1


async def test_a_closed_topic_is_opened_for_what_belongs_there(scene: Scene) -> None:
    people, group = scene.people, scene.group
    async with scene.service(Advisor()):
        topic = await hand_off(scene)
        people.close_topic(scene.sam, group, topic)
        people.send_text(scene.anna, "person, are you there?")
        await scene.topic_text(topic, "person, are you there?")


async def test_danger_shows_the_emergency_numbers_and_a_red_case(scene: Scene) -> None:
    async with scene.service(Advisor()):
        scene.people.send_text(scene.anna, "danger here")
        await scene.people.wait_for_text(scene.anna, "110")
        await scene.topic()
    assert "🔴" in scene.people.topics(scene.group)[0].name


async def test_without_a_staff_group_cases_wait(scene: Scene) -> None:
    async with scene.service(Advisor(), with_staff=False):
        scene.people.send_text(scene.anna, "person please")
        await scene.people.wait_for_text(
            scene.anna, said(texts.HAND_OFF[HandOffReason.NOT_COVERED])
        )
    assert scene.people.topics(scene.group) == []
    async with scene.service(Advisor()):
        await scene.topic_text(await scene.topic(), "person please")
