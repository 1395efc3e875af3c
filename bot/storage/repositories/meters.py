"""How much of each limit is used up, shared by all processes on the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from bot.storage import models
from bot.storage.repositories.matching import among
from bot.storage.statements import Statement, table_of
from bot.storage.transaction import Transaction

_T = table_of(models.Meter)
_READ: Statement[models.Meter] = Statement(
    select(_T.c.name, _T.c.state).where(among(_T.c.name, "names"))
)
_NEW = insert(_T)
_WRITE: Statement[models.Meter] = Statement(
    _NEW.on_conflict_do_update(
        index_elements=["name"], set_={"state": _NEW.excluded.state, "until": _NEW.excluded.until}
    ),
    *("name", "state", "until"),
)
_FORGET: Statement[models.Meter] = Statement(delete(_T).where(_T.c.until < bindparam("before")))


class SqlMeters:
    """``Meters`` in SQL."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def read(self, names: Sequence[str]) -> Mapping[str, str]:
        """What is written of these limits."""
        return {row.name: row.state for row in self._transaction.all(_READ, names=list(names))}

    def write(self, states: Mapping[str, str], *, until: datetime) -> None:
        """Write some of them."""
        for name, state in states.items():
            self._transaction.change(_WRITE, name=name, state=state, until=until)

    def forget(self, before: datetime) -> int:
        """Remove what need not be known any more."""
        return self._transaction.change(_FORGET, before=before)
