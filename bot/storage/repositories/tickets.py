"""Tickets and their timelines."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from bot.desk.briefing import Briefing, SolvedCase
from bot.desk.ticket import Entry, EntryAudience, EntryKind, Ticket
from bot.storage import models
from bot.storage.repositories.briefings import read_briefing, write_briefing
from knowledge.errors import DeskError, ThreadNotFound
from knowledge.passage import Audience

# What is said opens and closes nothing, and a timeline may be long: it is not read for that.
_TALK = frozenset({EntryKind.ANSWER, EntryKind.REPLY, EntryKind.NOTE})


class SqlTickets:
    """``Tickets`` in SQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, conversation: int, *, reason: str, urgent: bool, at: datetime) -> Ticket:
        """Open a new ticket with its first entry."""
        if self.current(conversation) is not None:
            raise DeskError(problem="this conversation already has an open ticket.")
        row = models.Ticket(conversation=conversation, reason=reason, urgent=urgent)
        self._session.add(row)
        self._session.flush()
        opened = Entry(
            kind=EntryKind.OPENED, author="", text=reason, audience=EntryAudience.THREAD, at=at
        )
        self.add(row.id, opened)
        return self.get(row.id)

    def get(self, ticket: int) -> Ticket:
        """Read it; raises ``ThreadNotFound``."""
        found = self._read(select(models.Ticket).where(models.Ticket.id == ticket))
        if not found:
            raise ThreadNotFound(ticket=ticket)
        return found[0]

    def current(self, conversation: int) -> Ticket | None:
        """The conversation's open ticket, if there is one."""
        wanted = select(models.Ticket).where(
            models.Ticket.conversation == conversation, models.Ticket.is_open
        )
        return next(iter(self._read(wanted)), None)

    def latest(self, conversation: int) -> Ticket | None:
        """The conversation's newest ticket, open or not."""
        wanted = select(models.Ticket).where(models.Ticket.conversation == conversation)
        return next(iter(self._read(wanted.order_by(models.Ticket.id.desc()).limit(1))), None)

    def reopen(self, ticket: int, entry: Entry, *, reason: str, urgent: bool) -> Ticket:
        """Open an ended ticket again; the timeline says by whom and why."""
        if self.current(self.get(ticket).conversation) is not None:
            raise DeskError(problem="this conversation already has an open ticket.")
        self._update(ticket, reason=reason, urgent=urgent)
        self.add(ticket, entry)
        return self.get(ticket)

    def brief(self, ticket: int, briefing: Briefing) -> None:
        """Keep what was found out for whoever takes it."""
        self._update(ticket, briefing=write_briefing(briefing))

    def asleep(self, until: datetime) -> Sequence[Ticket]:
        """Open tickets that are put off to a moment not after ``until``, the first due first."""
        wanted = select(models.Ticket).where(
            models.Ticket.is_open, models.Ticket.snoozed_until <= until
        )
        return self._read(wanted.order_by(models.Ticket.snoozed_until, models.Ticket.id))

    def solved(self, limit: int) -> Sequence[SolvedCase]:
        """Ended tickets that a person replied to, newest first."""
        replied = select(models.Entry.ticket).where(models.Entry.kind == EntryKind.REPLY.value)
        wanted = (
            select(models.Ticket)
            .where(~models.Ticket.is_open, models.Ticket.id.in_(replied))
            .order_by(models.Ticket.id.desc())
            .limit(limit)
        )
        found = self._read(wanted)
        audiences = self._audiences([one.conversation for one in found])
        return [
            SolvedCase(
                ticket=one.id,
                audience=audiences[one.conversation],
                question=one.asked,
                reply=one.answered,
            )
            for one in found
            if one.asked
        ]

    def _audiences(self, conversations: Sequence[int]) -> dict[int, Audience]:
        rows = self._session.execute(
            select(models.Conversation.id, models.Customer.audience)
            .join(models.Customer, models.Customer.id == models.Conversation.customer)
            .where(models.Conversation.id.in_(conversations))
        )
        return {number: Audience(audience) for number, audience in rows}

    def at_topic(self, topic: str) -> Ticket | None:
        """The newest ticket whose place this is; none stands at ""."""
        if not topic:
            return None
        wanted = select(models.Ticket).where(models.Ticket.topic == topic)
        return next(iter(self._read(wanted.order_by(models.Ticket.id.desc()).limit(1))), None)

    def of_customer(self, customer: int) -> Sequence[Ticket]:
        """All tickets of a customer, newest first."""
        return self._read(
            select(models.Ticket)
            .join(models.Conversation, models.Conversation.id == models.Ticket.conversation)
            .where(models.Conversation.customer == customer)
            .order_by(models.Ticket.id.desc())
        )

    def listed(self, *, open_only: bool) -> Sequence[Ticket]:
        """Tickets, urgent ones first, then the oldest."""
        wanted = select(models.Ticket).order_by(models.Ticket.urgent.desc(), models.Ticket.id)
        return self._read(wanted.where(models.Ticket.is_open) if open_only else wanted)

    def add(self, ticket: int, entry: Entry) -> None:
        """Append to the timeline; the ticket opens and closes with it."""
        row = models.Entry(
            ticket=ticket,
            kind=entry.kind.value,
            author=entry.author,
            name=entry.name,
            text=entry.text,
            audience=entry.audience.value,
            at=entry.at,
            target=entry.target,
        )
        self._session.add(row)
        self._session.flush()
        if entry.kind is EntryKind.QUESTION:
            # Whoever writes again is not kept waiting by what was put off.
            self._update(ticket, snoozed_until=None, news=True)
        elif entry.kind in _TALK:
            self._update(ticket, news=True)
        else:
            now = self.get(ticket)
            self._update(ticket, is_open=now.state.open, snoozed_until=now.snoozed_until, news=True)

    def set_urgent(self, ticket: int, *, reason: str) -> None:
        """Put it first, and say why."""
        self._update(ticket, urgent=True, reason=reason)

    def set_topic(self, ticket: int, topic: str) -> None:
        """Record where it stands among staff."""
        self._update(ticket, topic=topic)

    def _update(self, ticket: int, **values: object) -> None:
        self._session.execute(
            update(models.Ticket).where(models.Ticket.id == ticket).values(**values)
        )

    def _read(self, statement: Select[models.Ticket]) -> list[Ticket]:
        # The session must not answer from rows that it read before an UPDATE of ours.
        fresh = statement.execution_options(populate_existing=True)
        rows = self._session.scalars(fresh).all()
        entries: dict[int, list[Entry]] = defaultdict(list)
        wanted = select(models.Entry).where(models.Entry.ticket.in_([row.id for row in rows]))
        for entry in self._session.scalars(wanted.order_by(models.Entry.id)):
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
