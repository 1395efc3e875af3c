"""The reply to a draft that somebody wanted to change goes to the customer, or staff are told."""

import pytest
from telegram import Update

from bot.desk.ports import UnitOfWork
from bot.desk.questions import Message, Sender
from bot.desk.ticket import EntryKind, Staff
from handlers import wording_staff_texts as staff_texts
from handlers.chat.cases import CaseRoom
from handlers.chat.letters import edit_of
from handlers.chat.reading import address_of
from tests.unit.chat.doubles import GROUP
from tests.unit.chat.group import THREAD, Group, user

pytestmark = pytest.mark.asyncio

ANNA, PROMPT = 7, 20
KIM = Staff(identity="12", name="Kim")


@pytest.fixture
def group() -> Group:
    """Anna's case waits in its topic, with a draft that somebody wants to change."""
    group = Group()
    asked = Message(
        address=address_of(ANNA),
        sender=Sender(identity=str(ANNA), name="Anna"),
        reference="1",
        text="person",
    )
    group.door.desk.ask_for_person(asked)

    def show(unit: UnitOfWork) -> None:
        unit.tickets.set_topic(1, f"{GROUP}/{THREAD}")
        unit.links.add((str(GROUP), str(PROMPT)), edit_of(1))

    group.door.transact_now(show)
    return group


def replied() -> Update:
    place = {"chat": {"id": GROUP, "type": "supergroup", "title": "Staff"}, "date": 1}
    topic = {"message_thread_id": THREAD, "is_topic_message": True}
    prompt = {**place, **topic, "message_id": PROMPT, "text": "Draft"}
    message = {**place, **topic, "message_id": 21, "from": user(11), "text": "It is 400 yuan."}
    update = {"update_id": 1, "message": {**message, "reply_to_message": prompt}}
    return Update.de_json(update, None)


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
