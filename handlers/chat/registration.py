"""Tells Telegram what it shows of the bot: commands and descriptions, in every language.

Telegram keeps what it was told and limits how often it may be told, so only what differs is set.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from telegram.error import TelegramError

from bot.i18n.locales import KNOWN_LOCALES, SOURCE_LOCALE
from handlers import wording_texts as texts
from handlers.chat.api import as_object
from handlers.chat.context import Line
from handlers.wording import Wording

_LOG = logging.getLogger(__name__)

_PRIVATE: Final = {"type": "all_private_chats"}
_DESCRIPTION_LIMIT: Final = 512
_SHORT_LIMIT: Final = 120
_COMMAND_LIMIT: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One thing that Telegram shows: how to ask for it and how to set it."""

    read: str
    write: str
    about: Mapping[str, object]
    key: str
    wanted: object

    def stands_in(self, shown: object) -> bool:
        """Whether an answer to ``read`` says that it is as wanted."""
        present = as_object(shown).get(self.key) if isinstance(self.wanted, str) else shown
        return present == self.wanted


async def register(line: Line, wording: Wording) -> None:
    """Set what differs; whatever fails stays as it was."""
    for profile in profiles(wording):
        try:
            shown = await line.api(profile.read, profile.about)
            if not profile.stands_in(shown):
                await line.api(profile.write, {**profile.about, profile.key: profile.wanted})
        except TelegramError as error:
            _LOG.warning("%s was not done: %s", profile.write, error)
            return


def profiles(wording: Wording) -> Iterator[Profile]:
    """Yield everything that Telegram shows of the bot, in every language it can tell apart."""
    for code, language in language_codes().items():
        named = {"language_code": code} if code else {}
        commands = [
            {
                "command": command,
                "description": wording.phrase(text, language=language)[:_COMMAND_LIMIT],
            }
            for command, text in texts.COMMANDS.items()
        ]
        yield Profile(
            read="getMyCommands",
            write="setMyCommands",
            about={"scope": _PRIVATE, **named},
            key="commands",
            wanted=commands,
        )
        yield Profile(
            read="getMyDescription",
            write="setMyDescription",
            about=named,
            key="description",
            wanted=wording.phrase(texts.BOT_DESCRIPTION, language=language)[:_DESCRIPTION_LIMIT],
        )
        yield Profile(
            read="getMyShortDescription",
            write="setMyShortDescription",
            about=named,
            key="short_description",
            wanted=wording.phrase(texts.BOT_SHORT_DESCRIPTION, language=language)[:_SHORT_LIMIT],
        )


def language_codes() -> dict[str, str]:
    """Return our language for each code of Telegram's, which are of two letters; "" is the rest.

    Telegram knows one Chinese only, so its readers get the simplified characters.
    """
    codes = {"": SOURCE_LOCALE}
    for tag in KNOWN_LOCALES:
        code = tag.partition("-")[0]
        if tag != SOURCE_LOCALE and len(code) == 2:  # noqa: PLR2004 - ISO 639-1
            codes.setdefault(code, tag)
    return codes
