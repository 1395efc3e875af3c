"""What is written down before a message is sent, and what is remembered once it has arrived."""

from contextlib import suppress

from bot.desk.mail import OutboxRow
from bot.desk.ports import UnitOfWork
from handlers.chat.api import as_number
from handlers.chat.boxes import MessageBoxes, box_of
from handlers.chat.folding import folded_mark, folded_ties
from handlers.chat.letters import OUTBOX, Tie, read_tie
from knowledge.errors import DeskError

_LOOK_BACK = 300


class Marks:
    """Bounds for the number that a message will get; a low bound costs time, never a message."""

    def __init__(self, boxes: MessageBoxes) -> None:
        """Start with what the boxes know."""
        self._boxes = boxes
        self._recalled: set[str] = set()

    def mark(self, unit: UnitOfWork, row: OutboxRow, chat: int) -> str:
        """Return a number below that of the message to come; "" when none is known."""
        self._recall(unit, row, chat)
        after = as_number(row.payload.get("after"))
        highest = max(self._boxes.highest(chat), after)
        return str(highest) if highest else ""

    def _recall(self, unit: UnitOfWork, row: OutboxRow, chat: int) -> None:
        """Learn, once for each box, from rows that an earlier process has sent."""
        box = box_of(chat)
        if box in self._recalled:
            return
        self._recalled.add(box)
        for number in range(row.id - 1, max(0, row.id - _LOOK_BACK), -1):
            with suppress(DeskError):
                result = unit.outbox.get(number).result
                where = as_number(result.get("chat_id"))
                if where and box_of(where) == box:
                    self._boxes.note(where, as_number(result.get("message_id")))


def remember_sent(unit: UnitOfWork, row: OutboxRow, message: Tie) -> None:
    """Tie a message that was sent to what it stands for, if only to the row that it comes from."""
    itself = (f"{OUTBOX}outbox", str(row.id))
    tie = read_tie(row.payload, "mirrors")
    if tie and row.payload.get("renews"):
        unit.links.renew(message, tie)
    else:
        unit.links.add(message, tie or itself)
    for each in folded_ties(row.payload):
        unit.links.add(each, message)
        unit.links.add(folded_mark(message), itself)
