"""What goes out from a topic and what does not; albums; what is taken back."""

from datetime import timedelta

import pytest

from bot.desk.outcomes import HandOffReason
from bot.desk.replies import EDITED_TO_NOTE, NOTHING_TO_UNDO
from handlers import wording_relay_texts as texts
from handlers import wording_texts
from tests.journeys.telegram.consulting import Advisor
from tests.journeys.telegram.relay_matrix import SkippingClock
from tests.journeys.telegram.relay_sides import Case, open_case
from tests.journeys.telegram.service import Scene, said
from tests.telegram_server.people import Attachment, MessageView

pytestmark = pytest.mark.asyncio

_QUIET = timedelta(seconds=2)
_SECONDS = 30.0


def reactions(case: Case, message: int) -> tuple[str, ...]:
    return case.staff.find(message).reactions


async def gathered(scene: Scene, parts: int) -> None:
    def are_there() -> bool:
        with scene.database() as unit:
            return len(unit.relay.gathered()) >= parts

    await scene.people.wait_for(are_there, seconds=_SECONDS)


def pictures(views: list[MessageView]) -> list[MessageView]:
    return [view for view in views if view.kind == "photo" and view.is_bot]


async def test_what_is_not_plainly_a_reply_is_held_until_somebody_says(scene: Scene) -> None:
    people = scene.people
    kim = people.add_user("Kim")
    people.add_member(scene.group, kim)
    async with scene.service(Advisor()):
        case = await open_case(scene, "A")
        place = case.staff.place()
        secret = people.send_text(kim, "keep this", **place)
        await scene.topic_text(case.staff.thread or 0, said(texts.HELD_FOR_COLLEAGUE))
        people.press(kim, texts.KEEP_NOTE_BUTTON, chat_id=scene.group)
        await scene.topic_text(case.staff.thread or 0, texts.HELD_KEPT)
        people.send_html(kim, "send <b>this</b>", **place)
        await people.wait_for(
            lambda: any(texts.SEND_BUTTON in row for v in case.staff.read() for row in v.buttons),
            seconds=_SECONDS,
        )
        people.press(kim, texts.SEND_BUTTON, chat_id=scene.group)
        await people.wait_for_text(case.customer.user, "send this", seconds=_SECONDS)
        await people.wait_for(lambda: "✍" in reactions(case, secret), seconds=_SECONDS)
        await people.wait_for(
            lambda: any(texts.UNDO_BUTTON in row for v in case.staff.read() for row in v.buttons),
            seconds=_SECONDS,
        )
        people.press(kim, texts.UNDO_BUTTON, chat_id=scene.group)
        await people.wait_for(
            lambda: "send this" not in [v.text for v in case.customer.read()], seconds=_SECONDS
        )
    assert not any("keep this" in text for text in scene.texts(case.customer.user))


async def test_a_message_is_taken_back_and_commands_stay_inside(scene: Scene) -> None:
    people, sam = scene.people, scene.sam
    async with scene.service(Advisor()):
        case = await open_case(scene, "A")
        place, thread = case.staff.place(), case.staff.thread or 0
        people.send_text(sam, "/internal secret", **place)
        await scene.topic_text(thread, texts.COMMAND_NOT_SENT)
        people.send_text(sam, "/undo", **place)
        await scene.topic_text(thread, NOTHING_TO_UNDO)
        reply = people.send_text(sam, "the price is 5", **place)
        await people.wait_for_text(case.customer.user, "the price is 5", seconds=_SECONDS)
        people.edit_text(sam, reply, "// the price is secret", chat_id=scene.group)
        await scene.topic_text(thread, EDITED_TO_NOTE)
        place["reply_to"] = reply
        people.send_text(sam, "/undo", **place)
        await people.wait_for(lambda: reactions(case, reply) == ("🙈",), seconds=_SECONDS)
    assert not any("price" in view.text for view in case.customer.read())
    assert not any("secret" in view.text for view in case.customer.read())


async def test_an_album_before_a_case_is_one_question(scene: Scene) -> None:
    people, clock = scene.people, SkippingClock()
    async with scene.service(Advisor(), clock=clock):
        album = people.next_album()
        for number in (1, 2, 3):
            part = Attachment("photo", "is this form right?" if number == 2 else "")
            people.send_file(scene.anna, part, album=album)
        await gathered(scene, 3)
        clock.skip(_QUIET)
        thread = await scene.topic()
        await people.wait_for(
            lambda: len(pictures(people.read_topic(scene.group, thread))) == 3, seconds=_SECONDS
        )
        shown = pictures(people.read_topic(scene.group, thread))
        assert len({view.album for view in shown}) == 1
        handed_off = said(wording_texts.HAND_OFF[HandOffReason.ATTACHMENT])
        assert [handed_off in text for text in scene.texts(scene.anna)] == [True]


async def test_late_parts_follow_their_album_and_a_restart_loses_none(scene: Scene) -> None:
    people, clock = scene.people, SkippingClock()
    async with scene.service(Advisor(), clock=clock):
        case = await open_case(scene, "A")
        anna = case.customer.user
        album = people.next_album()
        people.send_file(anna, Attachment("photo", "first", b"1"), album=album)
        people.send_file(anna, Attachment("photo", "", b"2"), album=album)
        await gathered(scene, 2)
    clock.skip(_QUIET)
    async with scene.service(Advisor(), clock=clock):
        await people.wait_for(lambda: len(pictures(case.staff.read())) == 2, seconds=_SECONDS)
        people.send_file(anna, Attachment("photo", "late", b"3"), album=album)
        await gathered(scene, 1)
        clock.skip(_QUIET)
        await people.wait_for(lambda: len(pictures(case.staff.read())) == 3, seconds=_SECONDS)
        first, second, late = pictures(case.staff.read())
        assert first.album == second.album
        assert late.reply_to == first.message_id
    assert len(pictures(case.staff.read())) == 3


async def test_a_text_does_not_overtake_an_album(scene: Scene) -> None:
    people = scene.people
    async with scene.service(Advisor(), clock=SkippingClock()):
        case = await open_case(scene, "A")
        people.send_album(
            scene.sam, [Attachment("photo"), Attachment("photo")], **case.staff.place()
        )
        people.send_text(scene.sam, "these two", **case.staff.place())
        await people.wait_for_text(case.customer.user, "these two", seconds=_SECONDS)
    kinds = [view.kind for view in case.customer.read() if view.is_bot][-3:]
    assert kinds == ["photo", "photo", "text"]


async def test_the_wish_for_a_person_does_not_overtake_an_album(scene: Scene) -> None:
    people = scene.people
    async with scene.service(Advisor(), clock=SkippingClock()):
        case = await open_case(scene, "A")
        customer = case.customer.user
        people.send_album(customer, [Attachment("photo"), Attachment("photo")])
        people.send_text(customer, "/human hurry")
        await people.wait_for(
            lambda: any("hurry" in view.text for view in case.staff.read()), seconds=_SECONDS
        )
        kinds = [view.kind for view in case.staff.read() if view.is_bot]
    assert kinds[-3:] == ["photo", "photo", "text"]


async def test_parts_of_an_album_that_cannot_be_copied_are_told(scene: Scene) -> None:
    people, clock = scene.people, SkippingClock()
    async with scene.service(Advisor(), clock=clock):
        case = await open_case(scene, "A")
        anna = case.customer.user
        pair = [Attachment("photo", f"part {number}", b"x" * number) for number in (1, 2, 3)]
        sent = people.send_album(anna, pair)
        await gathered(scene, 3)
        people.delete_message(anna, sent[1])
        clock.skip(_QUIET)
        await scene.topic_text(case.staff.thread or 0, texts.ALBUM_INCOMPLETE)
        await people.wait_for_text(anna, said(texts.ALBUM_PARTS_LOST), seconds=_SECONDS)
        people.edit_text(anna, sent[2], "part 3, changed")
        await scene.topic_text(case.staff.thread or 0, "part 3, changed")
    assert [v.text for v in pictures(case.staff.read())] == ["part 1", "part 3, changed"]


async def test_a_reply_to_what_is_gone_arrives_without_it(scene: Scene) -> None:
    people = scene.people
    async with scene.service(Advisor()):
        case = await open_case(scene, "A")
        anna = case.customer.user
        question = people.send_text(anna, "a question")
        await scene.topic_text(case.staff.thread or 0, "a question")
        copy = next(v for v in case.staff.read() if v.text == "a question")
        people.delete_message(anna, question)
        place = case.staff.place()
        place |= {"reply_to": copy.message_id, "quote": "question"}
        people.send_text(scene.sam, "Here it is", **place)
        await people.wait_for_text(anna, "Here it is", seconds=_SECONDS)
    assert [v.text for v in case.customer.read()].count("Here it is") == 1
