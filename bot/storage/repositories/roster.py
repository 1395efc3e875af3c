"""The members of staff."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from bot.desk.roster import EVERYBODY, EVERYTHING, Member, Right
from bot.storage import models
from bot.storage.transaction import Transaction
from knowledge.passage import Audience


class SqlRoster:
    """``Roster`` in SQL."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def find(self, door: str, identity: str) -> Member | None:
        """One of them, if they were ever seen."""
        row = self._transaction.session.scalar(
            select(models.Member)
            .where(models.Member.door == door, models.Member.identity == identity)
            .execution_options(populate_existing=True)
        )
        return None if row is None else _as_member(row)

    def keep(self, member: Member) -> None:
        """Write down a member as they are now."""
        values = {
            "name": member.name,
            "present": member.present,
            "anonymous": member.anonymous,
            "checked": member.checked,
            "seen": member.seen,
            "rights": _written(member.rights, EVERYTHING),
            "audiences": _written(member.audiences, EVERYBODY),
        }
        new = insert(models.Member).values(door=member.door, identity=member.identity, **values)
        self._transaction.session.execute(
            new.on_conflict_do_update(index_elements=["door", "identity"], set_=values)
        )

    def members(self, door: str) -> Sequence[Member]:
        """All of a door who are present, those who were seen last first."""
        rows = self._transaction.session.scalars(
            select(models.Member)
            .where(models.Member.door == door, models.Member.present)
            .order_by(models.Member.seen.desc().nulls_last(), models.Member.identity)
            .execution_options(populate_existing=True)
        )
        return [_as_member(row) for row in rows]

    def everybody(self, door: str) -> Sequence[Member]:
        """All that were ever seen at a door, by their ids."""
        rows = self._transaction.session.scalars(
            select(models.Member)
            .where(models.Member.door == door)
            .order_by(models.Member.identity)
            .execution_options(populate_existing=True)
        )
        return [_as_member(row) for row in rows]


_NOTHING = "-"


def _written(words: Iterable[StrEnum], everything: frozenset[StrEnum]) -> str:
    """Words with commas. All is the empty text, so that what is added later is in it too."""
    chosen = sorted(words)
    return "" if set(chosen) == everything else ",".join(chosen) or _NOTHING


def _as_member(row: models.Member) -> Member:
    rights = {word for word in row.rights.split(",") if word in set(Right)}
    audiences = {word for word in row.audiences.split(",") if word in set(Audience)}
    return Member(
        door=row.door,
        identity=row.identity,
        name=row.name,
        present=row.present,
        anonymous=row.anonymous,
        checked=row.checked,
        seen=row.seen,
        rights=frozenset(map(Right, rights)) if row.rights else EVERYTHING,
        audiences=frozenset(map(Audience, audiences)) if row.audiences else EVERYBODY,
    )
