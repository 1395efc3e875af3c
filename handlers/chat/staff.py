"""What staff do in the staff group: write in a ticket's topic, and press its buttons."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.desk.desk import Also
from bot.desk.mail import InboxRow
from bot.desk.ports import UnitOfWork
from bot.desk.relay import is_note
from handlers import wording_relay_texts as texts
from handlers import wording_staff_texts as staff_texts
from handlers.chat.albums import Albums, parts_in
from handlers.chat.context import Door, Line
from handlers.chat.reading import message_in, remembering, reply_of, staff_of
from handlers.chat.relay.content import content_of, replied_to
from handlers.chat.topic_lines import TopicLines
from handlers.chat.topics import topic_key
from handlers.chat.workers import CURRENT, in_thread
from knowledge.errors import DatabaseError, DeskError, NotStaff

_Context = ContextTypes.DEFAULT_TYPE


class StaffRoom:
    """Hands what staff do to the desk, and tells them in the same topic when it cannot be done."""

    def __init__(self, door: Door, line: Line) -> None:
        """Work for one door."""
        self._door = door
        self._bot = line.bot_id
        self._albums = Albums(door, line)
        self._lines = TopicLines(door)

    async def wrote(self, update: Update, _: _Context) -> None:
        """Pass a message on to the customer, keep it as a note, hold it, or do what it says."""
        message, parts = message_in(update), parts_in(update)
        for album in await self._albums.before(message):
            await self._take_in(album.messages, album.began, also=album.hand_on)
        if message.media_group_id and not parts:
            await self._albums.gather(message)
        elif command := _command(message):
            await self._obey(message, command)
        else:
            began = await self._albums.began(message)
            await self._take_in(parts or (message,), began, also=CURRENT.get().finish)

    async def edited(self, update: Update, _: _Context) -> None:
        """Let a change have the fate of what was changed, if it looks any different."""
        message = message_in(update)
        if await self._albums.is_waiting(message):
            await self._albums.gather(message)
            return
        content = content_of(message)
        known = await self._door.transact(lambda unit: unit.relay.digest_of(content.place))
        if known == content.digest:
            return
        if _command(message):
            await self._obey(message, "")
            return
        also = remembering((message,), also=CURRENT.get().finish)
        edited = self._door.desk.staff_edited
        await self._attempt(message, lambda: edited(_place(message), reply_of(message), also=also))

    async def refused(self, update: Update, _: _Context) -> None:
        """Say that whoever wrote is not among the staff, so that nothing was sent."""
        message = message_in(update)
        if message.message_thread_id:
            staff = message.from_user.full_name if message.from_user else ""
            await self._lines.tell(message.chat_id, _thread(message), NotStaff(staff=staff))

    async def tell_put_aside(self, row: InboxRow, record: Callable[[UnitOfWork], None]) -> bool:
        """Tell the staff group that an update lies aside, and record that; False without a group.

        What was said in it is not told: nobody knows which ticket it belongs to.
        """
        group = self._door.settings.staff_group
        if group is None:
            return False
        said = self._lines.phrase(staff_texts.UPDATE_PUT_ASIDE, number=row.id)
        await self._lines.warn(group, 0, said, also=record)
        return True

    async def _take_in(self, messages: Sequence[Message], began: int, *, also: Also) -> None:
        first, parts = messages[0], messages if len(messages) > 1 else ()
        explicit = await self._door.transact(lambda unit: self._is_explicit(unit, first))
        reply = replace(reply_of(first, parts, began), explicit=explicit)
        also = remembering(messages, also=also)
        wrote = self._door.desk.staff_wrote
        await self._attempt(first, lambda: wrote(_place(first), reply, also=also), also=also)

    async def _obey(self, message: Message, command: str) -> None:
        """Do what a command says; whatever it says, the customer never sees it."""
        if command != "undo":
            said = self._lines.phrase(texts.COMMAND_NOT_SENT)
            await self._lines.warn(message.chat_id, _thread(message), said)
            return
        target = replied_to(message)
        reference = str(target.message_id) if target else ""
        place, staff, also = _place(message), staff_of(message), CURRENT.get().finish
        withdraw = self._door.desk.withdraw
        await self._attempt(message, lambda: withdraw(place, staff, reference, also=also))

    async def _attempt(
        self, message: Message, do: Callable[[], object], *, also: Also = None
    ) -> None:
        try:
            await in_thread(do)
        except DatabaseError:
            raise
        except DeskError as error:
            await self._lines.tell(message.chat_id, _thread(message), error, also=also)

    def _is_explicit(self, unit: UnitOfWork, message: Message) -> bool:
        """Whether a message replies to the copy of what a customer wrote."""
        replied = replied_to(message)
        if replied is None or replied.from_user is None or replied.from_user.id != self._bot:
            return False
        mirror = unit.links.find((str(message.chat_id), str(replied.message_id)))
        return mirror is not None and mirror[0].isdigit()


def _command(message: Message) -> str:
    """Return the name of a command; "" for what is none. Notes begin with two strokes."""
    said = (message.text or message.caption or "").lstrip()
    if not said.startswith("/") or is_note(said):
        return ""
    return said[1:].split(maxsplit=1)[0].partition("@")[0].casefold() if said[1:].strip() else "/"


def _place(message: Message) -> str:
    return topic_key(message.chat_id, _thread(message))


def _thread(message: Message) -> int:
    return message.message_thread_id or 0
