"""Messages, rows before they are sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, func, select, text, update
from sqlalchemy.orm import Session

from bot.desk.conversation import Conversation
from bot.desk.mail import Priority
from bot.desk.ports import Delivery, Draft, OutboxRow
from bot.storage import models
from bot.storage.repositories.matching import begins_with, removed
from knowledge.errors import DeskError

# Written out: SQLite uses the partial index only where it sees the words that define it.
_UNFINISHED = text("outbox.state IN ('pending', 'sending')")
_TROUBLED = text("outbox.state IN ('failed', 'unknown') AND NOT outbox.dismissed")
_SWEPT = text("(outbox.state IN ('sent', 'dropped') OR outbox.dismissed)")


class SqlOutbox:
    """``Outbox`` in SQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

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
        queues: ColumnElement[bool] = models.Outbox.queue.not_in(sorted(excluding))
        queues &= begins_with(models.Outbox.queue, within)
        if without:
            queues &= ~begins_with(models.Outbox.queue, without)
        first = func.min(models.Outbox.id).label("first")
        best = func.min(models.Outbox.priority).label("best")
        heads = (
            select(first, best).where(_UNFINISHED, queues).group_by(models.Outbox.queue).subquery()
        )
        ready = (
            select(models.Outbox)
            .join(heads, models.Outbox.id == heads.c.first)
            .where(
                models.Outbox.state == Delivery.PENDING.value,
                models.Outbox.not_before.is_(None) | (models.Outbox.not_before <= now),
            )
        )
        found = self._read(ready.order_by(heads.c.best, models.Outbox.id).limit(1))
        return found[0] if found else None

    def following(self, row: int, *, limit: int) -> Sequence[OutboxRow]:
        """The pending rows that come next in the queue of a row."""
        queue = select(models.Outbox.queue).where(models.Outbox.id == row).scalar_subquery()
        wanted = select(models.Outbox).where(
            _UNFINISHED,
            models.Outbox.state == Delivery.PENDING.value,
            models.Outbox.queue == queue,
            models.Outbox.id > row,
        )
        return self._read(wanted.order_by(models.Outbox.id).limit(limit))

    def fold(self, row: int, others: Sequence[int], draft: Draft) -> None:
        """Let a pending row carry what stands in others too."""
        for each in (row, *others):
            if self.get(each).state is not Delivery.PENDING:
                raise DeskError(problem=f"the outgoing message {each} is not pending.")
        self._update(row, method=draft.method, payload=dict(draft.payload))
        for each in others:
            self.settle(each, Delivery.DROPPED, result={"reason": "folded", "into": row})

    def get(self, row: int) -> OutboxRow:
        """Read one row; raises ``DeskError`` when there is none."""
        found = self._read(select(models.Outbox).where(models.Outbox.id == row))
        if not found:
            raise DeskError(problem=f"there is no outgoing message {row}.")
        return found[0]

    def interrupted(self, *, within: str = "") -> Sequence[OutboxRow]:
        """Rows that were being sent when the last process ended."""
        wanted = select(models.Outbox).where(
            _UNFINISHED,
            models.Outbox.state == Delivery.SENDING.value,
            begins_with(models.Outbox.queue, within),
        )
        return self._read(wanted.order_by(models.Outbox.id))

    def begin(self, row: int, *, mark: str) -> bool:
        """Pending → sending, unless somebody else began or the fence is down."""
        found = self.get(row)
        if found.state is not Delivery.PENDING:
            return False
        if self._stale(found):
            self._update(row, state=Delivery.DROPPED.value, result={"reason": "stale"})
            return False
        attempts = models.Outbox.attempts + 1
        self._update(row, state=Delivery.SENDING.value, attempts=attempts, mark=mark)
        return True

    def settle(self, row: int, state: Delivery, *, result: Mapping[str, object]) -> None:
        """Record the fate of a row."""
        if not self.get(row).state.may_become(state):
            raise DeskError(problem=f"the outgoing message {row} cannot become {state}.")
        self._update(row, state=state.value, result=dict(result), not_before=None)

    def postpone(self, row: int, until: datetime) -> None:
        """Back to pending, not before a moment."""
        if not self.get(row).state.unfinished:
            raise DeskError(problem=f"the outgoing message {row} is finished.")
        self._update(row, state=Delivery.PENDING.value, not_before=until)

    def waiting(self) -> int:
        """How many rows still wait to be sent."""
        return self._session.scalars(select(func.count(models.Outbox.id)).where(_UNFINISHED)).one()

    def troubled(self) -> Sequence[OutboxRow]:
        """Rows that failed or whose fate is unknown, and that nobody has dismissed."""
        return self._read(select(models.Outbox).where(_TROUBLED).order_by(models.Outbox.id))

    def retry(self, row: int) -> bool:
        """Send such a row again."""
        values = {"state": Delivery.PENDING.value, "not_before": None, "attempts": 0}
        return self._change_troubled(row, **values)

    def dismiss(self, row: int) -> bool:
        """Such a row was seen."""
        return self._change_troubled(row, dismissed=True)

    def sweep(self, *, now: datetime, before: datetime, limit: int) -> int:
        """Remove rows found finished before a moment."""
        old = select(models.Outbox.id).where(_SWEPT, models.Outbox.finished < before).limit(limit)
        gone = removed(self._session, delete(models.Outbox).where(models.Outbox.id.in_(old)))
        new = select(models.Outbox.id).where(_SWEPT, models.Outbox.finished.is_(None)).limit(limit)
        found = update(models.Outbox).where(models.Outbox.id.in_(new)).values(finished=now)
        return gone + removed(self._session, found)

    def _change_troubled(self, row: int, **values: object) -> bool:
        wanted = update(models.Outbox).where(models.Outbox.id == row, _TROUBLED)
        return bool(removed(self._session, wanted.values(**values)))

    def _put(self, draft: Draft, conversation: Conversation | None, ticket: int | None) -> int:
        if draft.fenced and conversation is None:
            raise DeskError(problem="a fenced message needs a conversation.")
        row = models.Outbox(
            queue=draft.queue,
            method=draft.method,
            payload=dict(draft.payload),
            conversation=conversation.id if conversation else None,
            ticket=ticket,
            epoch=conversation.epoch if conversation and draft.fenced else None,
            state=Delivery.PENDING.value,
            silent=draft.silent,
            priority=draft.rank.value,
        )
        self._session.add(row)
        self._session.flush()
        return row.id

    def _stale(self, row: OutboxRow) -> bool:
        if row.epoch is None:
            return False
        present = select(models.Conversation.epoch).where(
            models.Conversation.id == row.conversation
        )
        return self._session.scalar(present) != row.epoch

    def _update(self, row: int, **values: object) -> None:
        self._session.execute(update(models.Outbox).where(models.Outbox.id == row).values(**values))

    def _read(self, statement: Select[models.Outbox]) -> list[OutboxRow]:
        rows = self._session.scalars(statement.execution_options(populate_existing=True))
        return [_as_row(row) for row in rows]


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
