"""From which threshold on each question is answered, rightly or wrongly.

Each question is asked with the thresholds taken away; what comes out says how far they may move
until it does. A text that is not sure enough leaves its place to a FAQ entry, so a question may
have two answers, one behind the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.evaluation.asking import Desk, Reply
from knowledge.evaluation.cases import DeskCase
from knowledge.thresholds import log_odds, topic_of

NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Reach:
    """An answer that comes out while the thresholds are shifted by ``margin`` at most."""

    margin: float
    right: bool


@dataclass(frozen=True, slots=True)
class Margins:
    """The answers of one question in the order in which the desk prefers them."""

    case: DeskCase
    topic: str
    answers: tuple[Reach, ...]

    @property
    def wrong(self) -> float:
        """The highest shift at which a wrong answer may come out; ``NEVER`` if none does."""
        return max((one.margin for one in self.answers if not one.right), default=NEVER)

    @property
    def lowest(self) -> float:
        """The highest shift at which any answer comes out."""
        return max((one.margin for one in self.answers), default=NEVER)

    def at(self, shift: float) -> Reach | None:
        """The answer that comes out with the thresholds shifted so, if one does."""
        return next((one for one in self.answers if one.margin >= shift), None)


class Openings(Protocol):
    """The desk with its thresholds taken away."""

    @property
    def open(self) -> Desk:
        """It answers whatever it finds."""

    @property
    def open_to_entries(self) -> Desk:
        """It answers whatever FAQ entry it finds, and from no text."""

    @property
    def thresholds(self) -> tuple[float, float]:
        """From which probability on the desk as it is set answers: FAQ entries, texts."""


def measure_margins(cases: Sequence[DeskCase], desks: Openings) -> Iterator[Margins]:
    """Ask each question with the thresholds taken away."""
    for case in cases:
        answers: list[Reach] = []
        topic = ""
        first = desks.open.ask(case.request)
        if first.answered:
            reach, curated, topic = _reach(case, first, desks)
            answers.append(reach)
            second = None if curated else desks.open_to_entries.ask(case.request)
            if second and second.answered:
                answers.append(_reach(case, second, desks)[0])
        yield Margins(case, topic, tuple(answers))


def _reach(case: DeskCase, reply: Reply, desks: Openings) -> tuple[Reach, bool, str]:
    """The answer's margin, whether it is a FAQ entry, and its topic."""
    cited = reply.citations[0]
    stored = desks.open.passages(cited.document)
    passage = next(one for one in stored if one.id == cited.passage)
    together = [one for one in stored if one.entry and one.entry == passage.entry] or [passage]
    curated = any(one.questions for one in together)
    threshold = desks.thresholds[0 if curated else 1]
    margin = log_odds(reply.confidence) - log_odds(threshold)
    return Reach(margin, case.is_right(reply)), curated, topic_of(passage)
