"""One message for several: what a customer writes in a burst, when a staff group has little room.

All topics of a group share about twenty messages in a minute. Rows of a ticket that wait one behind
the other and hold nothing but text are put into the first of them before it is sent. Each of the
customer's messages stays tied to the one that staff see, so that replies and quotes find their way.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.desk.mail import Draft, OutboxRow
from bot.desk.ports import UnitOfWork
from handlers.chat.api import as_object
from handlers.chat.letters import FOLD, OUTBOX, WARNING, Tie, read_tie, read_ties
from handlers.chat.messages import message_parameters
from handlers.chat.rich_text import MESSAGE_LIMIT, plain, utf16_length

LITTLE: Final = 9
"""With so few messages left for a group, two that wait are worth making one of."""
_BURST: Final = 4
"""So many that wait for one topic are a burst, whatever room there is."""
_MOST: Final = 100
_GAP: Final = "\n\n"
_BULLET: Final = "💬 "


def fold_burst(unit: UnitOfWork, row: OutboxRow, *, room: int) -> OutboxRow:
    """Return the row with what waits behind it folded in, if that is possible and worth it."""
    if not _holds_text_only(row):
        return row
    burst = [row]
    length = utf16_length(_line(row))
    for following in unit.outbox.following(row.id, limit=_MOST):
        length += len(_GAP) + utf16_length(_line(following))
        if not _holds_text_only(following) or length > MESSAGE_LIMIT:
            break
        burst.append(following)
    if len(burst) < 2 or (room > LITTLE and len(burst) < _BURST):  # noqa: PLR2004 - one is none
        return row
    unit.outbox.fold(row.id, [each.id for each in burst[1:]], _joined(burst))
    return unit.outbox.get(row.id)


def folded_ties(payload: Mapping[str, object]) -> Sequence[Tie]:
    """Return what else a message stands for besides its own tie; () when nothing is folded in."""
    return read_ties(payload, "mirrors_too")


def folded_mark(message: Tie) -> Tie:
    """Return what is tied to a message that stands for several, and to no other."""
    chat, number = message
    return (f"{OUTBOX}folded:{chat}", number)


def is_folded(unit: UnitOfWork, message: Tie) -> bool:
    """Whether a message of ours stands for several: changing it would lose the others."""
    return unit.links.find(folded_mark(message)) is not None


def _holds_text_only(row: OutboxRow) -> bool:
    parameters = as_object(row.payload.get("parameters"))
    others = {"reply_markup", "reply_parameters"} & set(parameters)
    return bool(row.payload.get(FOLD)) and row.epoch is None and not others


def _line(row: OutboxRow) -> str:
    bullet = _BULLET if read_tie(row.payload, "mirrors") else ""
    return f"{bullet}{plain(str(row.payload.get(FOLD) or '')).text.strip()}"


def _joined(burst: Sequence[OutboxRow]) -> Draft:
    first = burst[0]
    text = _GAP.join(_line(row) for row in burst)
    ((parameters, shown),) = message_parameters([plain(text)])
    ties = [tie for row in burst if (tie := read_tie(row.payload, "mirrors"))]
    payload: dict[str, object] = {
        "parameters": parameters,
        "ticket": first.payload.get("ticket"),
        "plain": shown,
    }
    if any(row.payload.get(WARNING) for row in burst):
        payload[WARNING] = True
    if ties:
        # A reply of staff's is a reply to the last of them.
        payload |= {"mirrors": ties[-1], "mirrors_too": ties[:-1]}
    return Draft(queue=first.queue, method="sendMessage", payload=payload)
