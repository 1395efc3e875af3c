"""What staff do in the staff group: write in a ticket's topic, and press its buttons."""

import logging
from collections.abc import Callable, Mapping
from typing import Final

from telegram import Update
from telegram.ext import ContextTypes

from bot.desk.mail import Draft, InboxRow
from bot.desk.ports import UnitOfWork
from bot.desk.ticket import Ticket
from handlers import wording_staff_texts as staff_texts
from handlers.chat.buttons import Action
from handlers.chat.context import Door
from handlers.chat.letters import OUTBOX
from handlers.chat.messages import message_parameters
from handlers.chat.presses import Pressed
from handlers.chat.reading import message_in, reply_of, staff_named
from handlers.chat.render import render_text
from handlers.chat.topics import topic_key
from handlers.chat.workers import CURRENT, in_thread
from knowledge.errors import N_, AlreadyClaimed, DatabaseError, DeskError, ThreadNotFound

_LOG = logging.getLogger(__name__)
_Context = ContextTypes.DEFAULT_TYPE
_Changes = Mapping[Action, Callable[..., Ticket]]

EDIT_NOT_PASSED_ON: Final = N_(
    "The customer still sees the old text: changes are not passed on. Please write a new message."
)


class StaffRoom:
    """Hands what staff do to the desk, and tells them in the same topic when it cannot be done."""

    def __init__(self, door: Door) -> None:
        """Work for one door."""
        self._door = door
        desk = door.desk
        self._changes: _Changes = {
            Action.CLAIM: desk.claim,
            Action.RETURN: desk.return_to_bot,
            Action.CLOSE: desk.close,
        }

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
            await self._tell(thread, error)

    async def edited(self, update: Update, _: _Context) -> None:
        """Say that a change of something the customer already has is not passed on."""
        message = message_in(update)
        here = (str(message.chat_id), str(message.message_id))
        if await self._door.transact(lambda unit: unit.links.find(here)) is not None:
            text = self._phrase(EDIT_NOT_PASSED_ON)
            await self._put(_to_thread(message.chat_id, message.message_thread_id or 0, text))

    async def changed(self, pressed: Pressed) -> None:
        """Claim, return or close a ticket."""
        change = self._changes[pressed.press.action]
        staff = staff_named(pressed.user)
        try:
            await in_thread(change, int(pressed.press.id), staff, also=CURRENT.get().finish)
        except DatabaseError:
            raise
        except DeskError as error:
            await self._tell(pressed.thread, error)

    async def tell_put_aside(self, row: InboxRow, record: Callable[[UnitOfWork], None]) -> bool:
        """Tell the staff group that an update lies aside, and record that; False without a group.

        What was said in it is not told: nobody knows which ticket it belongs to.
        """
        group = self._door.settings.staff_group
        if group is None:
            return False
        said = self._phrase(staff_texts.UPDATE_PUT_ASIDE, number=row.id)
        drafts = _to_thread(group, 0, f"⚠️ {said}")

        def put(unit: UnitOfWork) -> None:
            unit.outbox.put(drafts)
            record(unit)

        await self._door.transact(put)
        return True

    async def _tell(self, thread: int, error: DeskError) -> None:
        """Tell staff why something was not done."""
        language = self._door.settings.staff_language
        match error:
            case ThreadNotFound():
                text = self._phrase(staff_texts.NOT_AN_OPEN_TICKET)
            case AlreadyClaimed() | _:
                text = self._door.wording.error(error, language=language)
        group = self._door.settings.staff_group
        if group is not None and thread:
            await self._put(_to_thread(group, thread, f"⚠️ {text}"))

    async def _put(self, drafts: list[Draft]) -> None:
        handling = CURRENT.get()

        def put(unit: UnitOfWork) -> None:
            unit.outbox.put(drafts)
            handling.finish(unit)

        await self._door.transact(put)

    def _phrase(self, text: str, **fields: object) -> str:
        language = self._door.settings.staff_language
        return self._door.wording.phrase(text, language=language, **fields)


def _to_thread(chat: int, thread: int, text: str) -> list[Draft]:
    """Write to a topic that need not belong to a ticket; 0 is the general one, of everybody."""
    place = {"chat_id": chat, **({"message_thread_id": thread} if thread else {})}
    return [
        Draft(
            queue=f"{OUTBOX}topic:{thread}",
            method="sendMessage",
            payload={"parameters": {**place, **parameters}, "plain": plain},
        )
        for parameters, plain in message_parameters(render_text(text))
    ]
