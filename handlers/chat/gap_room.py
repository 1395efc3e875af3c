"""What staff do about gaps in the staff group: list them, and make and approve FAQ entries."""

import asyncio
from collections.abc import Callable
from typing import Final

from telegram import Message, Update
from telegram.ext import ContextTypes, filters

from bot.desk.gaps.desk import GapDesk
from bot.desk.gaps.listing import Gap
from bot.desk.mail import Draft
from bot.desk.ports import UnitOfWork
from bot.desk.ticket import Staff
from handlers import wording_gap_texts as texts
from handlers import wording_staff_texts as staff_texts
from handlers.chat.context import Door
from handlers.chat.gap_composer import MARK, entry_in
from handlers.chat.messages import to_thread
from handlers.chat.presses import Pressed
from handlers.chat.reading import message_in, staff_of
from handlers.chat.staff import StaffRoom
from handlers.chat.topics import topic_key
from handlers.chat.workers import CURRENT, in_thread
from handlers.wording_gaps import GapWording
from knowledge.errors import DatabaseError, DeskError, ThreadNotFound

_Context = ContextTypes.DEFAULT_TYPE
_MOST: Final = 10
"""So many gaps make a list that somebody reads."""


class RepliesToEntry(filters.MessageFilter):
    """Replies to what looks like an entry; whether it is one, the database knows."""

    def filter(self, message: Message) -> bool:
        """Look at the message that is replied to."""
        replied = message.reply_to_message
        author = replied.from_user if replied else None
        text = (replied.text or "") if replied else ""
        return bool(author and author.is_bot and text.startswith(MARK))


class GapRoom:
    """Hands what staff do to the gap desk, and tells them in the same place if it failed."""

    def __init__(self, door: Door, gaps: GapDesk, staff: StaffRoom) -> None:
        """Work for one door; ``staff`` takes what turns out to be a message to a customer."""
        self._door = door
        self._gaps = gaps
        self._staff = staff
        self._say = GapWording(door.wording, door.settings.staff_language)

    async def listed(self, update: Update, _: _Context) -> None:
        """Show what was asked and not answered: /gaps."""
        message = message_in(update)
        text = await asyncio.to_thread(self._list)
        thread = (message.message_thread_id or 0) if message.is_topic_message else 0
        await self._put(to_thread(message.chat_id, thread, text))

    async def commanded(self, update: Update, _: _Context) -> None:
        """Make an entry of the answer that is replied to, or of the longest: /faq."""
        message = message_in(update)
        thread = message.message_thread_id or 0
        place = topic_key(message.chat_id, thread)
        ticket = await asyncio.to_thread(self._ticket_at, place)
        if not ticket:
            await self._tell(message.chat_id, thread, ThreadNotFound(ticket=thread))
            return
        await self._do(
            (message.chat_id, thread),
            self._gaps.drafting.make,
            ticket,
            staff_of(message),
            answer=_answer_in(message),
        )

    async def edited(self, update: Update, context: _Context) -> None:
        """Change an entry by a reply to the message that shows it."""
        message = message_in(update)
        replied = message.reply_to_message
        here = (str(message.chat_id), str(replied.message_id if replied else 0))
        entry = entry_in(await self._door.transact(lambda unit: unit.links.find(here)))
        if not entry:
            await self._staff.wrote(update, context)
            return
        staff = staff_of(message)
        where = (message.chat_id, message.message_thread_id or 0)
        await self._do(where, self._gaps.drafting.edit, entry, message.text or "", staff)

    async def make_pressed(self, pressed: Pressed, staff: Staff) -> None:
        """Make an entry of a ticket."""
        make = self._gaps.drafting.make
        await self._do((pressed.chat, pressed.thread), make, pressed.ticket, staff)

    async def approve_pressed(self, pressed: Pressed, staff: Staff) -> None:
        """Approve an entry as it reads above the button; the service publishes it next."""
        approve, entry = self._gaps.drafting.approve, pressed.ticket
        version = int(pressed.choice) if pressed.choice.isdecimal() else None
        await self._do((pressed.chat, pressed.thread), approve, entry, staff, version=version)

    async def discard_pressed(self, pressed: Pressed, staff: Staff) -> None:
        """Let go of an entry."""
        discard = self._gaps.drafting.discard
        await self._do((pressed.chat, pressed.thread), discard, pressed.ticket, staff)

    async def change_pressed(self, _: Pressed, __: Staff) -> None:
        """How to change an entry was said when the press was answered."""

    async def _do(
        self, where: tuple[int, int], work: Callable[..., object], *args: object, **kwargs: object
    ) -> None:
        try:
            await in_thread(work, *args, also=CURRENT.get().finish, **kwargs)
        except DatabaseError:
            raise
        except DeskError as error:
            await self._tell(*where, error)

    async def _tell(self, chat: int, thread: int, error: DeskError) -> None:
        """Tell staff why something was not done, where they did it."""
        language = self._door.settings.staff_language
        if isinstance(error, ThreadNotFound):
            text = self._say.phrase(staff_texts.NOT_AN_OPEN_TICKET)
        else:
            text = self._door.wording.error(error, language=language)
        await self._put(to_thread(chat, thread, f"⚠️ {text}"))

    async def _put(self, drafts: list[Draft]) -> None:
        handling = CURRENT.get()

        def put(unit: UnitOfWork) -> None:
            unit.outbox.put(drafts)
            handling.finish(unit)

        await self._door.transact(put)

    def _ticket_at(self, place: str) -> int:
        def find(unit: UnitOfWork) -> int:
            found = unit.tickets.at_topic(place)
            return found.id if found else 0

        return self._door.transact_now(find)

    def _list(self) -> str:
        gaps = [gap for gap in self._gaps.gaps() if gap.waiting]
        if not gaps:
            return self._say.phrase(texts.NO_GAPS)
        lines = [f"{number}. {self._line(gap)}" for number, gap in enumerate(gaps[:_MOST], start=1)]
        title = f"{self._say.phrase(texts.GAPS_TITLE)} ({len(gaps)})"
        return "\n".join((title, *lines, self._say.phrase(texts.GAPS_HINT)))

    def _line(self, gap: Gap) -> str:
        """The gap, with the open ticket in which it can be answered."""
        conversation = gap.first.conversation.id
        ticket = self._door.transact_now(lambda unit: unit.tickets.current(conversation))
        said = self._say.gap(gap)
        where = self._say.phrase(texts.GAP_TICKET, ticket=ticket.id) if ticket else ""
        return " · ".join(filter(None, (said, where)))


def _answer_in(message: Message) -> str:
    """What a colleague wrote, if it is replied to; a topic's first message is no reply."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return ""
    return replied.text or replied.caption or ""
