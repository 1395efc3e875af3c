"""Keeps the timers of tickets in step with their timelines, and does what is due.

Whoever writes in a timeline need not think of timers: what is new is read here. A round that is
broken off, or done twice, changes nothing: timers follow from entries, and each step of a ladder is
counted in the transaction that tells of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.desk.alerts import Alert
from bot.desk.casework import BOT
from bot.desk.claims import authorise
from bot.desk.clocks import Clock, read_clocks, target_of
from bot.desk.expectation import Expectation
from bot.desk.ports import Clock as Now
from bot.desk.ports import UnitOfWork, UnitOfWorkFactory
from bot.desk.promises.tasks import PROMISE_STEPS, find_tasks, is_taken_back, move_task
from bot.desk.roster import Right
from bot.desk.schedule.queues import Queue, Step, Tell
from bot.desk.schedule.working_time import next_opening
from bot.desk.ticket import NOBODY, Entry, EntryAudience, EntryKind, Staff, Ticket, TicketState
from bot.desk.timers import Timer, TimerKind, TimerState
from bot.desk.timing import Timing

_MOST: Final = 100
"""How many tickets, and how many timers, one round deals with; the next follows at once."""

_LATE_OFFICE: Final = timedelta(minutes=15)
"""So long after closing somebody may still be there to be told."""

_COUNTED: Final = (TimerKind.FIRST, TimerKind.NEXT, TimerKind.SOLUTION)

Settled = Callable[[UnitOfWork, Timer], None] | None
"""What a door wants done in the transaction that settles a promise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timekeeper:
    """Does what is due; every method is one transaction, or one for each ticket."""

    units: UnitOfWorkFactory
    clock: Now
    timing: Timing

    def round(self) -> int:
        """Read what is new and tell of what is due; how much there was of both."""
        with self.units() as unit:
            news = unit.schedule.unseen(limit=_MOST)
        for ticket in news:
            with self.units() as unit:
                self._follow(unit, ticket)
                unit.commit()
        return len(news) + self._alert()

    def expected(self, ticket: int) -> Expectation | None:
        """By when a customer may expect somebody; None when no reply is owed to them."""
        with self.units() as unit:
            found = unit.tickets.get(ticket)
            return self.timing.expected(unit.conversations.get(found.conversation), found)

    def kept(self, timer: int, staff: Staff, *, also: Settled = None) -> Timer | None:
        """What was promised is done; None when that was known before."""
        return self._settle(timer, EntryKind.KEPT, staff, also)

    def moved(self, timer: int, staff: Staff, *, also: Settled = None) -> Timer | None:
        """Put what was promised off to the next working day; None when it is done."""
        return self._settle(timer, EntryKind.PROMISED, staff, also)

    def _settle(self, number: int, kind: EntryKind, staff: Staff, also: Settled) -> Timer | None:
        with self.units() as unit:
            found = unit.schedule.get(number)
            ticket = unit.tickets.get(found.ticket)
            authorise(unit, unit.conversations.get(ticket.conversation), staff, Right.CLAIM)
            if found.state is TimerState.STOPPED or found.kind is not TimerKind.PROMISE:
                return None
            text = found.text
            if kind is EntryKind.KEPT:
                now = replace(found, state=TimerState.STOPPED, wakes=None)
            else:
                hours = self._queue(unit, ticket).hours
                now = move_task(found, hours, self.clock())
                text = f"{hours.local(now.due).date()}: {text}"
            unit.schedule.keep(now)
            self._write(unit, found.ticket, kind, text, staff)
            if also is not None:
                also(unit, now)
            unit.commit()
            return now

    def _follow(self, unit: UnitOfWork, number: int) -> None:
        """Bring the timers of a ticket in step with its timeline."""
        ticket = unit.tickets.get(number)
        queue = self._queue(unit, ticket)
        known = {(t.kind, t.reference): t for t in unit.schedule.of_ticket(number)}
        clocks = {clock.kind: clock for clock in read_clocks(ticket.entries)}
        for kind in _COUNTED:
            before = known.get((kind, ""))
            timer = _timer_for(ticket, kind, clocks.get(kind), queue, before)
            if timer is not None and timer != before:
                unit.schedule.keep(timer)
        self._follow_promises(unit, ticket, queue, known)
        unit.schedule.see(number)

    def _follow_promises(
        self,
        unit: UnitOfWork,
        ticket: Ticket,
        queue: Queue,
        known: dict[tuple[TimerKind, str], Timer],
    ) -> None:
        closed = ticket.state is TicketState.CLOSED
        for timer in known.values():
            running = timer.kind is TimerKind.PROMISE and timer.state is TimerState.RUNNING
            taken_back = running and not closed and is_taken_back(timer, ticket, queue.hours)
            if running and (closed or taken_back):
                unit.schedule.keep(replace(timer, state=TimerState.STOPPED, wakes=None))
            if taken_back and self.timing.alerts is not None:
                unit.outbox.put(self.timing.alerts.dropped(ticket, timer), ticket=ticket.id)
        if closed:
            return
        for task, author in find_tasks(ticket, queue.hours, self.clock()):
            if (task.kind, task.reference) in known:
                continue
            kept = unit.schedule.keep(task)
            day = queue.hours.local(task.due).date()
            self._write(unit, ticket.id, EntryKind.PROMISED, f"{day}: {task.text}", author)
            if self.timing.alerts is not None:
                unit.outbox.put(self.timing.alerts.promised(ticket, kept), ticket=ticket.id)

    def _alert(self) -> int:
        now = self.clock()
        with self.units() as unit:
            due = unit.schedule.due(now, limit=_MOST)
            alerts = [alert for timer in due if (alert := self._take_step(unit, timer.id, now))]
            if self.timing.alerts is not None:
                unit.outbox.put(self.timing.alerts.alerted(alerts))
            if due:
                unit.commit()
            return len(due)

    def _take_step(self, unit: UnitOfWork, number: int, now: datetime) -> Alert | None:
        """Count the step that a timer has reached; None when nobody is to be told (now)."""
        timer = unit.schedule.get(number)
        ticket = unit.tickets.get(timer.ticket)
        queue = self._queue(unit, ticket)
        opens = next_opening(queue.hours, now)
        if timer.wakes is None or (opens > now and now - timer.wakes > _LATE_OFFICE):
            unit.schedule.keep(replace(timer, wakes=timer.wakes and opens))
            return None
        steps = _steps(timer, ticket, queue)
        reached = sum(at <= now for at, _ in steps)
        wakes = steps[reached][0] if reached < len(steps) else None
        unit.schedule.keep(replace(timer, stage=reached, wakes=wakes))
        if reached <= timer.stage:
            return None
        step = steps[reached - 1][1]
        staff = _named(step.tell, ticket, queue, now)
        alert = Alert(
            ticket=ticket,
            timer=timer,
            queue=queue,
            tell=step.tell,
            percent=step.percent,
            staff=staff,
        )
        if step.tell is not Tell.QUIET:
            kind = EntryKind.BREACHED if alert.late else EntryKind.REMINDED
            self._write(unit, ticket.id, kind, f"{timer.kind} {step.percent} %", staff)
        return alert

    def _queue(self, unit: UnitOfWork, ticket: Ticket) -> Queue:
        """The queue of a ticket, which is written down when it is first asked for."""
        conversation = unit.conversations.get(ticket.conversation)
        queue = self.timing.queue_of(conversation, ticket)
        if ticket.assigned == "":
            unit.schedule.set_queue(ticket.id, queue.name)
        return queue

    def _write(
        self, unit: UnitOfWork, ticket: int, kind: EntryKind, text: str, staff: Staff
    ) -> None:
        entry = Entry(
            kind=kind,
            author=staff.identity or BOT,
            name=staff.name,
            text=text,
            audience=EntryAudience.STAFF,
            at=self.clock(),
        )
        unit.tickets.add(ticket, entry)


def _timer_for(
    ticket: Ticket, kind: TimerKind, clock: Clock | None, queue: Queue, before: Timer | None
) -> Timer | None:
    """The timer that a clock asks for; the one there was, stopped, when there is no clock."""
    target = target_of(kind, queue)
    if clock is None or target is None or ticket.state is TicketState.CLOSED:
        return before and replace(before, state=TimerState.STOPPED, wakes=None)
    same = before is not None and before.started == clock.started
    stage = before.stage if before is not None and same else 0
    due = clock.reaches(target, queue.hours)
    if due is None:
        due = before.due if before is not None else clock.started
        state = TimerState.PAUSED
    else:
        state = TimerState.RUNNING
    timer = Timer(
        id=before.id if before else 0,
        ticket=ticket.id,
        kind=kind,
        started=clock.started,
        due=due,
        wakes=None,
        stage=stage,
        state=state,
    )
    steps = _steps(timer, ticket, queue)
    return replace(timer, wakes=steps[stage][0] if stage < len(steps) else None)


def _steps(timer: Timer, ticket: Ticket, queue: Queue) -> Sequence[tuple[datetime, Step]]:
    """The ladder of a timer with the moments of its steps; empty while it does not run."""
    if timer.kind is TimerKind.PROMISE:
        begin = timer.started if timer.stage else (timer.wakes or timer.started)
        return tuple(zip((min(begin, timer.due), timer.due), PROMISE_STEPS, strict=True))
    clock = next((c for c in read_clocks(ticket.entries) if c.kind is timer.kind), None)
    target = target_of(timer.kind, queue)
    if clock is None or target is None:
        return ()
    found = ((clock.reaches(target * s.percent / 100, queue.hours), s) for s in queue.ladder)
    return tuple((at, step) for at, step in found if at is not None)


def _named(tell: Tell, ticket: Ticket, queue: Queue, now: datetime) -> Staff:
    """Who is named at a step: the owner, who is on duty, or the lead; else the next of them."""
    owner = Staff(identity=ticket.claimed_by, name=ticket.claimed_by_name)
    duty = Staff(identity="", name=queue.on_duty(queue.hours.local(now).date()))
    lead = Staff(identity="", name=queue.lead)
    order = {Tell.OWNER: (owner, duty), Tell.DUTY: (duty, owner), Tell.LEAD: (lead, duty)}
    return next((each for each in order.get(tell, ()) if each.name), NOBODY)
