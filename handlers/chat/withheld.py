"""Tells staff of an answer that the fence held back: the customer never saw it.

The question was settled when the bot had answered it. Then a person took over before the answer was
sent, and where no ticket was open at that time, nobody but the bot had seen the question.
"""

from typing import Final

from bot.desk.mail import Delivery, OutboxRow
from bot.desk.ports import UnitOfWork
from handlers.chat.context import Door
from handlers.chat.messages import warning_text
from knowledge.errors import N_

WITHHELD: Final = N_(
    "The customer did not get the bot's answer to this, because a person had taken over before it "
    "was sent. Please answer it: {question}"
)
_LONGEST: Final = 500


def tell_withheld(unit: UnitOfWork, door: Door, row: OutboxRow) -> None:
    """Show staff the question of a row that was just dropped, where it was the bot's answer."""
    question = str(row.payload.get("answers") or "")
    dropped = unit.outbox.get(row.id).state is Delivery.DROPPED
    if not (question and dropped and row.conversation is not None):
        return
    conversation = unit.conversations.get(row.conversation)
    tickets = unit.tickets.of_customer(conversation.customer.id)
    ticket = next((each for each in tickets if each.conversation == conversation.id), None)
    if ticket is not None:
        said = door.wording.phrase(
            WITHHELD, language=door.settings.staff_language, question=question[:_LONGEST]
        )
        drafts = warning_text(ticket.id, said)
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)
