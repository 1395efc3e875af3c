import pytest

from bot.desk.questions import Sender
from handlers.chat.boxes import MessageBoxes
from handlers.chat.inbox import Receiver, queue_of
from handlers.chat.letters import card_of
from handlers.chat.messages import topic_text
from handlers.chat.reading import address_of
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.chat.doubles import GROUP, ScriptedApi, make_door, make_line

_GROUP = -1001


def message(chat: int, thread: int = 0, *, in_topic: bool = False) -> dict[str, object]:
    body: dict[str, object] = {"chat": {"id": chat}, "message_id": 7}
    if thread:
        body["message_thread_id"] = thread
    if in_topic:
        body["is_topic_message"] = True
    return body


@pytest.mark.parametrize(
    ("update", "queue"),
    [
        ({"message": message(5)}, "telegram:5:"),
        ({"edited_message": message(5)}, "telegram:5:"),
        ({"callback_query": {"message": message(5)}}, "telegram:5:"),
        ({"my_chat_member": {"chat": {"id": 5}}}, "telegram:5:"),
        ({"message_reaction": {"chat": {"id": 5}, "message_id": 7}}, "telegram:5:"),
        ({"message_reaction": {"chat": {"id": _GROUP}, "message_id": 7}}, f"telegram:{_GROUP}:"),
        ({"chat_member": {"chat": {"id": _GROUP}}}, f"telegram:{_GROUP}:"),
        ({"message": message(_GROUP, 9, in_topic=True)}, f"telegram:{_GROUP}:9"),
        (
            {"callback_query": {"message": message(_GROUP, 9, in_topic=True)}},
            f"telegram:{_GROUP}:9",
        ),
        # A reply in General has a thread number as well.
        ({"message": message(_GROUP, 9)}, f"telegram:{_GROUP}:"),
        ({"message": message(-77, 9, in_topic=True)}, "telegram:-77:"),
        ({"poll": {}}, "telegram::other"),
        ({"message": None}, "telegram::other"),
    ],
)
def test_updates_wait_for_those_of_their_chat_or_topic(
    update: dict[str, object], queue: str
) -> None:
    assert queue_of(update, staff_groups=(_GROUP,)) == queue


def test_private_chats_share_one_row_of_numbers() -> None:
    boxes = MessageBoxes()
    boxes.observe({"message": message(5)})
    boxes.observe({"callback_query": {"message": {"chat": {"id": -9}, "message_id": 70}}})
    assert (boxes.highest(5), boxes.highest(6), boxes.highest(-9)) == (7, 7, 70)
    assert boxes.seen(6, 7)
    assert not boxes.seen(-9, 7)
    assert not boxes.seen(-9, 70), (
        "the message under a pressed button is ours, and may be the one looked for"
    )


def test_old_numbers_are_forgotten_but_the_highest_stays() -> None:
    boxes = MessageBoxes()
    for number in range(1, 3001):
        boxes.note(5, number)
    assert boxes.highest(5) == 3000
    assert boxes.seen(5, 2999)
    assert not boxes.seen(5, 3)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "said",
    [
        {"chat": {"id": GROUP}, "message_id": 1, "migrate_to_chat_id": -3003},
        {"chat": {"id": -3003}, "message_id": 1, "migrate_from_chat_id": GROUP},
    ],
)
async def test_either_message_about_a_move_is_heard(said: dict[str, object]) -> None:
    storage = MemoryStorage()
    door = make_door(storage)
    receiver = Receiver(door, make_line(ScriptedApi()))
    await receiver.store([{"update_id": 1, "message": said}])
    await receiver.store([{"update_id": 2, "message": message(5)}])
    assert door.settings.staff_group == -3003


@pytest.mark.asyncio
async def test_other_chats_may_move_as_they_like() -> None:
    door = make_door(MemoryStorage())
    said = {"chat": {"id": -77}, "message_id": 1, "migrate_to_chat_id": -3003}
    receiver = Receiver(door, make_line(ScriptedApi()))
    await receiver.store([{"update_id": 1, "message": said}, {"update_id": 2}])
    assert door.settings.staff_group == GROUP


@pytest.mark.asyncio
async def test_a_reaction_in_the_staff_group_waits_in_the_queue_of_its_topic() -> None:
    storage = MemoryStorage()
    door = make_door(storage)
    with storage() as unit:
        customer = unit.customers.meet(Sender(identity="5", name="A"), "telegram")
        conversation = unit.conversations.open(customer, address_of(5))
        ticket = unit.tickets.open(conversation.id, reason="r", urgent=False, at=door.clock()).id
        unit.tickets.set_topic(ticket, f"{GROUP}/9")
        unit.links.add((str(GROUP), "50"), card_of(ticket))
        unit.links.add((str(GROUP), "51"), ("5", "7"))
        (row,) = unit.outbox.put(topic_text(ticket, "x"))
        unit.links.add((str(GROUP), "52"), ("telegram:outbox", str(row)))
        unit.commit()
    reactions = [
        {"update_id": n, "message_reaction": {"chat": {"id": GROUP}, "message_id": n}}
        for n in (50, 51, 52, 53)
    ]
    await Receiver(door, make_line(ScriptedApi())).store(reactions)
    in_topic, in_general = f"telegram:{GROUP}:9", f"telegram:{GROUP}:"
    with storage() as unit:
        assert [row.number for row in unit.inbox.waiting(in_topic, limit=9)] == [50, 51, 52]
        assert [row.number for row in unit.inbox.waiting(in_general, limit=9)] == [53]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "strange",
    [
        {"update_id": 1, "message": {"chat": {"id": GROUP}, "message_thread_id": [], "x": 1e400}},
        {
            "update_id": 1,
            "message": {"from": {"id": 99}, "forum_topic_created": {"name": "9" * 99}},
        },
        {"update_id": 1, "message_reaction": {"chat": {"id": GROUP}, "message_id": {}}},
        {"update_id": 1, "message": []},
    ],
)
async def test_an_update_of_any_form_is_stored_and_holds_up_nothing(
    strange: dict[str, object],
) -> None:
    storage = MemoryStorage()
    receiver = Receiver(make_door(storage), make_line(ScriptedApi()))
    nothing: list[dict[str, object]] = [{"update_id": 2**70}, {"update_id": "7"}, {}]
    await receiver.store([*nothing, strange, {"update_id": 2, "message": message(5)}])
    with storage() as unit:
        assert unit.inbox.has(source="telegram:99", number=1)
        assert [row.number for row in unit.inbox.waiting("telegram:5:", limit=9)] == [2]
