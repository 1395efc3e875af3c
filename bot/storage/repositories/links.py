"""Which message in one chat mirrors which message in another."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert

from bot.storage import models
from bot.storage.statements import Statement, table_of
from bot.storage.transaction import Transaction

_T = table_of(models.Link)
_KEYS = ("chat", "message", "mirror_chat", "mirror_message")
_NEW = insert(_T)
_ADD: Statement[models.Link] = Statement(_NEW.on_conflict_do_nothing(), *_KEYS)
_RENEW: Statement[models.Link] = Statement(
    _NEW.on_conflict_do_update(
        index_elements=["chat", "message"],
        set_={
            "mirror_chat": _NEW.excluded.mirror_chat,
            "mirror_message": _NEW.excluded.mirror_message,
        },
    ),
    *_KEYS,
)
_FIND: Statement[models.Link] = Statement(
    select(_T.c.mirror_chat, _T.c.mirror_message).where(
        _T.c.chat == bindparam("chat"), _T.c.message == bindparam("message")
    )
)
_MIRRORS: Statement[models.Link] = Statement(
    select(_T.c.chat, _T.c.message).where(
        _T.c.mirror_chat == bindparam("chat"), _T.c.mirror_message == bindparam("message")
    )
)


class SqlLinks:
    """``Links`` in SQL."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, here: tuple[str, str], there: tuple[str, str]) -> None:
        """Tie two messages both ways; each keeps its first mirror."""
        self._tie(_ADD, here, there)

    def renew(self, here: tuple[str, str], there: tuple[str, str]) -> None:
        """Tie two messages both ways, whatever they were tied to before."""
        self._tie(_RENEW, here, there)

    def find(self, here: tuple[str, str]) -> tuple[str, str] | None:
        """The mirror of a message, if there is one."""
        chat, message = here
        row = self._transaction.first(_FIND, chat=chat, message=message)
        return None if row is None else (row.mirror_chat, row.mirror_message)

    def mirrors(self, here: tuple[str, str]) -> Sequence[tuple[str, str]]:
        """All messages whose mirror is this one."""
        chat, message = here
        rows = self._transaction.all(_MIRRORS, chat=chat, message=message)
        return [(row.chat, row.message) for row in rows]

    def _tie(
        self, statement: Statement[models.Link], here: tuple[str, str], there: tuple[str, str]
    ) -> None:
        for one, other in ((here, there), (there, here)):
            self._transaction.change(statement, **dict(zip(_KEYS, (*one, *other), strict=True)))
