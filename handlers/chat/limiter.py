"""How often we may write: Telegram's unpublished limits, kept to with some room.

A private chat bears one message a second and short bursts, a group (with all its topics) about 20
in a minute, a bot about 30 in a second. Every limit here is so many calls in the last so many
seconds. What is used up stands in the database, so that all processes on it keep to one limit, and
one that dies holds nothing back. A 429 silences what it was about: one kind of call in one chat.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from bot.desk.ports import Meters, UnitOfWork
from handlers.chat.letters import OUTBOX
from handlers.chat.meter import Meter, Window

T = TypeVar("T")


class Family(StrEnum):
    """Kinds of calls that Telegram counts apart."""

    MESSAGES = "messages"
    """What a chat sees: sending, editing, and topics."""
    REACTIONS = "reactions"
    TYPING = "typing"
    """Signs that the bot is at work. They are dropped, never queued."""


_PRIVATE: Final = (Window(3, 3.0),)
_GROUP: Final = (Window(18, 60.0),)
_OVERALL: Final = (Window(25, 1.0),)
_TYPING: Final = (Window(20, 5.0), Window(40, 30.0))
_MANY_CHATS: Final = 1000

_FLOODS: Final = "floods"
_MANY_FLOODS: Final = 3
_FLOODS_TOGETHER: Final = 10.0
"""So many chats that are told to be silent within so many seconds: it is about the bot."""

_REACTIONS: Final = frozenset({"setMessageReaction"})


def family_of(method: str) -> Family:
    """Return which limit a call is counted in."""
    return Family.REACTIONS if method in _REACTIONS else Family.MESSAGES


class Transact(Protocol):
    """Does something in a transaction of its own, and commits it."""

    async def __call__(self, work: Callable[[UnitOfWork], T]) -> T:
        """Return what the work returns."""


class Room:
    """What a chat and the bot as a whole bear at this moment, as one transaction sees it."""

    def __init__(
        self, meters: Meters, names: Mapping[str, Sequence[Window]], *, now: float
    ) -> None:
        """Look at some limits; the first one is the chat's own where there is one."""
        self._meters = meters
        self._now = now
        self._windows = names
        kept = meters.read(list(names))
        self._found = {name: Meter.read(kept.get(name, ""), now) for name in names}

    @property
    def left(self) -> int:
        """How many calls there is room for now."""
        return min(meter.left(self._windows[n], self._now) for n, meter in self._found.items())

    def wait(self, *, spare: int = 0) -> float:
        """Return how long until there is room for a call, and for ``spare`` more."""
        longest = max(meter.wait(self._windows[n], self._now) for n, meter in self._found.items())
        if longest or not spare or self.left > spare:
            return longest
        window = next(iter(self._windows.values()))[0]
        return window.seconds / window.limit

    def take(self) -> None:
        """Count a call."""
        for name, meter in self._found.items():
            meter.take(self._windows[name], self._now)
        self._write()

    def silence(self, seconds: float) -> None:
        """Telegram wants silence."""
        for meter in self._found.values():
            meter.silence(seconds, self._now)
        self._write()

    def _write(self) -> None:
        lasting = (m.matters_for(self._windows[n], self._now) for n, m in self._found.items())
        states = {name: meter.text for name, meter in self._found.items()}
        self._meters.write(states, until=_moment(self._now + max(lasting)))


class Limiter:
    """Room for calls: by chat and kind, and over all of them. Time comes from outside."""

    def __init__(
        self,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        name: str = "",
    ) -> None:
        """Use a clock that processes share, and a way to wait; ``name`` tells bots apart."""
        self._clock = clock
        self._sleep = sleep
        self._prefix = f"{OUTBOX}{name}:"
        self._typing: dict[int, Meter] = {}

    @property
    def moment(self) -> datetime:
        """The present moment by the clock of the limits."""
        return _moment(self._clock())

    def room(self, meters: Meters, chat: int, family: Family = Family.MESSAGES) -> Room:
        """Return the room for calls in one chat."""
        return self._room(meters, self._of_chat(chat, family) | self._overall)

    async def take(self, transact: Transact, chat: int) -> None:
        """Wait until the chat may be written to, and count it."""
        await self._take(transact, lambda unit: self.room(unit.meters, chat))

    async def take_overall(self, transact: Transact) -> None:
        """Wait for a call that no chat sees, and count it."""
        await self._take(transact, lambda unit: self._room(unit.meters, self._overall))

    def pause(
        self, meters: Meters, chat: int, seconds: float, family: Family = Family.MESSAGES
    ) -> None:
        """Be silent in one chat; in all of them when many chats were told so at once."""
        self._room(meters, self._of_chat(chat, family)).silence(seconds)
        if self._many_floods(meters, chat):
            self._room(meters, self._overall).silence(seconds)

    def may_type(self, chat: int) -> bool:
        """Count a sign in a chat if there is room for it now. Only this process knows of it."""
        now, meter = self._clock(), self._typing_in(chat)
        if meter.wait(_TYPING, now) > 0:
            return False
        meter.take(_TYPING, now)
        return True

    def pause_typing(self, chat: int, seconds: float) -> None:
        """Show no signs in a chat for a while."""
        self._typing_in(chat).silence(seconds, self._clock())

    async def _take(self, transact: Transact, look: Callable[[UnitOfWork], Room]) -> None:
        def spend(unit: UnitOfWork) -> float:
            room = look(unit)
            wait = room.wait()
            if not wait:
                room.take()
            return wait

        while (wait := await transact(spend)) > 0:
            await self._sleep(wait)

    def _many_floods(self, meters: Meters, chat: int) -> bool:
        now, name = self._clock(), f"{self._prefix}{_FLOODS}"
        known: dict[str, float] = json.loads(meters.read([name]).get(name, "{}"))
        known[str(chat)] = now
        recent = {each: at for each, at in known.items() if 0 <= now - at < _FLOODS_TOGETHER}
        meters.write({name: json.dumps(recent)}, until=_moment(now + _FLOODS_TOGETHER))
        return len(recent) >= _MANY_FLOODS

    def _room(self, meters: Meters, names: Mapping[str, Sequence[Window]]) -> Room:
        return Room(meters, names, now=self._clock())

    def _of_chat(self, chat: int, family: Family) -> dict[str, Sequence[Window]]:
        return {f"{self._prefix}{chat}:{family}": _PRIVATE if chat > 0 else _GROUP}

    @property
    def _overall(self) -> dict[str, Sequence[Window]]:
        return {f"{self._prefix}overall": _OVERALL}

    def _typing_in(self, chat: int) -> Meter:
        if chat not in self._typing and len(self._typing) >= _MANY_CHATS:
            now = self._clock()
            busy = {
                c: m for c, m in self._typing.items() if m.left(_TYPING, now) < _TYPING[0].limit
            }
            self._typing = busy
        return self._typing.setdefault(chat, Meter())


def _moment(seconds: float) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
