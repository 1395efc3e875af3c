"""What a customer can ask of the bot besides questions: the commands, and leaving."""

import asyncio
from typing import Final

from telegram import ChatMember, Update
from telegram.ext import ContextTypes

from bot.desk.conversation import Conversation
from bot.desk.ports import UnitOfWork
from bot.desk.questions import Sender
from bot.desk.ticket import Ticket
from bot.i18n.formats import choosable_languages, own_name
from bot.i18n.locales import KNOWN_LOCALES
from bot.i18n.negotiation import canonical
from handlers import wording_staff_texts as staff_texts
from handlers import wording_texts as texts
from handlers.chat.buttons import Action, Button, Markup, keyboard
from handlers.chat.composer import reading_language
from handlers.chat.context import Door
from handlers.chat.letters import DOOR
from handlers.chat.messages import customer_text, topic_text
from handlers.chat.presses import Pressed
from handlers.chat.reading import address_of, message_in, sender_of
from handlers.chat.workers import CURRENT, in_thread, threaded

_Context = ContextTypes.DEFAULT_TYPE
_AUTOMATIC: Final = "auto"
_ROW: Final = 2
_SHOWN: Final = 32


class People:
    """Answers commands; what it says goes out through the outbox like everything else."""

    def __init__(self, door: Door) -> None:
        """Work for one door."""
        self._door = door

    async def start(self, update: Update, _: _Context) -> None:
        """Greet: /start."""
        conversation = await self._meet(update)
        await self._say(conversation, self._phrase(texts.WELCOME, conversation))

    async def help(self, update: Update, _: _Context) -> None:
        """Explain: /help."""
        conversation = await self._meet(update)
        language = reading_language(conversation)
        await self._say(conversation, self._door.wording.help(language=language))

    async def status(self, update: Update, _: _Context) -> None:
        """Tell of their tickets, the open ones and those that ended lately: /status."""
        conversation = await self._meet(update)
        tickets = await threaded(self._door.desk.on_record, conversation.address)
        language = reading_language(conversation)
        lines = [await self._standing(one, language) for one in tickets or (None,)]
        await self._say(conversation, "\n\n".join(lines))

    async def _standing(self, ticket: Ticket | None, language: str) -> str:
        """Where a ticket stands, and by when somebody answers where that is owed."""
        said = self._door.wording.status(ticket, language=language)
        timekeeper = self._door.desk.timekeeper
        if ticket is None or timekeeper is None or not ticket.state.open:
            return said
        expected = await asyncio.to_thread(timekeeper.expected, ticket.id)
        when = self._door.wording.expectation(expected, language=language) if expected else ""
        return " ".join(filter(None, (said, when)))

    async def unknown(self, update: Update, _: _Context) -> None:
        """Say that there is no such command."""
        conversation = await self._meet(update)
        command = (message_in(update).text or "/").split()[0][:_SHOWN]
        said = self._phrase(texts.UNKNOWN_COMMAND, conversation, command=command)
        await self._say(conversation, said)

    async def language(self, update: Update, _: _Context) -> None:
        """Offer the languages, or take the one that stands behind the command: /language."""
        words = (message_in(update).text or "").split()[1:]
        conversation = await self._meet(update)
        if not words:
            said = self._phrase(texts.CHOOSE_LANGUAGE, conversation)
            await self._say(conversation, said, self._languages(conversation))
        elif (tag := canonical(words[0])) in KNOWN_LOCALES:
            await self._choose(conversation, _sender(update), tag)
        else:
            known = ", ".join(choosable_languages())
            said = self._phrase(
                texts.LANGUAGE_UNKNOWN, conversation, tag=words[0][:_SHOWN], known=known
            )
            await self._say(conversation, said)

    async def language_pressed(self, pressed: Pressed) -> None:
        """Take the language of the pressed button."""
        tag = "" if pressed.press.id == _AUTOMATIC else pressed.press.id
        if tag and tag not in KNOWN_LOCALES:
            return
        sender = sender_of(pressed.user)
        conversation = await self._door.transact(lambda unit: _open(unit, sender))
        await self._choose(conversation, sender, tag)

    async def membership(self, update: Update, _: _Context) -> None:
        """Remember whether a customer has blocked the bot, and show it to staff."""
        change = update.my_chat_member
        if change is None or change.chat.type != change.chat.PRIVATE:
            return
        reachable = change.new_chat_member.status not in {ChatMember.BANNED, ChatMember.LEFT}
        sender = sender_of(change.from_user)

        def remember(unit: UnitOfWork) -> None:
            before = unit.conversations.at(address_of(int(sender.identity)))
            customer = unit.customers.meet(sender, DOOR)
            unit.customers.set_reachable(customer.id, reachable=reachable)
            if before is not None and before.customer.reachable is not reachable:
                self._show_reachable(unit, before, reachable=reachable)
            CURRENT.get().finish(unit)

        await self._door.transact(remember)

    def _show_reachable(
        self, unit: UnitOfWork, conversation: Conversation, *, reachable: bool
    ) -> None:
        ticket = unit.tickets.current(conversation.id)
        if ticket is not None:
            told = staff_texts.REACHABLE_AGAIN if reachable else staff_texts.CUSTOMER_BLOCKED
            language = self._door.settings.staff_language
            text = self._door.wording.phrase(told, language=language)
            drafts = topic_text(ticket.id, f"{'✅' if reachable else '⚠️'} {text}")
            unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)

    async def _meet(self, update: Update) -> Conversation:
        sender = _sender(update)
        return await self._door.transact(lambda unit: _open(unit, sender))

    async def _say(
        self, conversation: Conversation, text: str, markup: Markup | None = None
    ) -> None:
        drafts = customer_text(conversation.address.chat, text, markup)
        handling = CURRENT.get()

        def put(unit: UnitOfWork) -> None:
            unit.outbox.put(drafts, conversation=conversation)
            handling.finish(unit)

        await self._door.transact(put)

    async def _choose(self, conversation: Conversation, sender: Sender, tag: str) -> None:
        language = tag or sender.client_language or conversation.language
        said = (
            self._door.wording.phrase(
                texts.LANGUAGE_CHOSEN, language=language, chosen=own_name(tag)
            )
            if tag
            else self._door.wording.phrase(texts.LANGUAGE_AUTOMATIC, language=language)
        )
        drafts = customer_text(conversation.address.chat, said)
        handling = CURRENT.get()

        def put(unit: UnitOfWork) -> None:
            unit.outbox.put(drafts, conversation=conversation)
            handling.finish(unit)

        await in_thread(
            self._door.desk.choose_language, sender, conversation.address, tag, also=put
        )

    def _languages(self, conversation: Conversation) -> Markup:
        automatic = self._phrase(texts.AUTOMATIC_LANGUAGE, conversation)
        choices = [Button(own_name(tag), Action.LANGUAGE, tag) for tag in choosable_languages()]
        rows = [choices[start : start + _ROW] for start in range(0, len(choices), _ROW)]
        return keyboard([Button(automatic, Action.LANGUAGE, _AUTOMATIC)], *rows)

    def _phrase(self, text: str, conversation: Conversation, **fields: object) -> str:
        language = reading_language(conversation)
        return self._door.wording.phrase(text, language=language, **fields)


def _sender(update: Update) -> Sender:
    user = update.effective_user
    if user is None:
        text = f"update {update.update_id} has no sender"
        raise ValueError(text)
    return sender_of(user)


def _open(unit: UnitOfWork, sender: Sender) -> Conversation:
    """Find or begin the conversation in somebody's private chat, which has their number."""
    customer = unit.customers.meet(sender, DOOR)
    return unit.conversations.open(customer, address_of(int(sender.identity)))
