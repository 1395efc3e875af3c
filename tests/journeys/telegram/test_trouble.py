"""What goes wrong between us and Telegram, and at the start."""

import asyncio
from dataclasses import replace

import pytest

from bot.desk.casework import Also
from bot.desk.desk import Desk
from bot.desk.outcomes import Outcome
from bot.desk.questions import Message
from handlers import wording_staff_texts as staff_texts
from handlers.chat.app import serve
from handlers.chat.checks import NO_FORUM, NO_RIGHTS, NOT_FOUND
from handlers.chat.context import ChatSettings
from handlers.chat.reading import address_of
from knowledge.errors import HelpdeskError, StaffGroupUnusable, TokenRefused
from tests.journeys.telegram.consulting import Advisor
from tests.journeys.telegram.service import Scene
from tests.journeys.telegram.wiring import make_door, now
from tests.telegram_server.faults import Fault, FaultKind

pytestmark = pytest.mark.asyncio


async def start_and_fail(scene: Scene, settings: ChatSettings) -> HelpdeskError:
    door = make_door(settings, scene.database, Advisor())
    with pytest.raises(HelpdeskError) as caught:
        await asyncio.wait_for(serve(door, stop=asyncio.Event()), 10)
    return caught.value


@pytest.mark.parametrize("token", ["999:WRONG", ""])
async def test_a_wrong_token_is_told(scene: Scene, token: str) -> None:
    error = await start_and_fail(scene, replace(scene.settings, token=token))
    assert isinstance(error, TokenRefused)


async def test_a_token_that_is_revoked_ends_the_service(scene: Scene) -> None:
    door = make_door(scene.settings, scene.database, Advisor())
    task = asyncio.create_task(serve(door, stop=asyncio.Event()))
    scene.people.send_text(scene.anna, "/help")
    await scene.people.wait_for_text(scene.anna, "/human")
    scene.running.bot.is_revoked = True
    scene.server.restart()
    with pytest.raises(TokenRefused):
        await asyncio.wait_for(task, 15)


async def test_an_unusable_staff_group_is_told(scene: Scene) -> None:
    people = scene.people
    plain, weak, foreign = (people.add_group(name, is_forum=name != "plain") for name in "pwf")
    people.set_group_options(plain, is_forum=False)
    people.set_bot_status(weak, "administrator", without=("can_manage_topics",))
    people.set_bot_status(foreign, "kicked")
    for group, problem in ((plain, NO_FORUM), (weak, NO_RIGHTS), (-100123, NOT_FOUND)):
        error = await start_and_fail(scene, replace(scene.settings, staff_group=group))
        assert isinstance(error, StaffGroupUnusable)
        assert error.fields["problem"] == problem


@pytest.mark.parametrize("kind", ["error", "html_502", "drop", "truncate"])
async def test_an_answer_arrives_once_whatever_the_line_does(scene: Scene, kind: FaultKind) -> None:
    scene.server.faults.add(Fault(kind, method="sendMessage", times=2))
    async with scene.service(Advisor()):
        scene.people.send_text(scene.anna, "permit?")
        await scene.people.wait_for_text(scene.anna, "apply first", seconds=20)
        scene.people.send_text(scene.anna, "permit again?")
        await scene.people.wait_for_text(scene.anna, "permit again?", seconds=20)
    assert len(scene.texts(scene.anna)) == 2


async def test_a_flood_wait_is_kept(scene: Scene) -> None:
    scene.server.faults.add(
        Fault(
            "error",
            method="sendMessage",
            chat_id=scene.anna,
            code=429,
            description="Too Many Requests: retry after 3",
            retry_after=3,
        )
    )
    ben = scene.people.add_user("Ben")
    async with scene.service(Advisor()):
        scene.people.send_text(scene.anna, "permit?")
        scene.people.send_text(ben, "permit?")
        await scene.people.wait_for_text(ben, "apply first", seconds=2)
        assert scene.texts(scene.anna) == []
        await scene.people.wait_for_text(scene.anna, "apply first")
    sends = [c for c in scene.server.calls if c.method == "sendMessage"]
    assert len([c for c in sends if c.parameters["chat_id"] == scene.anna]) == 2


async def test_markup_that_is_refused_goes_as_plain_text(scene: Scene) -> None:
    scene.server.faults.add(
        Fault(
            "error",
            method="sendMessage",
            code=400,
            description="Bad Request: can't parse entities: Unsupported start tag",
        )
    )
    async with scene.service(Advisor()):
        scene.people.send_text(scene.anna, "permit?")
        view = await scene.people.wait_for_text(scene.anna, "apply first")
    assert "<" not in view.html.replace("<work>", "")
    assert view.buttons


async def test_a_lost_topic_is_found_again(scene: Scene) -> None:
    scene.server.faults.add(Fault("drop", method="createForumTopic"))
    async with scene.service(Advisor()):
        scene.people.send_text(scene.anna, "person please")
        topic = await scene.topic()
        await scene.topic_text(topic, "person please")
    assert len(scene.people.topics(scene.group)) == 1


async def test_a_second_poller_and_a_restart_are_waited_out(scene: Scene) -> None:
    scene.server.faults.add(
        Fault("error", method="getUpdates", code=409, description="Conflict: other", times=2)
    )
    async with scene.service(Advisor()):
        scene.people.send_text(scene.anna, "permit?")
        await scene.people.wait_for_text(scene.anna, "apply first", seconds=10)
        scene.server.restart()
        scene.people.send_text(scene.anna, "permit again?")
        await scene.people.wait_for_text(scene.anna, "permit again?", seconds=10)


async def test_rights_that_were_taken_away_are_waited_for(scene: Scene) -> None:
    scene.people.set_bot_status(scene.group, "administrator", without=("can_manage_topics",))
    async with scene.service(Advisor(), with_staff=False):
        scene.people.send_text(scene.anna, "person please")
        await scene.people.wait_for(lambda: scene.texts(scene.anna))
    scene.people.set_bot_status(scene.group, "administrator")
    async with scene.service(Advisor()):
        await scene.topic_text(await scene.topic(), "person please")


async def test_staff_are_told_of_a_reply_whose_fate_cannot_be_found_out(scene: Scene) -> None:
    people, group = scene.people, scene.group
    async with scene.service(Advisor()):
        people.send_text(scene.anna, "person please")
        topic = await scene.topic()
        await scene.claim(topic)
        scene.server.faults.add(Fault("drop", method="sendMessage", chat_id=scene.anna))
        people.send_text(scene.sam, "Hello", chat_id=group, thread_id=topic)
        await people.wait_for_text(scene.anna, "Hello", seconds=8)
        people.block(scene.anna)
        await scene.topic_text(topic, staff_texts.UNDELIVERED_PROBLEMS["unknown"])
    assert scene.texts(scene.anna).count("Hello") == 1


class BrokenDesk(Desk):
    """Cannot take in a message."""

    def receive(self, message: Message, *, also: Also = None) -> Outcome | None:
        del also
        raise RuntimeError(message.text)


async def test_a_person_comes_for_a_message_that_cannot_be_handled(scene: Scene) -> None:
    door = make_door(scene.settings, scene.database, Advisor())
    desk = BrokenDesk(scene.database, Advisor(), door.composer, now)
    stop = asyncio.Event()
    task = asyncio.create_task(serve(replace(door, desk=desk), stop=stop))
    scene.people.send_text(scene.anna, "permit?")
    await scene.topic_text(await scene.topic(), "permit?", seconds=15)
    stop.set()
    await task
    with scene.database() as unit:
        assert unit.inbox.parked() == 1


async def test_who_blocks_and_comes_back_is_known(scene: Scene) -> None:
    def reachable() -> bool:
        with scene.database() as unit:
            conversation = unit.conversations.at(address_of(scene.anna))
            return conversation is not None and conversation.customer.reachable

    async with scene.service(Advisor()):
        scene.people.send_text(scene.anna, "permit?")
        await scene.people.wait_for(reachable)
        scene.people.block(scene.anna)
        await scene.people.wait_for(lambda: not reachable())
        scene.people.start(scene.anna)
        await scene.people.wait_for(reachable)
