"""How much of each limit is used up, shared by all processes on the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from bot.storage import models
from bot.storage.repositories.matching import removed

# Before every message these are carried out, so they are put together once. A table is used rather
# than its class: the session need not know of these rows.
_TABLE = models.Base.metadata.tables[models.Meter.__tablename__]
_NAMES: BindParameter[str] = bindparam("names", expanding=True)
_READ = select(_TABLE.c.name, _TABLE.c.state).where(_TABLE.c.name.in_(_NAMES))
_NEW = insert(_TABLE)
_WRITE = _NEW.on_conflict_do_update(
    index_elements=["name"], set_={"state": _NEW.excluded.state, "until": _NEW.excluded.until}
)


class SqlMeters:
    """``Meters`` in SQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def read(self, names: Sequence[str]) -> Mapping[str, str]:
        """What is written of these limits."""
        rows = self._session.connection().execute(_READ, {"names": list(names)})
        return {row.name: row.state for row in rows}

    def write(self, states: Mapping[str, str], *, until: datetime) -> None:
        """Write some of them."""
        rows = [{"name": name, "state": state, "until": until} for name, state in states.items()]
        self._session.connection().execute(_WRITE, rows)

    def forget(self, before: datetime) -> int:
        """Remove what need not be known any more."""
        return removed(self._session, delete(models.Meter).where(models.Meter.until < before))
