"""What customers thought of answers."""

from datetime import datetime

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from bot.storage import models


class SqlFeedback:
    """``Feedback`` in SQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rate(self, *, conversation: int, reference: str, helpful: bool, at: datetime) -> None:
        """Keep (or change) the verdict on one answer."""
        new = insert(models.Feedback).values(
            conversation=conversation, reference=reference, helpful=helpful, at=at
        )
        self._session.execute(
            new.on_conflict_do_update(
                index_elements=["conversation", "reference"],
                set_={"helpful": helpful, "at": at},
            )
        )
