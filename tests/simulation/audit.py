"""What must be true when a world has come to rest, judged by what people see on Telegram.

Every message of a script holds a word that stands nowhere else (``q7``, ``r3``, ``n4``), so that
wherever it turns up, answered, copied or quoted, it is recognised.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bot.desk.mail import Delivery, OutboxRow
from bot.desk.ports import UnitOfWorkFactory
from bot.desk.ticket import EntryKind, Ticket
from handlers.chat.letters import NEW_MESSAGE_METHODS
from knowledge.errors import DeskError
from tests.simulation.customers import Said
from tests.simulation.people import Cast
from tests.simulation.staff_audit import judge_staff
from tests.simulation.verdict import Seen, Verdict, goes_to
from tests.telegram_server.state import Message

_WORD = re.compile(r"\b[qrn]\d+\b")
_LET_GO = {EntryKind.RETURNED, EntryKind.CLOSED}


def audit(cast: Cast, units: UnitOfWorkFactory) -> Verdict:
    """Judge a world."""
    verdict = Verdict()
    seen = _read(cast)
    rows, tickets = read_rows(units), _read_tickets(units)
    verdict.unknown = sum(row.state is Delivery.UNKNOWN for row in rows)
    with units() as unit:
        verdict.parked = unit.inbox.parked()
    for said in cast.said:
        if said.chat == cast.telegram.group:
            judge_staff(said, seen, cast, verdict, rows)
        else:
            _judge_customer(said, seen, verdict, _read_refused(cast, rows))
    _judge_rows(cast, rows, verdict)
    _judge_order(cast, seen, verdict)
    verdict.claimed_twice = [str(ticket.id) for ticket in tickets if _is_claimed_twice(ticket)]
    return verdict


def read_rows(units: UnitOfWorkFactory) -> list[OutboxRow]:
    """Every row that the outbox has ever held."""
    rows: list[OutboxRow] = []
    with units() as unit:
        while True:
            try:
                rows.append(unit.outbox.get(len(rows) + 1))
            except DeskError:
                return rows


def _read_tickets(units: UnitOfWorkFactory) -> Sequence[Ticket]:
    with units() as unit:
        return unit.tickets.listed(open_only=False)


def _read(cast: Cast) -> Seen:
    private: defaultdict[str, list[Message]] = defaultdict(list)
    group: defaultdict[str, list[Message]] = defaultdict(list)
    chats = [cast.telegram.people.chat_of(number) for number in _private_chats(cast)]
    present = [message for chat in chats for message in chat.messages.values()]
    for messages, found in ((present, private), (cast.written().values(), group)):
        for message in messages:
            if message.sender.is_bot and not message.content.is_service:
                for word in dict.fromkeys(_WORD.findall(message.content.text)):
                    found[word].append(message)
    return Seen(private, _read_ever(cast), group)


def _read_ever(cast: Cast) -> Mapping[str, Sequence[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for (chat, number), versions in cast.telegram.shown.items():
        if chat > 0:
            for word in dict.fromkeys(_WORD.findall("\n".join(versions))):
                found[word].append(number)
    return found


def _private_chats(cast: Cast) -> Iterable[int]:
    return dict.fromkeys(said.chat for said in cast.said if said.chat > 0)


def _read_refused(cast: Cast, rows: Sequence[OutboxRow]) -> set[str]:
    """Words that were on their way to customers who had blocked the bot by then."""
    return {
        word
        for row in rows
        if row.state in {Delivery.FAILED, Delivery.UNKNOWN} and goes_to(row) in cast.leavers
        for word in _WORD.findall(str(row.payload.get("plain")))
    }


def _judge_customer(said: Said, seen: Seen, verdict: Verdict, refused: set[str]) -> None:
    """The last version must be answered, or stand before staff; no version is answered twice."""
    for word in said.words:
        answers = len(seen.private.get(word, ()))
        if answers > 1:
            verdict.doubled.append(f"{answers} answers to {word} of {said.author}")
        copies = Counter(
            message.thread_id
            for message in seen.group.get(word, ())
            if message.content.text in _exact(said)
        )
        # A copy shows the newest version, whichever it was made for.
        if any(count > len(said.words) for count in copies.values()):
            verdict.doubled.append(f"{word} of {said.author} stands twice before staff")
    last = said.words[-1]
    # Who blocks the bot before the answer arrives is answered, and sees nothing of it.
    if last not in seen.private and last not in seen.group and last not in refused:
        verdict.lost.append(f"{last} of {said.author}")


def _exact(said: Said) -> set[str]:
    return {f"{start} {word}?" for start in ("permit", "person", "/human") for word in said.words}


def _judge_rows(cast: Cast, rows: Sequence[OutboxRow], verdict: Verdict) -> None:
    """Each row to a customer is at most one message, and one that was sent is there."""
    for chat in _private_chats(cast):
        # What was taken back before it was sent must not be there, nor what the fence held up.
        own = [
            row
            for row in rows
            if row.method in NEW_MESSAGE_METHODS
            and goes_to(row) == chat
            and row.state is not Delivery.DROPPED
            and "plain" in row.payload
        ]
        texts = Counter(str(row.payload.get("plain")) for row in own)
        sent = Counter(str(r.payload.get("plain")) for r in own if r.state is Delivery.SENT)
        there = Counter(
            versions[0]
            for (place, number), versions in cast.telegram.shown.items()
            if place == chat and (place, number) not in cast.telegram.files
        )
        verdict.doubled += [f"{text[:40]!r} in {chat}" for text in there - texts]
        verdict.lost += [f"{text[:40]!r} in {chat}" for text in sent - there]


def _judge_order(cast: Cast, seen: Seen, verdict: Verdict) -> None:
    """What each side sees of the other stands in the order in which it was sent."""
    group = cast.telegram.group
    # What was held takes its place when it is let out.
    staff = [one for one in cast.said if one.chat == group and not (one.is_note or one.released)]
    for thread in {one.thread for one in staff}:
        own = [one for one in staff if one.thread == thread]
        _check(own, [_first_ever(one, seen) for one in own], verdict)
    threads = {message.thread_id or 0 for found in seen.group.values() for message in found}
    for chat in _private_chats(cast):
        own = [one for one in cast.said if one.chat == chat]
        _check(own, [_first(one, seen.private) for one in own], verdict)
        for thread in threads:
            _check(own, [_copy_in(one, seen.group, thread) for one in own], verdict)


def _first(said: Said, seen: Mapping[str, Sequence[Message]]) -> int:
    return min((m.id for m in seen.get(said.words[0], ())), default=0)


def _first_ever(said: Said, seen: Seen) -> int:
    return min((n for word in said.words for n in seen.ever.get(word, ())), default=0)


def _copy_in(said: Said, seen: Mapping[str, Sequence[Message]], thread: int) -> int:
    """Where its first version stands, by itself or as a line of several; later ones come later."""
    first = {f"{start} {said.words[0]}?" for start in ("permit", "person", "/human")}
    lines = first | {f"💬 {text}" for text in first}
    found = [m for m in seen.get(said.words[0], ()) if m.thread_id == thread]
    if said.is_album:
        # Both parts are told in one line where they are told and not shown.
        return min((m.id for m in found if m.content.text in first), default=0)
    return min((m.id for m in found if lines & set(m.content.text.split("\n"))), default=0)


def _check(said: Sequence[Said], places: Sequence[int], verdict: Verdict) -> None:
    """``places`` are the numbers of the messages on the other side, 0 where there is none."""
    there = [(one.message, place, one) for one, place in zip(said, places, strict=True) if place]
    there.sort(key=lambda each: each[0])
    for (_, before, first), (_, after, second) in pairwise(there):
        if before > after:
            verdict.out_of_order.append(f"{second.words} stands before {first.words}")


def _is_claimed_twice(ticket: Ticket) -> bool:
    """Whether a second person has claimed it while the first had it."""
    holder = ""
    for entry in ticket.entries:
        if entry.kind is EntryKind.CLAIMED:
            if holder and holder != entry.author:
                return True
            holder = entry.author
        elif entry.kind is EntryKind.TRANSFERRED:
            holder = entry.target if entry.target.isdigit() else ""
        elif entry.kind in _LET_GO:
            holder = ""
    return False
