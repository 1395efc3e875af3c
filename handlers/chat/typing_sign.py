"""“typing…”, shown while the bot thinks."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from telegram.error import TelegramError

from handlers.chat.context import Line
from handlers.chat.errors import judge

_LOG = logging.getLogger(__name__)

# Telegram shows it for five seconds.
_REFRESH: Final = 4.5


@asynccontextmanager
async def typing_in(line: Line, chat: int) -> AsyncGenerator[None, None]:
    """Show it at once and until the end of the block; it never waits and never fails."""
    task = asyncio.create_task(_keep_typing(line, chat))
    try:
        yield
    finally:
        task.cancel()


async def _keep_typing(line: Line, chat: int) -> None:
    while True:
        try:
            if line.limiter.may_type(chat):
                await line.api("sendChatAction", {"chat_id": chat, "action": "typing"})
        except TelegramError as error:
            # A sign that comes late is worse than none, so there is no second attempt.
            _LOG.debug("typing was not shown: %s", error)
            line.limiter.pause_typing(chat, judge(error).wait)
        await line.sleep(_REFRESH)
