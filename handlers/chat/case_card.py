"""The case card of a ticket: what staff see first, its buttons, and the name of its topic."""

from dataclasses import dataclass
from typing import Final

from bot.desk.conversation import Conversation
from bot.desk.mail import Draft
from bot.desk.ticket import Ticket, TicketState
from handlers import wording_staff_texts as staff_texts
from handlers.chat.buttons import Action, Button, Markup, keyboard
from handlers.chat.gap_composer import make_button
from handlers.chat.letters import CREATE_TOPIC, card_of, to_topic
from handlers.chat.messages import message_parameters
from handlers.chat.render import render_card
from handlers.chat.rich_text import clean, utf16_length
from handlers.wording import Wording

_TITLE_LIMIT: Final = 128
# Blue and red of the six colours that Telegram has for topics.
_CALM: Final = 7322096
_URGENT: Final = 16478047


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCards:
    """Writes case cards in the staff's language."""

    wording: Wording
    language: str
    offers_entries: bool = False
    """Whether staff can make an entry of the FAQ from what they answered."""

    def opened(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """A topic of its own, and the case card in it."""
        card = self.wording.staff_card(conversation, ticket, language=self.language)
        topic = {
            "name": topic_title(card.title),
            "icon_color": _URGENT if ticket.urgent else _CALM,
        }
        shown = message_parameters(render_card(card), self.buttons(ticket))
        drafts = [
            to_topic(ticket.id, "sendMessage", each, extra={"plain": plain})
            for each, plain in shown[:-1]
        ]
        last, plain = shown[-1]
        extra = {"plain": plain, "mirrors": card_of(ticket.id)}
        return [
            to_topic(ticket.id, CREATE_TOPIC, topic),
            *drafts,
            to_topic(ticket.id, "sendMessage", last, extra=extra),
        ]

    def renamed(self, conversation: Conversation, ticket: Ticket) -> Draft:
        """The name of the topic, as it is now."""
        card = self.wording.staff_card(conversation, ticket, language=self.language)
        name = {"name": topic_title(card.title)}
        return to_topic(ticket.id, "editForumTopic", name, silent=True)

    def buttons_changed(self, ticket: Ticket) -> Draft:
        """The card's buttons, as they are now."""
        markup = {"reply_markup": self.buttons(ticket) or keyboard()}
        extra = {"edits": card_of(ticket.id)}
        return to_topic(ticket.id, "editMessageReplyMarkup", markup, silent=True, extra=extra)

    def buttons(self, ticket: Ticket) -> Markup | None:
        """What staff can do with a ticket as it stands; None when it is nothing."""
        first = {
            TicketState.WAITING: (staff_texts.CLAIM_BUTTON, Action.CLAIM),
            TicketState.CLAIMED: (staff_texts.RETURN_BUTTON, Action.RETURN),
        }.get(ticket.state)
        if first is None:
            made = make_button(self.wording, self.language, ticket)
            return keyboard(made) if self.offers_entries and made else None
        wanted = (first, (staff_texts.CLOSE_BUTTON, Action.CLOSE))
        return keyboard(
            [
                Button(self.wording.phrase(label, language=self.language), action, str(ticket.id))
                for label, action in wanted
            ]
        )


def topic_title(text: str) -> str:
    """Return a name for a topic that Telegram accepts."""
    title = " ".join(clean(text).split()) or "…"
    while utf16_length(title) > _TITLE_LIMIT:
        title = title[:-2].rstrip() + "…"
    return title
