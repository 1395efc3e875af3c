"""How much of each limit is used up, shared by all processes on the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from bot.storage import models
from bot.storage.repositories.matching import removed


class SqlMeters:
    """``Meters`` in SQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def read(self, names: Sequence[str]) -> Mapping[str, str]:
        """What is written of these limits."""
        wanted = select(models.Meter.name, models.Meter.state).where(models.Meter.name.in_(names))
        return {row.name: row.state for row in self._session.execute(wanted)}

    def write(self, states: Mapping[str, str], *, until: datetime) -> None:
        """Write some of them."""
        new = insert(models.Meter)
        self._session.execute(
            new.on_conflict_do_update(
                index_elements=["name"],
                set_={"state": new.excluded.state, "until": new.excluded.until},
            ),
            [{"name": name, "state": state, "until": until} for name, state in states.items()],
        )

    def forget(self, before: datetime) -> int:
        """Remove what need not be known any more."""
        return removed(self._session, delete(models.Meter).where(models.Meter.until < before))
