"""Which messages are to be translated: decided in the transaction in which they come in.

What a customer writes is shown to staff at once, and its translation follows. A reply of staff in
another language than the customer's stands in the outbox as any other, but waits there until it is
translated: so nothing overtakes it, and what takes back a reply takes it back too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from bot.desk.conversation import Conversation
from bot.desk.mail import Delivery, StaffMessage
from bot.desk.ports import Clock, UnitOfWork
from bot.desk.questions import Message
from bot.desk.ticket import Ticket
from bot.desk.translation_tasks import CHANGE, Direction, TaskState, TranslationTask
from knowledge.language import UNDETERMINED, base, identify, identify_message
from knowledge.translation.citations import foreign_words

HELD_UNTIL: Final = datetime(2999, 1, 1, tzinfo=UTC)
"""What waits for its translation is never sent by the clock alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreting:
    """Takes in what is to be translated, inside a transaction that the desk has begun."""

    staff_language: str
    clock: Clock

    def take_question(
        self, unit: UnitOfWork, conversation: Conversation, ticket: Ticket, message: Message
    ) -> None:
        """Have what a customer wrote translated for staff, if it is in another language."""
        language = identify_message(
            message.text,
            conversation=conversation.language,
            client=conversation.customer.client_language,
        )
        if language not in {UNDETERMINED, conversation.language}:
            # While a person has the thread nobody else learns in which language it goes on.
            unit.conversations.set_language(conversation.id, language)
        if _is_same(message.text, language, self.staff_language):
            return
        unit.translations.add(
            TranslationTask(
                conversation=conversation.id,
                ticket=ticket.id,
                direction=Direction.TO_STAFF,
                reference=message.version,
                text=message.text,
                language=language,
                into=self.staff_language,
                epoch=conversation.epoch,
                at=self.clock(),
            )
        )

    def take_reply(
        self,
        unit: UnitOfWork,
        ticket: Ticket,
        reply: StaffMessage,
        rows: Sequence[int],
    ) -> None:
        """Hold back the rows of a reply until it is translated, if that is needed."""
        if reply.wordless:
            return
        conversation = unit.conversations.get(ticket.conversation)
        into = language_of(conversation)
        # What is cited stays in the words of its source, so it does not say what is to be done.
        said = foreign_words(reply.text, into)
        # Of a few words that may be in the customer's language it is believed that they are.
        language = identify_message(said, conversation=self.staff_language, client=into)
        if not reply.reference or not rows or _is_same(said, language, into):
            return
        task = TranslationTask(
            conversation=conversation.id,
            ticket=ticket.id,
            direction=Direction.TO_CUSTOMER,
            reference=_version(ticket, reply),
            text=reply.text,
            language=language,
            into=into,
            epoch=conversation.epoch,
            at=self.clock(),
            author=reply.author,
            rows=tuple(rows),
        )
        if unit.translations.add(task):
            for row in rows:
                unit.outbox.postpone(row, HELD_UNTIL)

    def retake(self, unit: UnitOfWork, ticket: Ticket, reference: str) -> bool:
        """Take back a reply that has not gone out; whether its new version goes out as a new one.

        So it is while a reply waits for its translation, and after that has come to nothing.
        """
        task = unit.translations.latest(ticket.id, reference)
        if task is None or task.state not in {TaskState.WAITING, TaskState.REFUSED}:
            return False
        if task.changes:
            return False
        drop_rows(unit, task, reason="changed")
        unit.translations.update(replace(task, state=TaskState.OBSOLETE))
        return True


def language_of(conversation: Conversation) -> str:
    """Return the language in which a customer is written to."""
    customer = conversation.customer
    return customer.language or conversation.language or customer.client_language or "en"


def drop_rows(unit: UnitOfWork, task: TranslationTask, *, reason: str) -> None:
    """Take what waited for a translation out of the outbox; what follows may go."""
    for row in task.rows:
        if unit.outbox.get(row).state is Delivery.PENDING:
            unit.outbox.settle(row, Delivery.DROPPED, result={"reason": reason})


def _version(ticket: Ticket, reply: StaffMessage) -> str:
    """Name this version of a reply; the timeline has grown since the last one."""
    changes = CHANGE if reply.edited else ""
    return f"{reply.reference}/{changes}{len(ticket.entries)}"


def _is_same(text: str, language: str, into: str) -> bool:
    """Whether a reader of one language needs no translation."""
    if identify(text) == UNDETERMINED or language == UNDETERMINED:
        return not any(character.isalpha() for character in text)
    return base(language) == base(into)
