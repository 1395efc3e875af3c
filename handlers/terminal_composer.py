"""Writes what the customer reads in the terminal. Staff read the ticket itself there."""

from dataclasses import dataclass

from bot.desk.conversation import Conversation
from bot.desk.expectation import Expectation
from bot.desk.outcomes import HandedOff, Outcome
from bot.desk.ports import Clock, Draft, StaffMessage
from bot.desk.questions import Message
from bot.desk.relay import StaffRecord
from bot.desk.ticket import EntryKind, Staff, Ticket
from handlers import wording_case_texts as case_texts
from handlers import wording_texts as texts
from handlers.wording import Wording
from handlers.wording_direction import isolate

METHOD = "print"


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalComposer:
    """``Composer`` for this door; staff get no drafts, because they look at the timeline."""

    wording: Wording
    clock: Clock

    def outcome(
        self, conversation: Conversation, message: Message, outcome: Outcome
    ) -> list[Draft]:
        """The bot's answer with its sources."""
        del message
        return [_draft(conversation, self.plain_text(conversation, outcome))]

    def case_opened(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """Nothing: ``/staff`` lists the ticket."""
        del conversation, ticket
        return []

    def customer_wrote(
        self, conversation: Conversation, ticket: Ticket, message: Message
    ) -> list[Draft]:
        """Nothing: it stands in the timeline."""
        del conversation, ticket, message
        return []

    def bot_answered(self, conversation: Conversation, ticket: Ticket, text: str) -> list[Draft]:
        """Nothing: it stands in the timeline."""
        del conversation, ticket, text
        return []

    def staff_replied(
        self, conversation: Conversation, ticket: Ticket, reply: StaffMessage
    ) -> list[Draft]:
        """The reply, with a word in the customer's language on who speaks."""
        del ticket
        language = reading_language(conversation)
        speaker = self.wording.phrase(texts.COLLEAGUE, language=language)
        said = isolate(reply.text, language=language)
        return [_draft(conversation, f"{speaker}: {said}")]

    def kept_back(
        self, conversation: Conversation, ticket: Ticket, record: StaffRecord
    ) -> list[Draft]:
        """Nothing: it stands in the timeline."""
        del conversation, ticket, record
        return []

    def album_changed(self, album: StaffMessage, part: StaffMessage) -> StaffMessage:
        """The new version: nobody sends albums here."""
        del album
        return part

    def withdrawn(
        self, conversation: Conversation, ticket: Ticket, record: StaffRecord
    ) -> list[Draft]:
        """Nothing: what was printed cannot be taken back, and no command here asks for it."""
        del conversation, ticket, record
        return []

    def state_changed(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """What becomes of the ticket, but for what is only between colleagues."""
        if ticket.entries[-1].kind in {EntryKind.TRANSFERRED, EntryKind.RELEASED}:
            return []
        language = reading_language(conversation)
        return [_draft(conversation, self.wording.change(ticket, language=language))]

    def closed(self, conversation: Conversation, expected: Expectation) -> list[Draft]:
        """When somebody is there."""
        language = reading_language(conversation)
        return [_draft(conversation, self.wording.expectation(expected, language=language))]

    def card_changed(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """Nothing: whoever looks at the ticket sees it."""
        del conversation, ticket
        return []

    def case_reopened(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """Nothing: ``/staff`` lists the ticket."""
        del conversation, ticket
        return []

    def woken(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """Nothing: the list has it all the time."""
        del conversation, ticket
        return []

    def draft_to_edit(
        self, conversation: Conversation, ticket: Ticket, staff: Staff
    ) -> list[Draft]:
        """Nothing: whoever sits at the terminal writes their own reply."""
        del conversation, ticket, staff
        return []

    def comment_wanted(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """The request for a word."""
        del ticket
        language = reading_language(conversation)
        said = self.wording.phrase(case_texts.COMMENT_REQUEST, language=language)
        return [_draft(conversation, said)]

    def commented(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """Thanks for it."""
        del ticket
        language = reading_language(conversation)
        said = self.wording.phrase(case_texts.COMMENT_THANKS, language=language)
        return [_draft(conversation, said)]

    def became_urgent(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        """Nothing: the list has it first."""
        del conversation, ticket
        return []

    def staff_note(self, outcome: HandedOff) -> str:
        """The quotations that do not agree; whoever tries the terminal reads both sides."""
        return self.wording.quotations(outcome.quotes, language=outcome.language)

    def noted(self, conversation: Conversation, ticket: Ticket, text: str) -> list[Draft]:
        """Nothing: it stands in the timeline."""
        del conversation, ticket, text
        return []

    def undelivered(self, conversation: Conversation, ticket: Ticket, problem: str) -> list[Draft]:
        """Nothing: it stands in the timeline."""
        del conversation, ticket, problem
        return []

    def plain_text(self, conversation: Conversation, outcome: Outcome) -> str:
        """The outcome as it is read."""
        del conversation
        today = self.clock().date()
        return self.wording.outcome(outcome, language=outcome.language, today=today).text


def reading_language(conversation: Conversation) -> str:
    """The language to write to the customer in when there is no answer to go by."""
    customer = conversation.customer
    return customer.language or conversation.language or customer.client_language or "en"


def _draft(conversation: Conversation, text: str) -> Draft:
    return Draft(queue=conversation.address.key, method=METHOD, payload={"text": text})
