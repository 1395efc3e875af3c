"""What staff say of promises by pressing a button, and the names of the queues for a transfer."""

from collections.abc import Mapping

from bot.desk.ports import UnitOfWork
from bot.desk.ticket import Staff
from bot.desk.timers import Timer
from handlers.chat.buttons import Action
from handlers.chat.context import Door
from handlers.chat.presses import Pressed, StaffPressHandler, Toast
from handlers.chat.workers import CURRENT, threaded


class PromiseButtons:
    """Hands presses to the desk, and has the message changed that was pressed."""

    def __init__(self, door: Door) -> None:
        """Work for one door."""
        self._door = door

    @property
    def actions(self) -> Mapping[Action, StaffPressHandler]:
        """The handler for each action."""
        return {Action.KEPT: self.pressed, Action.MOVED: self.pressed}

    async def pressed(self, pressed: Pressed, staff: Staff) -> Toast:
        """Done, or put off to the next working day."""
        timekeeper = self._door.desk.timekeeper
        if timekeeper is None or not pressed.ticket:
            return Toast()
        kept = pressed.press.action is Action.KEPT
        handling, alerts = CURRENT.get(), self._door.alerts
        place = (str(pressed.chat), str(pressed.message))

        def also(unit: UnitOfWork, timer: Timer) -> None:
            if alerts is not None:
                told = alerts.settled(timer, staff, place, kept=kept)
                unit.outbox.put(told, ticket=timer.ticket)
            handling.finish(unit)

        settle = timekeeper.kept if kept else timekeeper.moved
        await threaded(settle, pressed.ticket, staff, also=also)
        return Toast()


def queue_titles(door: Door) -> Mapping[str, str]:
    """Return what the queues are called, by name, where there is more than one."""
    timekeeper = door.desk.timekeeper
    listed = timekeeper.timing.queues.listed if timekeeper else ()
    words = door.composer.words
    titles = {each.name: words.queue(each.name, each.title) for each in listed}
    return titles if len(titles) > 1 else {}
