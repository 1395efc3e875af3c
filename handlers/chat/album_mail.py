"""Albums that were sent: which message of the copy stands for which of the original.

Telegram passes over in silence what it cannot copy. Where fewer messages came than were asked for,
their places say nothing, so each original is asked for: one that was deleted answers differently.
"""

from collections.abc import Sequence
from typing import Final

from telegram.error import TelegramError

from bot.desk.mail import Delivery
from bot.desk.ports import UnitOfWork
from handlers.chat.addressing import Letter
from handlers.chat.aftermath import put_aftermath, put_beside
from handlers.chat.api import as_number, as_object
from handlers.chat.context import Door, Line
from handlers.chat.letters import Tie, read_ties, unpacked

_GONE: Final = ("message to edit not found", "message_id_invalid")


def numbers_in(result: object) -> list[int]:
    """Read the numbers of several messages."""
    found = result if isinstance(result, list) else []
    return [as_number(as_object(one).get("message_id")) for one in found]


class AlbumMail:
    """Records what became of albums."""

    def __init__(self, door: Door, line: Line) -> None:
        """Use the line to ask for originals."""
        self._door = door
        self._line = line

    async def arrived(self, letter: Letter, numbers: Sequence[int]) -> None:
        """Tie each message to its original, and say so if some are missing."""
        asked = read_ties(letter.row.payload, "mirrors_each")
        copied = asked
        if len(numbers) != len(asked):
            copied = [tie for tie in asked if await self._is_there(tie)]
        if len(copied) != len(numbers):
            copied = []
        for number in numbers:
            self._line.boxes.note(letter.chat, number)

        def record(unit: UnitOfWork) -> None:
            result = {"chat_id": letter.chat, "message_id": max(numbers, default=0)}
            unit.outbox.settle(letter.row.id, Delivery.SENT, result=result)
            for tie, number in zip(copied, sorted(numbers), strict=False):
                unit.links.add((str(letter.chat), str(number)), tie)
            if len(numbers) < len(asked):
                put_beside(unit, letter.row, unpacked(letter.row.payload, "incomplete"))
            put_aftermath(unit, letter.row)

        await self._door.transact(record)

    async def _is_there(self, tie: Tie) -> bool:
        """Whether an original still exists; Telegram lets nobody edit what others wrote."""
        await self._line.limiter.take_overall(self._door.transact)
        question = {"chat_id": int(tie[0]), "message_id": int(tie[1])}
        try:
            await self._line.api("editMessageReplyMarkup", question)
        except TelegramError as error:
            return not any(part in error.message.casefold() for part in _GONE)
        return True
