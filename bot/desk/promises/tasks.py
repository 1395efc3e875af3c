"""A promise as a task: when staff are reminded of it, and by when it is to be done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.desk.promises.finding import Promise, find_promises
from bot.desk.schedule.hours import OpeningHours
from bot.desk.schedule.queues import Step, Tell
from bot.desk.schedule.working_time import next_opening
from bot.desk.ticket import Entry, EntryKind, Staff, Ticket
from bot.desk.timers import Timer, TimerKind

PROMISE_STEPS: Final = (Step(50, Tell.OWNER), Step(100, Tell.DUTY))
"""On the day, when the centre opens; and when the time is over."""

_AHEAD: Final = timedelta(minutes=15)
_STALE: Final = timedelta(days=7)
"""A promise that was due so long ago, when it is first read, is history."""

_LOOK_BACK: Final = 50
_DAYS_BACK: Final = 30


def find_tasks(ticket: Ticket, hours: OpeningHours, now: datetime) -> Iterator[tuple[Timer, Staff]]:
    """Yield a task for each promise in the replies of staff, with who made it.

    A reply that was changed promises what it says now. What the bot says is no reply; what was said
    before the ticket was opened is another matter.
    """
    opened = next((e.at for e in ticket.entries if e.kind is EntryKind.OPENED), None)
    first = max(0, len(ticket.entries) - _LOOK_BACK)
    for number, entry in enumerate(ticket.entries[first:], start=first):
        if entry.kind is not EntryKind.REPLY or (opened is not None and entry.at < opened):
            continue
        for promise, said in _promised(ticket, number, hours):
            author = Staff(identity=said.author, name=said.name)
            task = make_task(ticket.id, f"{number}/{promise.day}", promise, said.at, hours)
            if now - task.due < _STALE:
                yield task, author


def is_taken_back(task: Timer, ticket: Ticket, hours: OpeningHours) -> bool:
    """Whether the reply that made a promise was withdrawn, or changed so that it makes it no more.

    What was never changed is not read again: rules of another day may read it in another way.
    """
    place, _, day = task.reference.partition("/")
    number = int(place)
    if number >= len(ticket.entries):
        return False
    versions = _versions(ticket, number)
    if len(versions) == 1:
        return False
    return day not in {str(promise.day) for promise, _ in _promised(ticket, number, hours)}


def _promised(ticket: Ticket, number: int, hours: OpeningHours) -> list[tuple[Promise, Entry]]:
    """What a reply promises as it reads now, each with the version that said it first.

    “Tomorrow” is the day after it was written, also where another word was mended a day later.
    """
    versions = _versions(ticket, number)
    if not versions:
        return []
    found: dict[str, tuple[Promise, Entry]] = {}
    for version in versions:
        for promise in find_promises(version.text, version.at, hours):
            found.setdefault(promise.quote, (promise, version))
    now = find_promises(versions[-1].text, versions[-1].at, hours)
    return [found[promise.quote] for promise in now]


def _versions(ticket: Ticket, number: int) -> list[Entry]:
    """A reply and its changes, oldest first; none when it was taken back."""
    reply = ticket.entries[number]
    versions = [reply]
    for entry in ticket.entries[number + 1 :]:
        same = bool(reply.target) and entry.target == reply.target
        if same and entry.kind is EntryKind.EDITED:
            versions.append(entry)
        elif entry.kind is EntryKind.WITHDRAWN and (same or _is_untied(entry, reply)):
            return []
    return versions


def make_task(
    ticket: int, reference: str, promise: Promise, written: datetime, hours: OpeningHours
) -> Timer:
    """Return the timer for a promise.

    Where the centre is closed on that day, the last day before it on which it is open counts.
    """
    begin, end = _day(promise, written, hours)
    if begin <= written:
        # It is for today: in good time, but not at once.
        begin = max(written + (end - written) / 2, end - 4 * _AHEAD)
    return Timer(
        ticket=ticket,
        kind=TimerKind.PROMISE,
        reference=reference,
        started=written,
        due=end,
        wakes=min(begin, end),
        text=promise.quote,
    )


def move_task(task: Timer, hours: OpeningHours, now: datetime) -> Timer:
    """Return the same task for the next working day after today and after its own."""
    day = max(hours.local(now).date(), hours.local(task.due).date())
    while True:
        day += timedelta(days=1)
        moments = hours.moments(day)
        if moments:
            return replace(task, stage=0, wakes=moments[0][0], due=moments[-1][1])


def _is_untied(withdrawal: Entry, reply: Entry) -> bool:
    """Whether only its text tells what was taken back: older timelines say no more."""
    return not (withdrawal.target and reply.target) and withdrawal.text == reply.text


def _day(promise: Promise, written: datetime, hours: OpeningHours) -> tuple[datetime, datetime]:
    """From when on it is to be done that day, and by when."""
    day = promise.day
    for _ in range(_DAYS_BACK):
        moments = hours.moments(day)
        if moments or day <= hours.local(written).date():
            break
        day -= timedelta(days=1)
    if not moments:
        opens = next_opening(hours, written)
        moments = hours.moments(hours.local(opens).date())
    begin, end = moments[0][0], moments[-1][1]
    if promise.at is not None and day == promise.day:
        local = hours.local(end).replace(
            hour=promise.at.hour, minute=promise.at.minute, second=0, microsecond=0
        )
        end = max(local.astimezone(end.tzinfo), written)
        begin = min(begin, end)
    return begin, max(end, written)
