"""Threads and their short memory."""

from typing import Any

from sqlalchemy import and_, bindparam, insert, or_, select, text, update

from bot.desk.conversation import WITHDRAWN, Address, Conversation, Customer, Owner, Role, Turn
from bot.storage import models
from bot.storage.repositories.matching import begins_with, prefix
from bot.storage.statements import Statement, table_of
from bot.storage.transaction import Transaction
from knowledge.errors import ThreadNotFound
from knowledge.passage import Audience

_C, _CUSTOMERS, _TURNS = map(table_of, (models.Conversation, models.Customer, models.Turn))
_HERE = _C.c.id == bindparam("wanted")
_JOINED = select(
    _C, *(column.label(f"customer_{column.key}") for column in _CUSTOMERS.c)
).join_from(_C, _CUSTOMERS, _CUSTOMERS.c.id == _C.c.customer)
_GET: Statement[Any] = Statement(_JOINED.where(_HERE))
_AT: Statement[Any] = Statement(_JOINED.where(_C.c.key == bindparam("wanted")))
_OPEN: Statement[models.Conversation] = Statement(
    insert(_C),
    *("customer", "key", "door", "chat", "topic", "owner", "epoch", "language"),
)
_SET_LANGUAGE: Statement[models.Conversation] = Statement(update(_C).where(_HERE), "language")
_SET_OWNER: Statement[models.Conversation] = Statement(
    update(_C).where(_HERE, _C.c.epoch == bindparam("expected")), "owner", "epoch"
)

_IN = _TURNS.c.conversation == bindparam("wanted")
# The index knows only turns that have a reference; that this is one, SQLite must be told.
_NAMED = and_(_TURNS.c.reference == bindparam("named"), text("turns.reference <> ''"))
_TURN: Statement[models.Turn] = Statement(select(_TURNS.c.id, _TURNS.c.settled).where(_IN, _NAMED))
_REMEMBER: Statement[models.Turn] = Statement(
    insert(_TURNS),
    *("conversation", "role", "text", "at", "reference", "detail", "settled"),
)
_SHOWN = select(_TURNS.c.role, _TURNS.c.text, _TURNS.c.at).where(_IN)
_RECENT: Statement[models.Turn] = Statement(
    _SHOWN.where(_TURNS.c.id < bindparam("end"), _TURNS.c.settled != WITHDRAWN)
    .order_by(_TURNS.c.id.desc())
    .limit(bindparam("most"))
)
_VERSIONS: Statement[models.Turn] = Statement(
    _SHOWN.where(or_(_NAMED, begins_with(_TURNS.c.reference, prefix("edits")))).order_by(
        _TURNS.c.id
    )
)
_SETTLE: Statement[models.Turn] = Statement(update(_TURNS).where(_IN, _NAMED), "settled")
_NO_END = 2**63 - 1


class SqlConversations:
    """``Conversations`` in SQL."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def open(self, customer: Customer, address: Address) -> Conversation:
        """Find or create the conversation at an address."""
        found = self.at(address)
        if found is not None:
            return found
        place = {"door": address.door, "chat": address.chat, "topic": address.topic}
        new = {"customer": customer.id, "key": address.key, "owner": Owner.BOT.value, **place}
        return self.get(self._transaction.insert(_OPEN, **new, epoch=0, language=""))

    def get(self, conversation: int) -> Conversation:
        """Read it; raises ``ThreadNotFound``."""
        found = self._transaction.first(_GET, wanted=conversation)
        if found is None:
            raise ThreadNotFound(ticket=conversation)
        return _as_conversation(found)

    def at(self, address: Address) -> Conversation | None:
        """The conversation at an address, if there is one."""
        found = self._transaction.first(_AT, wanted=address.key)
        return None if found is None else _as_conversation(found)

    def remember(
        self, conversation: int, turn: Turn, *, reference: str = "", detail: str = ""
    ) -> bool:
        """Append a turn; False when one with this reference is already there."""
        if reference and self._turn(conversation, reference) is not None:
            return False
        said = {"role": turn.role.value, "text": turn.text, "at": turn.at}
        new = {"conversation": conversation, "reference": reference, "detail": detail, **said}
        self._transaction.insert(_REMEMBER, **new, settled="")
        return True

    def recent(self, conversation: int, limit: int, *, before: str = "") -> tuple[Turn, ...]:
        """The last turns that stand, oldest first; those before a reference if one is given."""
        end = self._turn(conversation, before) if before else None
        last = _NO_END if end is None else end.id
        rows = self._transaction.all(_RECENT, wanted=conversation, end=last, most=limit)
        return tuple(_as_turn(row) for row in reversed(rows))

    def versions(self, conversation: int, reference: str) -> tuple[Turn, ...]:
        """A message and its edits, oldest first."""
        names = {"named": reference, "edits": f"{reference}/edit"}
        rows = self._transaction.all(_VERSIONS, wanted=conversation, **names)
        return tuple(_as_turn(row) for row in rows)

    def settle(self, conversation: int, reference: str, *, how: str) -> None:
        """Record that the customer's message with this reference was dealt with."""
        self._transaction.change(_SETTLE, wanted=conversation, named=reference, settled=how)

    def settled(self, conversation: int, reference: str) -> bool:
        """Whether it was dealt with."""
        row = self._turn(conversation, reference)
        return row is not None and bool(row.settled)

    def set_language(self, conversation: int, language: str) -> None:
        """Remember the language last spoken."""
        self._transaction.change(_SET_LANGUAGE, wanted=conversation, language=language)

    def set_owner(self, conversation: int, owner: Owner, *, expected_epoch: int) -> bool:
        """Compare-and-set: change the owner and raise the epoch; False when it has moved on."""
        now = {"owner": owner.value, "epoch": expected_epoch + 1}
        place = {"wanted": conversation, "expected": expected_epoch}
        return bool(self._transaction.change(_SET_OWNER, **place, **now))

    def _turn(self, conversation: int, reference: str) -> models.Turn | None:
        return self._transaction.first(_TURN, wanted=conversation, named=reference)


def _as_turn(row: models.Turn) -> Turn:
    return Turn(role=Role(row.role), text=row.text, at=row.at)


def _as_conversation(row: Any) -> Conversation:  # noqa: ANN401 - columns of two tables
    return Conversation(
        id=row.id,
        customer=Customer(
            id=row.customer_id,
            door=row.customer_door,
            identity=row.customer_identity,
            name=row.customer_name,
            audience=Audience(row.customer_audience),
            language=row.customer_language,
            client_language=row.customer_client_language,
            reachable=row.customer_reachable,
            zone=row.customer_zone,
        ),
        address=Address(door=row.door, chat=row.chat, topic=row.topic),
        owner=Owner(row.owner),
        epoch=row.epoch,
        language=row.language,
    )
