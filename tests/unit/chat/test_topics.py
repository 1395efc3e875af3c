"""Topics: made once, found again, and never another ticket's."""

import pytest
from telegram.error import BadRequest, TimedOut

from bot.desk.ports import UnitOfWork
from bot.desk.questions import Message, Sender
from handlers.chat.composer import topic_title
from handlers.chat.context import Door
from handlers.chat.gap_composer import draft_of
from handlers.chat.letters import Tie, card_of
from handlers.chat.reading import address_of
from handlers.chat.rich_text import utf16_length
from handlers.chat.topics import Topics, adopt_topic, thread_in
from handlers.chat.topics import topic_of as topic_of_message
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.chat.doubles import BOT, GROUP, ScriptedApi, make_door, make_line


def created(name: str, *, thread: int = 9, by: int = BOT) -> dict[str, object]:
    return {
        "message": {
            "message_id": thread,
            "message_thread_id": thread,
            "from": {"id": by},
            "chat": {"id": GROUP},
            "forum_topic_created": {"name": name},
        }
    }


def open_tickets(door: Door, count: int = 1) -> None:
    for number in range(1, count + 1):
        door.desk.ask_for_person(
            Message(
                address=address_of(number),
                sender=Sender(identity=str(number), name="Anna"),
                reference="1",
                text="person",
            )
        )


def topic_of(door: Door, ticket: int) -> str:
    return door.transact_now(lambda unit: unit.tickets.get(ticket)).topic


@pytest.mark.parametrize(
    ("update", "topic"),
    [
        (created("Ticket 1 · Anna 2"), f"{GROUP}/9"),
        (created("工单 1 · Anna"), f"{GROUP}/9"),
        (created("Ticket 1 · Anna", by=7), ""),
        (created("Ticket 12 · Anna 1"), ""),
        (created("Lunch"), ""),
        ({"message": {"text": "Ticket 1"}}, ""),
    ],
)
def test_a_topic_of_ours_is_given_to_its_ticket(update: dict[str, object], topic: str) -> None:
    door = make_door(MemoryStorage())
    open_tickets(door)
    door.transact_now(lambda unit: adopt_topic(unit, update, bot_id=BOT))
    assert topic_of(door, 1) == topic


def test_a_ticket_keeps_the_topic_it_has() -> None:
    door = make_door(MemoryStorage())
    open_tickets(door, 2)

    def adopt(unit: UnitOfWork) -> None:
        adopt_topic(unit, created("Ticket 1", thread=9), bot_id=BOT)
        adopt_topic(unit, created("Ticket 1", thread=10), bot_id=BOT)
        adopt_topic(unit, created("Ticket 2 · once more", thread=9), bot_id=BOT)

    door.transact_now(adopt)
    assert [topic_of(door, ticket) for ticket in (1, 2)] == [f"{GROUP}/9", ""]


@pytest.mark.asyncio
async def test_a_topic_is_made_once() -> None:
    door = make_door(MemoryStorage())
    open_tickets(door)
    api = ScriptedApi({"createForumTopic": lambda _: {"message_thread_id": 9}})
    topics = Topics(door, make_line(api), GROUP)
    assert [await topics.ensure(1), await topics.ensure(1)] == [9, 9]
    (call,) = api.calls
    assert call[1]["chat_id"] == GROUP
    assert str(call[1]["name"]).startswith("#1 ⏳")


@pytest.mark.asyncio
async def test_a_topic_whose_making_was_not_confirmed_is_waited_for() -> None:
    door = make_door(MemoryStorage())
    open_tickets(door)

    def make(_: object) -> object:
        door.transact_now(lambda unit: adopt_topic(unit, created("Ticket 1"), bot_id=BOT))
        return TimedOut()

    api = ScriptedApi({"createForumTopic": make})
    assert await Topics(door, make_line(api), GROUP).ensure(1) == 9


@pytest.mark.asyncio
async def test_a_topic_that_is_found_while_another_is_made_is_kept() -> None:
    door = make_door(MemoryStorage())
    open_tickets(door)

    def make(_: object) -> object:
        # The update about the one that the last process made comes late.
        door.transact_now(lambda unit: adopt_topic(unit, created("Ticket 1"), bot_id=BOT))
        return {"message_thread_id": 12}

    api = ScriptedApi({"createForumTopic": make})
    assert await Topics(door, make_line(api), GROUP).ensure(1) == 9
    assert topic_of(door, 1) == f"{GROUP}/9"


@pytest.mark.asyncio
async def test_what_telegram_refuses_is_passed_on() -> None:
    door = make_door(MemoryStorage())
    open_tickets(door)
    refusal = BadRequest("Bad Request: not enough rights to create a topic")
    api = ScriptedApi({"createForumTopic": lambda _: refusal})
    with pytest.raises(BadRequest):
        await Topics(door, make_line(api), GROUP).ensure(1)


@pytest.mark.asyncio
async def test_a_ticket_whose_topic_is_gone_gets_a_new_card() -> None:
    door = make_door(MemoryStorage())
    open_tickets(door)
    door.transact_now(lambda unit: unit.tickets.set_topic(1, f"{GROUP}/9"))
    before = door.transact_now(lambda unit: unit.outbox.waiting())
    await Topics(door, make_line(ScriptedApi()), GROUP).forget(1)
    assert topic_of(door, 1) == ""
    assert door.transact_now(lambda unit: unit.outbox.waiting()) == before + 2


def test_a_topic_of_another_group_is_none() -> None:
    assert thread_in(GROUP, f"{GROUP}/9") == 9
    assert thread_in(GROUP, "-5/9") == 0
    assert thread_in(GROUP, "") == 0


@pytest.mark.parametrize("name", ["", " \n", "x" * 500, "😀" * 200, "a\x00b"])
def test_a_name_is_one_that_telegram_takes(name: str) -> None:
    title = topic_title(name)
    assert 0 < utf16_length(title) <= 128
    assert title == title.strip()


@pytest.mark.parametrize(("tie", "topic"), [(card_of(1), f"{GROUP}/9"), (draft_of(1), "")])
def test_the_number_of_an_entry_is_not_that_of_a_ticket(tie: Tie, topic: str) -> None:
    door, shown = make_door(MemoryStorage()), (str(GROUP), "55")
    open_tickets(door)

    def look(unit: UnitOfWork) -> str:
        unit.tickets.set_topic(1, f"{GROUP}/9")
        unit.links.add(shown, tie)
        return topic_of_message(unit, shown)

    assert door.transact_now(look) == topic
