"""The same question once more, after a person has answered it."""

from bot.desk.outcomes import Declined, DeclineReason, HandedOff, HandOffReason, Outcome
from bot.desk.questions import Message
from bot.desk.ticket import EntryKind, Ticket

_UNANSWERED = frozenset({HandOffReason.NOT_COVERED, HandOffReason.UNSURE, HandOffReason.CONFLICT})


def reconsider(outcome: Outcome, message: Message, last: Ticket | None) -> Outcome:
    """Point to a person's answer instead of handing the same question over again.

    ``last`` is the ticket that ended lately. Whoever wants a person all the same has a button for
    it; who is in danger, or complains, is never sent back.
    """
    if not isinstance(outcome, HandedOff) or outcome.reason not in _UNANSWERED or last is None:
        return outcome
    if not _was_answered(last, message.text):
        return outcome
    return Declined(language=outcome.language, reason=DeclineReason.ANSWERED_BEFORE)


def _was_answered(ticket: Ticket, text: str) -> bool:
    """Whether staff wrote something after this very question."""
    asked = False
    for entry in ticket.entries:
        if entry.kind is EntryKind.QUESTION:
            asked = asked or _bare(entry.text) == _bare(text)
        elif entry.kind is EntryKind.REPLY and asked:
            return True
    return False


def _bare(text: str) -> str:
    """The letters and digits alone."""
    return "".join(char for char in text.casefold() if char.isalnum())
