"""Updates, durable before they are acknowledged."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from bot.desk.ports import InboxRow
from bot.storage import models
from bot.storage.repositories.matching import begins_with, removed

_WAITING, _DONE, _PARKED, _DISMISSED = "waiting", "done", "parked", "dismissed"
# Written out: SQLite uses the partial index only where it sees the words that define it.
_IS_WAITING = text("inbox.state = 'waiting'")
_IS_SWEPT = text("inbox.state IN ('done', 'dismissed')")


class SqlInbox:
    """``Inbox`` in SQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, *, source: str, number: int, queue: str, raw: str, at: datetime) -> bool:
        """Store an update; False when it is already there."""
        new = insert(models.Inbox).values(
            source=source, number=number, queue=queue, raw=raw, at=at, state=_WAITING
        )
        stored = new.on_conflict_do_nothing(index_elements=["source", "number"])
        return self._session.scalar(stored.returning(models.Inbox.id)) is not None

    def next(self, *, excluding: frozenset[str], within: str = "") -> InboxRow | None:
        """The lowest number of the queue that has waited longest."""
        queue = self._session.scalar(
            select(models.Inbox.queue)
            .where(
                _IS_WAITING,
                models.Inbox.queue.not_in(sorted(excluding)),
                begins_with(models.Inbox.queue, within),
            )
            .order_by(models.Inbox.id)
            .limit(1)
        )
        if queue is None:
            return None
        return self.waiting(queue, limit=1)[0]

    def waiting(self, queue: str, *, limit: int) -> Sequence[InboxRow]:
        """The first waiting rows of one queue."""
        wanted = (
            select(models.Inbox)
            .where(_IS_WAITING, models.Inbox.queue == queue)
            .order_by(models.Inbox.number, models.Inbox.id)
            .limit(limit)
        )
        rows = self._session.scalars(wanted.execution_options(populate_existing=True))
        return [_as_row(row) for row in rows]

    def has(self, *, source: str, number: int) -> bool:
        """Whether an update was stored."""
        known = select(models.Inbox.id).where(
            models.Inbox.source == source, models.Inbox.number == number
        )
        return self._session.scalar(known) is not None

    def done(self, row: int) -> None:
        """Mark it handled."""
        self._update(row, state=_DONE)

    def failed(self, row: int, error: str, *, park: bool) -> None:
        """Count a failed attempt; ``park`` takes it out of the way, visibly."""
        state = _PARKED if park else _WAITING
        self._update(row, attempts=models.Inbox.attempts + 1, error=error, state=state)

    def parked(self) -> int:
        """How many rows are parked."""
        parked = select(func.count()).where(models.Inbox.state == _PARKED)
        return self._session.scalars(parked).one()

    def put_aside(self) -> Sequence[InboxRow]:
        """The rows that are parked."""
        parked = select(models.Inbox).where(models.Inbox.state == _PARKED).order_by(models.Inbox.id)
        rows = self._session.scalars(parked.execution_options(populate_existing=True))
        return [_as_row(row) for row in rows]

    def retry(self, row: int) -> bool:
        """Let a parked row be handled again."""
        return self._leave_parked(row, state=_WAITING, attempts=0)

    def dismiss(self, row: int) -> bool:
        """A parked row was seen."""
        return self._leave_parked(row, state=_DISMISSED)

    def sweep(self, *, before: datetime, limit: int) -> int:
        """Remove old rows that are handled or dismissed."""
        old = select(models.Inbox.id).where(_IS_SWEPT, models.Inbox.at < before).limit(limit)
        return removed(self._session, delete(models.Inbox).where(models.Inbox.id.in_(old)))

    def _leave_parked(self, row: int, **values: object) -> bool:
        parked = (models.Inbox.id == row) & (models.Inbox.state == _PARKED)
        return bool(removed(self._session, update(models.Inbox).where(parked).values(**values)))

    def _update(self, row: int, **values: object) -> None:
        self._session.execute(update(models.Inbox).where(models.Inbox.id == row).values(**values))


def _as_row(row: models.Inbox) -> InboxRow:
    return InboxRow(
        id=row.id,
        source=row.source,
        number=row.number,
        queue=row.queue,
        raw=row.raw,
        attempts=row.attempts,
        error=row.error,
    )
