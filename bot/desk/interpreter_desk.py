"""Translations are made in three steps: taken up, translated with no transaction open, recorded.

A process may die at any point: what was taken up and not recorded is taken up again, and what was
recorded is in the outbox. What was begun three times and never ended is given up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.desk.casework import BOT, Also, Casework, finish
from bot.desk.claims import Claims, authorise, open_thread
from bot.desk.interpreting import drop_rows
from bot.desk.mail import Delivery, Draft
from bot.desk.ports import UnitOfWork, UnitOfWorkFactory
from bot.desk.relay import DECIDED_ALREADY, Standing
from bot.desk.roster import Right
from bot.desk.ticket import MESSAGE, EntryKind, Staff, TicketState
from bot.desk.translation_tasks import (
    Direction,
    InterpreterComposer,
    Interprets,
    Obstacle,
    TaskState,
    TranslationTask,
)
from knowledge.errors import N_, DeskError
from knowledge.translation.interpreter import Outcome, Refusal, Silence, Translation

TOO_OLD = N_("This reply is too old to be sent by its button. Write it again.")

MOST_ATTEMPTS: Final = 3
_AT_ONCE: Final = 8
"""Messages for the staff of one ticket that are shown as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterpreterDesk:
    """Has translations made, one call after another; without an interpreter all are refused."""

    units: UnitOfWorkFactory
    casework: Casework
    composer: InterpreterComposer
    interpreter: Interprets | None

    def advance(self) -> bool:
        """Do what is next; False when there is nothing to do."""
        with self.units() as unit:
            waiting = unit.translations.waiting(limit=_AT_ONCE)
            tasks = [replace(task, attempts=task.attempts + 1) for task in waiting]
            for task in tasks:
                unit.translations.update(task)
            fixed = [self._fixed_parts(unit, task) for task in tasks]
            unit.commit()
        if tasks:
            self._record(tasks, list(map(self._translate, tasks, fixed)))
        return bool(tasks)

    def send_anyway(self, task: int, staff: Staff, *, also: Also = None) -> None:
        """Let a reply go out that was not translated, or whose translation was kept back.

        Whoever lets it go claims a ticket that nobody has.
        Raises ``DeskError`` when that was decided before, ``ThreadNotFound`` when the ticket is
        not open.
        """
        with self.units() as unit:
            found = unit.translations.get(task)
            conversation, ticket = open_thread(unit, found.ticket)
            authorise(unit, conversation, staff, Right.CLAIM)
            record = unit.relay.staff_message(ticket.topic, found.message)
            taken_back = record is not None and record.standing is not Standing.SENT
            if found.state is not TaskState.REFUSED or taken_back:
                raise DeskError(problem=DECIDED_ALREADY)
            if ticket.state is TicketState.WAITING:
                claims = Claims(casework=self.casework)
                conversation = claims.take(unit, conversation, ticket, staff)
            drafts = self._once_more(unit, found)
            rows = unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)
            if record is not None:
                unit.relay.update(replace(record, rows=(*record.rows, *rows)))
            sent = replace(found, state=TaskState.SENT_ANYWAY, rows=tuple(rows))
            unit.translations.update(sent)
            self._add(unit, found, EntryKind.REPLY, found.result or found.text, staff)
            finish(unit, also)

    def _fixed_parts(self, unit: UnitOfWork, task: TranslationTask) -> Sequence[str]:
        rows = [unit.outbox.get(row) for row in task.rows]
        return [part for row in rows for part in self.composer.fixed_parts(row)]

    def _translate(self, task: TranslationTask, fixed: Sequence[str]) -> Outcome:
        if self.interpreter is None or task.attempts > MOST_ATTEMPTS:
            return Refusal(reason=Silence.NO_REPLY)
        return self.interpreter.translate(task.text, task.language, into=task.into, fixed=fixed)

    def _record(self, tasks: Sequence[TranslationTask], outcomes: Sequence[Outcome]) -> None:
        with self.units() as unit:
            shown: list[TranslationTask] = []
            for begun, outcome in zip(tasks, outcomes, strict=True):
                task = unit.translations.get(begun.id)
                if task.state is not TaskState.WAITING:
                    continue
                task = _with(task, outcome)
                if task.direction is Direction.TO_CUSTOMER:
                    task = self._settle_reply(unit, task)
                elif task.state is TaskState.DONE:
                    shown.append(task)
                unit.translations.update(task)
            if shown:
                self._show(unit, shown)
            unit.commit()

    def _show(self, unit: UnitOfWork, tasks: Sequence[TranslationTask]) -> None:
        """Show staff what a customer wrote, as one message."""
        ticket = unit.tickets.get(tasks[0].ticket)
        conversation = unit.conversations.get(ticket.conversation)
        drafts = self.composer.question_translated(conversation, ticket, tasks)
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)

    def _settle_reply(self, unit: UnitOfWork, task: TranslationTask) -> TranslationTask:
        """Put the translation into the row that waits for it, or give the reply back to staff."""
        rows = [row for row in task.rows if unit.outbox.get(row).state is Delivery.PENDING]
        if not rows:
            return replace(task, state=TaskState.OBSOLETE)
        if task.state is TaskState.DONE:
            task = self._send(unit, task, rows)
        if task.state is TaskState.REFUSED:
            self._give_back(unit, task)
        return task

    def _send(
        self, unit: UnitOfWork, task: TranslationTask, rows: Sequence[int]
    ) -> TranslationTask:
        conversation = unit.conversations.get(task.conversation)
        draft = self.composer.reply_translated(unit.outbox.get(rows[0]), task)
        if draft is None or len(rows) > 1:
            return _stopped(task, Obstacle.DOES_NOT_FIT)
        if conversation.epoch != task.epoch:
            return _stopped(task, Obstacle.CHANGED_HANDS)
        unit.outbox.fold(rows[0], [], draft)
        unit.outbox.postpone(rows[0], self.casework.clock())
        self._add(unit, task, EntryKind.TRANSLATED, task.result)
        return task

    def _give_back(self, unit: UnitOfWork, task: TranslationTask) -> None:
        """Nothing goes out; staff get the reason, and the clocks know that a reply is owed."""
        drop_rows(unit, task, reason="not translated")
        if not task.changes:
            self._add(unit, task, EntryKind.UNDELIVERED, "translation")
        ticket = unit.tickets.get(task.ticket)
        record = unit.relay.staff_message(ticket.topic, task.message)
        if record is not None:
            left = tuple(row for row in record.rows if row not in task.rows)
            unit.relay.update(replace(record, rows=left))
        conversation = unit.conversations.get(ticket.conversation)
        drafts = self.composer.reply_refused(conversation, ticket, task)
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)

    def _once_more(self, unit: UnitOfWork, task: TranslationTask) -> list[Draft]:
        """The calls that were taken out of the outbox, with a translation that was kept back."""
        try:
            rows = [unit.outbox.get(row) for row in task.rows]
        except DeskError as error:
            # What has been out of the outbox for long is swept away.
            raise DeskError(problem=TOO_OLD) from error
        first = self.composer.reply_translated(rows[0], task) if task.result else None
        as_written = [Draft(queue=r.queue, method=r.method, payload=r.payload) for r in rows]
        return [first, *as_written[1:]] if first else as_written

    def _add(
        self,
        unit: UnitOfWork,
        task: TranslationTask,
        kind: EntryKind,
        text: str,
        by: Staff | None = None,
    ) -> None:
        author, name = (by.identity, by.name) if by else (BOT, "")
        entry = self.casework.entry(kind, author=author, name=name, text=text)
        tied = kind is EntryKind.REPLY and bool(task.message)
        target = f"{MESSAGE}{task.message}" if tied else ""
        unit.tickets.add(task.ticket, replace(entry, target=target))


def _with(task: TranslationTask, outcome: Outcome) -> TranslationTask:
    if isinstance(outcome, Translation):
        return replace(task, state=TaskState.DONE, result=outcome.text)
    reason = [outcome.reason.value] if outcome.reason else []
    problems = (*reason, *(loss.value for loss in outcome.losses))
    return replace(task, state=TaskState.REFUSED, problems=problems)


def _stopped(task: TranslationTask, obstacle: Obstacle) -> TranslationTask:
    """Return a translation that is right, and must not go out for another reason."""
    result = task.result if obstacle is Obstacle.CHANGED_HANDS else ""
    return replace(task, state=TaskState.REFUSED, problems=(obstacle.value,), result=result)
