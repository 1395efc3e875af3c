"""What of a ticket becomes a FAQ entry: which question, and which reply."""

from collections.abc import Sequence

from bot.desk.conversation import Conversation
from bot.desk.gap_errors import NothingToDraft
from bot.desk.ticket import Entry, EntryKind, Ticket
from bot.desk.unanswered import OpenQuestion, Unanswered
from knowledge.language import identify_message


def choose_reply(ticket: Ticket, answer: str) -> Entry:
    """The reply that says ``answer``, by default the longest; ``NothingToDraft`` without one."""
    replies = [one for one in ticket.entries if one.kind is EntryKind.REPLY]
    if answer.strip():
        fitting = [one for one in replies if one.text.strip() == answer.strip()]
    else:
        fitting = sorted(replies, key=lambda one: len(one.text))
    if not fitting:
        raise NothingToDraft(ticket=ticket.id)
    return fitting[-1]


def choose_question(
    conversation: Conversation, ticket: Ticket, reply: Entry, questions: Sequence[OpenQuestion]
) -> OpenQuestion:
    """What was asked last before the reply, of what the bot did not answer if there is any.

    Raises ``NothingToDraft`` where nothing was asked.
    """
    said = [one for one in ticket.entries if one.kind is EntryKind.QUESTION and one.at <= reply.at]
    texts = {one.text for one in said}
    own = [
        one
        for one in questions
        if one.conversation.id == conversation.id and one.question.text in texts
    ]
    if own:
        return own[-1]
    if not said:
        raise NothingToDraft(ticket=ticket.id)
    last = said[-1]
    asked = Unanswered(
        conversation=conversation.id,
        reference="",
        text=last.text,
        at=last.at,
        why=ticket.reason,
        helped=True,
    )
    language = identify_message(last.text, conversation=conversation.language)
    return OpenQuestion(conversation=conversation, question=asked, language=language)
