"""Calls of the Bot API with plain JSON in and out; the only place that talks to Telegram."""

from collections.abc import Mapping
from typing import Protocol

from telegram import Bot, InputMedia


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
            f"{method}_", api_kwargs=_prepared(parameters), read_timeout=patience or 20.0
        )
        return result


def _prepared(parameters: Mapping[str, object]) -> dict[str, object]:
    """Return parameters as the library wants them, which looks into every list of media."""
    media = parameters.get("media")
    if not isinstance(media, list):
        return dict(parameters)
    return {**parameters, "media": [_as_media(as_object(one)) for one in media]}


def _as_media(one: Mapping[str, object]) -> InputMedia:
    more = {key: value for key, value in one.items() if key not in {"type", "media"}}
    return InputMedia(str(one.get("type")), str(one.get("media")), api_kwargs=more)


def as_object(value: object) -> Mapping[str, object]:
    """Return a JSON object as such; anything else counts as an empty one."""
    return value if isinstance(value, Mapping) else {}


def as_number(value: object) -> int:
    """Return a JSON number as such; anything else counts as 0, which is no id in Telegram."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
