"""What is written once a message has arrived, or in its place when it could not."""

from collections.abc import Sequence
from typing import Final

from bot.desk.mail import Draft, OutboxRow
from bot.desk.ports import UnitOfWork
from handlers.chat.api import as_number, as_object
from handlers.chat.letters import read_tie, ticket_queue, unpacked

_DELIVERED: Final = "👍"


def put_aftermath(unit: UnitOfWork, row: OutboxRow) -> None:
    """Give staff their receipt, and say what a message replies to where no link shows it."""
    reply = as_object(row.payload.get("replies"))
    if reply and not unit.links.find((str(reply.get("chat")), str(reply.get("message")))):
        put_beside(unit, row, unpacked(row.payload, "unlinked"))
    put_beside(unit, row, unpacked(row.payload, "then"))
    receipt = read_tie(row.payload, "receipt")
    ticket = as_number(row.payload.get("of_ticket"))
    if receipt and ticket:
        sign = str(row.payload.get("receipt_sign") or _DELIVERED)
        unit.outbox.put([_receipt(ticket, receipt, sign)], ticket=ticket)


def put_beside(unit: UnitOfWork, row: OutboxRow, drafts: Sequence[Draft]) -> None:
    """Write messages that belong to the thread of another one."""
    conversation = None if row.conversation is None else unit.conversations.get(row.conversation)
    unit.outbox.put(drafts, conversation=conversation, ticket=row.ticket)


def _receipt(ticket: int, message: tuple[str, str], sign: str) -> Draft:
    place = {"chat_id": int(message[0]), "message_id": int(message[1])}
    signs = {"reaction": [{"type": "emoji", "emoji": sign}]}
    return Draft(
        queue=ticket_queue(ticket),
        method="setMessageReaction",
        payload={"parameters": {**place, **signs}, "ticket": ticket},
        # That a message was taken back must be seen; that it has arrived is expected.
        silent=sign == _DELIVERED,
    )
