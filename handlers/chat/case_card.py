"""The case card of a ticket in its topic, and how the topic is called.

A card is one message, so that it can be changed for as long as the case lasts. Everything about the
case is on it: its history folded, the draft, and the buttons. A line of its own is only written for
what colleagues must notice.
"""

from dataclasses import dataclass
from typing import Final

from bot.desk.conversation import Conversation
from bot.desk.mail import Draft
from bot.desk.ticket import Ticket, TicketState
from handlers import wording_case_texts as texts
from handlers.chat.buttons import Markup
from handlers.chat.case_buttons import CaseButtons
from handlers.chat.letters import CREATE_TOPIC, card_of, to_topic
from handlers.chat.messages import message_parameters, reading_language
from handlers.chat.render import render_rows
from handlers.chat.rich_text import (
    MESSAGE_LIMIT,
    RichText,
    bold,
    clean,
    folded,
    furthest,
    joined,
    plain,
    utf16_length,
)
from handlers.chat.topic_icons import TopicIcons
from handlers.wording_cases import CaseWording

_TITLE_LIMIT: Final = 128
# Blue and red of the six colours that Telegram has for topics.
_CALM: Final = 7322096
_URGENT: Final = 16478047

_LONGEST_DRAFT: Final = 2000
"""UTF-16 units of a draft that is shown on the card."""
_LONGEST_SECTION: Final = 900
_LONGEST_HEAD: Final = 1500
_HEADING: Final = 60
"""What the heading of a section may take up."""
_BETWEEN: Final = "\n\n"

_SIGNS: Final = {
    TicketState.WAITING: "⏳",
    TicketState.CLAIMED: "💬",
    TicketState.RETURNED: "🤖",
    TicketState.CLOSED: "✅",
}
_ASLEEP: Final = "💤"
_ALARM: Final = "🔴"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCards:
    """Writes case cards in the staff's language."""

    words: CaseWording
    icons: TopicIcons
    offers_entries: bool = False
    """Whether staff can make an entry of the FAQ from what they answered."""

    def opened(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """A topic of its own, and the case card in it."""
        colour = _URGENT if ticket.urgent else _CALM
        topic = {**self._name(conversation, ticket), "icon_color": colour}
        return [to_topic(ticket.id, CREATE_TOPIC, topic), self.shown(conversation, ticket)]

    def shown(self, conversation: Conversation, ticket: Ticket) -> Draft:
        """The card as a new message; from now on it is this one that changes."""
        parameters, text = self._card(conversation, ticket)
        extra = {"plain": text, "mirrors": card_of(ticket.id), "renews": True}
        return to_topic(ticket.id, "sendMessage", parameters, extra=extra)

    def changed(
        self, conversation: Conversation, ticket: Ticket, *, silent: bool = True
    ) -> list[Draft]:
        """The card and the name of the topic, as they are now."""
        card = self.edited(conversation, ticket, silent=silent)
        return [card, self.renamed(conversation, ticket)]

    def edited(self, conversation: Conversation, ticket: Ticket, *, silent: bool = True) -> Draft:
        """The card alone: most of what it tells is not in the name of the topic."""
        parameters, text = self._card(conversation, ticket)
        extra = {"plain": text, "edits": card_of(ticket.id)}
        return to_topic(ticket.id, "editMessageText", parameters, silent=silent, extra=extra)

    def renamed(self, conversation: Conversation, ticket: Ticket) -> Draft:
        """The name and the icon of the topic, as they are now."""
        name = self._name(conversation, ticket)
        return to_topic(ticket.id, "editForumTopic", name, silent=True)

    def buttons(self, ticket: Ticket) -> Markup | None:
        """What staff can do with a ticket as it stands."""
        return CaseButtons(self.words, self.offers_entries).of(
            ticket, whole_draft=self._draft_fits(ticket)
        )

    def _card(self, conversation: Conversation, ticket: Ticket) -> tuple[dict[str, object], str]:
        card = self.words.card(conversation, ticket)
        head = joined([bold(card.title), render_rows(card)], "\n\n")
        # What can be sent with one press is shown whole; the rest shares what room is left.
        draft = self._draft(ticket, whole=self._draft_fits(ticket))
        room = MESSAGE_LIMIT - utf16_length(draft.text) - len(_BETWEEN) * 3
        head = _beginning(head, min(room, _LONGEST_HEAD))
        room -= utf16_length(head.text)
        before = self._section(texts.BEFORE_TITLE, _end_of(self.words.before(ticket), room // 2))
        solved = self._section(texts.SOLVED_TITLE, _start_of(self.words.solved(ticket), room // 2))
        text = joined([head, before, solved, draft], _BETWEEN)
        ((parameters, shown),) = message_parameters([text], self.buttons(ticket))
        return parameters, shown

    def _draft_fits(self, ticket: Ticket) -> bool:
        draft = ticket.briefing.offered if ticket.briefing else None
        return draft is None or utf16_length(draft.text) <= _LONGEST_DRAFT

    def _draft(self, ticket: Ticket, *, whole: bool) -> RichText:
        if not ticket.state.open:
            return RichText()
        if ticket.briefing is None:
            return plain(self.words.phrase(texts.NOT_SEARCHED))
        if ticket.briefing.draft is None:
            return plain(self.words.phrase(texts.NO_DRAFT))
        draft = ticket.briefing.offered
        if draft is None:
            return RichText()
        title = bold(self.words.phrase(texts.DRAFT_TITLE))
        edit = self.words.phrase(texts.EDIT_DRAFT_BUTTON)
        hint = plain(self.words.phrase(texts.DRAFT_LONG, edit=edit))
        return joined([title, folded(plain(draft.text)) if whole else hint], "\n")

    def _section(self, title: str, text: str) -> RichText:
        heading = bold(self.words.phrase(title))
        return joined([heading, folded(plain(text))], "\n") if text else RichText()

    def _name(self, conversation: Conversation, ticket: Ticket) -> dict[str, object]:
        named: dict[str, object] = {"name": topic_name(conversation, ticket)}
        if icon := self.icons.icon_of(ticket):
            named["icon_custom_emoji_id"] = icon
        return named


def topic_name(conversation: Conversation, ticket: Ticket) -> str:
    """Return what shows in the list of topics: number, state, language and name."""
    sign = _ASLEEP if ticket.state.open and ticket.snoozed_until else _SIGNS[ticket.state]
    alarm = _ALARM if ticket.urgent and ticket.state.open else ""
    language = reading_language(conversation)
    shown = " · ".join(filter(None, (language, conversation.customer.name)))
    return topic_title(f"#{ticket.id} {alarm}{sign} {shown}")


def topic_title(text: str) -> str:
    """Return a name for a topic that Telegram accepts."""
    title = " ".join(clean(text).split()) or "…"
    while utf16_length(title) > _TITLE_LIMIT:
        title = title[:-2].rstrip() + "…"
    return title


def _beginning(text: RichText, units: int) -> RichText:
    """The beginning of a text, as much as fits so many UTF-16 units."""
    return text.part(0, furthest(text.text, 0, units))


def _start_of(text: str, room: int) -> str:
    """The beginning of a section; what is left of less than a line or two says nothing."""
    units = min(room - _HEADING, _LONGEST_SECTION)
    said = clean(text)
    if utf16_length(said) <= units:
        return said
    return f"{_beginning(plain(said), units - 1).text}…" if units > _HEADING else ""


def _end_of(text: str, room: int) -> str:
    """The end of a section: what was said last matters most."""
    backwards = _start_of(clean(text)[::-1], room)
    return backwards[::-1]
