"""Words the case card: what whoever takes a case should know, in the staff's language."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.desk.briefing import Briefing
from bot.desk.conversation import Conversation
from bot.desk.schedule.queues import DEFAULT_QUEUE
from bot.desk.ticket import EntryKind, Ticket
from bot.i18n.formats import country_name, moment_in_words
from handlers import wording_case_texts as texts
from handlers import wording_staff_texts as staff_texts
from handlers.wording import Card, CardRow, Wording
from handlers.wording_direction import isolate

_LINE: Final = 160
"""Characters of a line that stands for a longer text."""
_SAID: Final = 600
"""Characters that are shown of each message from before."""

_SIGNS: Final = {EntryKind.QUESTION: "👤", EntryKind.ANSWER: "🤖", EntryKind.REPLY: "👩‍💼"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWording:
    """Words cases for staff; moments are told as the clock of the centre shows them."""

    wording: Wording
    language: str
    zone: ZoneInfo

    def card(self, conversation: Conversation, ticket: Ticket) -> Card:
        """The head of the case card: who, what, why, and how things stand."""
        known = self.wording.staff_card(conversation, ticket, language=self.language)
        replaced = {
            self.phrase(label) for label in (staff_texts.QUESTION_LABEL, staff_texts.ANSWER_LABEL)
        }
        rows = (
            (texts.WANTS_LABEL, one_line(ticket.wanted)),
            *self._briefed(ticket.briefing or Briefing()),
            *self._standing(ticket),
        )
        more = tuple(
            CardRow(label=self.phrase(label), value=isolate(value, language=self.language))
            for label, value in rows
            if value
        )
        kept = tuple(row for row in known.rows if row.label not in replaced)
        return Card(title=known.title, rows=(*kept, *more))

    def before(self, ticket: Ticket) -> str:
        """What was asked and answered before a person was needed, oldest first."""
        opened = next((e.at for e in ticket.entries if e.kind is EntryKind.OPENED), None)
        said = (
            f"{_SIGNS[entry.kind]} {_shortened(entry.text, _SAID)}"
            for entry in ticket.entries
            if entry.kind in _SIGNS and opened is not None and entry.at <= opened
        )
        return "\n".join(said)

    def solved(self, ticket: Ticket) -> str:
        """Similar cases with what was replied then."""
        if ticket.briefing is None:
            return ""
        lines = (
            f"{self.phrase(texts.SOLVED_CASE, ticket=one.ticket, question=one_line(one.question))}"
            f"\n→ {one_line(one.reply)}"
            for one in ticket.briefing.solved
        )
        return "\n".join(lines)

    def moment(self, at: datetime) -> str:
        """A moment by the clock of the centre."""
        return moment_in_words(at.astimezone(self.zone), language=self.language)

    def phrase(self, text: str, /, **fields: object) -> str:
        """Any text of the catalogs, for staff."""
        return self.wording.phrase(text, language=self.language, **fields)

    def queue(self, name: str, title: str = "") -> str:
        """How staff call a queue: by the title that it was given, or else by our word for it."""
        if title and title != name:
            return title
        known = texts.QUEUES.get(name)
        return self.phrase(known) if known else name

    def _briefed(self, briefing: Briefing) -> tuple[tuple[str, str], ...]:
        country = country_name(briefing.country, language=self.language)
        gaps = "; ".join(self.phrase(texts.GAPS[gap]) for gap in briefing.gaps)
        return ((texts.COUNTRY_LABEL, country), (texts.MISSING_LABEL, gaps))

    def _standing(self, ticket: Ticket) -> tuple[tuple[str, str], ...]:
        until = ticket.snoozed_until
        comment = next(
            (e.text for e in reversed(ticket.entries) if e.kind is EntryKind.COMMENTED), ""
        )
        return (
            (texts.QUEUE_LABEL, "" if ticket.queue == DEFAULT_QUEUE else self.queue(ticket.queue)),
            (texts.SNOOZED_LABEL, self.moment(until) if until else ""),
            (texts.MODE_LABEL, self.phrase(texts.NOTES_ONLY) if ticket.notes_only else ""),
            (texts.RATING_LABEL, "⭐" * ticket.stars),
            (texts.COMMENT_LABEL, one_line(comment)),
        )


def one_line(text: str) -> str:
    """Return a text as one line that is not too long."""
    return _shortened(" ".join(text.split()), _LINE)


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
