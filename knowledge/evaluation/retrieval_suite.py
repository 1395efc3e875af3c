"""Whether the right passage comes first: in one language, across languages, on a mixed shelf."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.evaluation.bench import Bench
from knowledge.evaluation.measures import Both, Measure, spread
from knowledge.evaluation.metrics import first, ndcg, rank_of
from knowledge.evaluation.suites import Collection, Query, Text
from knowledge.evaluation.trial_shelf import passage_of

MIXED = ("zh", "en")
Collections = Mapping[str, Collection]


@dataclass(frozen=True, slots=True)
class SameLanguage:
    """Each language's questions asked of its own shelf."""

    parallel: Collections

    @property
    def steps(self) -> int:
        """One a language."""
        return len(self.parallel)

    def measure(self, bench: Bench) -> list[Measure]:
        """Mean and worst language, by nDCG@10 and R@1."""
        ranks = {}
        for language, collection in self.parallel.items():
            ranks[language] = rank_all(bench, collection.passages, collection.questions)
            bench.step(f"{collection.name} {language}")
        count = sum(len(both.ours) for both in ranks.values())
        return [
            measure
            for name, function in (("nDCG@10", ndcg), ("R@1", first))
            for measure in spread(
                {language: both.map(function) for language, both in ranks.items()},
                suite="same language",
                name=f"XQuAD-R {name}",
                count=count,
            )
        ]


@dataclass(frozen=True, slots=True)
class OneCollection:
    """A collection in one language."""

    collection: Collection

    @property
    def steps(self) -> int:
        """One."""
        return 1

    def measure(self, bench: Bench) -> list[Measure]:
        """By nDCG@10 and R@1."""
        name, questions = self.collection.name, self.collection.questions
        ranks = rank_all(bench, self.collection.passages, questions)
        bench.step(name)
        return [
            _measure("same language", f"{name} nDCG@10", ranks.map(ndcg), len(questions)),
            _measure("same language", f"{name} R@1", ranks.map(first), len(questions)),
        ]


@dataclass(frozen=True, slots=True)
class CrossLanguage:
    """A shelf in one language, asked in all the others."""

    parallel: Collections
    shelf: str

    @property
    def steps(self) -> int:
        """One."""
        return 1

    def measure(self, bench: Bench) -> list[Measure]:
        """Mean and worst language, by R@1."""
        others = [one for language, one in self.parallel.items() if language != self.shelf]
        asked = [question for one in others for question in one.questions]
        ranks = rank_all(bench, self.parallel[self.shelf].passages, asked)
        bench.step(f"{self.shelf}-only shelf")
        return spread(
            by_language(asked, ranks),
            suite="across languages",
            name=f"{self.shelf}-only shelf R@1",
            count=len(asked),
        )


@dataclass(frozen=True, slots=True)
class MixedShelf:
    """Each topic stands in one of two languages; everybody asks everything."""

    parallel: Collections

    @property
    def steps(self) -> int:
        """One."""
        return 1

    def measure(self, bench: Bench) -> list[Measure]:
        """Mean and worst language, by R@1."""
        asked = [question for one in self.parallel.values() for question in one.questions]
        ranks = rank_all(bench, mixed_passages(self.parallel), asked)
        bench.step("mixed shelf")
        return spread(
            by_language(asked, ranks),
            suite="mixed shelf",
            name=f"{'/'.join(MIXED)} shelf R@1",
            count=len(asked),
        )


def mixed_passages(parallel: Collections) -> tuple[Text, ...]:
    """The passages of every second topic in one language, the rest in the other."""
    languages = {
        topic: MIXED[number % len(MIXED)]
        for number, topic in enumerate(topics(parallel[MIXED[0]].passages))
    }
    return tuple(
        text
        for language in MIXED
        for text in parallel[language].passages
        if languages.get(text.topic) == language
    )


def topics(passages: Sequence[Text]) -> tuple[str, ...]:
    """The topics by their number."""
    return tuple(sorted({text.topic for text in passages}, key=lambda topic: (len(topic), topic)))


def rank_all(bench: Bench, passages: Sequence[Text], questions: Sequence[Query]) -> Both[list[int]]:
    """The rank of each question's passage."""
    found = bench.find([passage_of(text) for text in passages], questions)

    def ranks(side: Sequence[tuple[str, ...]]) -> list[int]:
        pairs = zip(questions, side, strict=True)
        return [rank_of(question.answer, ids) for question, ids in pairs]

    return found.map(ranks)


def by_language(questions: Sequence[Query], ranks: Both[list[int]]) -> dict[str, Both[float]]:
    """R@1 of the questions of each language."""
    languages = dict.fromkeys(question.language for question in questions)

    def share(side: Sequence[int], language: str) -> float:
        pairs = zip(questions, side, strict=True)
        return first([rank for question, rank in pairs if question.language == language])

    return {
        language: Both(share(ranks.ours, language), share(ranks.plain, language))
        for language in languages
    }


def _measure(suite: str, name: str, values: Both[float], count: int) -> Measure:
    return Measure(suite=suite, name=name, ours=values.ours, plain=values.plain, count=count)
