"""Which message in one chat mirrors which message in another."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from bot.storage import models


class SqlLinks:
    """``Links`` in SQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, here: tuple[str, str], there: tuple[str, str]) -> None:
        """Tie two messages both ways; each keeps its first mirror."""
        for (chat, message), (mirror_chat, mirror_message) in ((here, there), (there, here)):
            new = insert(models.Link).values(
                chat=chat, message=message, mirror_chat=mirror_chat, mirror_message=mirror_message
            )
            self._session.execute(new.on_conflict_do_nothing())

    def renew(self, here: tuple[str, str], there: tuple[str, str]) -> None:
        """Tie two messages both ways, whatever they were tied to before."""
        for (chat, message), (mirror_chat, mirror_message) in ((here, there), (there, here)):
            mirror = {"mirror_chat": mirror_chat, "mirror_message": mirror_message}
            new = insert(models.Link).values(chat=chat, message=message, **mirror)
            self._session.execute(
                new.on_conflict_do_update(index_elements=["chat", "message"], set_=mirror)
            )

    def find(self, here: tuple[str, str]) -> tuple[str, str] | None:
        """The mirror of a message, if there is one."""
        chat, message = here
        row = self._session.scalar(
            select(models.Link).where(models.Link.chat == chat, models.Link.message == message)
        )
        return None if row is None else (row.mirror_chat, row.mirror_message)

    def mirrors(self, here: tuple[str, str]) -> Sequence[tuple[str, str]]:
        """All messages whose mirror is this one."""
        chat, message = here
        rows = self._session.scalars(
            select(models.Link).where(
                models.Link.mirror_chat == chat, models.Link.mirror_message == message
            )
        )
        return [(row.chat, row.message) for row in rows]
