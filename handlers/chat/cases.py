"""What staff do with a case by its buttons; whoever presses is told what came of it."""

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from telegram import Update
from telegram.ext import ContextTypes

from bot.desk.mail import Draft
from bot.desk.ports import UnitOfWork
from bot.desk.relay import is_note
from bot.desk.snooze import snooze_end
from bot.desk.ticket import Staff, Ticket
from handlers import wording_case_texts as texts
from handlers.chat.albums import parts_in
from handlers.chat.buttons import Action, Markup
from handlers.chat.case_buttons import ANYBODY, BACK, NOTES_ONLY, REPLIES_OUT, CaseButtons
from handlers.chat.context import Door
from handlers.chat.letters import read_role, ticket_queue
from handlers.chat.membership import Handler
from handlers.chat.presses import Pressed, StaffPressHandler, Toast
from handlers.chat.promise_buttons import queue_titles
from handlers.chat.reading import message_in, remembering, reply_of
from handlers.chat.topic_lines import TopicLines
from handlers.chat.topics import topic_key
from handlers.chat.workers import CURRENT, threaded
from knowledge.errors import DatabaseError, DeskError

_Context = ContextTypes.DEFAULT_TYPE
_Result = TypeVar("_Result")

_QUEUE: Final = "q/"


class CaseRoom:
    """Hands presses of staff to the desk; what it refuses is raised, and shown by ``Presses``."""

    def __init__(self, door: Door, *, queues: Mapping[str, str] | None = None) -> None:
        """Work for one door; ``queues`` are the names of those a case can be put into, by key.

        Without them they are those of the desk.
        """
        self._door = door
        self._queues = queue_titles(door) if queues is None else queues
        self._buttons = CaseButtons(door.composer.words)

    async def claimed(self, pressed: Pressed, staff: Staff) -> Toast:
        """Claim: whoever is second is told who was first."""
        ticket = await self._do(self._door.desk.claim, pressed.ticket, staff)
        return self._toast(texts.CLAIMED_TOAST, ticket=ticket.id)

    async def returned(self, pressed: Pressed, staff: Staff) -> Toast:
        """Give the thread back to the bot."""
        await self._do(self._door.desk.return_to_bot, pressed.ticket, staff)
        return Toast()

    async def closed(self, pressed: Pressed, staff: Staff) -> Toast:
        """Close the case."""
        await self._do(self._door.desk.close, pressed.ticket, staff)
        return Toast()

    async def reopened(self, pressed: Pressed, staff: Staff) -> Toast:
        """Open the case again."""
        await self._do(self._door.desk.triage.reopen, pressed.ticket, staff)
        return Toast()

    async def draft_sent(self, pressed: Pressed, staff: Staff) -> Toast:
        """Send the draft as it is, if it is the one on the card."""
        send = self._door.desk.drafts.send
        await self._do(send, pressed.ticket, staff, shown=pressed.choice)
        return self._toast(texts.SENT_TOAST)

    async def draft_wanted(self, pressed: Pressed, staff: Staff) -> Toast:
        """Put the draft before whoever wants to change it."""
        await self._do(self._door.desk.drafts.show, pressed.ticket, staff)
        return Toast()

    async def draft_discarded(self, pressed: Pressed, staff: Staff) -> Toast:
        """Take the draft off the card."""
        await self._do(self._door.desk.drafts.discard, pressed.ticket, staff)
        return self._toast(texts.DISCARDED_TOAST)

    async def mode_changed(self, pressed: Pressed, staff: Staff) -> Toast:
        """Change to notes only or to replies, whichever the button named."""
        _, ticket = await threaded(self._door.desk.thread, pressed.ticket)
        wanted = {NOTES_ONLY: True, REPLIES_OUT: False}.get(pressed.choice, not ticket.notes_only)
        await self._do(self._door.desk.triage.set_mode, ticket.id, staff, notes_only=wanted)
        return self._toast(texts.NOTES_ONLY_TOAST if wanted else texts.REPLIES_OUT_TOAST)

    async def snoozed(self, pressed: Pressed, staff: Staff) -> Toast:
        """Show until when the case can be put off, or put it off."""
        _, ticket = await threaded(self._door.desk.thread, pressed.ticket)
        if not pressed.choice:
            return await self._show(pressed, self._buttons.snoozes(ticket))
        until = snooze_end(pressed.choice, self._door.clock(), self._door.composer.zone)
        if until is None:
            return await self._show(pressed, self._door.composer.cards.buttons(ticket))
        await self._do(self._door.desk.triage.snooze, ticket.id, staff, until)
        moment = self._door.composer.words.moment(until)
        return self._toast(texts.SNOOZED_TOAST, ticket=ticket.id, moment=moment)

    async def transferred(self, pressed: Pressed, staff: Staff) -> Toast:
        """Show to whom the case can be given, or give it."""
        _, ticket = await threaded(self._door.desk.thread, pressed.ticket)
        triage, choice = self._door.desk.triage, pressed.choice
        if not choice:
            return await self._offer(pressed, ticket, staff)
        if choice == BACK:
            return await self._show(pressed, self._door.composer.cards.buttons(ticket))
        if choice == ANYBODY or choice.startswith(_QUEUE):
            queue = "" if choice == ANYBODY else choice.removeprefix(_QUEUE)
            if queue and queue not in self._queues:
                # The file of queues was changed since the menu was shown.
                await self._offer(pressed, ticket, staff)
                return self._toast(texts.NO_QUEUE, alert=True, queue=queue)
            name = self._queues.get(queue, "")
            await self._do(triage.put_in_queue, ticket.id, staff, queue, name=name)
        else:
            await self._do(triage.transfer, ticket.id, staff, choice)
        return Toast()

    async def card_wanted(self, update: Update, _: _Context) -> None:
        """Show the card again, below what was said since: /card."""
        message, handling = message_in(update), CURRENT.get()
        place = topic_key(message.chat_id, message.message_thread_id or 0)

        def put(unit: UnitOfWork) -> None:
            ticket = unit.tickets.at_topic(place)
            if ticket is not None:
                conversation = unit.conversations.get(ticket.conversation)
                card = self._door.composer.cards.shown(conversation, ticket)
                unit.outbox.put([card], conversation=conversation, ticket=ticket.id)
            handling.finish(unit)

        await self._door.transact(put)

    def replies(self, other: Handler) -> Handler:
        """Return a handler for replies: one to a draft goes to the customer, all else elsewhere."""

        async def replied(update: Update, context: _Context) -> None:
            message, parts = message_in(update), parts_in(update)
            ticket = await self._edited_draft(update)
            if not ticket:
                await other(update, context)
                return
            also = remembering(parts or (message,), also=CURRENT.get().finish)
            replace, reply = self._door.desk.drafts.replace, reply_of(message, parts)
            try:
                await threaded(replace, ticket, reply, also=also)
            except DatabaseError:
                raise
            except DeskError as error:
                thread = message.message_thread_id or 0
                await TopicLines(self._door).tell(message.chat_id, thread, error)

        return replied

    async def _edited_draft(self, update: Update) -> int:
        """The ticket whose draft a message is the new form of; 0 for none."""
        message, parts = message_in(update), parts_in(update)
        if message.reply_to_message is None or (message.media_group_id and not parts):
            return 0  # An album is looked at again when it is whole.
        said = [one.text or one.caption or "" for one in parts or (message,)]
        # Notes and commands stay among staff, whatever they are a reply to.
        if any(is_note(one) or one.lstrip().startswith("/") for one in said):
            return 0
        here = (str(message.chat_id), str(message.reply_to_message.message_id))
        tie = await self._door.transact(lambda unit: unit.links.find(here))
        ticket, role = read_role(tie)
        if role != "edit":
            return 0
        found = await self._door.transact(lambda unit: unit.tickets.get(ticket))
        return 0 if found.notes_only else ticket

    async def _offer(self, pressed: Pressed, ticket: Ticket, staff: Staff) -> Toast:
        members = await threaded(self._door.desk.staffing.colleagues, ticket, staff)
        markup = self._buttons.colleagues(ticket, members, self._queues)
        toast = await self._show(pressed, markup)
        return toast if members else self._toast(texts.NO_COLLEAGUES)

    async def _show(self, pressed: Pressed, markup: Markup | None) -> Toast:
        """Change the buttons under the message that was pressed."""
        place = {"chat_id": pressed.chat, "message_id": pressed.message}
        parameters = {**place, "reply_markup": markup or {"inline_keyboard": []}}
        draft = Draft(
            queue=ticket_queue(pressed.ticket),
            method="editMessageReplyMarkup",
            payload={"parameters": parameters},
        )
        handling = CURRENT.get()

        def put(unit: UnitOfWork) -> None:
            unit.outbox.put([draft])
            handling.finish(unit)

        await self._door.transact(put)
        return Toast()

    @staticmethod
    async def _do(work: Callable[..., _Result], *args: object, **kwargs: object) -> _Result:
        """Do something of the desk's, and mark the press as handled together with it."""
        return await threaded(work, *args, also=CURRENT.get().finish, **kwargs)

    def _toast(self, text: str, *, alert: bool = False, **fields: object) -> Toast:
        return Toast(self._door.composer.words.phrase(text, **fields), alert)


def actions(room: CaseRoom) -> Mapping[Action, StaffPressHandler]:
    """Return what each button of staff does."""
    return {
        Action.CLAIM: room.claimed,
        Action.RETURN: room.returned,
        Action.CLOSE: room.closed,
        Action.REOPEN: room.reopened,
        Action.SEND_DRAFT: room.draft_sent,
        Action.EDIT_DRAFT: room.draft_wanted,
        Action.DISCARD_DRAFT: room.draft_discarded,
        Action.TRANSFER: room.transferred,
        Action.SNOOZE: room.snoozed,
        Action.MODE: room.mode_changed,
    }
