"""Carries one outbox row to Telegram and writes down what became of it.

What is known not to have arrived is sent again; what may have arrived is looked for first; what was
refused is remedied once or told to staff. Nothing that belongs to a topic ever goes anywhere else.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from telegram.error import TelegramError

from bot.desk.mail import Delivery, OutboxRow
from bot.desk.ports import UnitOfWork
from handlers.chat.addressing import Addressing, Letter
from handlers.chat.aftermath import put_aftermath, put_beside
from handlers.chat.album_mail import AlbumMail, numbers_in
from handlers.chat.api import as_number, as_object
from handlers.chat.arrival import Arrival, ArrivalProbe
from handlers.chat.context import Door, Line
from handlers.chat.errors import Fate, Verdict, judge
from handlers.chat.letters import (
    ALBUM_METHODS,
    CREATE_TOPIC,
    CUSTOMERS,
    NEW_MESSAGE_METHODS,
    OUTBOX,
    read_ties,
    unpacked,
)
from handlers.chat.limiter import family_of
from handlers.chat.marks import Marks, remember_sent
from handlers.chat.moving import follow_moves, remember_move
from handlers.chat.remedies import REPEATS, Remedies
from handlers.chat.tasks import Locks
from handlers.chat.topics import Topics
from handlers.chat.withheld import tell_withheld
from knowledge.errors import TokenRefused

_LOG = logging.getLogger(__name__)

_QUIET: Final = 2.0
"""How long a request whose answer was lost may still be on its way."""
_RIGHTS_PAUSE: Final = 60.0
_LONGEST_PAUSE: Final = 60.0
_SPARE: Final = 4
"""Messages of a staff group that receipts and titles leave room for."""
_NOT_AT_ALL: Final = -1.0


class Courier:
    """Delivers rows; one call at a time in each chat, so that its message numbers stay clear."""

    def __init__(self, door: Door, line: Line) -> None:
        """Prepare what delivering takes."""
        self._door = door
        self._line = line
        self._topics = Topics(door, line, door.settings.staff_group or 0)
        self._addressing = Addressing(door, self._topics)
        self._remedies = Remedies(door, line, self._topics)
        self._probe = ArrivalProbe(door, line)
        self._marks = Marks(line.boxes)
        self._albums = AlbumMail(door, line)
        self._chats = Locks()

    def place(self, unit: UnitOfWork, row: OutboxRow) -> int:
        """Return the chat that a row goes to; 0 for a ticket that stands in no group yet."""
        return self._addressing.place(unit, row)

    async def deliver(self, row: OutboxRow, chat: int = 0) -> None:
        """Send a pending row, to the chat that was chosen for it if it had none of its own."""
        unaddressed = self._addressing.unaddressed(row, chat)
        async with self._chats.of(unaddressed.chat):
            try:
                letter = await self._addressing.address(unaddressed)
            except TelegramError as error:
                await self._put_off(unaddressed, judge(error))
                return
            if letter is None:
                await self._fail(unaddressed, "failed", Delivery.DROPPED)
            elif await self._begun(letter):
                await self._attempt(letter)

    async def investigate(self, row: OutboxRow) -> None:
        """Find out what became of a row that was being sent when the last process ended."""
        chat = await self._door.transact(lambda unit: self.place(unit, row))
        letter = self._addressing.unaddressed(row, chat)
        async with self._chats.of(letter.chat):
            # The process may have ended just now, and its request still be on its way: an edit that
            # comes behind the next one would show the older text.
            await self._line.sleep(_QUIET)
            if row.method in NEW_MESSAGE_METHODS:
                await self._look_for(letter)
            else:
                await self._postpone(row, 0.0)

    async def release(self, row: OutboxRow) -> None:
        """Give up a row that failed by a fault of ours; whether it arrived is found out now."""
        found = await self._door.transact(lambda unit: unit.outbox.get(row.id))
        if found.state is Delivery.SENDING:
            await self.investigate(found)

    async def _begun(self, letter: Letter) -> bool:
        """Begin as soon as there is room; False when it is not to be sent, or not now."""
        while (wait := await self._door.transact(lambda unit: self._begin(unit, letter))) > 0:
            if letter.row.silent:
                await self._settle(letter.row, Delivery.DROPPED, {"reason": "no room"})
                return False
            if letter.chat < 0:
                return False  # Something more urgent may want the room that there is next.
            await self._line.sleep(wait)
        return wait == 0

    def _begin(self, unit: UnitOfWork, letter: Letter) -> float:
        """Take room and begin, both or neither; otherwise how long to wait, or a negative number.

        The room costs no transaction of its own: this one there must be before any message.
        """
        if letter.method == CREATE_TOPIC:
            # Topics takes room for one, when there is one to create.
            return 0.0 if self._marked(unit, letter) else _NOT_AT_ALL
        room = self._line.limiter.room(unit.meters, letter.chat, family_of(letter.method))
        if (wait := room.wait(spare=self._spare(unit, letter))) > 0:
            return wait
        if not self._marked(unit, letter):
            return _NOT_AT_ALL
        for _ in read_ties(letter.row.payload, "mirrors_each")[1:]:
            room.take()  # An album is as many messages as it has parts.
        room.take()
        return 0.0

    def _spare(self, unit: UnitOfWork, letter: Letter) -> int:
        """How much room must be left after this: receipts and titles make way for messages."""
        if not letter.row.silent or letter.chat > 0:
            return 0
        others = unit.outbox.due(
            now=self._door.clock(),
            excluding=frozenset({letter.row.queue}),
            within=OUTBOX,
            without=CUSTOMERS,
        )
        return _SPARE if others or unit.outbox.following(letter.row.id, limit=1) else 0

    def _marked(self, unit: UnitOfWork, letter: Letter) -> bool:
        mark = self._marks.mark(unit, letter.row, letter.chat)
        begun = unit.outbox.begin(letter.row.id, mark=mark)
        if not begun:
            tell_withheld(unit, self._door, letter.row)
        return begun

    def _begin_again(self, unit: UnitOfWork, letter: Letter) -> bool:
        """Pass the fence once more: a person may have taken over since the first attempt."""
        if letter.row.epoch is None:
            return True
        unit.outbox.postpone(letter.row.id, self._door.clock())
        return self._marked(unit, letter)

    async def _attempt(self, letter: Letter) -> None:
        try:
            if letter.method == CREATE_TOPIC:
                thread = await self._topics.ensure(letter.ticket, group=letter.chat)
                result: object = {"message_id": thread}
            else:
                result = await self._line.api(letter.method, letter.parameters)
        except TelegramError as error:
            await self._after(letter, judge(error))
        else:
            if letter.method in ALBUM_METHODS:
                await self._albums.arrived(letter, numbers_in(result))
            else:
                await self._sent(letter, as_number(as_object(result).get("message_id")))

    async def _after(self, letter: Letter, verdict: Verdict) -> None:
        """Act on a refusal or a failure."""
        _LOG.info("message %d: %s (%s)", letter.row.id, verdict.fate, verdict.words)
        mended = await self._remedies.mend(letter, verdict.fate)
        if mended is not None:
            if await self._door.transact(lambda unit: self._begin_again(unit, mended)):
                await self._attempt(mended)
            return
        match verdict.fate:
            case Fate.DONE:
                await self._sent(letter, 0)
            case Fate.UNKNOWN if letter.method in NEW_MESSAGE_METHODS:
                await self._line.sleep(_QUIET)
                row = await self._door.transact(lambda unit: unit.outbox.get(letter.row.id))
                await self._look_for(replace(letter, row=row))
            case Fate.UNKNOWN | Fate.TOPIC_CLOSED if letter.row.attempts >= REPEATS:
                # Opening a topic may have failed for a moment only.
                await self._fail(letter, "failed")
            case Fate.TOPIC_GONE if await self._remedies.renew_topic(letter):
                await self._postpone(letter.row, 0.0)
            case Fate.UNREACHABLE if letter.chat > 0:
                await self._fail(letter, "deleted" if verdict.deleted else "blocked")
            case Fate.MOVED if not self._door.settings.is_staff(letter.chat):
                await self._fail(letter, "failed")
            case Fate.MARKUP | Fate.REPLY | Fate.TOPIC_GONE | Fate.REFUSED:
                await self._fail(letter, "failed")
            case _:
                await self._put_off(letter, verdict)

    async def _look_for(self, letter: Letter) -> None:
        """Find out whether a message arrived, and act on it."""
        if letter.method in ALBUM_METHODS:
            await self._look_for_album(letter)
            return
        finding = await self._probe.find(letter.row, letter.chat, letter.parameters)
        _LOG.info("message %d of an unknown fate: %s", letter.row.id, finding.arrival)
        match finding.arrival:
            case Arrival.ARRIVED:
                await self._sent(letter, finding.message)
            case Arrival.ABSENT:
                await self._postpone(letter.row, 0.0)
            case Arrival.UNDECIDED:
                await self._fail(letter, "unknown", Delivery.UNKNOWN)

    async def _look_for_album(self, letter: Letter) -> None:
        """Find out which messages of an album arrived; some are as good as all."""
        found = await self._probe.find_all(letter.row, letter.chat, letter.parameters)
        if found is None:
            await self._fail(letter, "unknown", Delivery.UNKNOWN)
        elif found:
            await self._albums.arrived(letter, found)
        else:
            await self._postpone(letter.row, 0.0)

    async def _sent(self, letter: Letter, message: int) -> None:
        if message:
            self._line.boxes.note(letter.chat, message)
        await self._door.transact(lambda unit: self._record_sent(unit, letter, message))

    def _record_sent(self, unit: UnitOfWork, letter: Letter, message: int) -> None:
        result = {"chat_id": letter.chat, "message_id": message} if message else {}
        unit.outbox.settle(letter.row.id, Delivery.SENT, result=result)
        if message:
            remember_sent(unit, letter.row, (str(letter.chat), str(message)))
        put_aftermath(unit, letter.row)

    async def _fail(self, letter: Letter, problem: str, state: Delivery = Delivery.FAILED) -> None:
        """Write down that it did not, or may not, reach its reader; customers' staff are told."""
        row, result = letter.row, {"problem": problem}
        instead = unpacked(row.payload, "otherwise") if problem == "failed" else []

        def settle(unit: UnitOfWork) -> None:
            unit.outbox.settle(row.id, state, result=result)
            put_beside(unit, row, instead)

        if row.conversation is None or letter.chat < 0 or instead:
            _LOG.error("message %d to staff or without a thread failed: %s", row.id, problem)
            await self._door.transact(settle)
            return
        blocked = problem in {"blocked", "deleted"}
        if problem == "failed":
            problem = str(row.payload.get("problem") or problem)
        await asyncio.to_thread(
            self._door.desk.undelivered, row, problem=problem, blocked=blocked, also=settle
        )

    async def _put_off(self, letter: Letter, verdict: Verdict) -> None:
        """Try again later what has certainly not arrived, or may arrive twice."""
        row = letter.row
        match verdict.fate:
            case Fate.TOKEN:
                await self._postpone(row, 0.0)
                raise TokenRefused
            case Fate.MOVED if self._door.settings.is_staff(letter.chat):
                await self._door.transact(lambda unit: self._follow(unit, letter, verdict))
            case Fate.FLOOD:
                await self._door.transact(lambda unit: self._heed(unit, letter, verdict.wait))
            case Fate.NOT_SENT | Fate.UNKNOWN:
                if verdict.fate is Fate.UNKNOWN:
                    # An edit that is carried out late must not come behind the next one.
                    await self._line.sleep(_QUIET)
                pause = min(_LONGEST_PAUSE, 2.0 ** min(row.attempts, 6))
                await self._postpone(row, pause * (0.5 + self._line.jitter()))
            case _:
                _LOG.error("the staff group refuses message %d: %s", row.id, verdict.words)
                await self._postpone(row, _RIGHTS_PAUSE)

    def _follow(self, unit: UnitOfWork, letter: Letter, verdict: Verdict) -> None:
        remember_move(unit, letter.chat, verdict.moved_to)
        follow_moves(unit, self._door.settings)
        unit.outbox.postpone(letter.row.id, self._door.clock())

    def _heed(self, unit: UnitOfWork, letter: Letter, seconds: float) -> None:
        family = family_of(letter.method)
        self._line.limiter.pause(unit.meters, letter.chat, seconds, family)
        unit.outbox.postpone(letter.row.id, self._door.clock() + timedelta(seconds=seconds))

    async def _postpone(self, row: OutboxRow, seconds: float) -> None:
        until = self._door.clock() + timedelta(seconds=seconds)
        await self._door.transact(lambda unit: unit.outbox.postpone(row.id, until))

    async def _settle(self, row: OutboxRow, state: Delivery, result: Mapping[str, object]) -> None:
        await self._door.transact(lambda unit: unit.outbox.settle(row.id, state, result=result))
