"""Who blocks the bot, and who comes back, is shown to staff once."""

import pytest
from telegram import Chat, ChatMemberBanned, ChatMemberMember, ChatMemberUpdated, Update, User

from bot.desk.mail import InboxRow
from handlers.chat.people import People
from handlers.chat.reading import address_of
from handlers.chat.workers import CURRENT, Handling
from tests.unit.chat.stage import Stage

pytestmark = pytest.mark.asyncio

_ANNA = User(5, "Anna", is_bot=False)
_BOT = User(99, "Desk", is_bot=True)


async def change(stage: Stage, *, blocked: bool, chat: Chat | None = None) -> None:
    gone = ChatMemberBanned(_BOT, 0)  # type: ignore[arg-type]  # no day stands for ever
    there = ChatMemberMember(_BOT)
    before, now = (there, gone) if blocked else (gone, there)
    membership = ChatMemberUpdated(
        chat or Chat(5, "private"),
        _ANNA,
        0,  # type: ignore[arg-type]  # nobody looks at the moment
        before,
        now,
    )
    row = InboxRow(id=1, source="s", number=1, queue="telegram:5:", raw="{}", attempts=0)
    stage.door.transact_now(
        lambda u: u.inbox.put(source="s", number=1, queue="q", raw="{}", at=stage.door.clock())
    )
    CURRENT.set(Handling(row))
    await People(stage.door).membership(Update(1, my_chat_member=membership), None)  # type: ignore[arg-type]


def reachable(stage: Stage) -> bool:
    conversation = stage.door.transact_now(lambda u: u.conversations.at(address_of(5)))
    return conversation is not None and conversation.customer.reachable


async def test_staff_see_that_a_customer_left_and_came_back() -> None:
    stage = Stage()
    stage.ticket(5, thread=11)
    for _ in range(2):
        await change(stage, blocked=True)
    assert not reachable(stage)
    for _ in range(2):
        await change(stage, blocked=False)
    assert reachable(stage)
    await stage.send_all()
    left, back = stage.telegram.texts(-1001)
    assert left.startswith("⚠️ The customer has blocked the bot.")
    assert back.startswith("✅")


async def test_a_group_that_the_bot_joins_is_no_customer() -> None:
    stage = Stage()
    await change(stage, blocked=True, chat=Chat(-7, "supergroup"))
    assert stage.door.transact_now(lambda u: u.outbox.waiting()) == 0
    assert stage.door.transact_now(lambda u: u.conversations.at(address_of(5))) is None
