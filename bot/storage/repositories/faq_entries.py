"""FAQ entries on their way, and the conversations that ask for them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, text, update
from sqlalchemy.orm import Session

from bot.desk.conversation import WITHDRAWN, Role, Turn
from bot.desk.faq_entry import (
    FaqContent,
    FaqEntry,
    FaqFinding,
    FaqState,
    FaqVersion,
    FindingKind,
)
from bot.desk.gap_errors import FaqEntryUnknown
from bot.desk.ticket import Staff
from bot.desk.unanswered import Said
from bot.storage import models
from bot.storage.transaction import Transaction
from knowledge.passage import Audience

_EDITED = "/edit"
# Written out: SQLite uses the partial index only where it sees the words that define it.
_LACKING = text(
    "(substr(turns.detail, 1, 11) = 'handed_off/' OR substr(turns.detail, 1, 9) = 'declined/')"
)


class SqlFaqEntries:
    """``FaqEntries`` in SQL."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    @property
    def _session(self) -> Session:
        return self._transaction.session

    def add(self, entry: FaqEntry) -> FaqEntry:
        """Store a new one and return it with its id."""
        row = models.FaqEntry(**_as_values(entry))
        self._session.add(row)
        self._session.flush()
        return self.get(row.id)

    def get(self, entry: int) -> FaqEntry:
        """Read it; raises ``FaqEntryUnknown``."""
        found = self._read(select(models.FaqEntry).where(models.FaqEntry.id == entry))
        if not found:
            raise FaqEntryUnknown(entry=entry)
        return found[0]

    def change(self, entry: FaqEntry, *, expected: FaqState) -> bool:
        """Store it anew, if it still stands in this state; False when it has moved on."""
        changed = self._session.scalars(
            update(models.FaqEntry)
            .where(models.FaqEntry.id == entry.id, models.FaqEntry.state == expected.value)
            .values(**_as_values(entry))
            .returning(models.FaqEntry.id)
        )
        return changed.first() is not None

    def of_ticket(self, ticket: int) -> Sequence[FaqEntry]:
        """Those that were made from a ticket, oldest first."""
        return self._read(select(models.FaqEntry).where(models.FaqEntry.ticket == ticket))

    def in_state(self, *states: FaqState) -> Sequence[FaqEntry]:
        """Those that stand there, oldest first."""
        names = [one.value for one in states]
        return self._read(select(models.FaqEntry).where(models.FaqEntry.state.in_(names)))

    def unhelped(self, *, since: datetime) -> Sequence[Said]:
        """The turns since a moment of conversations in which somebody may not have been helped."""
        asked = select(models.Turn.conversation).where(_LACKING, models.Turn.at >= since)
        rated = select(models.Feedback.conversation).where(models.Feedback.helpful.is_(False))
        threads = asked.union(rated.where(models.Feedback.at >= since))
        judged = select(models.Feedback).where(models.Feedback.conversation.in_(threads))
        verdicts = {
            (row.conversation, row.reference): row
            for row in self._session.scalars(judged.execution_options(populate_existing=True))
        }
        rows = self._session.scalars(
            select(models.Turn)
            .where(models.Turn.conversation.in_(threads), models.Turn.at >= since)
            .order_by(models.Turn.conversation, models.Turn.id)
        )
        return [_as_said(row, verdicts) for row in rows]

    def _read(self, statement: Select[models.FaqEntry]) -> list[FaqEntry]:
        # The session must not answer from rows that it read before an UPDATE of ours.
        fresh = statement.order_by(models.FaqEntry.id).execution_options(populate_existing=True)
        return [_as_entry(row) for row in self._session.scalars(fresh)]


def _as_said(row: models.Turn, verdicts: Mapping[tuple[int, str], models.Feedback]) -> Said:
    # A verdict names the message; what was judged is its last version.
    asked = row.role == Role.CUSTOMER.value
    name = row.reference.partition(_EDITED)[0]
    verdict = verdicts.get((row.conversation, name)) if asked else None
    return Said(
        conversation=row.conversation,
        turn=Turn(role=Role(row.role), text=row.text, at=row.at),
        reference=row.reference,
        detail=row.detail,
        helpful=verdict.helpful if verdict else None,
        rated_at=verdict.at if verdict else None,
        withdrawn=row.settled == WITHDRAWN,
    )


def _as_values(entry: FaqEntry) -> dict[str, Any]:
    return {
        "ticket": entry.ticket,
        "state": entry.state.value,
        "content": entry.content.as_json(),
        "widest": entry.widest.value,
        "author": entry.author.identity,
        "author_name": entry.author.name,
        "made_at": entry.made_at,
        "approved_by": entry.approved_by,
        "findings": [[one.kind.value, one.about, one.other] for one in entry.findings],
        "told": entry.told,
        "history": [
            {"content": one.content.as_json(), "staff": one.staff, "at": one.at.isoformat()}
            for one in entry.history
        ],
    }


def _as_entry(row: models.FaqEntry) -> FaqEntry:
    return FaqEntry(
        id=row.id,
        ticket=row.ticket,
        state=FaqState(row.state),
        content=FaqContent.from_json(row.content),
        widest=Audience(row.widest),
        author=Staff(identity=row.author, name=row.author_name),
        made_at=row.made_at,
        approved_by=row.approved_by,
        findings=tuple(
            FaqFinding(kind=FindingKind(kind), about=about, other=other)
            for kind, about, other in row.findings
        ),
        told=row.told,
        history=tuple(
            FaqVersion(
                content=FaqContent.from_json(one["content"]),
                staff=one["staff"],
                at=datetime.fromisoformat(one["at"]),
            )
            for one in row.history
        ),
    )
