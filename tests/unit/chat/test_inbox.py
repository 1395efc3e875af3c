import pytest

from handlers.chat.boxes import MessageBoxes
from handlers.chat.inbox import queue_of

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
