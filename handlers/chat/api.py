"""Calls of the Bot API with plain JSON in and out; the only place that talks to Telegram."""

from collections.abc import Mapping
from typing import Protocol

from telegram import Bot


class Api(Protocol):
    """Calls one method; raises what ``telegram.error`` has."""

    async def __call__(
        self, method: str, parameters: Mapping[str, object], *, patience: float | None = None
    ) -> object:
        """Return the ``result`` of the answer; ``patience`` is how long to wait for it."""


class BotApi:
    """``Api`` over the library's bot, without its parsing.

    Updates must reach the inbox as they came: the library drops a whole batch when one of them
    cannot be parsed. And a draft was written as JSON, so there is nothing to convert.
    """

    def __init__(self, bot: Bot) -> None:
        """Speak through this bot's connection pool."""
        self._bot = bot

    async def __call__(
        self, method: str, parameters: Mapping[str, object], *, patience: float | None = None
    ) -> object:
        """Call a method."""
        # do_api_request warns about methods that the library knows itself. It does not recognise
        # them with this underscore, and takes it off again when it makes the address.
        result: object = await self._bot.do_api_request(
            f"{method}_", api_kwargs=dict(parameters), read_timeout=patience or 20.0
        )
        return result


def as_object(value: object) -> Mapping[str, object]:
    """Return a JSON object as such; anything else counts as an empty one."""
    return value if isinstance(value, Mapping) else {}


def as_number(value: object) -> int:
    """Return a JSON number as such; anything else counts as 0, which is no id in Telegram."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
