"""A ticket is a timeline: entries are only ever added, and its state is a fold of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.desk.briefing import Briefing


class EntryKind(StrEnum):
    """What a line of the timeline records."""

    OPENED = "opened"
    QUESTION = "question"
    ANSWER = "answer"
    CLAIMED = "claimed"
    REPLY = "reply"
    NOTE = "note"
    RETURNED = "returned"
    CLOSED = "closed"
    UNDELIVERED = "undelivered"
    TRANSFERRED = "transferred"
    RELEASED = "released"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    NOTES_ONLY = "notes-only"
    REPLIES_OUT = "replies-out"
    REOPENED = "reopened"
    RATED = "rated"
    INVITED = "invited"
    COMMENTED = "commented"
    PROMISED = "promised"
    KEPT = "kept"
    REMINDED = "reminded"
    BREACHED = "breached"
    DRAFTED = "drafted"
    PUBLISHED = "published"
    HELD = "held"
    WITHDRAWN = "withdrawn"
    EDITED = "edited"
    TRANSLATED = "translated"


class EntryAudience(StrEnum):
    """Who may read an entry: both sides of the thread, or staff alone."""

    THREAD = "thread"
    STAFF = "staff"


class TicketState(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    RETURNED = "returned"
    CLOSED = "closed"

    @property
    def open(self) -> bool:
        """Whether a person still owes something."""
        return self in {TicketState.WAITING, TicketState.CLAIMED}


_LIFECYCLE = {
    EntryKind.OPENED: TicketState.WAITING,
    EntryKind.REOPENED: TicketState.WAITING,
    EntryKind.RELEASED: TicketState.WAITING,
    EntryKind.CLAIMED: TicketState.CLAIMED,
    EntryKind.RETURNED: TicketState.RETURNED,
    EntryKind.CLOSED: TicketState.CLOSED,
}
# What the customer writes, and any change of hands, ends a snooze.
_WAKING = frozenset({*_LIFECYCLE, EntryKind.TRANSFERRED, EntryKind.WOKEN, EntryKind.QUESTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a ticket's timeline.

    ``author`` is an id as the door knows it, ``name`` how to show them ("" as ``author``).
    ``target``: who a ticket was given to by id, or the queue it was put into as ``queue:<name>``;
    of a reply, its change and its withdrawal the message of staff as ``message:<reference>``.
    The ``text`` of a transfer is how to call the target, of a snooze the moment until which (ISO
    8601), of a rating the number of stars.
    """

    kind: EntryKind
    author: str
    text: str
    audience: EntryAudience
    at: datetime
    name: str = ""
    target: str = ""

    @property
    def shown(self) -> str:
        """How to call the author."""
        return self.name or self.author


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A member of staff, as the door knows them."""

    identity: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A thread that a person looks after; ``topic`` is its place among staff ("" if none)."""

    id: int
    conversation: int
    reason: str
    urgent: bool
    topic: str
    entries: tuple[Entry, ...]
    briefing: Briefing | None = None
    """What was found out for whoever takes it; None for nothing."""
    assigned: str = ""
    """The queue that it was put into when it was opened."""

    @property
    def state(self) -> TicketState:
        """The state that the timeline adds up to."""
        return fold(self.entries)

    @property
    def claimed_by(self) -> str:
        """The id of who has it, "" when nobody has."""
        return self._holder.identity

    @property
    def claimed_by_name(self) -> str:
        """How to call whoever has it, "" when nobody has."""
        return self._holder.name

    @property
    def asked(self) -> str:
        """The question that a person was needed for, "" when there was none."""
        opened = next((e.at for e in self.entries if e.kind is EntryKind.OPENED), None)
        questions = (e for e in self.entries if e.kind is EntryKind.QUESTION)
        # What was said before is in the timeline too, with the moments of that time.
        return next((e.text for e in questions if opened is None or e.at >= opened), "")

    @property
    def wanted(self) -> str:
        """The question that a person is needed for now: since it was opened, or opened again."""
        kinds = [entry.kind for entry in self.entries]
        if EntryKind.REOPENED not in kinds:
            return self.asked
        start = len(kinds) - 1 - kinds[::-1].index(EntryKind.REOPENED)
        later = (e.text for e in self.entries[start:] if e.kind is EntryKind.QUESTION)
        return next(later, self.asked)

    @property
    def answered(self) -> str:
        """The last reply of a person that was not taken back, as it reads now; "" for none."""
        return find_answer(self.entries)

    def versions(self, number: int) -> list[Entry]:
        """A reply, by its place in the timeline, and its changes; none when it was taken back."""
        return find_versions(self.entries, number)

    @property
    def queue(self) -> str:
        """The queue that it was last given to, or else assigned to; "" for none."""
        targets = (e.target for e in reversed(self.entries) if e.kind is EntryKind.TRANSFERRED)
        return next(
            (one.removeprefix(QUEUE) for one in targets if one.startswith(QUEUE)), self.assigned
        )

    @property
    def snoozed_until(self) -> datetime | None:
        """The moment until which it is put off; None when it is not."""
        ends = _WAKING | {EntryKind.SNOOZED}
        last = next((e for e in reversed(self.entries) if e.kind in ends), None)
        if last is None or last.kind is not EntryKind.SNOOZED:
            return None
        return datetime.fromisoformat(last.text)

    @property
    def notes_only(self) -> bool:
        """Whether everything that staff write in it stays among them."""
        modes = {EntryKind.NOTES_ONLY, EntryKind.REPLIES_OUT}
        last = next((e.kind for e in reversed(self.entries) if e.kind in modes), None)
        return last is EntryKind.NOTES_ONLY

    @property
    def stars(self) -> int:
        """The customer's rating, 1 to 5; 0 when there is none."""
        return int(next((e.text for e in self._since_end(EntryKind.RATED)), "0"))

    @property
    def invited_at(self) -> datetime | None:
        """When the customer was asked for a word that has not come; None when none is awaited."""
        kinds = {EntryKind.INVITED, EntryKind.COMMENTED, *_LIFECYCLE}
        last = next((e for e in reversed(self.entries) if e.kind in kinds), None)
        return last.at if last and last.kind is EntryKind.INVITED else None

    @property
    def ended_at(self) -> datetime | None:
        """When it was closed or returned; None while it is open."""
        if self.state.open:
            return None
        ends = {EntryKind.CLOSED, EntryKind.RETURNED}
        return next((e.at for e in reversed(self.entries) if e.kind in ends), None)

    @property
    def _holder(self) -> Staff:
        return _holder_of(self.entries)

    def _since_end(self, kind: EntryKind) -> Sequence[Entry]:
        """Entries of a kind since it was closed, newest first; none after it was reopened."""
        found: list[Entry] = []
        for entry in reversed(self.entries):
            if entry.kind in _LIFECYCLE:
                break
            if entry.kind is kind:
                found.append(entry)
        return found


QUEUE = "queue:"
"""How the target of a transfer to a queue begins."""
MESSAGE = "message:"
"""How the target of what is said in a message of staff begins."""

NOBODY = Staff(identity="", name="")


def fold(entries: Iterable[Entry]) -> TicketState:
    """Return the state after the last lifecycle entry; a ticket without one is waiting."""
    state = TicketState.WAITING
    for entry in entries:
        state = _state_after(entry, state)
    return state


def find_answer(entries: Sequence[Entry]) -> str:
    """The last reply among lines of a timeline that was not taken back, as it reads now."""
    replies = (n for n, e in reversed(list(enumerate(entries))) if e.kind is EntryKind.REPLY)
    standing = (find_versions(entries, number) for number in replies)
    return next((versions[-1].text for versions in standing if versions), "")


def find_versions(entries: Sequence[Entry], number: int) -> list[Entry]:
    """A reply, by its place among lines of a timeline, and its changes; see ``Ticket``."""
    reply = entries[number]
    versions = [reply]
    for entry in entries[number + 1 :]:
        same = bool(reply.target) and entry.target == reply.target
        if same and entry.kind is EntryKind.EDITED:
            versions.append(entry)
        elif entry.kind is EntryKind.WITHDRAWN and (same or _is_untied(entry, reply)):
            return []
    return versions


def _is_untied(withdrawal: Entry, reply: Entry) -> bool:
    """Whether only its text tells what was taken back: older timelines say no more."""
    return not (withdrawal.target and reply.target) and withdrawal.text == reply.text


def _state_after(entry: Entry, state: TicketState) -> TicketState:
    if entry.kind is EntryKind.TRANSFERRED:
        return TicketState.WAITING if entry.target.startswith(QUEUE) else TicketState.CLAIMED
    return _LIFECYCLE.get(entry.kind, state)


def _holder_of(entries: Sequence[Entry]) -> Staff:
    """Who has a ticket; whoever it was given to has it as if they had claimed it."""
    for entry in reversed(entries):
        if entry.kind is EntryKind.CLAIMED:
            return Staff(identity=entry.author, name=entry.shown)
        if entry.kind is EntryKind.TRANSFERRED:
            given = not entry.target.startswith(QUEUE)
            return Staff(identity=entry.target, name=entry.text) if given else NOBODY
        if entry.kind in _LIFECYCLE:
            break
    return NOBODY
