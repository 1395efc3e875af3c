"""Timers, the queues of tickets, and the time zones of customers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from bot.desk.timers import Timer, TimerKind, TimerState
from bot.storage import models
from bot.storage.transaction import Transaction
from knowledge.errors import DeskError

# Written out: SQLite uses the partial index only where it sees the words that define it.
_RUNNING = text("timers.state = 'running'")
_NEWS = text("tickets.news")


class SqlSchedule:
    """``Schedule`` in SQL."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    @property
    def _session(self) -> Session:
        return self._transaction.session

    def set_queue(self, ticket: int, queue: str) -> None:
        """Put a ticket into a queue."""
        self._session.execute(
            update(models.Ticket).where(models.Ticket.id == ticket).values(queue=queue)
        )

    def set_zone(self, customer: int, zone: str) -> None:
        """Remember where a customer is."""
        self._session.execute(
            update(models.Customer).where(models.Customer.id == customer).values(zone=zone)
        )

    def keep(self, timer: Timer) -> Timer:
        """Store a timer in place of the one with its ticket, kind and reference."""
        values = {
            "started": timer.started,
            "due": timer.due,
            "wakes": timer.wakes,
            "state": timer.state.value,
            "stage": timer.stage,
            "text": timer.text,
        }
        place = {"ticket": timer.ticket, "kind": timer.kind.value, "reference": timer.reference}
        new = insert(models.Timer).values(**place, **values)
        kept = new.on_conflict_do_update(index_elements=list(place), set_=values)
        number = self._session.scalars(kept.returning(models.Timer.id)).one()
        return self.get(number)

    def get(self, timer: int) -> Timer:
        """Read one; raises ``DeskError`` when there is none."""
        found = self._read(select(models.Timer).where(models.Timer.id == timer))
        if not found:
            raise DeskError(problem=f"there is no timer {timer}.")
        return found[0]

    def of_ticket(self, ticket: int) -> Sequence[Timer]:
        """All timers of a ticket, in the order in which they were first kept."""
        wanted = select(models.Timer).where(models.Timer.ticket == ticket)
        return self._read(wanted.order_by(models.Timer.id))

    def due(self, now: datetime, *, limit: int) -> Sequence[Timer]:
        """Running timers that have a step to take, those that wait longest first."""
        wanted = select(models.Timer).where(_RUNNING, models.Timer.wakes <= now)
        return self._read(wanted.order_by(models.Timer.wakes, models.Timer.id).limit(limit))

    def next_at(self) -> datetime | None:
        """When the next step of any running timer is due."""
        return self._session.scalars(select(func.min(models.Timer.wakes)).where(_RUNNING)).one()

    def unseen(self, *, limit: int) -> Sequence[int]:
        """Tickets whose timelines have grown since they were seen; oldest news first."""
        wanted = select(models.Ticket.id).where(_NEWS).order_by(models.Ticket.id)
        return list(self._session.scalars(wanted.limit(limit)))

    def see(self, ticket: int) -> None:
        """All that stands in a ticket's timeline now has been taken into account."""
        self._session.execute(
            update(models.Ticket).where(models.Ticket.id == ticket).values(news=False)
        )

    def _read(self, statement: Select[models.Timer]) -> list[Timer]:
        rows = self._session.scalars(statement.execution_options(populate_existing=True))
        return [_as_timer(row) for row in rows]


def _as_timer(row: models.Timer) -> Timer:
    return Timer(
        id=row.id,
        ticket=row.ticket,
        kind=TimerKind(row.kind),
        reference=row.reference,
        started=row.started,
        due=row.due,
        wakes=row.wakes,
        state=TimerState(row.state),
        stage=row.stage,
        text=row.text,
    )
