"""FAQ entries in memory, and the conversations that ask for them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.conversation import WITHDRAWN, Role
from bot.desk.faq_entry import FaqEntry, FaqState
from bot.desk.gap_errors import FaqEntryUnknown
from bot.desk.unanswered import Said
from tests.fakes.memory_state import State, StoredTurn


class MemoryFaqEntries:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, entry: FaqEntry) -> FaqEntry:
        stored = replace(entry, id=len(self._state.faq) + 1)
        self._state.faq[stored.id] = stored
        return stored

    def get(self, entry: int) -> FaqEntry:
        if entry not in self._state.faq:
            raise FaqEntryUnknown(entry=entry)
        return self._state.faq[entry]

    def change(self, entry: FaqEntry, *, expected: FaqState) -> bool:
        if self.get(entry.id).state is not expected:
            return False
        self._state.faq[entry.id] = entry
        return True

    def of_ticket(self, ticket: int) -> Sequence[FaqEntry]:
        return [one for one in self._state.faq.values() if one.ticket == ticket]

    def in_state(self, *states: FaqState) -> Sequence[FaqEntry]:
        return [one for one in self._state.faq.values() if one.state in states]

    def unhelped(self, *, since: datetime) -> Sequence[Said]:
        rows = [row for row in self._state.turns.values() if row.turn.at and row.turn.at >= since]
        lacking = ("handed_off/", "declined/")
        threads = {row.conversation for row in rows if row.detail.startswith(lacking)} | {
            conversation
            for (conversation, _), verdict in self._state.feedback.items()
            if not verdict.helpful and verdict.at >= since
        }
        return [
            self._said(one)
            for number in sorted(threads)
            for one in rows
            if one.conversation == number
        ]

    def _said(self, row: StoredTurn) -> Said:
        name = row.reference.partition("/edit")[0]
        verdict = self._state.feedback.get((row.conversation, name))
        if row.turn.role is not Role.CUSTOMER:
            verdict = None
        return Said(
            conversation=row.conversation,
            turn=row.turn,
            reference=row.reference,
            detail=row.detail,
            helpful=verdict.helpful if verdict else None,
            rated_at=verdict.at if verdict else None,
            withdrawn=row.settled == WITHDRAWN,
        )
