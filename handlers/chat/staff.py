"""What staff do in the staff group: write in a ticket's topic, and press its buttons."""

import logging
from collections.abc import Callable
from typing import Final

from telegram import Update
from telegram.ext import ContextTypes

from bot.desk.mail import Draft, InboxRow
from bot.desk.ports import UnitOfWork
from handlers import wording_staff_texts as staff_texts
from handlers.chat.context import Door
from handlers.chat.messages import to_thread
from handlers.chat.reading import message_in, reply_of
from handlers.chat.topics import topic_key
from handlers.chat.workers import CURRENT, in_thread
from knowledge.errors import (
    N_,
    AlreadyClaimed,
    DatabaseError,
    DeskError,
    NotStaff,
    ThreadNotFound,
)

_LOG = logging.getLogger(__name__)
_Context = ContextTypes.DEFAULT_TYPE

EDIT_NOT_PASSED_ON: Final = N_(
    "The customer still sees the old text: changes are not passed on. Please write a new message."
)


class StaffRoom:
    """Hands what staff do to the desk, and tells them in the same topic when it cannot be done."""

    def __init__(self, door: Door) -> None:
        """Work for one door."""
        self._door = door

    async def wrote(self, update: Update, _: _Context) -> None:
        """Pass a message on to the customer, or keep it as a note."""
        message = message_in(update)
        if message.from_user and message.from_user.is_bot and message.sender_chat is None:
            return
        thread = message.message_thread_id or 0
        place, reply = topic_key(message.chat_id, thread), reply_of(message)
        try:
            await in_thread(self._door.desk.staff_wrote, place, reply, also=CURRENT.get().finish)
        except DatabaseError:
            raise
        except DeskError as error:
            await self._tell(message.chat_id, thread, error)

    async def edited(self, update: Update, _: _Context) -> None:
        """Say that a change of something the customer already has is not passed on."""
        message = message_in(update)
        here = (str(message.chat_id), str(message.message_id))
        if await self._door.transact(lambda unit: unit.links.find(here)) is not None:
            text = self._phrase(EDIT_NOT_PASSED_ON)
            await self._put(to_thread(message.chat_id, message.message_thread_id or 0, text))

    async def refused(self, update: Update, _: _Context) -> None:
        """Say that whoever wrote is not among the staff, so that nothing was sent."""
        message = message_in(update)
        if message.message_thread_id:
            staff = message.from_user.full_name if message.from_user else ""
            place = (message.chat_id, message.message_thread_id)
            await self._tell(*place, NotStaff(staff=staff))

    async def tell_put_aside(self, row: InboxRow, record: Callable[[UnitOfWork], None]) -> bool:
        """Tell the staff group that an update lies aside, and record that; False without a group.

        What was said in it is not told: nobody knows which ticket it belongs to.
        """
        group = self._door.settings.staff_group
        if group is None:
            return False
        said = self._phrase(staff_texts.UPDATE_PUT_ASIDE, number=row.id)
        drafts = to_thread(group, 0, f"⚠️ {said}")

        def put(unit: UnitOfWork) -> None:
            unit.outbox.put(drafts)
            record(unit)

        await self._door.transact(put)
        return True

    async def _tell(self, group: int, thread: int, error: DeskError) -> None:
        """Tell staff why something was not done."""
        language = self._door.settings.staff_language
        match error:
            case ThreadNotFound():
                text = self._phrase(staff_texts.NOT_AN_OPEN_TICKET)
            case AlreadyClaimed() | _:
                text = self._door.wording.error(error, language=language)
        if thread:
            await self._put(to_thread(group, thread, f"⚠️ {text}"))

    async def _put(self, drafts: list[Draft]) -> None:
        handling = CURRENT.get()

        def put(unit: UnitOfWork) -> None:
            unit.outbox.put(drafts)
            handling.finish(unit)

        await self._door.transact(put)

    def _phrase(self, text: str, **fields: object) -> str:
        language = self._door.settings.staff_language
        return self._door.wording.phrase(text, language=language, **fields)
