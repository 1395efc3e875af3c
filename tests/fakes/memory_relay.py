"""What is remembered for passing messages on, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.relay import AlbumPart, Place, StaffRecord, Standing
from knowledge.errors import DeskError
from tests.fakes.memory_state import State


class MemoryRelayRecords:
    def __init__(self, state: State) -> None:
        self._state = state

    def keep_digest(self, place: Place, digest: str) -> None:
        self._state.digests[place] = digest

    def digest_of(self, place: Place) -> str:
        return self._state.digests.get(place, "")

    def keep(self, record: StaffRecord) -> bool:
        place = (record.topic, record.message.reference)
        if place in self._state.staff_messages:
            return False
        self._state.staff_messages[place] = record
        return True

    def staff_message(self, topic: str, reference: str) -> StaffRecord | None:
        return self._state.staff_messages.get((topic, reference))

    def last_sent(self, topic: str, author: str) -> StaffRecord | None:
        records = reversed(self._state.staff_messages.values())
        mine = (r for r in records if (r.topic, r.message.author) == (topic, author))
        return next((r for r in mine if r.standing is Standing.SENT), None)

    def update(self, record: StaffRecord) -> None:
        place = (record.topic, record.message.reference)
        if place not in self._state.staff_messages:
            raise DeskError(problem=f"there is no message {place[1]} of staff.")
        self._state.staff_messages[place] = record

    def gather(self, part: AlbumPart) -> None:
        self._state.album_parts[part.chat, part.message] = (part, True)

    def gathered(self, queue: str = "") -> Sequence[AlbumPart]:
        waiting = (part for part, waits in self._state.album_parts.values() if waits)
        mine = (part for part in waiting if queue in {"", part.queue})
        return sorted(mine, key=lambda part: part.number)

    def is_gathered(self, chat: str, message: int) -> bool:
        return self._state.album_parts.get((chat, message), (None, False))[1]

    def hand_on(self, parts: Sequence[AlbumPart]) -> None:
        for part in parts:
            self._state.album_parts[part.chat, part.message] = (replace(part, raw=""), False)

    def first_of(self, chat: str, album: str) -> int:
        parts = self._state.album_parts.values()
        gone = [p.message for p, w in parts if not w and (p.chat, p.album) == (chat, album)]
        return min(gone, default=0)

    def forget(self, before: datetime) -> None:
        for place, (part, waits) in list(self._state.album_parts.items()):
            if not waits and part.at < before:
                del self._state.album_parts[place]
