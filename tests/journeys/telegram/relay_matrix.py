"""The relay matrix: every kind of message, and what people do with it, in both directions.

Each cell is played by people of the local Bot API server against the service, and judged by what
the other side then sees. ``relayed`` is the message with its content, its formatting and what it
replies to; ``refused`` is a line that says it did not pass; a dash is what Telegram offers
nobody; ``silent`` is a defect.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Final

from handlers import wording_relay_texts as texts
from tests.journeys.telegram.consulting import Advisor
from tests.journeys.telegram.relay_kinds import KINDS, Kind
from tests.journeys.telegram.relay_sides import Case, Side, Wait, open_case
from tests.journeys.telegram.service import Scene
from tests.journeys.telegram.wiring import now
from tests.telegram_server.people import Attachment, MessageView

ACTS: Final = ("new", "edit", "reply", "quote", "album", "reaction")
RELAYED, REFUSED, IMPOSSIBLE, SILENT = "relayed", "refused", "–", "silent"
TO_STAFF, TO_CUSTOMER = "customer to staff", "staff to customer"
_MINUTE: Final = timedelta(seconds=61)
_PAUSE: Final = 0.3
_AT_ONCE: Final = 6
_QUIET: Final = timedelta(seconds=2)
_HEART: Final = "❤"


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of one act with one kind in one direction."""

    kind: str
    act: str
    direction: str
    result: str
    detail: str = ""


class SkippingClock:
    """Real time, and leaps of it: nobody waits for limits of so many messages in a minute."""

    def __init__(self) -> None:
        """Begin in the present."""
        self._skipped = timedelta()

    def __call__(self) -> datetime:
        """Return the moment."""
        return now() + self._skipped

    def skip(self, time: timedelta) -> None:
        """Let time pass."""
        self._skipped += time


class Matrix:
    """Plays cells."""

    def __init__(self, scene: Scene, clock: SkippingClock) -> None:
        """Play in a scene whose service goes by the clock."""
        self._scene = scene
        self._clock = clock
        self._numbers = count(1)
        self._calm = asyncio.Lock()
        self._few = asyncio.Semaphore(_AT_ONCE)
        scene.server.tells_private_reactions = True

    async def play(self, kinds: Sequence[Kind] = KINDS) -> list[Cell]:
        """Play all cells, each kind in a case of its own, side by side."""
        passing = asyncio.create_task(self._let_time_pass())
        try:
            cells = await asyncio.gather(*(self._play_kind(kind) for kind in kinds))
        finally:
            passing.cancel()
        return [cell for row in cells for cell in row]

    async def _let_time_pass(self) -> None:
        """Make room for messages again and again; never while an album comes in."""
        while True:
            async with self._calm:
                self._clock.skip(_MINUTE)
            await asyncio.sleep(_PAUSE)

    async def _play_kind(self, kind: Kind) -> list[Cell]:
        async with self._few:
            case = await open_case(self._scene, kind.name)
            return await self._play_case(kind, case)

    async def _play_case(self, kind: Kind, case: Case) -> list[Cell]:
        cells = []
        for direction in (TO_STAFF, TO_CUSTOMER):
            here, there = case.sides if direction == TO_STAFF else case.sides[::-1]
            play = _Play(self._scene, case, kind, here, there)
            acts: dict[str, Callable[[int], Awaitable[str]]] = {
                "new": play.new,
                "edit": play.edit,
                "reply": play.reply,
                "quote": play.quote,
                "album": partial(self._play_album, play),
                "reaction": play.react,
            }
            for act in ACTS:
                try:
                    result, detail = await acts[act](next(self._numbers)), ""
                except TimeoutError as error:
                    result, detail = SILENT, str(error)
                cells.append(Cell(kind.name, act, direction, result, detail))
        return cells

    async def _play_album(self, play: "_Play", number: int) -> str:
        return await play.album(number, self._gathering)

    @asynccontextmanager
    async def _gathering(self, parts: int) -> AsyncGenerator[None, None]:
        """Let an album be sent, wait for all its parts, and let it be quiet for a while."""

        def gathered() -> bool:
            with self._scene.database() as unit:
                return len(unit.relay.gathered()) >= parts

        async with self._calm:
            yield
            await self._scene.people.wait_for(gathered, seconds=30)
            self._clock.skip(_QUIET)


@dataclass(frozen=True)
class _Play:
    """One kind in one direction."""

    scene: Scene
    case: Case
    kind: Kind
    here: Side
    there: Side

    async def new(self, number: int) -> str:
        """A message like others."""
        wait = self._wait()
        sent = self._send(number)
        return await self._seen(wait, sent)

    async def edit(self, number: int) -> str:
        """A message that is changed once the other side has it."""
        change = self.kind.change
        if change is None:
            return IMPOSSIBLE
        wait = self._wait()
        sent = self._send(number)
        copy = await wait.for_copy(self.kind.seen_as, self.here.find(sent))
        change(self.scene.people, self.here.user, sent, number + 5000, self.here.chat)
        if self.kind.name == "live location":
            # That it does not move was said when it came.
            await wait.for_notice(self.case.staff, texts.PLACE_STANDS_STILL)
            return REFUSED
        await wait.until(lambda: _alike(self.there.find(copy.message_id), self.here.find(sent)))
        wait.expect_one(self.kind.seen_as, self.here.find(sent))
        return RELAYED

    async def reply(self, number: int) -> str:
        """A reply to what the other side said."""
        said, copy = await self._said(number)
        wait = self._wait()
        sent = self._send(number, reply_to=copy.message_id)
        return await self._seen(wait, sent, reply_to=said)

    async def quote(self, number: int) -> str:
        """A reply that quotes a part of what the other side said."""
        said, copy = await self._said(number)
        wait = self._wait()
        quote = f"question 😀 {number}"
        sent = self._send(number, reply_to=copy.message_id, quote=quote)
        return await self._seen(wait, sent, reply_to=said, quote=quote)

    async def album(
        self, number: int, gathering: Callable[[int], AbstractAsyncContextManager[None]]
    ) -> str:
        """Two of a kind, sent together."""
        album = self.kind.album
        if album is None:
            return IMPOSSIBLE
        wait = self._wait()
        pair = [
            Attachment(album, f"part {n} of {number}", f"{number}/{n}".encode()) for n in (1, 2)
        ]
        async with gathering(len(pair)):
            sent = self.scene.people.send_album(self.here.user, pair, **self.here.place())
        copies = [await wait.for_copy(album, self.here.find(each)) for each in sent]
        together = copies[0].album is not None and copies[0].album == copies[1].album
        return RELAYED if together else SILENT

    async def react(self, number: int) -> str:
        """A reaction to what the other side sent."""
        back = _Play(self.scene, self.case, self.kind, self.there, self.here)
        wait = back._wait()
        sent = back._send(number)
        if not self.kind.seen_as:
            copy = await back._refused(wait)
            if self.here is self.case.customer:
                return IMPOSSIBLE
        else:
            copy = await wait.for_copy(self.kind.seen_as, back.here.find(sent))
        self.scene.people.react(self.here.user, copy.message_id, _HEART, chat_id=self.here.chat)
        await wait.until(lambda: _HEART in self.there.find(sent).reactions)
        return RELAYED

    async def _said(self, number: int) -> tuple[int, MessageView]:
        """Let the other side say something, and return it and its copy here."""
        wait = Wait(self.scene, self.there, self.here)
        text = f"A question 😀 {number}, please"
        said = self.scene.people.send_text(self.there.user, text, **self.there.place())
        copy = await wait.for_copy("text", self.there.find(said))
        # Nobody replies within the milliseconds in which the copy is written down.
        await wait.until(lambda: self._is_known(copy))
        return said, copy

    def _is_known(self, copy: MessageView) -> bool:
        place = (str(self.here.chat or self.here.user), str(copy.message_id))
        with self.scene.database() as unit:
            return unit.links.find(place) is not None

    def _wait(self) -> Wait:
        return Wait(self.scene, self.here, self.there)

    def _send(self, number: int, *, reply_to: int | None = None, quote: str | None = None) -> int:
        place = self.here.place()
        place |= {"reply_to": reply_to, "quote": quote}
        return self.kind.send(self.scene.people, self.here.user, number, place)

    async def _seen(
        self, wait: Wait, sent: int, *, reply_to: int | None = None, quote: str | None = None
    ) -> str:
        if not self.kind.seen_as:
            await self._refused(wait)
            return REFUSED
        copy = await wait.for_copy(self.kind.seen_as, self.here.find(sent))
        if reply_to is not None and (copy.reply_to, copy.quote) != (reply_to, quote):
            text = f"it replies to {copy.reply_to}, {copy.quote!r} instead of {reply_to}, {quote!r}"
            raise TimeoutError(text)
        wait.expect_one(self.kind.seen_as, self.here.find(sent))
        return RELAYED

    async def _refused(self, wait: Wait) -> MessageView:
        """Wait for what staff read, and a customer whose message did not pass."""
        if self.here is not self.case.customer:
            return await wait.for_notice(self.case.staff, texts.NOT_COPIED_TO_CUSTOMER)
        await wait.for_notice(self.case.customer, texts.NOT_PASSED_ON)
        return await wait.for_notice(self.case.staff, texts.NOT_COPIED)


def _alike(copy: MessageView, original: MessageView) -> bool:
    return (copy.html, copy.file_name) == (original.html, original.file_name) and copy.is_edited


async def play_matrix(scene: Scene, kinds: Sequence[Kind] = KINDS) -> list[Cell]:
    """Play the matrix against a service of its own."""
    clock = SkippingClock()
    async with scene.service(Advisor(), clock=clock):
        return await Matrix(scene, clock).play(kinds)
