"""Messages, rows before they are sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from bot.desk.conversation import Conversation
from bot.desk.mail import Priority
from bot.desk.ports import Delivery, Draft, OutboxRow
from bot.storage import models
from bot.storage.repositories.matching import among, begins_with, prefix
from bot.storage.statements import Statement, table_of
from bot.storage.transaction import Transaction
from knowledge.errors import DeskError

# Written out: SQLite uses the partial index only where it sees the words that define it.
_UNFINISHED = text("outbox.state IN ('pending', 'sending')")
_TROUBLED = text("outbox.state IN ('failed', 'unknown') AND NOT outbox.dismissed")
_SWEPT = text("(outbox.state IN ('sent', 'dropped') OR outbox.dismissed)")
# With the plus, it does not go through the whole table to save itself the sorting of a few rows.
_OLDEST_FIRST = text("+outbox.id")

_T, _CONVERSATIONS = table_of(models.Outbox), table_of(models.Conversation)
_Found = Statement[models.Outbox]
_PENDING = _T.c.state == Delivery.PENDING.value
_HERE = _T.c.id == bindparam("wanted")


def _heads() -> Select[models.Outbox]:
    """The first row of each queue, if it is pending and its time has come."""
    without = prefix("without")
    queues = [
        ~among(_T.c.queue, "excluding"),
        begins_with(_T.c.queue, prefix("within")),
        or_(without == "", ~begins_with(_T.c.queue, without)),
    ]
    first, best = func.min(_T.c.id).label("first"), func.min(_T.c.priority).label("best")
    heads = select(first, best).where(_UNFINISHED, *queues).group_by(_T.c.queue).subquery()
    in_time = or_(_T.c.not_before.is_(None), _T.c.not_before <= bindparam("now"))
    ready = select(_T).join_from(_T, heads, _T.c.id == heads.c.first).where(_PENDING, in_time)
    return ready.order_by(heads.c.best, _T.c.id).limit(1)


def _fence() -> ColumnElement[bool]:
    """Whether a row carries no epoch, or the present one of its conversation."""
    present = select(_CONVERSATIONS.c.epoch).where(_CONVERSATIONS.c.id == _T.c.conversation)
    return or_(_T.c.epoch.is_(None), _T.c.epoch == present.scalar_subquery())


def _change(*conditions: ColumnElement[bool]) -> Update:
    return update(_T).where(_HERE, *conditions)


_GET: _Found = Statement(select(_T).where(_HERE))
_STATE: _Found = Statement(select(_T.c.state).where(_HERE))
_DUE: _Found = Statement(_heads())
_QUEUE_OF = select(_T.c.queue).where(_HERE).scalar_subquery()
_FOLLOWING: _Found = Statement(
    select(_T)
    .where(_UNFINISHED, _PENDING, _T.c.queue == _QUEUE_OF, _T.c.id > bindparam("wanted"))
    .order_by(_T.c.id)
    .limit(bindparam("most"))
)
_INTERRUPTED: _Found = Statement(
    select(_T)
    .where(_UNFINISHED, _T.c.state == Delivery.SENDING.value)
    .where(begins_with(_T.c.queue, prefix("within")))
    .order_by(_OLDEST_FIRST)
)
_REWRITE: _Found = Statement(_change(), "method", "payload")
_BEGIN: _Found = Statement(
    _change(_PENDING, _fence()).values(attempts=_T.c.attempts + 1), "state", "mark"
)
_DROP: _Found = Statement(_change(), "state", "result")
_SETTLE: _Found = Statement(_change(), "state", "result", "not_before")
_POSTPONE: _Found = Statement(_change(), "state", "not_before")
_COUNT: Statement[tuple[int]] = Statement(select(func.count(_T.c.id)).where(_UNFINISHED))
_ALL_TROUBLED: _Found = Statement(select(_T).where(_TROUBLED).order_by(_T.c.id))
_RETRY: _Found = Statement(update(_T).where(_HERE, _TROUBLED), "state", "not_before", "attempts")
_DISMISS: _Found = Statement(update(_T).where(_HERE, _TROUBLED), "dismissed")
_OLD = select(_T.c.id).where(_SWEPT, _T.c.finished < bindparam("before")).limit(bindparam("most"))
_NEW = select(_T.c.id).where(_SWEPT, _T.c.finished.is_(None)).limit(bindparam("most"))
_REMOVE: _Found = Statement(delete(_T).where(_T.c.id.in_(_OLD)))
_FINISH: _Found = Statement(update(_T).where(_T.c.id.in_(_NEW)), "finished")
_PUT: _Found = Statement(
    insert(_T),
    *("queue", "method", "payload", "conversation", "ticket", "epoch", "state", "attempts"),
    *("mark", "result", "silent", "priority", "dismissed"),
)
_FRESH = {"state": Delivery.PENDING.value, "attempts": 0, "mark": "", "dismissed": False}


class SqlOutbox:
    """``Outbox`` in SQL."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put(
        self,
        drafts: Sequence[Draft],
        *,
        conversation: Conversation | None = None,
        ticket: int | None = None,
    ) -> list[int]:
        """Store drafts in order and return their ids."""
        return [self._put(draft, conversation, ticket) for draft in drafts]

    def due(
        self, *, now: datetime, excluding: frozenset[str], within: str = "", without: str = ""
    ) -> OutboxRow | None:
        """The oldest pending row that heads its queue and whose time has come."""
        queues = {"excluding": sorted(excluding), "within": within, "without": without}
        found = self._transaction.first(_DUE, now=now, **queues)
        return None if found is None else _as_row(found)

    def following(self, row: int, *, limit: int) -> Sequence[OutboxRow]:
        """The pending rows that come next in the queue of a row."""
        return self._read(_FOLLOWING, wanted=row, most=limit)

    def fold(self, row: int, others: Sequence[int], draft: Draft) -> None:
        """Let a pending row carry what stands in others too."""
        for each in (row, *others):
            if self._state(each) is not Delivery.PENDING:
                raise DeskError(problem=f"the outgoing message {each} is not pending.")
        self._change(_REWRITE, row, method=draft.method, payload=dict(draft.payload))
        for each in others:
            self.settle(each, Delivery.DROPPED, result={"reason": "folded", "into": row})

    def get(self, row: int) -> OutboxRow:
        """Read one row; raises ``DeskError`` when there is none."""
        found = self._read(_GET, wanted=row)
        if not found:
            raise _unknown(row)
        return found[0]

    def interrupted(self, *, within: str = "") -> Sequence[OutboxRow]:
        """Rows that were being sent when the last process ended."""
        return self._read(_INTERRUPTED, within=within)

    def begin(self, row: int, *, mark: str) -> bool:
        """Pending → sending, unless somebody else began or the fence is down."""
        if self._change(_BEGIN, row, state=Delivery.SENDING.value, mark=mark):
            return True
        if self._state(row) is Delivery.PENDING:
            self._change(_DROP, row, state=Delivery.DROPPED.value, result={"reason": "stale"})
        return False

    def settle(self, row: int, state: Delivery, *, result: Mapping[str, object]) -> None:
        """Record the fate of a row."""
        if not self._state(row).may_become(state):
            raise DeskError(problem=f"the outgoing message {row} cannot become {state}.")
        self._change(_SETTLE, row, state=state.value, result=dict(result), not_before=None)

    def postpone(self, row: int, until: datetime) -> None:
        """Back to pending, not before a moment."""
        if not self._state(row).unfinished:
            raise DeskError(problem=f"the outgoing message {row} is finished.")
        self._change(_POSTPONE, row, state=Delivery.PENDING.value, not_before=until)

    def waiting(self) -> int:
        """How many rows still wait to be sent."""
        return self._transaction.all(_COUNT)[0][0]

    def troubled(self) -> Sequence[OutboxRow]:
        """Rows that failed or whose fate is unknown, and that nobody has dismissed."""
        return self._read(_ALL_TROUBLED)

    def retry(self, row: int) -> bool:
        """Send such a row again."""
        again = {"state": Delivery.PENDING.value, "not_before": None, "attempts": 0}
        return bool(self._change(_RETRY, row, **again))

    def dismiss(self, row: int) -> bool:
        """Such a row was seen."""
        return bool(self._change(_DISMISS, row, dismissed=True))

    def sweep(self, *, now: datetime, before: datetime, limit: int) -> int:
        """Remove rows found finished before a moment."""
        gone = self._transaction.change(_REMOVE, before=before, most=limit)
        return gone + self._transaction.change(_FINISH, most=limit, finished=now)

    def _put(self, draft: Draft, conversation: Conversation | None, ticket: int | None) -> int:
        if draft.fenced and conversation is None:
            raise DeskError(problem="a fenced message needs a conversation.")
        return self._transaction.insert(
            _PUT,
            queue=draft.queue,
            method=draft.method,
            payload=dict(draft.payload),
            conversation=conversation.id if conversation else None,
            ticket=ticket,
            epoch=conversation.epoch if conversation and draft.fenced else None,
            result={},
            silent=draft.silent,
            priority=draft.rank.value,
            **_FRESH,
        )

    def _state(self, row: int) -> Delivery:
        found = self._transaction.first(_STATE, wanted=row)
        if found is None:
            raise _unknown(row)
        return Delivery(found.state)

    def _change(self, statement: _Found, row: int, **values: object) -> int:
        return self._transaction.change(statement, wanted=row, **values)

    def _read(self, statement: _Found, **values: object) -> list[OutboxRow]:
        return [_as_row(row) for row in self._transaction.all(statement, **values)]


def _unknown(row: int) -> DeskError:
    return DeskError(problem=f"there is no outgoing message {row}.")


def _as_row(row: models.Outbox) -> OutboxRow:
    return OutboxRow(
        id=row.id,
        queue=row.queue,
        method=row.method,
        payload=row.payload,
        conversation=row.conversation,
        ticket=row.ticket,
        epoch=row.epoch,
        state=Delivery(row.state),
        attempts=row.attempts,
        not_before=row.not_before,
        mark=row.mark,
        result=row.result,
        silent=row.silent,
        priority=Priority(row.priority),
    )
