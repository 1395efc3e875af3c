"""Cases that were solved: of each, some lines of its timeline are read and not the whole."""

from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from bot.desk.briefing import SolvedCase
from bot.desk.ticket import EntryKind
from bot.storage import models
from bot.storage.repositories.matching import among
from bot.storage.statements import Statement, table_of
from knowledge.passage import Audience

_T, _ENTRIES, _CONVERSATIONS, _CUSTOMERS = map(
    table_of, (models.Ticket, models.Entry, models.Conversation, models.Customer)
)


def _said(kind: EntryKind) -> Select[Any]:
    here = (_ENTRIES.c.ticket == _T.c.id, _ENTRIES.c.kind == kind.value)
    return select(_ENTRIES.c.text).where(*here).correlate(_T)


# The rule of ``Ticket.asked``.
_OPENINGS = _ENTRIES.alias("openings")
_OPENED_AT = (
    select(func.min(_OPENINGS.c.at))
    .where(_OPENINGS.c.ticket == _ENTRIES.c.ticket, _OPENINGS.c.kind == EntryKind.OPENED.value)
    .correlate(_ENTRIES)
    .scalar_subquery()
)
_ASKED = (
    _said(EntryKind.QUESTION)
    .where(_ENTRIES.c.at >= func.coalesce(_OPENED_AT, _ENTRIES.c.at))
    .order_by(_ENTRIES.c.id)
    .limit(1)
)
_TELLING = (EntryKind.REPLY, EntryKind.EDITED, EntryKind.WITHDRAWN)

SOLVED: Statement[Any] = Statement(
    select(
        _T.c.id,
        _CUSTOMERS.c.audience,
        _ASKED.scalar_subquery().label("asked"),
    )
    .join_from(_T, _CONVERSATIONS, _CONVERSATIONS.c.id == _T.c.conversation)
    .join(_CUSTOMERS, _CUSTOMERS.c.id == _CONVERSATIONS.c.customer)
    .where(~_T.c.is_open, _said(EntryKind.REPLY).exists())
    .order_by(_T.c.id.desc())
    .limit(bindparam("most"))
)
"""The newest ended tickets that a person replied to; ``most`` says how many."""

REPLIES: Statement[models.Entry] = Statement(
    select(_ENTRIES)
    .where(
        among(_ENTRIES.c.ticket, "wanted"),
        or_(*(_ENTRIES.c.kind == kind.value for kind in _TELLING)),
    )
    .order_by(_ENTRIES.c.id)
)
"""What tells which reply stands in the ``wanted`` tickets, and how it reads now."""


def as_solved(row: Any, answered: str) -> SolvedCase:  # noqa: ANN401 - columns of several tables
    """The row as the desk knows it, with the reply that stands."""
    return SolvedCase(
        ticket=row.id,
        audience=Audience(row.audience),
        question=row.asked,
        reply=answered,
    )
