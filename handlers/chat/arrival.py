"""Finds out whether a message arrived when nobody could tell us: docs/decisions/0007.

Before a message is sent, the highest number known in the chat's message box is written down. The
message, if it arrived, has one of the next numbers. Each of these that we cannot account for is
asked for an edit that changes nothing: Telegram answers differently for a message of ours, one of
somebody else, and one that is not there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from telegram.error import TelegramError

from bot.desk.mail import Delivery, OutboxRow
from handlers.chat.api import as_number, as_object
from handlers.chat.context import Door, Line
from handlers.chat.errors import Fate, Verdict, judge

_TRIES: Final = 6
_PAUSE: Final = 2.0
# Room for messages that took numbers without our knowing of them.
_SLACK: Final = 12
# More questions than this would take minutes, and Telegram might object.
_MOST_CANDIDATES: Final = 80

_ABSENT: Final = ("message to edit not found", "message_id_invalid")
_OTHERS: Final = ("message can't be edited",)


class Arrival(StrEnum):
    """What was found out."""

    ARRIVED = "arrived"
    ABSENT = "absent"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out, and the number of the message if it is there."""

    arrival: Arrival
    message: int = 0


UNDECIDED: Final = Finding(Arrival.UNDECIDED)


class ArrivalProbe:
    """Asks for messages by number."""

    def __init__(self, door: Door, line: Line) -> None:
        """Use the line for asking, and the ties for what is accounted for."""
        self._door = door
        self._line = line

    async def find(self, row: OutboxRow, chat: int, parameters: Mapping[str, object]) -> Finding:
        """Look for the message of an interrupted row."""
        if not row.mark.isdigit():
            return UNDECIDED
        # What others wrote meanwhile took numbers as well; it must be known first.
        await self._line.caught_up.wait()
        candidates = await self._candidates(chat, int(row.mark))
        if len(candidates) > _MOST_CANDIDATES:
            return UNDECIDED
        unchanged = {key: parameters[key] for key in ("reply_markup",) if key in parameters}
        # A copy may be of a kind that cannot be edited: then what is there may well be ours.
        certain = row.method == "sendMessage" or chat < 0
        for message in candidates:
            arrival = await self._ask(chat, message, unchanged, certain=certain)
            if arrival is Arrival.ARRIVED and await self._is_contested(row, chat):
                return UNDECIDED
            if arrival is not Arrival.ABSENT:
                return Finding(arrival, message)
        return Finding(Arrival.ABSENT)

    async def _is_contested(self, row: OutboxRow, chat: int) -> bool:
        """Whether what is there may be another message whose fate was never found out."""
        troubled = await self._door.transact(lambda unit: unit.outbox.troubled())
        return any(
            other.state is Delivery.UNKNOWN
            and _goes_to(other) == max(chat, 0)
            and other.mark.isdigit()
            and int(row.mark) - int(other.mark) <= _SLACK
            for other in troubled
        )

    async def find_all(
        self, row: OutboxRow, chat: int, parameters: Mapping[str, object]
    ) -> list[int] | None:
        """Look for the messages of an interrupted album; None when that cannot be told."""
        found: list[int] = []
        while True:
            finding = await self.find(row, chat, parameters)
            if finding.arrival is Arrival.UNDECIDED:
                return None
            if finding.arrival is Arrival.ABSENT:
                return found
            # What was found is accounted for and not asked for again.
            self._line.boxes.note(chat, finding.message)
            found.append(finding.message)

    async def _candidates(self, chat: int, mark: int) -> list[int]:
        boxes = self._line.boxes
        highest = max(boxes.highest(chat), mark) + _SLACK
        unseen = [n for n in range(mark + 1, highest + 1) if not boxes.seen(chat, n)]
        return await self._door.transact(
            lambda unit: [n for n in unseen if unit.links.find((str(chat), str(n))) is None]
        )

    async def _ask(
        self, chat: int, message: int, unchanged: Mapping[str, object], *, certain: bool
    ) -> Arrival:
        for _ in _tries():
            await self._line.limiter.take_overall(self._door.transact)
            question = {"chat_id": chat, "message_id": message, **unchanged}
            try:
                await self._line.api("editMessageReplyMarkup", question)
            except TelegramError as error:
                verdict = judge(error)
                if (arrival := _meaning(verdict, certain=certain)) is not None:
                    return arrival
                await self._line.sleep(verdict.wait or _PAUSE)
            else:
                return Arrival.ARRIVED
        return Arrival.UNDECIDED


def _goes_to(row: OutboxRow) -> int:
    """The customer's chat; 0 for what goes to staff, wherever they are."""
    chat = as_number(as_object(row.payload.get("parameters")).get("chat_id"))
    return max(chat, 0)


def _tries() -> Iterable[int]:
    return range(_TRIES)


def _meaning(verdict: Verdict, *, certain: bool) -> Arrival | None:
    """Return what a refusal tells; None when it has to be asked again."""
    words = verdict.words.casefold()
    if any(part in words for part in _ABSENT):
        return Arrival.ABSENT
    if any(part in words for part in _OTHERS):
        return Arrival.ABSENT if certain else Arrival.UNDECIDED
    match verdict.fate:
        case Fate.DONE:
            return Arrival.ARRIVED
        case Fate.NOT_SENT | Fate.FLOOD | Fate.UNKNOWN:
            return None
        case _:
            return Arrival.UNDECIDED
