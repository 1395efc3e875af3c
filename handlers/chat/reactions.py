"""Reactions, shown on the other side: one for each message, of those that everybody has."""

from collections.abc import Sequence
from typing import Final

from telegram import MessageReactionUpdated, ReactionType, ReactionTypeEmoji, Update
from telegram.ext import ContextTypes

from bot.desk.ports import UnitOfWork
from handlers import wording_relay_texts as texts
from handlers.chat.context import Door
from handlers.chat.letters import Tie, packed, to_chat, to_topic
from handlers.chat.messages import topic_text
from handlers.chat.reading import address_of
from handlers.chat.relay.writing import DELIVERED
from handlers.chat.workers import CURRENT

_REACT: Final = "setMessageReaction"
_OTHER: Final = "?"


class Reactions:
    """Passes reactions on, both ways."""

    def __init__(self, door: Door) -> None:
        """Work for one door."""
        self._door = door

    async def reacted(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Show a reaction on the mirror of the message."""
        change = update.message_reaction
        if change is None:
            return
        handling = CURRENT.get()

        def show(unit: UnitOfWork) -> None:
            if self._door.settings.is_staff(change.chat.id):
                self._show_customer(unit, change)
            elif change.chat.type == change.chat.PRIVATE:
                self._show_staff(unit, change)
            handling.finish(unit)

        await self._door.transact(show)

    def _show_customer(self, unit: UnitOfWork, change: MessageReactionUpdated) -> None:
        """Staff reacted: it goes out like a reply, from the one who has the ticket."""
        here, mirror = _mirror(unit, change)
        chat = int(mirror[0]) if mirror and mirror[0].isdigit() else 0
        conversation = unit.conversations.at(address_of(chat)) if chat else None
        ticket = unit.tickets.current(conversation.id) if conversation else None
        actor = change.user or change.actor_chat
        if ticket is None or actor is None or ticket.notes_only:
            return
        if ticket.claimed_by != str(actor.id):
            return
        refused = topic_text(ticket.id, f"⚠️ {self._staff(texts.REACTION_NOT_SHOWN)}")
        sign = _sign(change.new_reaction)
        extra = {"edits": here, "otherwise": packed(refused)}
        shown = [to_chat(str(chat), _REACT, {"reaction": _reaction(sign)}, extra=extra)]
        drafts = refused if sign == _OTHER else shown
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)

    def _show_staff(self, unit: UnitOfWork, change: MessageReactionUpdated) -> None:
        """The customer reacted; where Telegram tells us so."""
        here, mirror = _mirror(unit, change)
        conversation = unit.conversations.at(address_of(change.chat.id))
        ticket = unit.tickets.current(conversation.id) if conversation else None
        group = int(mirror[0]) if mirror and mirror[0].lstrip("-").isdigit() else 0
        in_group = self._door.settings.is_staff(group)
        if conversation is None or ticket is None or not in_group:
            return
        sign = _sign(change.new_reaction)
        told = topic_text(ticket.id, self._staff(texts.CUSTOMER_REACTED, sign=sign))
        if not sign and not unit.conversations.versions(conversation.id, here[1]):
            # It took the place of the sign that the message had arrived.
            sign = DELIVERED
        extra = {"edits": here, "otherwise": packed(told)}
        shown = [to_topic(ticket.id, _REACT, {"reaction": _reaction(sign)}, extra=extra)]
        drafts = told if sign == _OTHER else shown
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)

    def _staff(self, text: str, **fields: object) -> str:
        language = self._door.settings.staff_language
        return self._door.wording.phrase(text, language=language, **fields)


def _mirror(unit: UnitOfWork, change: MessageReactionUpdated) -> tuple[Tie, Tie | None]:
    here = (str(change.chat.id), str(change.message_id))
    return here, unit.links.find(here)


def _sign(reactions: Sequence[ReactionType]) -> str:
    """Return the newest emoji; "" when all were taken away, “?” when none is one for everybody."""
    signs = [one.emoji for one in reactions if isinstance(one, ReactionTypeEmoji)]
    if signs:
        return signs[-1]
    return _OTHER if reactions else ""


def _reaction(sign: str) -> list[dict[str, str]]:
    return [{"type": "emoji", "emoji": sign}] if sign else []
