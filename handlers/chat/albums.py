"""Albums arrive in parts, each an update of its own; they are handed on as one.

A part is kept in the database, and its update is done. Once an album has been quiet for a moment
it goes back into the inbox as one update, at the place of its first part. What comes later still
is handed on as a reply to that. Single pictures belong to no album and never wait.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from telegram import Message, Update

from bot.desk.ports import UnitOfWork
from bot.desk.relay import AlbumPart
from handlers.chat.api import as_object
from handlers.chat.context import Door, Line
from handlers.chat.letters import DOOR
from handlers.chat.tasks import signalled
from handlers.chat.workers import CURRENT

QUIET: Final = timedelta(seconds=1.5)
"""So long after its last part an album is handed on,"""

LONGEST: Final = timedelta(seconds=6)
"""and so long after its first one in any case."""

_KEPT: Final = timedelta(days=1)
_LOOK_SOON: Final = 0.25
_LOOK_AGAIN: Final = 5.0
ALBUM: Final = "album"


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """Parts that belong together; ``began`` is the first message of the whole album, if known."""

    parts: tuple[AlbumPart, ...]
    messages: tuple[Message, ...]
    began: int

    def hand_on(self, unit: UnitOfWork) -> None:
        """Let its parts wait no more."""
        unit.relay.hand_on(self.parts)


class Albums:
    """Keeps parts until their album seems complete."""

    def __init__(self, door: Door, line: Line) -> None:
        """Work for one door."""
        self._door = door
        self._line = line

    async def gather(self, message: Message) -> None:
        """Keep the part that the present update has brought."""
        handling = CURRENT.get()
        part = AlbumPart(
            queue=handling.row.queue,
            chat=str(message.chat_id),
            album=message.media_group_id or "",
            message=message.message_id,
            number=handling.row.number,
            raw=handling.row.raw,
            at=self._door.clock(),
        )

        def keep(unit: UnitOfWork) -> None:
            unit.relay.gather(part)
            handling.finish(unit)

        await self._door.transact(keep)
        self._line.albums.set()

    async def is_waiting(self, message: Message) -> bool:
        """Whether a message is a part that still waits, so that its change needs no more."""
        place = (str(message.chat_id), message.message_id)
        return await self._door.transact(lambda unit: unit.relay.is_gathered(*place))

    async def before(self, message: Message) -> list[Album]:
        """Return the albums that this message must not overtake."""
        queue = CURRENT.get().row.queue
        return await self._door.transact(lambda unit: albums_before(unit, message, queue))

    async def began(self, message: Message) -> int:
        """Return the message with which the album of this one began; 0 for none."""
        chat, album = str(message.chat_id), message.media_group_id
        if not album:
            return 0
        return await self._door.transact(lambda unit: unit.relay.first_of(chat, album))

    async def run(self) -> None:
        """Hand on what is complete, for ever."""
        while True:
            self._line.albums.clear()
            handed, left = await self._door.transact(self.close)
            if handed:
                self._line.news.set()
            if left:
                await self._line.sleep(_LOOK_SOON)
            else:
                await signalled(self._line.albums, _LOOK_AGAIN)

    def close(self, unit: UnitOfWork) -> tuple[int, int]:
        """Put complete albums into the inbox; how many are, and how many are not."""
        now = self._door.clock()
        waiting = _albums(unit, "")
        # Parts that came long ago may not have been looked at yet.
        complete = [
            album
            for album in waiting
            if _is_complete(album.parts, now)
            and not unit.inbox.waiting(album.parts[0].queue, limit=1)
        ]
        for album in complete:
            first = album.parts[0]
            unit.inbox.put(
                source=f"{DOOR}:{self._line.bot_id}:albums",
                number=first.number,
                queue=first.queue,
                raw=json.dumps(_as_update(album.parts), ensure_ascii=True),
                at=now,
            )
            album.hand_on(unit)
        if complete:
            unit.relay.forget(now - _KEPT)
        return len(complete), len(waiting) - len(complete)


def parts_in(update: Update) -> tuple[Message, ...]:
    """Return the messages of an album that was handed on; none for other updates."""
    found = update.api_kwargs.get(ALBUM)
    return tuple(Message.de_json(one) for one in found) if isinstance(found, list) else ()


def albums_before(unit: UnitOfWork, message: Message, queue: str) -> list[Album]:
    """Return the albums of a queue that a message in it must not overtake."""
    album = message.media_group_id
    return [one for one in _albums(unit, queue) if one.parts[0].album != album]


def _albums(unit: UnitOfWork, queue: str) -> list[Album]:
    found: defaultdict[tuple[str, str], list[AlbumPart]] = defaultdict(list)
    for part in unit.relay.gathered(queue):
        found[part.queue, part.album].append(part)
    albums = []
    for parts in found.values():
        parts.sort(key=lambda part: part.message)
        albums.append(
            Album(
                parts=tuple(parts),
                messages=tuple(Message.de_json(dict(_message_in(part))) for part in parts),
                began=unit.relay.first_of(parts[0].chat, parts[0].album),
            )
        )
    return albums


def _is_complete(parts: Sequence[AlbumPart], now: datetime) -> bool:
    times = [part.at for part in parts]
    return max(times) + QUIET <= now or min(times) + LONGEST <= now


def _as_update(parts: Sequence[AlbumPart]) -> dict[str, object]:
    messages = [_message_in(part) for part in parts]
    return {"update_id": parts[0].number, "message": messages[0], ALBUM: messages}


def _message_in(part: AlbumPart) -> dict[str, object]:
    update = as_object(json.loads(part.raw))
    return dict(as_object(update.get("message") or update.get("edited_message")))
