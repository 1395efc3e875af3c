"""Whether an answer can be told from the lack of one, when topics or passages are taken away.

Half of the shelf is taken away, then the other half, so that each question is asked once with its
passage and once without it. AUROC is that of how sure the desk is that the shelf answers, also
where a check leaves nothing to answer with; what is answered at a threshold leaves that out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.evaluation.bench import Bench
from knowledge.evaluation.measures import Both, Measure, spread
from knowledge.evaluation.metrics import auroc, share_above, threshold_at
from knowledge.evaluation.retrieval_suite import Collections, mixed_passages, topics
from knowledge.evaluation.suites import Query, Text
from knowledge.evaluation.trial_shelf import Reply, passage_of

FALSE_ANSWERS = 0.05
_HALVES = 2


class Gap(StrEnum):
    """What is missing where no answer is."""

    TOPIC = "topic"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Scores:
    """Marks by language: of questions with their passage on the shelf, and without it."""

    answerable: Mapping[str, Sequence[float]]
    unanswerable: Mapping[str, Sequence[float]]

    @property
    def pooled(self) -> tuple[list[float], list[float]]:
        """The marks of all languages."""
        return (
            [score for part in self.answerable.values() for score in part],
            [score for part in self.unanswerable.values() for score in part],
        )

    def separation(self) -> float:
        """AUROC over all languages together."""
        return auroc(*self.pooled)

    def separation_within(self) -> dict[str, float]:
        """AUROC within each language."""
        return {key: auroc(self.answerable[key], self.unanswerable[key]) for key in self.answerable}

    def false_answers(self) -> dict[str, float]:
        """False answers by language, with the one threshold that makes 5 % of all."""
        threshold = threshold_at(self.pooled[1], FALSE_ANSWERS)
        return {key: share_above(part, threshold) for key, part in self.unanswerable.items()}

    def answered(self) -> float:
        """The share of answerable questions that this threshold answers."""
        answerable, unanswerable = self.pooled
        return share_above(answerable, threshold_at(unanswerable, FALSE_ANSWERS))


@dataclass(frozen=True, slots=True)
class Abstention:
    """One kind of gap, on shelves in one language each or on a mixed one."""

    parallel: Collections
    gap: Gap
    mixed: bool

    @property
    def steps(self) -> int:
        """One a shelf."""
        return _HALVES * (1 if self.mixed else len(self.parallel))

    def measure(self, bench: Bench) -> list[Measure]:
        """AUROC, and what one threshold for all languages does."""
        asked: list[tuple[Query, bool]] = []
        sides: Both[list[Reply]] = Both([], [])
        for passages, questions in self._shelves():
            for half in range(_HALVES):
                kept = _kept(passages, self.gap, half)
                ids = {text.id for text in kept}
                found = bench.reply([passage_of(text) for text in kept], questions)
                asked += [(question, question.answer in ids) for question in questions]
                sides.ours.extend(found.ours)
                sides.plain.extend(found.plain)
                bench.step(f"{self.gap} missing")
        return self._measures(asked, sides)

    def _shelves(self) -> list[tuple[Sequence[Text], Sequence[Query]]]:
        """Passages with the questions that are asked about them."""
        if not self.mixed:
            return [(one.passages, one.questions) for one in self.parallel.values()]
        questions = [question for one in self.parallel.values() for question in one.questions]
        return [(mixed_passages(self.parallel), questions)]

    def _measures(
        self, asked: Sequence[tuple[Query, bool]], sides: Both[list[Reply]]
    ) -> list[Measure]:
        certain = sides.map(lambda side: _scores(asked, [one.certainty for one in side]))
        scores = sides.map(lambda side: _scores(asked, [one.confidence for one in side]))
        count = len(asked)
        shelf = "mixed shelf" if self.mixed else "same language"
        suite = f"abstention, {self.gap} missing, {shelf}"
        free = {
            "AUROC": certain.map(Scores.separation),
            "answered at 5 % false answers": scores.map(Scores.answered),
        }
        measures = [
            Measure(suite=suite, name=name, ours=both.ours, plain=both.plain, count=count)
            for name, both in free.items()
        ]
        within = certain.map(Scores.separation_within)
        measures += spread(
            {key: Both(share, within.plain[key]) for key, share in within.ours.items()},
            suite=suite,
            name="AUROC within a language",
            count=count,
        )
        by_language = scores.map(Scores.false_answers)
        worst = spread(
            {key: Both(share, by_language.plain[key]) for key, share in by_language.ours.items()},
            suite=suite,
            name="false answers at 5 % overall",
            count=count // _HALVES,
            lower=True,
        )
        return [*measures, worst[1]]


def _kept(passages: Sequence[Text], gap: Gap, half: int) -> list[Text]:
    """The half of a shelf that stays; pairs of topics, so that a mixed shelf stays mixed."""
    if gap is Gap.TOPIC:
        numbers = {topic: number // 2 for number, topic in enumerate(topics(passages))}
        return [text for text in passages if numbers[text.topic] % _HALVES != half]
    seen: dict[str, int] = {}
    kept = []
    for text in passages:
        seen[text.topic] = number = seen.get(text.topic, -1) + 1
        kept += [text] if number % _HALVES != half else []
    return kept


def _scores(asked: Sequence[tuple[Query, bool]], marks: Sequence[float]) -> Scores:
    answerable: dict[str, list[float]] = {}
    unanswerable: dict[str, list[float]] = {}
    for (question, present), mark in zip(asked, marks, strict=True):
        target = answerable if present else unanswerable
        target.setdefault(question.language, []).append(mark)
    return Scores(answerable, unanswerable)
