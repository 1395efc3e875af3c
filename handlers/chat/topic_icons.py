"""Pictures of topics: a case shows by its icon how it stands."""

import logging
from collections.abc import Mapping, Sequence
from typing import Final

from telegram.error import TelegramError

from bot.desk.ticket import Ticket, TicketState
from handlers.chat.api import Api, as_object

_LOG = logging.getLogger(__name__)

_PREFERRED: Final[Mapping[TicketState, Sequence[str]]] = {
    TicketState.WAITING: ("❓", "🔎", "👀"),
    TicketState.CLAIMED: ("💬", "🗣", "📝"),
    TicketState.RETURNED: ("🤖", "💡"),
    TicketState.CLOSED: ("✅", "🏁", "🎉"),
}
_URGENT: Final = ("‼️", "❗️", "🔥")
_ASLEEP: Final = ("📆", "☕️")
_SELECTOR: Final = "\ufe0f"


class TopicIcons:
    """The icons that Telegram has for topics, once it was asked; until then there are none."""

    def __init__(self) -> None:
        """Know none."""
        self._ids: dict[str, str] = {}

    async def load(self, api: Api) -> None:
        """Ask for them; a case does without when that fails."""
        try:
            stickers = await api("getForumTopicIconStickers", {})
        except TelegramError as error:
            _LOG.info("topics get no icons: %s", error)
            return
        for sticker in stickers if isinstance(stickers, list) else ():
            known = as_object(sticker)
            emoji = str(known.get("emoji", "")).replace(_SELECTOR, "")
            self._ids.setdefault(emoji, str(known.get("custom_emoji_id", "")))

    def icon_of(self, ticket: Ticket) -> str:
        """The id of the icon for a ticket as it stands, "" for none."""
        wanted = (emoji.replace(_SELECTOR, "") for emoji in _wanted(ticket))
        return next((self._ids[emoji] for emoji in wanted if self._ids.get(emoji)), "")


def _wanted(ticket: Ticket) -> Sequence[str]:
    if not ticket.state.open:
        return _PREFERRED[ticket.state]
    if ticket.urgent:
        return (*_URGENT, *_PREFERRED[ticket.state])
    return _ASLEEP if ticket.snoozed_until else _PREFERRED[ticket.state]
