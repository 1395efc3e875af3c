"""What staff do with a case by its buttons, and by the reply to a draft they want to change."""

import json
import re
from datetime import timedelta

import pytest
from telegram import Update

from bot.desk.ticket import EntryKind, Staff
from handlers import wording_staff_texts as staff_texts
from handlers.chat.cases import CaseRoom
from handlers.chat.letters import edit_of
from handlers.chat.presses import Pressed
from tests.unit.chat.doubles import GROUP
from tests.unit.chat.group import THREAD, Group, press, user

pytestmark = pytest.mark.asyncio

ANNA, PROMPT = 7, 20
KIM = Staff(identity="12", name="Kim")


@pytest.fixture
def group() -> Group:
    """Anna's case waits in its topic, with a draft that somebody wants to change."""
    group = Group()
    group.open_case(ANNA, "Anna")
    prompt = (str(GROUP), str(PROMPT))
    group.door.transact_now(lambda unit: unit.links.add(prompt, edit_of(1)))
    return group


def replied() -> Update:
    place = {"chat": {"id": GROUP, "type": "supergroup", "title": "Staff"}, "date": 1}
    topic = {"message_thread_id": THREAD, "is_topic_message": True}
    prompt = {**place, **topic, "message_id": PROMPT, "text": "Draft"}
    message = {**place, **topic, "message_id": 21, "from": user(11), "text": "It is 400 yuan."}
    update = {"update_id": 1, "message": {**message, "reply_to_message": prompt}}
    return Update.de_json(update, None)


def pressed(data: str) -> Pressed:
    query = press(data).callback_query
    assert query is not None
    read = Pressed.read(query)
    assert read is not None
    return read


async def never(update: Update, context: object) -> None:
    raise AssertionError((update, context))


async def test_what_was_made_of_a_draft_goes_out(group: Group) -> None:
    handling = group.begin()
    await CaseRoom(group.door).replies(never)(replied(), None)  # type: ignore[arg-type]
    _, ticket = group.door.desk.thread(1)
    assert (ticket.entries[-1].kind, ticket.answered) == (EntryKind.REPLY, "It is 400 yuan.")
    assert handling.finished


async def test_in_a_colleagues_case_staff_are_told_at_once(group: Group) -> None:
    group.door.desk.claim(1, KIM)
    handling = group.begin()
    await CaseRoom(group.door).replies(never)(replied(), None)  # type: ignore[arg-type]
    assert group.lines() == ["⚠️ Kim already has this thread."]
    assert handling.finished, "the line is written once"


async def test_in_a_case_that_was_closed_too(group: Group) -> None:
    group.door.desk.close(1, KIM)
    group.begin()
    await CaseRoom(group.door).replies(never)(replied(), None)  # type: ignore[arg-type]
    assert group.lines() == [f"⚠️ {staff_texts.NOT_AN_OPEN_TICKET}"]


async def test_a_case_goes_into_no_queue_that_is_gone(group: Group) -> None:
    """The menu was opened before the file of queues was changed."""
    room = CaseRoom(group.door, queues={"visas": "签证", "general": "其他"})
    group.begin()
    toast = await room.transferred(pressed("v1:give:1/q/licences"), KIM)
    assert toast.alert
    assert "“licences”" in toast.text
    ticket = group.door.desk.thread(1)[1]
    assert EntryKind.TRANSFERRED not in {one.kind for one in ticket.entries}
    group.begin()
    await room.transferred(pressed("v1:give:1/q/visas"), KIM)
    assert group.door.desk.thread(1)[1].queue == "visas"


async def test_a_press_on_an_old_card_does_not_let_notes_out(group: Group) -> None:
    """The card is not changed at once where the group has little room: the button still stands."""
    room = CaseRoom(group.door)
    button = mode_button(group)
    for _ in range(2):
        group.begin()
        await room.mode_changed(pressed(button), KIM)
        assert group.door.desk.thread(1)[1].notes_only
    assert mode_button(group) != button
    group.begin()
    await room.mode_changed(pressed(mode_button(group)), KIM)
    assert not group.door.desk.thread(1)[1].notes_only


@pytest.mark.parametrize("asleep", [False, True])
async def test_a_card_that_tells_another_mode_is_never_left_out(
    group: Group, *, asleep: bool
) -> None:
    triage = group.door.desk.triage
    if asleep:
        triage.snooze(1, KIM, group.door.clock() + timedelta(hours=1))
    for notes_only in (True, False):
        known = set(group.storage.state.outbox)
        triage.set_mode(1, KIM, notes_only=notes_only)
        rows = [row for key, row in group.storage.state.outbox.items() if key not in known]
        (card,) = (row for row in rows if row.method == "editMessageText")
        assert not card.silent, "whoever writes next must see whether it goes out"


def mode_button(group: Group) -> str:
    """The data of the button for the mode, as the card has it now."""
    markup = json.dumps(group.door.composer.cards.buttons(group.door.desk.thread(1)[1]))
    (data,) = re.findall(r"v1:mode:[^\"]*", markup)
    return str(data)
