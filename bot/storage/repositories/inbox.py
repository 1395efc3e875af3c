"""Updates, durable before they are acknowledged."""

from datetime import datetime

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from bot.desk.ports import InboxRow
from bot.storage import models
from bot.storage.repositories.matching import begins_with

_WAITING, _DONE, _PARKED = "waiting", "done", "parked"
# Written out: SQLite uses the partial index only where it sees the words that define it.
_IS_WAITING = text("inbox.state = 'waiting'")


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
        head = (
            select(models.Inbox)
            .where(_IS_WAITING, models.Inbox.queue == queue)
            .order_by(models.Inbox.number, models.Inbox.id)
            .limit(1)
        )
        row = self._session.scalars(head.execution_options(populate_existing=True)).one()
        return _as_row(row)

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
    )
