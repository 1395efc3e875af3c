"""What the gap loop keeps: what was said where somebody was not helped, and the FAQ entries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.desk.faq_entry import FaqEntry, FaqState
from bot.desk.unanswered import Said


class FaqEntries(Protocol):
    """FAQ entries on their way, and the conversations that ask for them."""

    def add(self, entry: FaqEntry) -> FaqEntry:
        """Store a new one and return it with its id."""

    def get(self, entry: int) -> FaqEntry:
        """Read it; raises ``FaqEntryUnknown``."""

    def change(self, entry: FaqEntry, *, expected: FaqState) -> bool:
        """Store it anew, if it still stands in this state; False when it has moved on."""

    def of_ticket(self, ticket: int) -> Sequence[FaqEntry]:
        """Those that were made from a ticket, oldest first."""

    def in_state(self, *states: FaqState) -> Sequence[FaqEntry]:
        """Those that stand there, oldest first."""

    def unhelped(self, *, since: datetime) -> Sequence[Said]:
        """The turns since a moment of conversations in which a question may not have been helped.

        They are in order within each conversation.
        """
