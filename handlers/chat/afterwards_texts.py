"""What customers read when their case has ended: how to open it again, and how to rate it."""

from dataclasses import dataclass

from bot.desk.afterwards import BEST
from bot.desk.conversation import Conversation
from bot.desk.mail import Draft
from bot.desk.ticket import EntryKind, Ticket
from handlers import wording_case_texts as texts
from handlers.chat.buttons import Action, Button, Markup, keyboard
from handlers.chat.letters import Tie, closing_of, rating_of, to_chat
from handlers.chat.messages import message_parameters, reading_language
from handlers.chat.render import render_text
from handlers.wording import Wording

WORD = "word"


@dataclass(frozen=True, slots=True)
class Closing:
    """Writes in the customer's language."""

    wording: Wording

    def told(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """That it is closed; where a person has helped, also how the help was."""
        closed = self._phrase(texts.CLOSED, conversation)
        button = self._phrase(texts.REOPEN_BUTTON, conversation)
        reopen = keyboard([Button(button, Action.REOPEN, str(ticket.id))])
        drafts = self._write(conversation, closed, markup=reopen, tie=closing_of(ticket.id))
        if any(entry.kind is EntryKind.REPLY for entry in ticket.entries):
            drafts += self._ask_for_rating(conversation, ticket)
        return drafts

    def comment_wanted(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """The request for a word; Telegram opens the field for the reply."""
        said = self._phrase(texts.COMMENT_REQUEST, conversation)
        markup: Markup = {"force_reply": True}
        return self._write(conversation, said, markup=markup, tie=rating_of(ticket.id))

    def thanks(self, conversation: Conversation) -> list[Draft]:
        """Thanks for the word."""
        return self._write(conversation, self._phrase(texts.COMMENT_THANKS, conversation))

    def _ask_for_rating(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        said = self._phrase(texts.RATE_REQUEST, conversation)
        stars = [
            Button(f"{number}⭐", Action.STARS, f"{ticket.id}/{number}")
            for number in range(1, BEST + 1)
        ]
        word = self._phrase(texts.COMMENT_BUTTON, conversation)
        markup = keyboard(stars, [Button(word, Action.STARS, f"{ticket.id}/{WORD}")])
        return self._write(conversation, said, markup=markup, tie=rating_of(ticket.id))

    def _write(
        self,
        conversation: Conversation,
        text: str,
        *,
        markup: Markup | None = None,
        tie: Tie | None = None,
    ) -> list[Draft]:
        extra = {"mirrors": tie} if tie else {}
        return [
            to_chat(conversation.address.chat, "sendMessage", each, extra={"plain": plain, **extra})
            for each, plain in message_parameters(render_text(text), markup)
        ]

    def _phrase(self, text: str, conversation: Conversation) -> str:
        return self.wording.phrase(text, language=reading_language(conversation))
