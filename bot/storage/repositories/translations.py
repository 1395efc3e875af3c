"""Messages that are to be translated, and what became of them."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from bot.desk.translation_tasks import Direction, TaskState, TranslationTask
from bot.storage.transaction import Transaction
from bot.storage.translation_models import Translation
from knowledge.errors import DeskError


class SqlTranslationTasks:
    """``TranslationTasks`` in SQL."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, task: TranslationTask) -> bool:
        """Store one; False where it is there already."""
        values = _values(task)
        new = insert(Translation).values(**values).on_conflict_do_nothing()
        return self._transaction.session.scalar(new.returning(Translation.id)) is not None

    def get(self, task: int) -> TranslationTask:
        """Read one."""
        return _task(self._find(task))

    def waiting(self, *, limit: int) -> Sequence[TranslationTask]:
        """What is to be done next."""
        wanted = select(Translation).where(Translation.state == TaskState.WAITING.value)
        ordered = wanted.order_by(Translation.direction, Translation.id)
        first = self._transaction.session.scalar(ordered.limit(1))
        if first is None or first.direction == Direction.TO_CUSTOMER.value:
            return [_task(first)] if first else []
        of_ticket = wanted.where(
            Translation.ticket == first.ticket, Translation.direction == first.direction
        )
        rows = self._transaction.session.scalars(of_ticket.order_by(Translation.id).limit(limit))
        return [_task(row) for row in rows]

    def latest(self, ticket: int, message: str) -> TranslationTask | None:
        """The last translation of a message of staff, in any of its versions."""
        row = self._transaction.session.scalar(
            select(Translation)
            .where(
                Translation.ticket == ticket,
                Translation.direction == Direction.TO_CUSTOMER.value,
                Translation.reference.startswith(f"{message}/", autoescape=True),
            )
            .order_by(Translation.id.desc())
            .limit(1)
        )
        return None if row is None else _task(row)

    def update(self, task: TranslationTask) -> None:
        """Write one that is there anew."""
        row = self._find(task.id)
        for name, value in _values(task).items():
            setattr(row, name, value)
        self._transaction.session.flush()

    def _find(self, task: int) -> Translation:
        row = self._transaction.session.get(Translation, task)
        if row is None:
            raise DeskError(problem=f"there is no translation {task}.")
        return row


def _values(task: TranslationTask) -> dict[str, object]:
    values = asdict(task)
    del values["id"]
    lists = {"rows": list(task.rows), "problems": list(task.problems)}
    return {**values, "direction": task.direction.value, "state": task.state.value, **lists}


def _task(row: Translation) -> TranslationTask:
    kept = {column.name: getattr(row, column.name) for column in Translation.__table__.columns}
    kept["direction"], kept["state"] = Direction(row.direction), TaskState(row.state)
    kept["rows"], kept["problems"] = tuple(row.rows), tuple(row.problems)
    return TranslationTask(**kept)
