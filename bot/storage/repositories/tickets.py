"""Tickets and their timelines."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, insert, select, update

from bot.desk.briefing import Briefing, SolvedCase
from bot.desk.ticket import Entry, EntryAudience, EntryKind, Ticket, find_answer
from bot.storage import models
from bot.storage.repositories.briefings import read_briefing, write_briefing
from bot.storage.repositories.matching import among
from bot.storage.repositories.solved_cases import REPLIES, SOLVED, as_solved
from bot.storage.statements import Statement, table_of
from bot.storage.transaction import Transaction
from knowledge.errors import DeskError, ThreadNotFound

# What is said opens and closes nothing, and a timeline may be long: it is not read for that.
_TALK = frozenset({EntryKind.ANSWER, EntryKind.REPLY, EntryKind.NOTE})

_T, _ENTRIES, _CONVERSATIONS = map(table_of, (models.Ticket, models.Entry, models.Conversation))
_Found = Statement[models.Ticket]
_NEWEST = _T.c.id.desc()


def _where(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(_T).where(*conditions)


_GET: _Found = Statement(_where(_T.c.id == bindparam("wanted")))
_OF = _T.c.conversation == bindparam("wanted")
_CURRENT: _Found = Statement(_where(_OF, _T.c.is_open))
_LATEST: _Found = Statement(_where(_OF).order_by(_NEWEST).limit(1))
_ASLEEP: _Found = Statement(
    _where(_T.c.is_open, _T.c.snoozed_until <= bindparam("until")).order_by(
        _T.c.snoozed_until, _T.c.id
    )
)
_AT_TOPIC: _Found = Statement(_where(_T.c.topic == bindparam("wanted")).order_by(_NEWEST).limit(1))
_OF_CUSTOMER: _Found = Statement(
    select(_T)
    .join_from(_T, _CONVERSATIONS, _CONVERSATIONS.c.id == _T.c.conversation)
    .where(_CONVERSATIONS.c.customer == bindparam("wanted"))
    .order_by(_NEWEST)
)
_ALL: _Found = Statement(select(_T).order_by(_T.c.urgent.desc(), _T.c.id))
_ALL_OPEN: _Found = Statement(_where(_T.c.is_open).order_by(_T.c.urgent.desc(), _T.c.id))
_OPEN: _Found = Statement(
    insert(_T),
    *("conversation", "reason", "urgent", "topic", "is_open", "briefing", "queue", "news"),
)
_TIMELINES: Statement[models.Entry] = Statement(
    select(_ENTRIES).where(among(_ENTRIES.c.ticket, "wanted")).order_by(_ENTRIES.c.id)
)
_ENTRY_KEYS = ("ticket", "kind", "author", "name", "text", "audience", "at", "target")
_ADD: Statement[models.Entry] = Statement(insert(_ENTRIES), *_ENTRY_KEYS)


def _change(*keys: str) -> _Found:
    return Statement(update(_T).where(_T.c.id == bindparam("wanted")), *keys)


_SPOKE, _WOKE = _change("news"), _change("news", "snoozed_until")
_MOVED = _change("news", "snoozed_until", "is_open")
_REASON, _BRIEF, _TOPIC = _change("reason", "urgent"), _change("briefing"), _change("topic")


class SqlTickets:
    """``Tickets`` in SQL."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def open(self, conversation: int, *, reason: str, urgent: bool, at: datetime) -> Ticket:
        """Open a new ticket with its first entry."""
        if self.current(conversation) is not None:
            raise DeskError(problem="this conversation already has an open ticket.")
        new = {"conversation": conversation, "reason": reason, "urgent": urgent, "topic": ""}
        rest = {"is_open": True, "briefing": {}, "queue": "", "news": True}
        number = self._transaction.insert(_OPEN, **new, **rest)
        opened = Entry(
            kind=EntryKind.OPENED, author="", text=reason, audience=EntryAudience.THREAD, at=at
        )
        self.add(number, opened)
        return self.get(number)

    def get(self, ticket: int) -> Ticket:
        """Read it; raises ``ThreadNotFound``."""
        found = self._first(_GET, ticket)
        if found is None:
            raise ThreadNotFound(ticket=ticket)
        return found

    def current(self, conversation: int) -> Ticket | None:
        """The conversation's open ticket, if there is one."""
        return self._first(_CURRENT, conversation)

    def latest(self, conversation: int) -> Ticket | None:
        """The conversation's newest ticket, open or not."""
        return self._first(_LATEST, conversation)

    def reopen(self, ticket: int, entry: Entry, *, reason: str, urgent: bool) -> Ticket:
        """Open an ended ticket again; the timeline says by whom and why."""
        if self.current(self.get(ticket).conversation) is not None:
            raise DeskError(problem="this conversation already has an open ticket.")
        self._transaction.change(_REASON, wanted=ticket, reason=reason, urgent=urgent)
        self.add(ticket, entry)
        return self.get(ticket)

    def brief(self, ticket: int, briefing: Briefing) -> None:
        """Keep what was found out for whoever takes it."""
        self._transaction.change(_BRIEF, wanted=ticket, briefing=write_briefing(briefing))

    def asleep(self, until: datetime) -> Sequence[Ticket]:
        """Open tickets that are put off to a moment not after ``until``, the first due first."""
        return self._read(self._transaction.all(_ASLEEP, until=until))

    def solved(self, limit: int) -> Sequence[SolvedCase]:
        """Ended tickets that a person replied to, newest first."""
        rows = [row for row in self._transaction.all(SOLVED, most=limit) if row.asked]
        said: dict[int, list[Entry]] = defaultdict(list)
        for one in self._transaction.all(REPLIES, wanted=[row.id for row in rows]):
            said[one.ticket].append(_as_entry(one))
        answers = {ticket: find_answer(entries) for ticket, entries in said.items()}
        return [as_solved(row, answers[row.id]) for row in rows if answers.get(row.id)]

    def at_topic(self, topic: str) -> Ticket | None:
        """The newest ticket whose place this is; none stands at ""."""
        return self._first(_AT_TOPIC, topic) if topic else None

    def of_customer(self, customer: int) -> Sequence[Ticket]:
        """All tickets of a customer, newest first."""
        return self._read(self._transaction.all(_OF_CUSTOMER, wanted=customer))

    def listed(self, *, open_only: bool) -> Sequence[Ticket]:
        """Tickets, urgent ones first, then the oldest."""
        return self._read(self._transaction.all(_ALL_OPEN if open_only else _ALL))

    def add(self, ticket: int, entry: Entry) -> None:
        """Append to the timeline; the ticket opens and closes with it."""
        who = {"author": entry.author, "name": entry.name, "audience": entry.audience.value}
        said = {"kind": entry.kind.value, "text": entry.text, "target": entry.target}
        self._transaction.change(_ADD, ticket=ticket, at=entry.at, **who, **said)
        if entry.kind is EntryKind.QUESTION:
            # Whoever writes again is not kept waiting by what was put off.
            self._transaction.change(_WOKE, wanted=ticket, snoozed_until=None, news=True)
        elif entry.kind in _TALK:
            self._transaction.change(_SPOKE, wanted=ticket, news=True)
        else:
            now = self.get(ticket)
            standing = {"is_open": now.state.open, "snoozed_until": now.snoozed_until}
            self._transaction.change(_MOVED, wanted=ticket, news=True, **standing)

    def set_urgent(self, ticket: int, *, reason: str) -> None:
        """Put it first, and say why."""
        self._transaction.change(_REASON, wanted=ticket, urgent=True, reason=reason)

    def set_topic(self, ticket: int, topic: str) -> None:
        """Record where it stands among staff."""
        self._transaction.change(_TOPIC, wanted=ticket, topic=topic)

    def _first(self, statement: _Found, wanted: int | str) -> Ticket | None:
        return next(iter(self._read(self._transaction.all(statement, wanted=wanted))), None)

    def _read(self, rows: Sequence[models.Ticket]) -> list[Ticket]:
        if not rows:
            return []
        entries: dict[int, list[Entry]] = defaultdict(list)
        for entry in self._transaction.all(_TIMELINES, wanted=[row.id for row in rows]):
            entries[entry.ticket].append(_as_entry(entry))
        return [_as_ticket(row, entries[row.id]) for row in rows]


def _as_entry(row: models.Entry) -> Entry:
    return Entry(
        kind=EntryKind(row.kind),
        author=row.author,
        name=row.name,
        text=row.text,
        audience=EntryAudience(row.audience),
        at=row.at,
        target=row.target,
    )


def _as_ticket(row: models.Ticket, entries: Sequence[Entry]) -> Ticket:
    return Ticket(
        id=row.id,
        conversation=row.conversation,
        reason=row.reason,
        urgent=row.urgent,
        topic=row.topic,
        entries=tuple(entries),
        briefing=read_briefing(row.briefing),
        assigned=row.queue,
    )
