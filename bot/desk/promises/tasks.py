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
            reference = _reference(ticket, number, promise, hours)
            task = make_task(ticket.id, reference, promise, said.at, hours)
            if now - task.due < _STALE:
                yield task, author


def is_taken_back(task: Timer, ticket: Ticket, hours: OpeningHours) -> bool:
    """Whether the reply that made a promise was withdrawn, or changed so that it makes it no more.

    What was never changed is not read again: rules of another day may read it in another way.
    """
    number = int(task.reference.partition("/")[0])
    if number >= len(ticket.entries):
        return False
    versions = ticket.versions(number)
    if len(versions) == 1:
        return False
    promised = (promise for promise, _ in _promised(ticket, number, hours))
    return task.reference not in {_reference(ticket, number, one, hours) for one in promised}


def _promised(ticket: Ticket, number: int, hours: OpeningHours) -> list[tuple[Promise, Entry]]:
    """What a reply promises as it reads now, each with the version that said it first.

    “Tomorrow” is the day after it was written, also where another word was mended a day later.
    """
    versions = ticket.versions(number)
    if not versions:
        return []
    found: dict[str, tuple[Promise, Entry]] = {}
    for version in versions:
        for promise in find_promises(version.text, version.at, hours):
            found.setdefault(promise.quote, (promise, version))
    now = find_promises(versions[-1].text, versions[-1].at, hours)
    return [found[promise.quote] for promise in now]


def _reference(ticket: Ticket, number: int, promise: Promise, hours: OpeningHours) -> str:
    """What tells a promise from the others of a ticket: the reply, and the day.

    Where a change of the reply names another time of the same day, it is another promise.
    """
    reply = ticket.entries[number]
    first = {one.day: one.at for one in find_promises(reply.text, reply.at, hours)}
    same = promise.day not in first or first[promise.day] == promise.at
    return f"{number}/{promise.day}" if same else f"{number}/{promise.day}/{promise.at or ''}"


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
