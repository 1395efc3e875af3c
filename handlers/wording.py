"""Turns what the desk decided into what a person reads, the same for every door.

Doors get plain text in parts and dress it in their own way; the reader's language is an argument
of every call. The English texts stand in handlers.wording_texts and handlers.wording_staff_texts.
"""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from bot.desk.casework import BOT
from bot.desk.conversation import Conversation, Customer
from bot.desk.expectation import Expectation
from bot.desk.outcomes import (
    Answered,
    Clarifying,
    Declined,
    HandedOff,
    HandOffReason,
    Outcome,
    SmallTalk,
)
from bot.desk.ticket import EntryKind, Ticket
from bot.i18n.formats import day_in_words, language_name, partial_date_in_words
from bot.i18n.translations import Translations
from handlers import wording_staff_texts as staff_texts
from handlers import wording_texts as texts
from handlers.wording_direction import fill, isolate
from handlers.wording_parts import Card, CardRow, Reply, SourceLine
from handlers.wording_sources import describe_source
from handlers.wording_time import expectation_in_words, opening_in_words
from ingest.problems import Problem
from knowledge.answer import Citation, Found
from knowledge.errors import HelpdeskError

__all__ = ["Card", "CardRow", "Reply", "SourceLine", "Wording"]


class Wording:
    """Words things for readers of any language; may be shared between threads."""

    def __init__(self, translations: Translations) -> None:
        """Take the catalogs to look texts up in."""
        self._translations = translations

    def outcome(self, outcome: Outcome, *, language: str, today: date) -> Reply:
        """Word an outcome for the asker; ``today`` is the day for which an answer holds."""
        match outcome:
            case Answered():
                return self._answer(outcome, language=language, today=today)
            case Clarifying(choices=choices):
                message = texts.WHICH_ONE if choices else texts.SAY_MORE
                return Reply(body=self.phrase(message, language=language), choices=choices)
            case HandedOff():
                return Reply(body=self._hand_off(outcome, language=language))
            case Declined(reason=declined):
                return Reply(body=self.phrase(texts.DECLINE[declined], language=language))
            case SmallTalk(reason=kind, opening=opening):
                said = self.phrase(texts.SMALL_TALK[kind], language=language)
                if opening is not None:
                    hours = opening_in_words(
                        opening, translations=self._translations, language=language
                    )
                    said = f"{hours}\n\n{said}"
                return Reply(body=said)
            case _:
                assert_never(outcome)

    def _hand_off(self, outcome: HandedOff, *, language: str) -> str:
        """Say that a person answers and by when; who waits already is told again if they ask."""
        asked = outcome.reason is HandOffReason.ASKED_FOR_PERSON
        when = self.expectation(outcome.expected, language=language) if outcome.expected else ""
        message = texts.HAND_OFF[outcome.reason]
        if outcome.again and not outcome.urgent:
            message, when = (texts.PERSON_COMING, when) if asked else (texts.ADDED, "")
        said = self.phrase(message, language=language)
        return "\n\n".join(filter(None, (said, when)))

    def phrase(self, message: str, /, *, language: str, **fields: object) -> str:
        """Return any text of the catalogs with its fields filled in."""
        text = self._translations.gettext(message, language=language)
        return fill(text, fields, language=language)

    def phrases(
        self, singular: str, plural: str, count: int, /, *, language: str, **fields: object
    ) -> str:
        """Return the text for ``count`` things; it may use the field ``{count}``."""
        text = self._translations.ngettext(singular, plural, count, language=language)
        return fill(text, {"count": count, **fields}, language=language)

    def error(self, error: HelpdeskError | Problem, *, language: str) -> str:
        """Word an error, and what it says about its cause as far as that is in the catalogs."""
        fields = {
            name: self._field(name, value, language=language)
            for name, value in error.fields.items()
        }
        text = self._translations.gettext(error.template, language=language)
        return fill(text, fields, language=language)

    def expectation(self, expected: Expectation, *, language: str) -> str:
        """Say by when an answer may be expected, for a hand-off and for /status."""
        return expectation_in_words(expected, translations=self._translations, language=language)

    def help(self, *, language: str) -> str:
        """Return the help text with a line for each command."""
        lines = [
            f"/{command} – {self.phrase(description, language=language)}"
            for command, description in texts.COMMANDS.items()
        ]
        return "\n".join([self.phrase(texts.HELP, language=language), *lines])

    def status(self, ticket: Ticket | None, *, language: str) -> str:
        """Tell the asker who will answer them."""
        if ticket is None:
            return self.phrase(texts.NO_TICKET, language=language)
        return self.phrase(texts.STATUS[ticket.state], language=language, ticket=ticket.id)

    def change(self, ticket: Ticket, *, language: str) -> str:
        """Tell the asker what has just become of their ticket."""
        return self.phrase(texts.CHANGE[ticket.state], language=language)

    def staff_change(self, ticket: Ticket, *, language: str) -> str:
        """Tell staff what has just become of a ticket."""
        return self.phrase(
            staff_texts.STAFF_CHANGE[ticket.state],
            language=language,
            ticket=ticket.id,
            staff=ticket.claimed_by_name,
        )

    def undelivered(self, problem: str, *, language: str) -> str:
        """Tell staff that a message did not arrive; ``problem`` is a short code or a text."""
        known = staff_texts.UNDELIVERED_PROBLEMS.get(problem)
        said = self.phrase(known, language=language) if known else problem
        return self.phrase(staff_texts.UNDELIVERED, language=language, problem=said)

    def waiting(self, count: int, *, language: str) -> str:
        """Tell staff how many tickets nobody has claimed yet."""
        if not count:
            return self.phrase(staff_texts.NO_WAITING_TICKETS, language=language)
        return self.phrases(
            "{count} ticket is waiting.", "{count} tickets are waiting.", count, language=language
        )

    def staff_card(self, conversation: Conversation, ticket: Ticket, *, language: str) -> Card:
        """Return the case card: who asks, why a person is needed, what was asked and answered."""
        reason = self.reason(ticket, language=language)
        name = conversation.customer.name or self.phrase(
            staff_texts.UNKNOWN_CUSTOMER, language=language
        )
        title = staff_texts.URGENT_CARD_TITLE if ticket.urgent else staff_texts.CARD_TITLE
        rows = (
            *self._asker_rows(conversation.customer, conversation.language, language=language),
            *self._case_rows(ticket, language=language),
        )
        return Card(
            title=self.phrase(
                title, language=language, ticket=ticket.id, customer=name, reason=reason
            ),
            rows=tuple(
                CardRow(
                    label=self.phrase(label, language=language),
                    value=isolate(value, language=language),
                )
                for label, value in rows
                if value
            ),
        )

    def quotations(self, citations: Sequence[Citation], *, language: str) -> str:
        """Return what sources say, each under its source line; "" for none."""
        lines = (
            describe_source(one, translations=self._translations, language=language)
            for one in citations
        )
        shown = (f"[{line.number}] {line.text}\n“{line.quote}”\n{line.url}" for line in lines)
        return "\n\n".join(one.rstrip() for one in shown)

    def reason(self, ticket: Ticket, *, language: str) -> str:
        """Say in a few words why a person is needed; a code that we do not know stays as it is."""
        known = staff_texts.REASONS.get(ticket.reason)
        return self.phrase(known, language=language) if known else ticket.reason

    def _asker_rows(
        self, customer: Customer, spoken: str, *, language: str
    ) -> tuple[tuple[str, str], ...]:
        tongue = customer.language or spoken or customer.client_language
        audience = self.phrase(staff_texts.AUDIENCES[customer.audience], language=language)
        return (
            (staff_texts.AUDIENCE_LABEL, audience),
            (staff_texts.LANGUAGE_LABEL, language_name(tongue, language=language)),
        )

    def _case_rows(self, ticket: Ticket, *, language: str) -> tuple[tuple[str, str], ...]:
        urgency = staff_texts.URGENT if ticket.urgent else staff_texts.NOT_URGENT
        state = self.phrase(staff_texts.STATES[ticket.state], language=language)
        who = f" – {ticket.claimed_by_name}" if ticket.claimed_by_name else ""
        return (
            (staff_texts.URGENCY_LABEL, self.phrase(urgency, language=language)),
            (staff_texts.STATE_LABEL, f"{state}{who}"),
            (staff_texts.QUESTION_LABEL, _last_text(ticket, EntryKind.QUESTION)),
            (staff_texts.ANSWER_LABEL, _last_text(ticket, EntryKind.ANSWER)),
            (staff_texts.DISAGREEMENT_LABEL, _last_text(ticket, EntryKind.NOTE, author=BOT)),
        )

    def _field(self, name: str, value: object, *, language: str) -> object:
        if isinstance(value, HelpdeskError | Problem):
            return self.error(value, language=language)
        # Only these are sentences; a name that happens to be a word of the catalogs stays.
        if isinstance(value, str) and name in {"problem", "reason"}:
            return self._translations.gettext(value, language=language)
        return value

    def _answer(self, outcome: Answered, *, language: str, today: date) -> Reply:
        found = outcome.found
        leads = []
        if not found.in_asked_language:
            leads.append(self._other_language(found, language=language))
        if found.year is not None:
            leads.append(self.phrase(texts.HISTORY, language=language, year=found.year))
        if found.begins is not None:
            day = partial_date_in_words(found.begins, language=language)
            leads.append(self.phrase(texts.TO_COME, language=language, date=day))
        if found.by_place:
            leads.append(self.phrase(texts.BY_PLACE, language=language))
        day = day_in_words(today, language=language)
        return Reply(
            lead="\n".join(leads),
            body=found.text,
            as_of="" if found.year else self.phrase(texts.AS_OF, language=language, date=day),
            caveat=self._caveat(found, language=language),
            sources_title=self.phrase(texts.SOURCES, language=language),
            sources=tuple(
                describe_source(each, translations=self._translations, language=language)
                for each in found.citations
            ),
        )

    def _caveat(self, found: Found, *, language: str) -> str:
        said = ((found.worded, texts.WORDED), (found.translated, texts.TRANSLATION))
        return "\n".join(self.phrase(text, language=language) for holds, text in said if holds)

    def _other_language(self, found: Found, *, language: str) -> str:
        name = language_name(found.language, language=language)
        if found.translated:
            return self.phrase(texts.OTHER_TRANSLATION, language=language, translation=name)
        return self.phrase(texts.OTHER_LANGUAGE, language=language, original=name)


def _last_text(ticket: Ticket, kind: EntryKind, *, author: str = "") -> str:
    fitting = (one for one in reversed(ticket.entries) if one.kind is kind)
    return next((one.text for one in fitting if author in {"", one.author}), "")
