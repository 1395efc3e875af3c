"""Threads and their short memory."""

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from bot.desk.conversation import Address, Conversation, Customer, Owner, Role, Turn
from bot.storage import models
from bot.storage.repositories.customers import as_customer
from bot.storage.repositories.matching import begins_with
from knowledge.errors import ThreadNotFound


class SqlConversations:
    """``Conversations`` in SQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, customer: Customer, address: Address) -> Conversation:
        """Find or create the conversation at an address."""
        found = self.at(address)
        if found is not None:
            return found
        row = models.Conversation(
            customer=customer.id,
            key=address.key,
            door=address.door,
            chat=address.chat,
            topic=address.topic,
            owner=Owner.BOT.value,
        )
        self._session.add(row)
        self._session.flush()
        return self.get(row.id)

    def get(self, conversation: int) -> Conversation:
        """Read it; raises ``ThreadNotFound``."""
        found = self._read(_joined().where(models.Conversation.id == conversation))
        if found is None:
            raise ThreadNotFound(ticket=conversation)
        return found

    def at(self, address: Address) -> Conversation | None:
        """The conversation at an address, if there is one."""
        return self._read(_joined().where(models.Conversation.key == address.key))

    def remember(
        self, conversation: int, turn: Turn, *, reference: str = "", detail: str = ""
    ) -> bool:
        """Append a turn; False when one with this reference is already there."""
        if reference and self._session.scalar(_turn(conversation, reference)) is not None:
            return False
        row = models.Turn(
            conversation=conversation,
            role=turn.role.value,
            text=turn.text,
            at=turn.at,
            reference=reference,
            detail=detail,
        )
        self._session.add(row)
        self._session.flush()
        return True

    def recent(self, conversation: int, limit: int, *, before: str = "") -> tuple[Turn, ...]:
        """The last turns, oldest first; those before a reference if one is given."""
        wanted = select(models.Turn).where(models.Turn.conversation == conversation)
        end = self._session.scalar(_turn(conversation, before)) if before else None
        if end is not None:
            wanted = wanted.where(models.Turn.id < end.id)
        rows = self._session.scalars(wanted.order_by(models.Turn.id.desc()).limit(limit))
        return tuple(_as_turn(row) for row in reversed(rows.all()))

    def versions(self, conversation: int, reference: str) -> tuple[Turn, ...]:
        """A message and its edits, oldest first."""
        rows = self._session.scalars(
            select(models.Turn)
            .where(
                models.Turn.conversation == conversation,
                (models.Turn.reference == reference)
                | begins_with(models.Turn.reference, f"{reference}/edit"),
            )
            .order_by(models.Turn.id)
        )
        return tuple(_as_turn(row) for row in rows)

    def settle(self, conversation: int, reference: str, *, how: str) -> None:
        """Record that the customer's message with this reference was dealt with."""
        self._session.execute(
            update(models.Turn)
            .where(models.Turn.conversation == conversation, models.Turn.reference == reference)
            .values(settled=how)
        )

    def settled(self, conversation: int, reference: str) -> bool:
        """Whether it was dealt with."""
        row = self._session.scalar(_turn(conversation, reference))
        return row is not None and bool(row.settled)

    def set_language(self, conversation: int, language: str) -> None:
        """Remember the language last spoken."""
        self._session.execute(
            update(models.Conversation)
            .where(models.Conversation.id == conversation)
            .values(language=language)
        )

    def set_owner(self, conversation: int, owner: Owner, *, expected_epoch: int) -> bool:
        """Compare-and-set: change the owner and raise the epoch; False when it has moved on."""
        changed = self._session.scalars(
            update(models.Conversation)
            .where(
                models.Conversation.id == conversation,
                models.Conversation.epoch == expected_epoch,
            )
            .values(owner=owner.value, epoch=expected_epoch + 1)
            .returning(models.Conversation.id)
        )
        return changed.first() is not None

    def _read(self, statement: Select[models.Conversation, models.Customer]) -> Conversation | None:
        # The session must not answer from rows that it read before an UPDATE of ours.
        found = self._session.execute(statement.execution_options(populate_existing=True)).first()
        return None if found is None else _as_conversation(found[0], as_customer(found[1]))


def _joined() -> Select[models.Conversation, models.Customer]:
    return select(models.Conversation, models.Customer).join(
        models.Customer, models.Customer.id == models.Conversation.customer
    )


def _turn(conversation: int, reference: str) -> Select[models.Turn]:
    return select(models.Turn).where(
        models.Turn.conversation == conversation, models.Turn.reference == reference
    )


def _as_turn(row: models.Turn) -> Turn:
    return Turn(role=Role(row.role), text=row.text, at=row.at)


def _as_conversation(row: models.Conversation, customer: Customer) -> Conversation:
    return Conversation(
        id=row.id,
        customer=customer,
        address=Address(door=row.door, chat=row.chat, topic=row.topic),
        owner=Owner(row.owner),
        epoch=row.epoch,
        language=row.language,
    )
