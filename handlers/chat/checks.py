"""What must be right before the service starts: the line, the token, and the staff group."""

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from telegram.error import TelegramError

from handlers.chat.api import as_object
from handlers.chat.context import Line
from handlers.chat.errors import Fate, judge
from knowledge.errors import N_, DoorError, StaffGroupUnusable, TokenRefused

_LOG = logging.getLogger(__name__)

_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 30.0
_PASSING: Final = frozenset({Fate.NOT_SENT, Fate.UNKNOWN, Fate.FLOOD})

NOT_FOUND: Final = N_("The bot is not in it.")
NO_FORUM: Final = N_("It has no topics.")
NO_RIGHTS: Final = N_("The bot may not manage topics there.")


async def insist(
    step: Callable[[], Awaitable[object]], *, sleep: Callable[[float], Awaitable[None]]
) -> None:
    """Take a step of the start that needs Telegram, and wait for it if it cannot be reached.

    Raises ``TokenRefused``, and ``DoorError`` for anything that waiting will not change.
    """
    pause = _FIRST_PAUSE
    while True:
        try:
            await step()
        except TelegramError as error:
            verdict = judge(error)
            if verdict.fate is Fate.TOKEN:
                raise TokenRefused from error
            if verdict.fate not in _PASSING:
                raise DoorError(problem=verdict.words) from error
            _LOG.warning("Telegram cannot be reached (%s); next try in %.0f s", error, pause)
            await sleep(max(pause, verdict.wait))
            pause = min(_LONGEST_PAUSE, pause * 2)
        else:
            return


async def check_staff_group(line: Line, group: int) -> int:
    """Raise ``StaffGroupUnusable`` unless tickets can get their topics there.

    Returns the number that the group has by now.
    """
    try:
        chat = as_object(await line.api("getChat", {"chat_id": group}))
        place = {"chat_id": group, "user_id": line.bot_id}
        member = as_object(await line.api("getChatMember", place))
    except TelegramError as error:
        verdict = judge(error)
        if verdict.fate is Fate.MOVED:
            return await check_staff_group(line, verdict.moved_to)
        if verdict.fate in _PASSING:
            # Telegram is not well just now, which says nothing about the group.
            _LOG.warning("the staff group could not be looked at: %s", error)
            return group
        raise StaffGroupUnusable(group=group, problem=NOT_FOUND) from error
    if not chat.get("is_forum"):
        raise StaffGroupUnusable(group=group, problem=NO_FORUM)
    owner = member.get("status") == "creator"
    if not owner and not member.get("can_manage_topics"):
        raise StaffGroupUnusable(group=group, problem=NO_RIGHTS)
    return group
