"""What customers thought of answers."""

from datetime import datetime

from sqlalchemy.dialects.sqlite import insert

from bot.storage import models
from bot.storage.transaction import Transaction


class SqlFeedback:
    """``Feedback`` in SQL."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def rate(self, *, conversation: int, reference: str, helpful: bool, at: datetime) -> None:
        """Keep (or change) the verdict on one answer."""
        new = insert(models.Feedback).values(
            conversation=conversation, reference=reference, helpful=helpful, at=at
        )
        self._transaction.session.execute(
            new.on_conflict_do_update(
                index_elements=["conversation", "reference"],
                set_={"helpful": helpful, "at": at},
            )
        )
