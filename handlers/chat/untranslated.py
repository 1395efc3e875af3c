"""What staff decide about a reply that was not translated, by the button under it."""

from collections.abc import Mapping

from bot.desk.mail import Draft
from bot.desk.ports import UnitOfWork
from bot.desk.ticket import Staff
from handlers import wording_interpreter_texts as texts
from handlers.chat.buttons import Action, keyboard
from handlers.chat.context import Door
from handlers.chat.letters import OUTBOX
from handlers.chat.presses import Pressed, StaffPressHandler, Toast
from handlers.chat.workers import CURRENT, threaded


class Untranslated:
    """Sends the reply that a button is about; refusals are raised."""

    def __init__(self, door: Door) -> None:
        """Work for one door."""
        self._door = door

    @property
    def actions(self) -> Mapping[Action, StaffPressHandler]:
        """What the button does; nothing where no message is translated."""
        return {} if self._door.interpreter is None else {Action.SEND_UNTRANSLATED: self.sent}

    async def sent(self, pressed: Pressed, staff: Staff) -> Toast:
        """Let the reply go out, and take the button away."""
        interpreter = self._door.interpreter
        if interpreter is None:
            return Toast()
        bare, handling = _without_button(pressed), CURRENT.get()

        def also(unit: UnitOfWork) -> None:
            unit.outbox.put([bare])
            handling.finish(unit)

        await threaded(interpreter.send_anyway, pressed.ticket, staff, also=also)
        language = self._door.settings.staff_language
        return Toast(self._door.wording.phrase(texts.SENT_ANYWAY, language=language))


def _without_button(pressed: Pressed) -> Draft:
    place = {"chat_id": pressed.chat, "message_id": pressed.message}
    return Draft(
        queue=f"{OUTBOX}topic:{pressed.chat}/{pressed.thread}",
        method="editMessageReplyMarkup",
        payload={"parameters": {**place, "reply_markup": keyboard()}, "plain": ""},
    )
