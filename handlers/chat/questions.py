"""What customers ask in their private chat, by writing or by pressing a button."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import ContextTypes

from bot.desk.conversation import Owner
from bot.desk.desk import Also
from bot.desk.ports import UnitOfWork
from bot.desk.questions import Message
from handlers import wording_texts as texts
from handlers.chat.albums import Albums, albums_before, parts_in
from handlers.chat.buttons import Action
from handlers.chat.context import Door, Line
from handlers.chat.presses import Pressed
from handlers.chat.reading import address_of, message_in, question_of, remembering, sender_of
from handlers.chat.relay.content import content_of
from handlers.chat.typing_sign import typing_in
from handlers.chat.workers import CURRENT, in_thread

_Context = ContextTypes.DEFAULT_TYPE


class Questions:
    """Hands questions to the desk."""

    def __init__(self, door: Door, line: Line) -> None:
        """Work for one door."""
        self._door = door
        self._line = line
        self._albums = Albums(door, line)

    async def asked(self, update: Update, _: _Context) -> None:
        """Answer a message, or show it to the person who has the thread."""
        message, parts = message_in(update), parts_in(update)
        albums, with_person = await self._take_in_albums(message)
        if message.media_group_id and not parts:
            await self._albums.gather(message)
            return
        began = await self._albums.began(message)
        # An album before it may have brought a person.
        chat = message.chat_id
        sign = await self._sign(chat) if albums else self._signing(chat, with_person=with_person)
        async with sign:
            await self._take_in(parts or (message,), began, also=CURRENT.get().finish)

    async def _take_in_albums(self, message: TelegramMessage) -> tuple[bool, bool]:
        """Take in what was sent before this message and still waits to be complete.

        Whether there was any, and whether a person had the thread before.
        """
        queue, chat = CURRENT.get().row.queue, message.chat_id
        albums, with_person = await self._door.transact(
            lambda unit: (albums_before(unit, message, queue), _is_with_person(unit, chat))
        )
        for album in albums:
            async with await self._sign(chat):
                await self._take_in(album.messages, album.began, also=album.hand_on)
        return bool(albums), with_person

    async def edited(self, update: Update, _: _Context) -> None:
        """Answer the new version of a message, if it looks any different."""
        message = message_in(update)
        if await self._albums.is_waiting(message):
            await self._albums.gather(message)
            return
        content = content_of(message)
        known = await self._door.transact(lambda unit: unit.relay.digest_of(content.place))
        if known == content.digest:
            return
        async with await self._sign(message.chat_id):
            also = remembering((message,), also=CURRENT.get().finish)
            await in_thread(self._door.desk.edited, question_of(message), also=also)

    async def _take_in(
        self, messages: Sequence[TelegramMessage], began: int, *, also: Also
    ) -> None:
        first, parts = messages[0], messages if len(messages) > 1 else ()
        question = question_of(first, parts, began)
        also = remembering(messages, also=also)
        await in_thread(self._door.desk.receive, question, also=also)

    async def person_wanted(self, update: Update, _: _Context) -> None:
        """Bring a person: /human."""
        await self._take_in_albums(message_in(update))
        message = question_of(message_in(update))
        await in_thread(self._door.desk.ask_for_person, message, also=CURRENT.get().finish)

    async def person_pressed(self, pressed: Pressed) -> None:
        """Bring a person: the button under an answer."""
        said = self._door.wording.phrase(
            texts.PERSON_BUTTON, language=pressed.user.language_code or ""
        )
        message = _message(pressed, said)
        await in_thread(self._door.desk.ask_for_person, message, also=CURRENT.get().finish)

    async def choice_pressed(self, pressed: Pressed) -> None:
        """Ask what the pressed button says."""
        message = _message(pressed, pressed.label)
        async with await self._sign(pressed.chat):
            await in_thread(self._door.desk.receive, message, also=CURRENT.get().finish)

    async def rated(self, pressed: Pressed) -> None:
        """Keep the verdict on an answer."""
        await in_thread(
            self._door.desk.rate,
            address_of(pressed.chat),
            pressed.press.id,
            helpful=pressed.press.action is Action.HELPFUL,
            also=CURRENT.get().finish,
        )

    async def _sign(self, chat: int) -> AbstractAsyncContextManager[None]:
        """Show that the bot thinks, unless a person has the thread and it will be silent."""
        with_person = await self._door.transact(lambda unit: _is_with_person(unit, chat))
        return self._signing(chat, with_person=with_person)

    def _signing(self, chat: int, *, with_person: bool) -> AbstractAsyncContextManager[None]:
        return nullcontext() if with_person else typing_in(self._line, chat)

    async def rescue(self, message: Message, record: Callable[[UnitOfWork], None]) -> None:
        """Bring a person for a message that cannot be handled."""
        await in_thread(self._door.desk.ask_for_person, message, also=record)


def _is_with_person(unit: UnitOfWork, chat: int) -> bool:
    found = unit.conversations.at(address_of(chat))
    return found is not None and found.owner is Owner.PERSON


def _message(pressed: Pressed, text: str) -> Message:
    """Return a pressed button as something the customer said; pressing it again says nothing."""
    return Message(
        address=address_of(pressed.chat),
        sender=sender_of(pressed.user),
        reference=f"{pressed.message}/{pressed.press.action}{pressed.press.id}"[:48],
        text=text,
    )
