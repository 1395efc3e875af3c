"""The members of staff in memory."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.desk.roster import Member
from tests.fakes.memory_state import State

_NEVER = datetime.min.replace(tzinfo=UTC)


class MemoryRoster:
    def __init__(self, state: State) -> None:
        self._state = state

    def find(self, door: str, identity: str) -> Member | None:
        return self._state.roster.get((door, identity))

    def keep(self, member: Member) -> None:
        self._state.roster[member.door, member.identity] = member

    def members(self, door: str) -> Sequence[Member]:
        found = [one for one in self._state.roster.values() if one.door == door and one.present]
        found.sort(key=lambda one: one.identity)
        return sorted(found, key=lambda one: one.seen or _NEVER, reverse=True)

    def everybody(self, door: str) -> Sequence[Member]:
        found = [one for one in self._state.roster.values() if one.door == door]
        return sorted(found, key=lambda one: one.identity)
