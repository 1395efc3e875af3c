"""What of a ticket becomes a FAQ entry: which question, and which reply."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from bot.desk.conversation import Conversation
from bot.desk.gap_errors import NothingToDraft
from bot.desk.ticket import Entry, EntryKind, Ticket
from bot.desk.unanswered import OpenQuestion, Unanswered
from knowledge.language import identify_message


def choose_reply(ticket: Ticket, customer: str, answer: str) -> Entry:
    """The reply that says ``answer``, by default the longest; ``NothingToDraft`` without one.

    ``customer`` is the identity of whoever asked. What was taken back is no reply, and what was
    corrected counts as it is now.
    """
    replies = _replies(ticket, customer)
    if answer.strip():
        fitting = [one for one in replies if one.text.strip() == answer.strip()]
    else:
        fitting = sorted(replies, key=lambda one: len(one.text))
    if not fitting:
        raise NothingToDraft(ticket=ticket.id)
    return fitting[-1]


def _replies(ticket: Ticket, customer: str) -> list[Entry]:
    found: list[Entry] = []
    for one in ticket.entries:
        if one.kind is EntryKind.REPLY:
            found.append(one)
        elif one.kind is EntryKind.WITHDRAWN:
            found = [each for each in found if each.text != one.text]
        elif one.kind is EntryKind.EDITED and one.author != customer:
            own = [each for each in found if each.author == one.author]
            old = max(own, key=lambda each: _alike(each, one), default=None)
            found = [each for each in found if each is not old]
            found.append(one)
    return found


def _alike(one: Entry, other: Entry) -> float:
    return SequenceMatcher(None, one.text, other.text, autojunk=False).ratio()


def choose_question(
    conversation: Conversation, ticket: Ticket, reply: Entry, questions: Sequence[OpenQuestion]
) -> OpenQuestion:
    """What was asked last before the reply, of what the bot did not answer if there is any.

    Raises ``NothingToDraft`` where nothing was asked.
    """
    asker = conversation.customer.identity
    said = [one for one in ticket.entries if _is_asked(one, asker) and one.at <= reply.at]
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


def _is_asked(one: Entry, customer: str) -> bool:
    """Whether it is a customer's message, or what they made of it."""
    edited = one.kind is EntryKind.EDITED and one.author == customer
    return one.kind is EntryKind.QUESTION or edited
