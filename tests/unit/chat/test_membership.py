"""Who is staff: whoever is in the group now."""

from datetime import timedelta

import pytest
from telegram import Update, User
from telegram.error import TimedOut

from bot.desk.ticket import Staff
from handlers.chat.membership import TRUSTED_FOR, Membership
from tests.fakes.clock import SetClock
from tests.unit.chat.doubles import GROUP
from tests.unit.chat.group import SAM, Group, user, written

pytestmark = pytest.mark.asyncio

HOUR = timedelta(hours=1).total_seconds()
A_SAM = User(SAM, "Sam", is_bot=False)


@pytest.fixture
def group() -> Group:
    return Group()


def advance(group: Group, seconds: float) -> None:
    clock = group.door.clock
    assert isinstance(clock, SetClock)
    clock.advance(seconds)


async def test_telegram_is_asked_once_in_a_while(group: Group) -> None:
    membership = Membership(group.door, group.line)
    for _ in range(3):
        assert await membership.admit(A_SAM) == Staff(identity="11", name="Sam")
    assert group.asked == 1
    advance(group, TRUSTED_FOR.total_seconds() + 1)
    group.members[SAM] = {"status": "left"}
    assert await membership.admit(A_SAM) is None
    assert group.asked == 2


@pytest.mark.parametrize(
    ("described", "inside"),
    [
        ({"status": "creator"}, True),
        ({"status": "administrator"}, True),
        ({"status": "restricted", "is_member": True}, True),
        ({"status": "restricted", "is_member": False}, False),
        ({"status": "left"}, False),
        ({"status": "kicked"}, False),
    ],
)
async def test_what_each_status_means(
    group: Group, described: dict[str, object], *, inside: bool
) -> None:
    group.members[SAM] = described
    admitted = await Membership(group.door, group.line).admit(A_SAM)
    assert (admitted is not None) is inside


async def test_whom_telegram_does_not_know_is_no_staff(group: Group) -> None:
    assert await Membership(group.door, group.line).admit(User(66, "Eve", is_bot=False)) is None


async def test_without_an_answer_nobody_is_let_in_or_thrown_out(group: Group) -> None:
    group.api.answers["getChatMember"] = lambda _: TimedOut()
    with pytest.raises(TimedOut):
        await Membership(group.door, group.line).admit(A_SAM)
    assert group.storage.state.roster == {}


async def test_administrators_who_hide_act_as_the_group(group: Group) -> None:
    group.members[SAM] = {"status": "administrator", "is_anonymous": True}
    hidden = Staff(identity=str(GROUP), name="Staff")
    assert await Membership(group.door, group.line).admit(A_SAM, group=hidden) == hidden


@pytest.mark.parametrize(
    ("update", "inside"),
    [
        (written(), True),
        (written(by=66), False),
        (written(sender_chat=GROUP), True),
        (written(sender_chat=-100777), False),
    ],
)
async def test_messages_of_others_do_not_get_through(
    group: Group, update: Update, *, inside: bool
) -> None:
    reached: list[str] = []

    async def handle(update: Update, context: object) -> None:
        del update, context
        reached.append("handled")

    async def refuse(update: Update, context: object) -> None:
        del update, context
        reached.append("refused")

    guarded = Membership(group.door, group.line).guard(handle, refuse)
    await guarded(update, None)  # type: ignore[arg-type]
    assert reached == ["handled" if inside else "refused"]


async def test_another_bot_of_the_group_is_neither_heard_nor_told(group: Group) -> None:
    async def reached(update: Update, _: object) -> None:
        raise AssertionError(update)

    update = written(by=66)
    message = update.to_dict()["message"]
    message["from"]["is_bot"] = True
    update = Update.de_json({"update_id": 1, "message": message}, None)
    guarded = Membership(group.door, group.line).guard(reached, reached)
    await guarded(update, None)  # type: ignore[arg-type]


async def test_a_removal_counts_at_once(group: Group) -> None:
    membership = Membership(group.door, group.line)
    assert await membership.admit(A_SAM)
    handling = group.begin()
    await membership.changed(removal("kicked"), None)  # type: ignore[arg-type]
    assert handling.finished
    assert await membership.admit(A_SAM) is None
    assert group.asked == 1, "the removal was told, nobody had to be asked"
    await membership.changed(removal("member"), None)  # type: ignore[arg-type]
    assert await membership.admit(A_SAM)


def removal(status: str) -> Update:
    member = {"user": user(SAM), "status": status, "until_date": 0}
    change = {
        "chat": {"id": GROUP, "type": "supergroup", "title": "Staff"},
        "from": user(5),
        "date": 1,
        "old_chat_member": {"user": user(SAM), "status": "member"},
        "new_chat_member": member,
    }
    return Update.de_json({"update_id": 1, "chat_member": change}, None)
