"""A composer whose messages are easy to read in an assertion."""

from dataclasses import replace

from bot.desk.conversation import Conversation
from bot.desk.expectation import Expectation
from bot.desk.outcomes import HandedOff, Outcome
from bot.desk.ports import Draft, StaffMessage
from bot.desk.questions import Message
from bot.desk.relay import StaffRecord
from bot.desk.ticket import EntryKind, Staff, Ticket


class PlainComposer:
    """Every draft says who it is for (its queue) and carries one ``text``."""

    def outcome(
        self, conversation: Conversation, message: Message, outcome: Outcome
    ) -> list[Draft]:
        text = f"{message.reference}: {self.plain_text(conversation, outcome)}"
        return [to_customer(conversation, text)]

    def case_opened(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        return [to_staff(conversation, ticket, f"case {ticket.id} {ticket.reason}")]

    def customer_wrote(
        self, conversation: Conversation, ticket: Ticket, message: Message
    ) -> list[Draft]:
        said = f"edited: {message.spoken}" if message.edited else message.spoken
        return [to_staff(conversation, ticket, f"customer: {said}")]

    def bot_answered(self, conversation: Conversation, ticket: Ticket, text: str) -> list[Draft]:
        return [to_staff(conversation, ticket, f"bot: {text}")]

    def staff_replied(
        self, conversation: Conversation, ticket: Ticket, reply: StaffMessage
    ) -> list[Draft]:
        del ticket
        mark = "edited: " if reply.edited else ""
        return [to_customer(conversation, f"{mark}{reply.name}: {reply.text}")]

    def kept_back(
        self, conversation: Conversation, ticket: Ticket, record: StaffRecord
    ) -> list[Draft]:
        return [to_staff(conversation, ticket, f"{record.standing}: {record.message.text}")]

    def album_changed(self, album: StaffMessage, part: StaffMessage) -> StaffMessage:
        return replace(album, reference=album.parts[0], text=f"album: {part.text}", edited=False)

    def withdrawn(
        self, conversation: Conversation, ticket: Ticket, record: StaffRecord
    ) -> list[Draft]:
        gone = [to_staff(conversation, ticket, f"taken back: {record.message.text}")]
        return [to_customer(conversation, "(deleted)"), *gone] if record.rows else gone

    def state_changed(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        text = f"now {ticket.state}"
        inward = {EntryKind.TRANSFERRED, EntryKind.RELEASED}
        told = [] if ticket.entries[-1].kind in inward else [to_customer(conversation, text)]
        return [*told, to_staff(conversation, ticket, text)]

    def closed(self, conversation: Conversation, expected: Expectation) -> list[Draft]:
        return [to_customer(conversation, f"closed until {expected.opens:%d %H:%M}")]

    def card_changed(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        return [to_staff(conversation, ticket, f"card {ticket.id}")]

    def case_reopened(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        return [to_staff(conversation, ticket, f"case {ticket.id} again {ticket.reason}")]

    def woken(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        return [to_staff(conversation, ticket, f"woken {ticket.id}")]

    def draft_to_edit(
        self, conversation: Conversation, ticket: Ticket, staff: Staff
    ) -> list[Draft]:
        draft = ticket.briefing.draft if ticket.briefing else None
        return [to_staff(conversation, ticket, f"edit, {staff.name}: {draft and draft.text}")]

    def comment_wanted(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        return [to_customer(conversation, f"a word on {ticket.id}?")]

    def commented(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        text = f"word: {ticket.entries[-1].text}"
        return [to_customer(conversation, "thanks"), to_staff(conversation, ticket, text)]

    def became_urgent(self, conversation: Conversation, ticket: Ticket) -> list[Draft]:
        return [to_staff(conversation, ticket, "urgent")]

    def staff_note(self, outcome: HandedOff) -> str:
        return " / ".join(each.quote for each in outcome.quotes)

    def noted(self, conversation: Conversation, ticket: Ticket, text: str) -> list[Draft]:
        return [to_staff(conversation, ticket, f"note: {text}")]

    def undelivered(self, conversation: Conversation, ticket: Ticket, problem: str) -> list[Draft]:
        return [to_staff(conversation, ticket, f"undelivered: {problem}")]

    def plain_text(self, conversation: Conversation, outcome: Outcome) -> str:
        del conversation
        return f"{outcome.outcome}/{outcome.reason}"


def to_customer(conversation: Conversation, text: str) -> Draft:
    return Draft(queue=conversation.address.key, method="say", payload={"text": text})


def to_staff(conversation: Conversation, ticket: Ticket, text: str) -> Draft:
    queue = f"{conversation.address.door}:staff:{ticket.id}"
    return Draft(queue=queue, method="say", payload={"text": text})
