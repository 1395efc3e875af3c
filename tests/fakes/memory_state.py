"""What the in-memory storage holds: values in plain dictionaries, copied for each transaction."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Self

from bot.desk.conversation import Conversation, Customer, Turn
from bot.desk.faq_entry import FaqEntry
from bot.desk.ports import InboxRow, OutboxRow
from bot.desk.relay import AlbumPart, StaffRecord
from bot.desk.roster import Member
from bot.desk.ticket import Ticket
from bot.desk.timers import Timer
from bot.desk.translation_tasks import TranslationTask


@dataclass(frozen=True, kw_only=True)
class StoredTurn:
    conversation: int
    turn: Turn
    reference: str
    detail: str
    settled: str = ""


@dataclass(frozen=True, kw_only=True)
class StoredUpdate:
    row: InboxRow
    state: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Verdict:
    helpful: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class StoredMeter:
    state: str
    until: datetime


@dataclass(kw_only=True)
class State:
    """All values are frozen, so that copying the dictionaries copies the state."""

    customers: dict[int, Customer] = field(default_factory=dict)
    conversations: dict[int, Conversation] = field(default_factory=dict)
    turns: dict[int, StoredTurn] = field(default_factory=dict)
    tickets: dict[int, Ticket] = field(default_factory=dict)
    inbox: dict[int, StoredUpdate] = field(default_factory=dict)
    outbox: dict[int, OutboxRow] = field(default_factory=dict)
    links: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    timers: dict[int, Timer] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)
    feedback: dict[tuple[int, str], Verdict] = field(default_factory=dict)
    roster: dict[tuple[str, str], Member] = field(default_factory=dict)
    meters: dict[str, StoredMeter] = field(default_factory=dict)
    moves: dict[str, str] = field(default_factory=dict)
    finished: dict[int, datetime] = field(default_factory=dict)
    dismissed: dict[int, bool] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def number(self, table: str) -> int:
        """The next number of a table's rows; none is given twice."""
        self.last[table] = self.last.get(table, 0) + 1
        return self.last[table]

    faq: dict[int, FaqEntry] = field(default_factory=dict)
    translations: dict[int, TranslationTask] = field(default_factory=dict)
    digests: dict[tuple[str, str], str] = field(default_factory=dict)
    staff_messages: dict[tuple[str, str], StaffRecord] = field(default_factory=dict)
    album_parts: dict[tuple[str, int], tuple[AlbumPart, bool]] = field(default_factory=dict)

    def copy(self) -> Self:
        """Return what looks like a copy: a table is copied when it is first looked at."""
        view = object.__new__(type(self))
        view.__dict__["_base"] = self.__dict__
        return view

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            base = self.__dict__.get("_base", {})
            if name not in base:
                raise AttributeError(name)
            table = base[name].copy()
            self.__dict__[name] = table
            return table

    def close(self) -> Self:
        """Return the whole of what a copy has become; nobody may change either afterwards."""
        whole = object.__new__(type(self))
        whole.__dict__.update(self.__dict__.get("_base", {}))
        whole.__dict__.update(self.__dict__)
        whole.__dict__.pop("_base", None)
        return whole
