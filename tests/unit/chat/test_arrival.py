"""Did it arrive? What the probe makes of what Telegram knows."""

from collections.abc import Mapping

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError, TimedOut

from bot.desk.mail import Delivery, Draft, OutboxRow
from handlers.chat.arrival import UNDECIDED, Arrival, ArrivalProbe, Finding
from handlers.chat.context import Line
from handlers.chat.letters import to_chat
from handlers.chat.marks import Marks, remember_sent
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.chat.doubles import GROUP, ScriptedApi, make_door, make_line

pytestmark = pytest.mark.asyncio

_ANNA = 5
_OURS = BadRequest("Bad Request: message is not modified: exactly the same")
_THEIRS = BadRequest("Bad Request: message can't be edited")
_NOBODYS = BadRequest("Bad Request: message to edit not found")


def row(mark: str, chat: int = _ANNA, method: str = "sendMessage") -> OutboxRow:
    return OutboxRow(
        id=1,
        queue=f"telegram:chat:{chat}",
        method=method,
        payload={"parameters": {"chat_id": chat, "text": "x"}},
        conversation=None,
        ticket=None,
        epoch=None,
        state=Delivery.SENDING,
        attempts=1,
        not_before=None,
        mark=mark,
    )


class Chats:
    """Knows whose message has which number, and answers an edit accordingly."""

    def __init__(self, messages: Mapping[int, TelegramError]) -> None:
        self.messages = messages
        self.asked: list[int] = []

    def __call__(self, parameters: Mapping[str, object]) -> object:
        number = int(str(parameters["message_id"]))
        self.asked.append(number)
        return self.messages.get(number, _NOBODYS)


async def find(
    chats: Chats, mark: str, *, line: Line | None = None, storage: MemoryStorage | None = None
) -> Finding:
    api = ScriptedApi({"editMessageReplyMarkup": chats})
    line = line or make_line(api)
    probe = ArrivalProbe(make_door(storage or MemoryStorage()), line)
    return await probe.find(row(mark), _ANNA, {"text": "x"})


async def test_a_message_of_ours_after_the_mark_arrived() -> None:
    assert await find(Chats({8: _THEIRS, 9: _OURS}), "7") == Finding(Arrival.ARRIVED, 9)


async def test_without_one_it_did_not() -> None:
    chats = Chats({7: _OURS, 8: _THEIRS})
    assert (await find(chats, "7")).arrival is Arrival.ABSENT
    assert 7 not in chats.asked


async def test_a_copy_that_cannot_be_edited_is_not_sent_to_a_customer_again() -> None:
    api = ScriptedApi({"editMessageReplyMarkup": Chats({8: _THEIRS})})
    probe = ArrivalProbe(make_door(MemoryStorage()), make_line(api))
    found = await probe.find(row("7", method="copyMessage"), _ANNA, {})
    assert found.arrival is Arrival.UNDECIDED
    # Staff would rather read something twice than not at all.
    found = await probe.find(row("7", GROUP, method="copyMessage"), GROUP, {})
    assert found.arrival is Arrival.ABSENT


async def test_a_message_that_is_accounted_for_is_another_one() -> None:
    storage = MemoryStorage()
    with storage() as unit:
        remember_sent(unit, row(""), (str(_ANNA), "9"))
        unit.commit()
    chats = Chats({9: _OURS})
    assert (await find(chats, "7", storage=storage)).arrival is Arrival.ABSENT
    assert 9 not in chats.asked


async def test_what_others_wrote_meanwhile_makes_it_look_further() -> None:
    chats = Chats({60: _OURS})
    line = make_line(ScriptedApi({"editMessageReplyMarkup": chats}))
    for number in range(8, 60):
        line.boxes.note(6, number)
    assert await find(chats, "7", line=line) == Finding(Arrival.ARRIVED, 60)
    assert chats.asked == [60]


async def test_nothing_is_decided_without_a_mark_or_with_too_many_to_ask() -> None:
    assert (await find(Chats({}), "")).arrival is Arrival.UNDECIDED
    line = make_line(ScriptedApi())
    line.boxes.note(_ANNA, 5000)
    assert (await find(Chats({}), "7", line=line)).arrival is Arrival.UNDECIDED


async def test_who_blocked_us_cannot_be_asked_about() -> None:
    blocked = Forbidden("Forbidden: bot was blocked by the user")
    assert (await find(Chats({8: blocked}), "7")).arrival is Arrival.UNDECIDED


@pytest.mark.parametrize("trouble", [TimedOut(), NetworkError("502")])
async def test_a_question_that_gets_no_answer_is_asked_again(trouble: TelegramError) -> None:
    answers: list[object] = [trouble, trouble, _OURS]
    api = ScriptedApi({"editMessageReplyMarkup": lambda _: answers.pop(0)})
    probe = ArrivalProbe(make_door(MemoryStorage()), make_line(api))
    assert await probe.find(row("7"), _ANNA, {}) == Finding(Arrival.ARRIVED, 8)


async def test_the_keyboard_is_left_as_it_is() -> None:
    api = ScriptedApi({"editMessageReplyMarkup": lambda _: _OURS})
    probe = ArrivalProbe(make_door(MemoryStorage()), make_line(api))
    await probe.find(row("7"), _ANNA, {"text": "x", "reply_markup": {"inline_keyboard": []}})
    question = api.calls[0][1]
    assert question == {
        "chat_id": _ANNA,
        "message_id": 8,
        "reply_markup": {"inline_keyboard": []},
    }


async def test_a_new_process_learns_from_what_the_last_one_sent() -> None:
    storage = MemoryStorage()
    draft = Draft(queue="telegram:chat:6", method="sendMessage", payload={"parameters": {}})
    with storage() as unit:
        first, second = unit.outbox.put([draft, draft])
        assert unit.outbox.begin(first, mark="")
        result = {"chat_id": 6, "message_id": 41}
        unit.outbox.settle(first, Delivery.SENT, result=result)
        marks = Marks(make_line(ScriptedApi()).boxes)
        later = unit.outbox.get(second)
        assert marks.mark(unit, later, _ANNA) == "41"
        # The group numbers its messages apart.
        assert marks.mark(unit, later, GROUP) == ""


async def test_what_may_be_another_message_of_an_unknown_fate_is_not_taken_for_this_one() -> None:
    storage = MemoryStorage()
    with storage() as unit:
        draft = to_chat(str(_ANNA), "sendMessage", {"text": "the one before"})
        (before,) = unit.outbox.put([draft])
        unit.outbox.begin(before, mark="6")
        unit.outbox.settle(before, Delivery.UNKNOWN, result={})
        unit.commit()
    assert await find(Chats({8: _OURS}), "7", storage=storage) == UNDECIDED
    assert await find(Chats({90: _OURS}), "89", storage=storage) == Finding(Arrival.ARRIVED, 90)
