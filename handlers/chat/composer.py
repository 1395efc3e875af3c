"""Writes what customers and staff read in Telegram, each in their own language."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from bot.desk.conversation import Conversation
from bot.desk.expectation import Expectation
from bot.desk.mail import Draft
from bot.desk.outcomes import HandedOff, HandOffReason, Outcome
from bot.desk.ports import Clock
from bot.desk.questions import Message
from bot.desk.schedule.hours import CENTRE_ZONE
from bot.desk.ticket import EntryKind, Staff, Ticket
from handlers import wording_case_texts as case_texts
from handlers import wording_staff_texts as staff_texts
from handlers.chat.afterwards_texts import Closing
from handlers.chat.answer_buttons import answer_buttons
from handlers.chat.case_card import CaseCards, topic_title
from handlers.chat.case_lines import CaseLines, close_topic
from handlers.chat.letters import pressing, to_chat
from handlers.chat.messages import (
    customer_text,
    message_parameters,
    reading_language,
    topic_text,
)
from handlers.chat.relay.writing import RelayWriter
from handlers.chat.render import render_reply
from handlers.chat.topic_icons import TopicIcons
from handlers.wording import Reply
from handlers.wording_cases import CaseWording

__all__ = ["TelegramComposer", "reading_language", "topic_title"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramComposer(RelayWriter):
    """``Composer`` for this door; staff are written to in one language, customers in theirs."""

    clock: Clock
    today: Callable[[], date] | None = None
    """The day where the centre is, for which answers hold; without it, the day of the clock."""
    offers_entries: bool = False
    """Whether a FAQ entry can be made of a ticket that was closed."""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(CENTRE_ZONE))
    icons: TopicIcons = field(default_factory=TopicIcons)

    def outcome(
        self, conversation: Conversation, message: Message, outcome: Outcome
    ) -> list[Draft]:
        """The bot's answer, with its buttons under the last part."""
        reply = self._reply(outcome)
        markup = answer_buttons(self.wording, message, outcome)
        # Emergency numbers must arrive even when a person is quick to take over.
        urgent = isinstance(outcome, HandedOff) and outcome.reason is HandOffReason.DANGER
        after = int(message.reference) if message.reference.isdigit() else 0
        # A person who takes over sees what was handed over, but not what the bot meant to answer.
        answers = "" if isinstance(outcome, HandedOff) else message.spoken
        shown = message_parameters(render_reply(reply), markup)
        return [
            to_chat(
                conversation.address.chat,
                "sendMessage",
                parameters,
                fenced=not urgent,
                extra={"plain": plain, "after": after, "answers": "" if number else answers},
            )
            for number, (parameters, plain) in enumerate(shown)
        ]

    def case_opened(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """A topic of its own, and the case card in it."""
        opened = self.cards.opened(conversation, ticket)
        return pressing(opened) if ticket.urgent else opened

    def bot_answered(self, conversation: Conversation, ticket: Ticket, text: str) -> list[Draft]:  # noqa: ARG002 - the port's signature
        """What the bot said, marked as its own."""
        return topic_text(ticket.id, f"🤖 {text}")

    def state_changed(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """What each side must know of it; the card has the buttons that now make sense."""
        drafts = self.lines.changed(conversation, ticket)
        return [draft if draft.silent else pressing([draft])[0] for draft in drafts]

    def closed(self, conversation: Conversation, expected: Expectation) -> list[Draft]:
        """When somebody is there."""
        told = self.wording.expectation(expected, language=reading_language(conversation))
        return customer_text(conversation.address.chat, told)

    def card_changed(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """The card; the name of the topic where the case was put off, or is no longer."""
        last = ticket.entries[-1].kind
        # Whoever writes next must see whether it goes out: that waits for room.
        silent = last not in {EntryKind.NOTES_ONLY, EntryKind.REPLIES_OUT}
        if ticket.snoozed_until or last in {EntryKind.QUESTION, EntryKind.EDITED}:
            return self.cards.changed(conversation, ticket, silent=silent)
        return [self.cards.edited(conversation, ticket, silent=silent)]

    def case_reopened(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """The card once more, in the topic that it had."""
        return self.lines.reopened(conversation, ticket)

    def woken(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """A line in the topic."""
        return self.lines.woken(conversation, ticket)

    def draft_to_edit(
        self,
        conversation: Conversation,  # noqa: ARG002 - the port's signature
        ticket: Ticket,
        staff: Staff,
    ) -> list[Draft]:
        """A message in the topic that wants a reply."""
        return self.lines.draft_to_edit(ticket, staff)

    def comment_wanted(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """A message that wants a reply."""
        return Closing(self.wording).comment_wanted(conversation, ticket)

    def commented(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """A line in the topic, which may have to be opened for it."""
        comment = ticket.entries[-1].text
        said = self.words.phrase(case_texts.CUSTOMER_SAYS, ticket=ticket.id, comment=comment)
        drafts = [
            *Closing(self.wording).thanks(conversation),
            *topic_text(ticket.id, f"💬 {said}"),
        ]
        return drafts if ticket.state.open else [*drafts, close_topic(ticket)]

    def became_urgent(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """A line in the topic, and its name."""
        alarm = self._staff(staff_texts.BECAME_URGENT)
        return [*pressing(topic_text(ticket.id, alarm)), self.cards.renamed(conversation, ticket)]

    def staff_note(self, outcome: HandedOff) -> str:
        """The quotations that do not agree, with their sources."""
        return self.wording.quotations(outcome.quotes, language=self.staff_language)

    def noted(self, conversation: Conversation, ticket: Ticket, text: str) -> list[Draft]:  # noqa: ARG002 - the port's signature
        """The note, with its heading."""
        return topic_text(ticket.id, f"⚖️ {self._staff(staff_texts.DISAGREEMENT_LABEL)}\n{text}")

    def plain_text(self, conversation: Conversation, outcome: Outcome) -> str:  # noqa: ARG002 - the port's signature
        """The answer without its dress."""
        return self._reply(outcome).text

    @property
    def words(self) -> CaseWording:
        """What words the case cards."""
        return CaseWording(wording=self.wording, language=self.staff_language, zone=self.zone)

    @property
    def cards(self) -> CaseCards:
        """What writes the case cards."""
        return CaseCards(words=self.words, icons=self.icons, offers_entries=self.offers_entries)

    @property
    def lines(self) -> CaseLines:
        """What tells of the changes of a case."""
        return CaseLines(words=self.words, cards=self.cards, closing=Closing(self.wording))

    def _reply(self, outcome: Outcome) -> Reply:
        today = self.today() if self.today else self.clock().date()
        return self.wording.outcome(outcome, language=outcome.language, today=today)
