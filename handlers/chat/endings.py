"""What customers do with a case that has ended: stars, a word, opening it again."""

from telegram import Update
from telegram.ext import ContextTypes

from handlers import wording_case_texts as texts
from handlers.chat.afterwards_texts import WORD
from handlers.chat.albums import parts_in
from handlers.chat.context import Door
from handlers.chat.letters import read_role
from handlers.chat.membership import Handler
from handlers.chat.presses import Pressed, Toast
from handlers.chat.reading import address_of, message_in, question_of, remembering
from handlers.chat.workers import CURRENT, threaded

_Context = ContextTypes.DEFAULT_TYPE


class Endings:
    """Hands it to the desk."""

    def __init__(self, door: Door) -> None:
        """Work for one door."""
        self._door = door

    async def starred(self, pressed: Pressed) -> Toast:
        """Keep the rating, or ask for a word."""
        afterwards, address = self._door.desk.afterwards, address_of(pressed.chat)
        also = CURRENT.get().finish
        if pressed.choice == WORD:
            await threaded(afterwards.invite, address, pressed.ticket, also=also)
            return Toast()
        stars = int(pressed.choice) if pressed.choice.isdigit() else 0
        await threaded(afterwards.rate, address, pressed.ticket, stars, also=also)
        return self._toast(pressed, texts.RATED_TOAST)

    async def reopened(self, pressed: Pressed) -> Toast:
        """Open the case again, if it is not too late for that."""
        ticket = await threaded(
            self._door.desk.afterwards.reopen,
            address_of(pressed.chat),
            pressed.ticket,
            also=CURRENT.get().finish,
        )
        return Toast() if ticket.state.open else self._toast(pressed, texts.TOO_LATE_TO_REOPEN)

    def replies(self, other: Handler) -> Handler:
        """Return a handler for replies.

        One to the end of a case opens it again, words to the request for a rating are a comment,
        and all else is a question.
        """

        async def replied(update: Update, context: _Context) -> None:
            if not await self._handled(update):
                await other(update, context)

        return replied

    async def _handled(self, update: Update) -> bool:
        message, parts = message_in(update), parts_in(update)
        if message.reply_to_message is None or (message.media_group_id and not parts):
            return False  # An album is looked at again when it is whole.
        here = (str(message.chat_id), str(message.reply_to_message.message_id))
        tie = await self._door.transact(lambda unit: unit.links.find(here))
        ticket, role = read_role(tie)
        said = question_of(message, parts)
        also = remembering(parts or (message,), also=CURRENT.get().finish)
        afterwards = self._door.desk.afterwards
        act = {"rating": afterwards.comment, "closing": afterwards.write_again}.get(role)
        if act is None or await threaded(self._door.desk.needs_person, said):
            return False
        return await threaded(act, said, ticket, also=also)

    def _toast(self, pressed: Pressed, text: str) -> Toast:
        language = pressed.user.language_code or ""
        return Toast(self._door.wording.phrase(text, language=language))
