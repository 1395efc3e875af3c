"""Finds out what a person should know of a question: on the shelf, and in cases that are closed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from bot.desk.briefing import Findings, Gap, SolvedCase
from bot.desk.consulting import AnswerWording, clean
from bot.desk.conversation import Role
from bot.desk.followup import offers_choices, resolve
from bot.desk.outcomes import HandedOff, HandOffReason
from bot.desk.questions import Question
from knowledge.answer import Found, Inquiry
from knowledge.jurisdiction import Level
from knowledge.language import identify_message
from knowledge.proposing import Proposal
from knowledge.subjects import name_subjects

_MOST_SOLVED: Final = 3
_COUNTRY: Final = "country:"

# Where sources disagree a draft would choose between them; a complaint is answered by a person.
_NO_DRAFT: Final = frozenset({HandOffReason.CONFLICT, HandOffReason.COMPLAINT})


class ProposingShelf(Protocol):
    """A shelf that says what it has, however unsure it is."""

    def propose(self, inquiry: Inquiry) -> Proposal:
        """Return what a person may want to say."""


class QuestionComparison(Protocol):
    """Compares questions across languages; see ``knowledge.similarity``."""

    def find(self, question: str, others: Sequence[str], *, limit: int) -> list[int]:
        """Return the places of those that are alike, the nearest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfBriefer:
    """The briefer of the desk; ``wording`` asks a language model, where there is one."""

    shelf: ProposingShelf
    similar: QuestionComparison
    readable: Callable[[str], tuple[str, ...]]
    today: Callable[[], date]
    wording: AnswerWording | None = None

    def brief(
        self, question: Question, outcome: HandedOff, solved: Sequence[SolvedCase]
    ) -> Findings:
        """Look a question up as its asker may see things, and compare it with closed cases."""
        language = outcome.language
        text = resolve(clean(question.text), question.history, language=language)[0]
        proposal = self.shelf.propose(
            Inquiry(
                text=text,
                readable=self.readable(language),
                audience=question.audience,
                today=self.today(),
                spoken=identify_message(text, conversation=language),
            )
        )
        found = None if outcome.reason in _NO_DRAFT else proposal.found
        return Findings(
            country=self._country(question, language),
            gaps=_gaps(question, proposal),
            solved=self._solved(text, question, solved),
            proposed=self._worded(found, text, language),
        )

    def _worded(self, found: Found | None, text: str, language: str) -> Found | None:
        if found is None or self.wording is None:
            return found
        return self.wording.reword(found, question=text, language=language)

    def _solved(
        self, text: str, question: Question, solved: Sequence[SolvedCase]
    ) -> tuple[SolvedCase, ...]:
        """Similar cases of those audiences that whoever sees this case may see, too."""
        visible = [one for one in solved if one.audience in question.audience.readable]
        places = self.similar.find(text, [one.question for one in visible], limit=_MOST_SOLVED)
        return tuple(visible[place] for place in places)

    @staticmethod
    def _country(question: Question, language: str) -> str:
        """Where the customer says that they come from; "" where they do not say, or two."""
        said = [turn.text for turn in question.history if turn.role is Role.CUSTOMER]
        told = {
            tag.removeprefix(_COUNTRY)
            for text in (*said, question.text)
            for tag in name_subjects(text, identify_message(text, conversation=language)).origins
            if tag.startswith(_COUNTRY)
        }
        return told.pop() if len(told) == 1 else ""


def _gaps(question: Question, proposal: Proposal) -> tuple[Gap, ...]:
    """What is missing: a choice that was asked for in vain, and what the sources differ by."""
    within = proposal.differs - {Level.ABROAD}
    holds = {
        Gap.CHOICE: offers_choices(question.history),
        Gap.COUNTRY: Level.ABROAD in proposal.differs,
        Gap.PLACE: bool(within),
    }
    return tuple(gap for gap, missing in holds.items() if missing)
