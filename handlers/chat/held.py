"""What staff decide about messages that were held, by the buttons under them."""

from collections.abc import Mapping

from bot.desk.desk import Also
from bot.desk.mail import Draft
from bot.desk.ports import UnitOfWork
from bot.desk.ticket import Staff
from handlers import wording_relay_texts as texts
from handlers.chat.buttons import Action, Button, Markup, keyboard
from handlers.chat.context import Door
from handlers.chat.letters import OUTBOX
from handlers.chat.messages import message_parameters
from handlers.chat.presses import Pressed, StaffPressHandler, Toast
from handlers.chat.render import render_text
from handlers.chat.topics import topic_key
from handlers.chat.workers import CURRENT, threaded


class HeldMessages:
    """Sends, keeps or takes back the message that a button is about; refusals are raised."""

    def __init__(self, door: Door) -> None:
        """Work for one door."""
        self._door = door

    @property
    def actions(self) -> Mapping[Action, StaffPressHandler]:
        """What each of the buttons does."""
        return {
            Action.SEND_HELD: self.sent,
            Action.KEEP_HELD: self.kept,
            Action.UNDO: self.undone,
        }

    async def sent(self, pressed: Pressed, staff: Staff) -> Toast:
        """Let a held message go out; from then on it can be taken back."""
        undo = Button(self._phrase(texts.UNDO_BUTTON), Action.UNDO, pressed.press.id)
        shown = self._text(pressed, texts.HELD_SENT, keyboard([undo]))
        send = self._door.desk.send_held
        await threaded(send, _place(pressed), pressed.press.id, staff, also=_showing(shown))
        return Toast()

    async def kept(self, pressed: Pressed, staff: Staff) -> Toast:
        """Make a note of a held message."""
        shown = self._text(pressed, texts.HELD_KEPT, keyboard())
        keep = self._door.desk.keep_held
        await threaded(keep, _place(pressed), pressed.press.id, staff, also=_showing(shown))
        return Toast()

    async def undone(self, pressed: Pressed, staff: Staff) -> Toast:
        """Take back what went out."""
        bare = _edit(pressed, "editMessageReplyMarkup", {"reply_markup": keyboard()}, "")
        withdraw = self._door.desk.withdraw
        await threaded(withdraw, _place(pressed), staff, pressed.press.id, also=_showing(bare))
        return Toast()

    def _text(self, pressed: Pressed, text: str, markup: Markup) -> Draft:
        """Let the message with the buttons say what was decided."""
        ((parameters, plain),) = message_parameters(render_text(self._phrase(text)))
        return _edit(pressed, "editMessageText", {**parameters, "reply_markup": markup}, plain)

    def _phrase(self, text: str) -> str:
        return self._door.wording.phrase(text, language=self._door.settings.staff_language)


def _place(pressed: Pressed) -> str:
    return topic_key(pressed.chat, pressed.thread)


def _showing(shown: Draft) -> Also:
    """Return what changes the message in the transaction that decides."""
    handling = CURRENT.get()

    def also(unit: UnitOfWork) -> None:
        unit.outbox.put([shown])
        handling.finish(unit)

    return also


def _edit(pressed: Pressed, method: str, parameters: Mapping[str, object], plain: str) -> Draft:
    place = {"chat_id": pressed.chat, "message_id": pressed.message}
    return Draft(
        queue=f"{OUTBOX}topic:{pressed.chat}/{pressed.thread}",
        method=method,
        payload={"parameters": {**place, **parameters}, "plain": plain},
    )
