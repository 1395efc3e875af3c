"""Updates, durable before they are acknowledged."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, text, update
from sqlalchemy.dialects.sqlite import insert

from bot.desk.ports import InboxRow
from bot.storage import models
from bot.storage.repositories.matching import among, begins_with, prefix
from bot.storage.statements import Statement, table_of
from bot.storage.transaction import Transaction

_WAITING, _DONE, _PARKED, _DISMISSED = "waiting", "done", "parked", "dismissed"
# Written out: SQLite uses the partial index only where it sees the words that define it.
_IS_WAITING = text("inbox.state = 'waiting'")
_IS_PARKED = text("inbox.state = 'parked'")
_IS_SWEPT = text("inbox.state IN ('done', 'dismissed')")

# With the plus, it does not go through the whole table to save itself the sorting of a few rows.
_OLDEST_FIRST = text("+inbox.id")

_T = table_of(models.Inbox)
_HERE = _T.c.id == bindparam("row")
_PUT: Statement[models.Inbox] = Statement(
    insert(_T).on_conflict_do_nothing(index_elements=["source", "number"]),
    *("source", "number", "queue", "raw", "at", "state", "attempts", "error"),
)
_NEXT: Statement[models.Inbox] = Statement(
    select(_T.c.queue)
    .where(_IS_WAITING, ~among(_T.c.queue, "excluding"), begins_with(_T.c.queue, prefix("within")))
    .order_by(_OLDEST_FIRST)
    .limit(1)
)
_WAITING_IN: Statement[models.Inbox] = Statement(
    select(_T)
    .where(_IS_WAITING, _T.c.queue == bindparam("wanted"))
    .order_by(_T.c.number, _T.c.id)
    .limit(bindparam("most"))
)
_HAS: Statement[models.Inbox] = Statement(
    select(_T.c.id).where(_T.c.source == bindparam("of"), _T.c.number == bindparam("at"))
)
_MARK: Statement[models.Inbox] = Statement(update(_T).where(_HERE), "state")
_FAIL: Statement[models.Inbox] = Statement(
    update(_T).where(_HERE).values(attempts=_T.c.attempts + 1), "error", "state"
)
_COUNT_PARKED: Statement[tuple[int]] = Statement(
    select(func.count()).select_from(_T).where(_IS_PARKED)
)
_ALL_PARKED: Statement[models.Inbox] = Statement(select(_T).where(_IS_PARKED).order_by(_T.c.id))
_LEAVE_PARKED: Statement[models.Inbox] = Statement(
    update(_T).where(_HERE, _T.c.state == _PARKED), "state", "attempts"
)
_DISMISS: Statement[models.Inbox] = Statement(
    update(_T).where(_HERE, _T.c.state == _PARKED), "state"
)
_SWEEP: Statement[models.Inbox] = Statement(
    delete(_T).where(
        _T.c.id.in_(
            select(_T.c.id).where(_IS_SWEPT, _T.c.at < bindparam("before")).limit(bindparam("most"))
        )
    )
)


class SqlInbox:
    """``Inbox`` in SQL."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put(self, *, source: str, number: int, queue: str, raw: str, at: datetime) -> bool:
        """Store an update; False when it is already there."""
        new = {"source": source, "number": number, "queue": queue, "raw": raw, "at": at}
        return bool(self._transaction.change(_PUT, **new, state=_WAITING, attempts=0, error=""))

    def next(self, *, excluding: frozenset[str], within: str = "") -> InboxRow | None:
        """The lowest number of the queue that has waited longest."""
        found = self._transaction.first(_NEXT, excluding=sorted(excluding), within=within)
        return None if found is None else self.waiting(found.queue, limit=1)[0]

    def waiting(self, queue: str, *, limit: int) -> Sequence[InboxRow]:
        """The first waiting rows of one queue."""
        return [_as_row(r) for r in self._transaction.all(_WAITING_IN, wanted=queue, most=limit)]

    def has(self, *, source: str, number: int) -> bool:
        """Whether an update was stored."""
        return self._transaction.first(_HAS, of=source, at=number) is not None

    def done(self, row: int) -> None:
        """Mark it handled."""
        self._transaction.change(_MARK, row=row, state=_DONE)

    def failed(self, row: int, error: str, *, park: bool) -> None:
        """Count a failed attempt; ``park`` takes it out of the way, visibly."""
        self._transaction.change(_FAIL, row=row, error=error, state=_PARKED if park else _WAITING)

    def parked(self) -> int:
        """How many rows are parked."""
        return self._transaction.all(_COUNT_PARKED)[0][0]

    def put_aside(self) -> Sequence[InboxRow]:
        """The rows that are parked."""
        return [_as_row(row) for row in self._transaction.all(_ALL_PARKED)]

    def retry(self, row: int) -> bool:
        """Let a parked row be handled again."""
        return bool(self._transaction.change(_LEAVE_PARKED, row=row, state=_WAITING, attempts=0))

    def dismiss(self, row: int) -> bool:
        """A parked row was seen."""
        return bool(self._transaction.change(_DISMISS, row=row, state=_DISMISSED))

    def sweep(self, *, before: datetime, limit: int) -> int:
        """Remove old rows that are handled or dismissed."""
        return self._transaction.change(_SWEEP, before=before, most=limit)


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
