"""Presses of buttons: answered at once, checked for the right to press, and passed on."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final, Self

from telegram import CallbackQuery, Message, Update, User
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from handlers import wording_gap_texts as gap_texts
from handlers import wording_texts as texts
from handlers.chat.buttons import GAP_ACTIONS, Action, Press
from handlers.chat.context import Door, Line
from knowledge.errors import DatabaseError, DeskError

_LOG = logging.getLogger(__name__)

STAFF_ACTIONS: Final = frozenset({Action.CLAIM, Action.RETURN, Action.CLOSE}) | GAP_ACTIONS
_THANKS: Final = {
    Action.HELPFUL: texts.RATED_HELPFUL,
    Action.UNHELPFUL: texts.RATED_UNHELPFUL,
    Action.GAP_CHANGE: gap_texts.HOW_TO_CHANGE_SHORT,
}
_TOAST_LIMIT: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A press, with where and by whom; ``label`` is what the button said."""

    press: Press
    user: User
    chat: int
    thread: int
    message: int
    label: str

    @classmethod
    def read(cls, query: CallbackQuery) -> Self | None:
        """Read a press; None when the button is not ours or its message is gone."""
        press, shown = Press.parse(query.data or ""), query.message
        if press is None or not isinstance(shown, Message):
            return None
        return cls(
            press=press,
            user=query.from_user,
            chat=shown.chat_id,
            thread=(shown.message_thread_id or 0) if shown.is_topic_message else 0,
            message=shown.message_id,
            label=_label(shown, query.data or ""),
        )


PressHandler = Callable[[Pressed], Awaitable[None]]


class Presses:
    """Sends each press to what handles its action."""

    def __init__(self, door: Door, line: Line, handlers: Mapping[Action, PressHandler]) -> None:
        """Take one handler for each action."""
        self._door = door
        self._line = line
        self._handlers = handlers

    async def pressed(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Handle a press."""
        query = update.callback_query
        if query is None:
            return
        pressed = Pressed.read(query)
        await self._answer(query, pressed)
        if pressed is None or not self._may_press(pressed):
            _LOG.info("a press of %r was left aside", query.data)
            return
        try:
            await self._handlers[pressed.press.action](pressed)
        except DatabaseError:
            raise
        except DeskError as error:
            # Only hostile clients get here, with the data of a button that they never had.
            _LOG.info("a press of %r came to nothing: %s", query.data, error)

    def _may_press(self, pressed: Pressed) -> bool:
        """Whoever is in the staff group is staff; in a private chat sits its customer."""
        if pressed.press.action in STAFF_ACTIONS:
            return pressed.chat == self._door.settings.staff_group
        return pressed.chat == pressed.user.id

    async def _answer(self, query: CallbackQuery, pressed: Pressed | None) -> None:
        """Stop the button's clock; Telegram accepts this for a short time only."""
        answer: dict[str, object] = {"callback_query_id": query.id}
        thanks = _THANKS.get(pressed.press.action) if pressed else None
        if thanks:
            language = query.from_user.language_code or ""
            answer["text"] = self._door.wording.phrase(thanks, language=language)[:_TOAST_LIMIT]
        try:
            await self._line.api("answerCallbackQuery", answer)
        except TelegramError as error:
            # After an outage it is too late to answer, but not to do what the button says.
            _LOG.info("a press could not be answered: %s", error)


def _label(message: Message, data: str) -> str:
    """Return what the pressed button says; Telegram keeps it, so nobody can make it up."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return next((b.text for row in rows for b in row if b.callback_data == data), "")
