"""Translations in memory."""

from collections.abc import Sequence
from dataclasses import replace

from bot.desk.translation_tasks import Direction, TaskState, TranslationTask
from knowledge.errors import DeskError
from tests.fakes.memory_state import State


class MemoryTranslationTasks:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, task: TranslationTask) -> bool:
        key = (task.ticket, task.direction, task.reference)
        kept = self._state.translations.values()
        if any((one.ticket, one.direction, one.reference) == key for one in kept):
            return False
        number = self._state.number("translations")
        self._state.translations[number] = replace(task, id=number)
        return True

    def get(self, task: int) -> TranslationTask:
        if task not in self._state.translations:
            raise DeskError(problem=f"there is no translation {task}.")
        return self._state.translations[task]

    def waiting(self, *, limit: int) -> Sequence[TranslationTask]:
        waiting = [
            one for one in self._state.translations.values() if one.state is TaskState.WAITING
        ]
        waiting.sort(key=lambda one: (one.direction, one.id))
        if not waiting or waiting[0].direction is Direction.TO_CUSTOMER:
            return waiting[:1]
        return [one for one in waiting if one.ticket == waiting[0].ticket][:limit]

    def latest(self, ticket: int, message: str) -> TranslationTask | None:
        found = [
            one
            for one in self._state.translations.values()
            if (one.ticket, one.direction) == (ticket, Direction.TO_CUSTOMER)
            and one.message == message
        ]
        return found[-1] if found else None

    def update(self, task: TranslationTask) -> None:
        self.get(task.id)
        self._state.translations[task.id] = task
