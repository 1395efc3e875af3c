"""What is told of a case's changes: a line for staff, a message for the customer."""

from dataclasses import dataclass

from bot.desk.conversation import Conversation
from bot.desk.mail import Draft
from bot.desk.ticket import QUEUE, Entry, EntryKind, Staff, Ticket, TicketState, fold
from handlers import wording_case_texts as texts
from handlers.chat.afterwards_texts import Closing
from handlers.chat.case_card import CaseCards
from handlers.chat.letters import edit_of, to_topic
from handlers.chat.messages import customer_text, message_parameters, reading_language, topic_text
from handlers.chat.rich_text import RichText, code, joined, mention, plain, split
from handlers.wording_cases import CaseWording


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLines:
    """Tells both sides what the last entry of a ticket says."""

    words: CaseWording
    cards: CaseCards
    closing: Closing

    def changed(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """Tell of a change of hands, an end, or a new beginning."""
        last = ticket.entries[-1]
        drafts = self._told(conversation, ticket, last)
        match last.kind:
            case EntryKind.REOPENED:
                return [*drafts, *self.reopened(conversation, ticket)]
            case EntryKind.TRANSFERRED | EntryKind.RELEASED:
                drafts += self._line(ticket, self._moved(ticket, last))
            case EntryKind.RETURNED:
                # Where the human stretch ended must be seen among what was said.
                said = self.words.wording.staff_change(ticket, language=self.words.language)
                drafts += topic_text(ticket.id, said)
            case _:
                # The card and the name of the topic say it; a line would cost the group a message.
                pass
        drafts += self.cards.changed(conversation, ticket, silent=False)
        if ticket.state is TicketState.CLOSED:
            drafts.append(close_topic(ticket))
        return drafts

    def reopened(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """The card once more, below what was said, in the open topic."""
        drafts = [self.cards.shown(conversation, ticket), self.cards.renamed(conversation, ticket)]
        if fold(ticket.entries[:-1]) is TicketState.CLOSED:
            drafts.insert(0, to_topic(ticket.id, "reopenForumTopic", {}, silent=True))
        return drafts

    def woken(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """A line that calls whoever has it."""
        line = plain(self.words.phrase(texts.WOKEN, ticket=ticket.id))
        if ticket.claimed_by:
            line = joined([line, mention(ticket.claimed_by_name, ticket.claimed_by)], " ")
        return [*self._line(ticket, line), *self.cards.changed(conversation, ticket)]

    def draft_to_edit(self, ticket: Ticket, staff: Staff) -> list[Draft]:
        """The draft as a text that a touch copies; the reply to this message is what is sent."""
        draft = ticket.briefing.draft if ticket.briefing else None
        if draft is None:
            return []
        prompt = self._filled(texts.EDIT_PROMPT, staff=mention(staff.name, staff.identity))
        parts = message_parameters(split(joined([prompt, code(draft.text)], "\n\n")))
        parts[-1][0]["reply_markup"] = {"force_reply": True, "selective": True}
        extra = {"mirrors": edit_of(ticket.id)}
        return [
            to_topic(ticket.id, "sendMessage", parameters, extra={"plain": text, **extra})
            for parameters, text in parts
        ]

    def _told(self, conversation: Conversation, ticket: Ticket, last: Entry) -> list[Draft]:
        """What the customer reads; how colleagues share the work is nothing to them."""
        if last.kind is EntryKind.RELEASED or last.target.startswith(QUEUE):
            return []
        if last.kind is EntryKind.TRANSFERRED and fold(ticket.entries[:-1]) is ticket.state:
            return []
        if ticket.state is TicketState.CLOSED:
            return self.closing.told(conversation, ticket)
        language = reading_language(conversation)
        told = self.words.wording.change(ticket, language=language)
        return customer_text(conversation.address.chat, told)

    def _moved(self, ticket: Ticket, last: Entry) -> RichText:
        if last.kind is EntryKind.RELEASED:
            return plain(self.words.phrase(texts.RELEASED, staff=last.shown, ticket=ticket.id))
        if last.target == QUEUE:
            return plain(self.words.phrase(texts.GIVEN_BACK, staff=last.shown, ticket=ticket.id))
        if last.target.startswith(QUEUE):
            said = self.words.phrase(
                texts.QUEUED, staff=last.shown, ticket=ticket.id, queue=last.text
            )
            return plain(said)
        colleague = mention(last.text, last.target)
        return self._filled(
            texts.TRANSFERRED, staff=plain(last.shown), ticket=ticket.id, colleague=colleague
        )

    def _filled(self, text: str, **fields: object) -> RichText:
        """A text of the catalogs with people in it who are called by that."""
        marks = {name: f"\x00{name}\x00" for name, v in fields.items() if isinstance(v, RichText)}
        said = self.words.phrase(text, **{**fields, **marks})
        parts = said.replace("\u2068\x00", "\x00").replace("\x00\u2069", "\x00").split("\x00")
        whole = RichText()
        for number, part in enumerate(parts):
            value = fields[part] if number % 2 else plain(part)
            whole = whole + (value if isinstance(value, RichText) else str(value))
        return whole

    @staticmethod
    def _line(ticket: Ticket, line: RichText) -> list[Draft]:
        return [
            to_topic(ticket.id, "sendMessage", parameters, extra={"plain": text})
            for parameters, text in message_parameters([line])
        ]


def close_topic(ticket: Ticket) -> Draft:
    """Close the topic of a ticket, so that nobody writes into it by mistake."""
    return to_topic(ticket.id, "closeForumTopic", {}, silent=True)
