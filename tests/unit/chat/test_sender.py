"""What goes out when: urgent things first, bursts as one message, customers beside staff."""

import asyncio

import pytest
from telegram.error import ChatMigrated, Forbidden, RetryAfter

from bot.desk.mail import Delivery, Draft
from bot.desk.ports import UnitOfWork
from handlers.chat.folding import is_folded
from handlers.chat.letters import pressing, to_chat, to_topic
from handlers.chat.messages import topic_text
from handlers.chat.outbox import Sender
from handlers.chat.reading import address_of
from tests.unit.chat.doubles import GROUP, make_door
from tests.unit.chat.stage import Stage

pytestmark = pytest.mark.asyncio

_OTHER_GROUP = -2002


def mirrored(ticket: int, chat: int, number: int, text: str) -> Draft:
    parameters = {"from_chat_id": chat, "message_id": number}
    extra = {"plain": text, "mirrors": (str(chat), str(number)), "fold": text}
    return to_topic(ticket, "copyMessage", parameters, extra=extra)


async def test_what_is_urgent_goes_before_what_waited_longer() -> None:
    stage = Stage()
    first, second = stage.ticket(1, thread=11), stage.ticket(2, thread=12)
    stage.put(*topic_text(first, "calm"), *topic_text(first, "and calm"))
    stage.put(*pressing(topic_text(second, "fire")))
    await stage.send_all()
    assert stage.telegram.texts(GROUP) == ["fire", "calm", "and calm"]


async def test_receipts_and_titles_make_way_for_messages() -> None:
    stage = Stage()
    ticket, other = stage.ticket(1, thread=11), stage.ticket(2, thread=12)
    title = to_topic(ticket, "editForumTopic", {"name": "x"}, silent=True)
    stage.spend(GROUP, 15)
    (dropped,) = stage.put(title)
    stage.put(*topic_text(ticket, "behind the title"), *topic_text(other, "elsewhere"))
    await stage.send_all()
    assert stage.telegram.texts(GROUP) == ["behind the title", "elsewhere"]
    assert stage.state(dropped) is Delivery.DROPPED
    quiet = Stage()
    ticket = quiet.ticket(1, thread=11)
    quiet.spend(GROUP, 15)
    (kept,) = quiet.put(to_topic(ticket, "editForumTopic", {"name": "x"}, silent=True))
    await quiet.send_all()
    assert quiet.state(kept) is Delivery.SENT, "there is room, and nobody else wants it"


async def test_a_staff_group_without_room_holds_up_no_customer() -> None:
    stage = Stage()
    stage.spend(GROUP, 18)
    tickets = [stage.ticket(number, thread=number) for number in range(300, 520)]
    stage.put(*(draft for ticket in tickets for draft in topic_text(ticket, "staff")))
    stage.put(*(to_chat(str(chat), "sendMessage", {"text": "hello"}) for chat in range(1, 30)))
    await stage.send(lambda: all(stage.telegram.texts(chat) for chat in range(1, 30)))
    assert stage.telegram.texts(GROUP) == []


async def test_a_burst_becomes_one_message_when_there_is_little_room() -> None:
    stage = Stage()
    ticket = stage.ticket(5, thread=11)
    stage.spend(GROUP, 12)
    stage.put(*(mirrored(ticket, 5, n, f"line {n} 😀") for n in (1, 2, 3)))
    await stage.send_all()
    (text,) = stage.telegram.texts(GROUP)
    assert text == "💬 line 1 😀\n\n💬 line 2 😀\n\n💬 line 3 😀"
    with stage.storage() as unit:
        seen = (str(GROUP), str(stage.telegram.number))
        assert [unit.links.find(("5", str(n))) for n in (1, 2, 3)] == [seen] * 3
        assert unit.links.find(seen) == ("5", "3"), "a reply is one to the last of them"
        assert is_folded(unit, seen)


async def test_with_room_every_message_stands_alone() -> None:
    stage = Stage()
    ticket = stage.ticket(5, thread=11)
    stage.put(*(mirrored(ticket, 5, n, f"line {n}") for n in (1, 2, 3)))
    await stage.send_all()
    assert stage.telegram.texts(GROUP) == ["1", "2", "3"]
    with stage.storage() as unit:
        assert not is_folded(unit, (str(GROUP), str(stage.telegram.number)))


async def test_nothing_but_text_of_the_same_topic_is_folded_and_order_is_kept() -> None:
    stage = Stage()
    ticket, other = stage.ticket(5, thread=11), stage.ticket(6, thread=12)
    stage.spend(GROUP, 12)
    photo = to_topic(ticket, "copyMessage", {"from_chat_id": 5, "message_id": 3})
    stage.put(
        mirrored(ticket, 5, 1, "a"),
        mirrored(other, 6, 9, "z"),
        mirrored(ticket, 5, 2, "b"),
        photo,
        mirrored(ticket, 5, 4, "c"),
        *topic_text(ticket, "🤖 d"),
    )
    await stage.send_all()
    spoken = stage.telegram.texts(GROUP)
    assert [text for text in spoken if text != "9"] == ["💬 a\n\n💬 b", "3", "💬 c\n\n🤖 d"]


async def test_a_long_burst_takes_as_few_messages_as_it_fits_into() -> None:
    stage = Stage()
    ticket = stage.ticket(5, thread=11)
    stage.put(*(mirrored(ticket, 5, n, f"{n} " + "😀" * 300) for n in range(18)))
    await stage.send_all()
    texts = stage.telegram.texts(GROUP)
    assert len(texts) == 3
    assert all(len(text.encode("utf-16-le")) // 2 <= 4096 for text in texts)
    numbers = [int(line[2:].split()[0]) for text in texts for line in text.split("\n\n")]
    assert numbers == list(range(18))


async def test_a_burst_survives_that_its_message_is_refused_for_now() -> None:
    stage = Stage()
    ticket = stage.ticket(5, thread=11)
    stage.spend(GROUP, 12)
    floods = [RetryAfter(0)]
    stage.telegram.refuse = lambda name, _: floods.pop() if floods and "send" in name else None
    stage.put(*(mirrored(ticket, 5, n, f"line {n}") for n in (1, 2)))
    await stage.send_all(pace=5.0)
    assert stage.telegram.texts(GROUP) == ["💬 line 1\n\n💬 line 2"] * 2
    with stage.storage() as unit:
        assert unit.links.find(("5", "1")) == (str(GROUP), str(stage.telegram.number))


async def test_new_tickets_go_to_the_group_with_the_most_room_and_stay_there() -> None:
    stage = Stage(groups=(GROUP, _OTHER_GROUP))
    stage.spend(GROUP, 10)
    old = stage.ticket(1, thread=11)
    new = stage.ticket(2)
    topic = to_topic(new, "createForumTopic", {"name": "2"})
    stage.put(topic, *topic_text(new, "new"), *topic_text(old, "old"))
    await stage.send_all()
    assert stage.telegram.texts(GROUP) == ["old"]
    assert stage.telegram.texts(_OTHER_GROUP) == ["new"]
    stage.spend(_OTHER_GROUP, 12)
    stage.put(*topic_text(new, "again"))
    await stage.send_all(pace=0.1)
    assert stage.telegram.texts(_OTHER_GROUP) == ["new", "again"]


async def test_a_group_that_is_full_does_not_hold_up_the_other() -> None:
    stage = Stage(groups=(GROUP, _OTHER_GROUP))
    stage.spend(GROUP, 18)
    full = stage.ticket(1, thread=11)
    free = stage.ticket(2, group=_OTHER_GROUP, thread=12)
    (waiting,) = stage.put(*topic_text(full, "later"))
    stage.put(*topic_text(free, "now"))
    await stage.send(lambda: stage.telegram.texts(_OTHER_GROUP) == ["now"])
    assert stage.state(waiting) is Delivery.PENDING


async def test_a_group_that_moved_is_followed_by_every_process_without_a_restart() -> None:
    moved = -3003
    stage = Stage()
    ticket = stage.ticket(5, thread=11)
    stage.telegram.refuse = lambda _, parameters: (
        ChatMigrated(moved) if parameters["chat_id"] == GROUP else None
    )
    stage.put(*topic_text(ticket, "hello"))
    await stage.send_all()
    said = stage.telegram.texts(moved)
    assert said[0] == "hello"
    assert "Ticket" in said[1], "the card is shown in the new topic too"
    assert stage.door.settings.staff_group == moved
    topic = stage.door.transact_now(lambda unit: unit.tickets.get(ticket).topic)
    assert topic.startswith(f"{moved}/")
    other = make_door(stage.storage)
    assert other.settings.staff_group == GROUP
    sender = Sender(other, stage.line)
    task = asyncio.create_task(sender.run())
    async with asyncio.timeout(5):
        while other.settings.staff_group == GROUP:  # noqa: ASYNC110 - no event tells of it
            await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize(
    ("words", "told"),
    [("bot was blocked by the user", "blocked the bot"), ("user is deactivated", "deleted their")],
)
async def test_a_customer_who_cannot_be_reached_is_shown_to_staff(words: str, told: str) -> None:
    stage = Stage()
    ticket = stage.ticket(5, thread=11)
    stage.telegram.refuse = lambda _, parameters: (
        Forbidden(f"Forbidden: {words}") if parameters["chat_id"] == 5 else None
    )

    def put(unit: UnitOfWork) -> None:
        conversation = unit.conversations.at(address_of(5))
        draft = to_chat("5", "sendMessage", {"text": "x"})
        unit.outbox.put([draft], conversation=conversation, ticket=ticket)

    stage.door.transact_now(put)
    await stage.send_all()
    (line,) = stage.telegram.texts(GROUP)
    assert told in line
    with stage.storage() as unit:
        conversation = unit.conversations.at(address_of(5))
        assert conversation is not None
        assert not conversation.customer.reachable


async def test_a_row_that_cannot_be_given_up_at_once_holds_up_its_queue_only_until_it_is() -> None:
    stage = Stage()
    ticket = stage.ticket(5, thread=11)
    stage.put(*topic_text(ticket, "first"))
    await stage.send_all()
    faults = [RuntimeError("while it is looked for")] * 3 + [RuntimeError("while it is sent")]
    stage.telegram.refuse = lambda *_: faults.pop() if faults else None
    stage.put(*topic_text(ticket, "second"), *topic_text(ticket, "third"))
    await stage.send_all()
    assert stage.telegram.texts(GROUP)[-1] == "third"
