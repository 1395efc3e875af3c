"""One transaction over all repositories."""

from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from bot.desk.gap_ports import FaqEntries
from bot.desk.ports import (
    Conversations,
    Customers,
    Feedback,
    Inbox,
    Links,
    Meters,
    Moves,
    Outbox,
    Roster,
    Schedule,
    Tickets,
)
from bot.desk.relay import RelayRecords
from bot.desk.translation_tasks import TranslationTasks
from bot.storage.errors import FOREIGN, as_database_error, mapped
from bot.storage.repositories.conversations import SqlConversations
from bot.storage.repositories.customers import SqlCustomers
from bot.storage.repositories.faq_entries import SqlFaqEntries
from bot.storage.repositories.feedback import SqlFeedback
from bot.storage.repositories.inbox import SqlInbox
from bot.storage.repositories.links import SqlLinks
from bot.storage.repositories.meters import SqlMeters
from bot.storage.repositories.moves import SqlMoves
from bot.storage.repositories.outbox import SqlOutbox
from bot.storage.repositories.relay import SqlRelayRecords
from bot.storage.repositories.roster import SqlRoster
from bot.storage.repositories.schedule import SqlSchedule
from bot.storage.repositories.tickets import SqlTickets
from bot.storage.repositories.translations import SqlTranslationTasks
from bot.storage.transaction import Transaction


class SqlUnitOfWork:
    """A transaction on the database; use it once, in a ``with`` statement.

    What the driver raises inside leaves the ``with`` statement as ``DatabaseError``.
    """

    customers: Customers
    conversations: Conversations
    tickets: Tickets
    inbox: Inbox
    outbox: Outbox
    links: Links
    feedback: Feedback
    roster: Roster
    schedule: Schedule
    meters: Meters
    moves: Moves
    faq: FaqEntries
    relay: RelayRecords
    translations: TranslationTasks

    def __init__(self, engine: Engine, path: Path, turn: Lock) -> None:
        self._path = path
        self._transaction = transaction = Transaction(engine, turn)
        self.customers = SqlCustomers(transaction)
        self.conversations = SqlConversations(transaction)
        self.tickets = SqlTickets(transaction)
        self.inbox = SqlInbox(transaction)
        self.outbox = SqlOutbox(transaction)
        self.links = SqlLinks(transaction)
        self.feedback = SqlFeedback(transaction)
        self.roster = SqlRoster(transaction)
        self.schedule = SqlSchedule(transaction)
        self.meters = SqlMeters(transaction)
        self.moves = SqlMoves(transaction)
        self.faq = SqlFaqEntries(transaction)
        self.relay = SqlRelayRecords(transaction)
        self.translations = SqlTranslationTasks(transaction)

    def __enter__(self) -> Self:
        """Begin; waits until no other transaction is open."""
        with mapped(self._path):
            try:
                self._transaction.begin()
            except BaseException:
                self._transaction.end()
                raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back what was not committed, and give the connection back."""
        with mapped(self._path):
            self._transaction.end()
        if isinstance(error, FOREIGN):
            raise as_database_error(error, self._path) from error

    def commit(self) -> None:
        """Make it durable; afterwards the transaction is over."""
        self._transaction.commit()
