"""Presses of buttons: answered at once, checked for the right to press, and passed on."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Final, Self

from telegram import CallbackQuery, Message, Update, User
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.desk.ports import UnitOfWork
from bot.desk.ticket import Staff
from handlers import wording_case_texts as case_texts
from handlers import wording_texts as texts
from handlers.chat.buttons import Action, Press
from handlers.chat.context import Door, Line
from handlers.chat.membership import Membership
from handlers.chat.messages import to_thread
from handlers.chat.workers import CURRENT
from knowledge.errors import DatabaseError, DeskError, ThreadNotFound

_LOG = logging.getLogger(__name__)

_THANKS: Final = {
    Action.HELPFUL: texts.RATED_HELPFUL,
    Action.UNHELPFUL: texts.RATED_UNHELPFUL,
}
_TOAST_LIMIT: Final = 200
_LONGEST_NUMBER: Final = 18
"""Digits that a database can hold; somebody's own client may send any data."""
_ANSWERED_FIRST: Final = frozenset(
    {Action.HELPFUL, Action.UNHELPFUL, Action.PERSON, Action.CHOICE, Action.LANGUAGE}
)
_IN_TIME: Final = 4.0
"""Seconds after which a press is answered even though nothing has come of it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A press, with where and by whom; ``label`` is what the button said."""

    press: Press
    user: User
    chat: int
    thread: int
    message: int
    label: str
    place: str = ""
    """What the chat is called."""

    @property
    def ticket(self) -> int:
        """The number of what the press is about, such as a ticket or an entry; 0 for none."""
        number = self.press.id.partition("/")[0]
        known = number.isdigit() and len(number) <= _LONGEST_NUMBER
        return int(number) if known else 0

    @property
    def choice(self) -> str:
        """What was chosen from a menu, "" for nothing."""
        return self.press.id.partition("/")[2]

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
            place=shown.chat.effective_name or "",
        )


@dataclass(frozen=True, slots=True)
class Toast:
    """What whoever presses a button is told; an ``alert`` stays until it is put away."""

    text: str = ""
    alert: bool = False


PressHandler = Callable[[Pressed], Awaitable[Toast | None]]
StaffPressHandler = Callable[[Pressed, Staff], Awaitable[Toast]]


class Presses:
    """Sends each press to what handles its action.

    Presses of customers that make the bot think are answered first; Telegram accepts an answer for
    a short time only. All others are done first, so that the answer tells what came of it: it is
    seen by the one it is for, and costs the group nothing.
    """

    def __init__(
        self,
        door: Door,
        line: Line,
        customers: Mapping[Action, PressHandler],
        staff: Mapping[Action, StaffPressHandler],
    ) -> None:
        """Take a handler for each action, by who may press it where."""
        self._door = door
        self._line = line
        self._customers = customers
        self._staff = staff
        self._membership = Membership(door, line)

    async def pressed(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Handle a press."""
        query = update.callback_query
        if query is None:
            return
        pressed = Pressed.read(query)
        work = self._find(pressed) if pressed else None
        if pressed is None or work is None:
            _LOG.info("a press of %r was left aside", query.data)
            await self._answer(query, Toast())
            return
        if pressed.press.action in _ANSWERED_FIRST:
            await self._answer(query, self._thanks(pressed))
            await self._tried(pressed, work)
            return
        await self._answer_in_time(query, pressed, self._tried(pressed, work))

    def _find(self, pressed: Pressed) -> Callable[[], Awaitable[Toast | None]] | None:
        """What a press makes happen: in the staff group for staff, in private for customers."""
        action = pressed.press.action
        if self._door.settings.is_staff(pressed.chat) and action in self._staff:
            return lambda: self._by_staff(pressed)
        if pressed.chat == pressed.user.id and action in self._customers:
            return lambda: self._customers[action](pressed)
        return None

    async def _by_staff(self, pressed: Pressed) -> Toast:
        group = Staff(identity=str(pressed.chat), name=pressed.place)
        staff = await self._membership.admit(pressed.user, group=group)
        if staff is None:
            return Toast(self._for_staff(case_texts.REFUSED_PRESS), alert=True)
        return await self._staff[pressed.press.action](pressed, staff)

    async def _tried(self, pressed: Pressed, work: Callable[[], Awaitable[Toast | None]]) -> Toast:
        """Do it; what the desk refuses is a toast, too."""
        try:
            return await work() or Toast()
        except DatabaseError:
            raise
        except ThreadNotFound:
            # By a button that has had its day, or the data of one that was never theirs.
            _LOG.info("a press of %r came to nothing", pressed.press)
            in_group = self._door.settings.is_staff(pressed.chat)
            return Toast(self._for_staff(case_texts.NOT_OPEN), alert=True) if in_group else Toast()
        except DeskError as error:
            in_group = self._door.settings.is_staff(pressed.chat)
            own = pressed.user.language_code or ""
            language = self._door.settings.staff_language if in_group else own
            return Toast(self._door.wording.error(error, language=language), alert=True)

    async def _answer_in_time(
        self, query: CallbackQuery, pressed: Pressed, work: Coroutine[object, object, Toast]
    ) -> None:
        """Answer with what came of it, or with nothing where that takes too long."""
        task = asyncio.create_task(work)
        try:
            done, _ = await asyncio.wait({task}, timeout=_IN_TIME)
        except asyncio.CancelledError:
            task.cancel()
            raise
        if done and task.exception() is None:
            if await self._answer(query, task.result()):
                return
        else:
            await self._answer(query, Toast())
        toast = await task
        if toast.alert and pressed.thread:
            # Nobody saw the answer: what was not done is told where it was to be done.
            await self._tell(pressed, toast.text)

    async def _tell(self, pressed: Pressed, text: str) -> None:
        drafts = to_thread(pressed.chat, pressed.thread, f"⚠️ {text}")
        handling = CURRENT.get()

        def put(unit: UnitOfWork) -> None:
            unit.outbox.put(drafts)
            handling.finish(unit)

        await self._door.transact(put)

    async def _answer(self, query: CallbackQuery, toast: Toast) -> bool:
        """Stop the button's clock; False when that came too late."""
        answer: dict[str, object] = {"callback_query_id": query.id}
        if toast.text:
            answer["text"] = toast.text[:_TOAST_LIMIT]
            answer["show_alert"] = toast.alert
        try:
            await self._line.api("answerCallbackQuery", answer)
        except TelegramError as error:
            # After an outage it is too late to answer, but not to do what the button says.
            _LOG.info("a press could not be answered: %s", error)
            return False
        return True

    def _thanks(self, pressed: Pressed) -> Toast:
        thanks = _THANKS.get(pressed.press.action)
        if thanks is None:
            return Toast()
        language = pressed.user.language_code or ""
        return Toast(self._door.wording.phrase(thanks, language=language))

    def _for_staff(self, text: str) -> str:
        return self._door.wording.phrase(text, language=self._door.settings.staff_language)


def _label(message: Message, data: str) -> str:
    """Return what the pressed button says; Telegram keeps it, so nobody can make it up."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return next((b.text for row in rows for b in row if b.callback_data == data), "")
