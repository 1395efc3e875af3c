"""Messages outside of every intent (CLINC150), told by ten examples of each.

The examples are compared as those of the desk's own intents are (:mod:`knowledge.examples`); the
baseline takes the nearest one by cosine.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.embedding import Embedder
from knowledge.evaluation.bench import Bench
from knowledge.evaluation.measures import Both, Measure
from knowledge.evaluation.metrics import auroc, mean, share_above, threshold_at
from knowledge.evaluation.suites import Intents, Query
from knowledge.evaluation.trial_shelf import Reply
from knowledge.examples import Example, ExampleBook
from knowledge.passage import Passage, PassageKind, Provenance, QuestionVariant

_LANGUAGE = "en"
_REFUSED = 0.05
_SUITE = "out of scope (CLINC150)"


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """Nearest example; in scope when it is near enough."""

    intents: Intents

    @property
    def steps(self) -> int:
        """One."""
        return 1

    def measure(self, bench: Bench) -> list[Measure]:
        """Recall of what is outside where 5 % of what is inside is refused, and more."""
        inside = [Query(text, _LANGUAGE, intent) for text, intent in self.intents.inside]
        outside = [Query(text, _LANGUAGE, "") for text in self.intents.outside]
        asked = [*inside, *outside]
        plain = bench.reply_plainly(faq_of(self.intents), asked)
        found = Both(compare(self.intents, asked, bench.embedder), plain)
        bench.step("out of scope")
        halves = found.map(lambda side: (side[: len(inside)], side[len(inside) :]))
        separated = halves.map(lambda pair: auroc(*map(_confidences, pair)))
        recall = halves.map(lambda pair: recall_outside(*map(_confidences, pair)))
        right = halves.map(lambda pair: _accuracy(inside, pair[0]))
        total = len(inside) + len(outside)
        return [
            _measure("recall at 5 % refused in scope", recall, len(outside)),
            _measure("AUROC", separated, total),
            _measure("right intent in scope", right, len(inside)),
        ]


def compare(intents: Intents, asked: Sequence[Query], embedder: Embedder) -> list[Reply]:
    """The nearest intent of each query, and how near it is."""
    examples = [
        Example(intent, _LANGUAGE, text)
        for intent, texts in intents.examples.items()
        for text in texts
    ]
    book = ExampleBook(examples, embedder)
    nearness = [book.compare(book.embed(query.text), query.language) for query in asked]
    nearest = [max(near, key=near.__getitem__) for near in nearness]
    return [Reply(label, near[label]) for label, near in zip(nearest, nearness, strict=True)]


def faq_of(intents: Intents) -> list[Passage]:
    """Each intent as an entry: its name is the answer, its examples are the variants."""
    return [
        Passage(
            id=intent,
            document="intents",
            ordinal=number,
            kind=PassageKind.FAQ,
            language=_LANGUAGE,
            locator=intent,
            text=intent.replace("_", " "),
            provenance=Provenance(title=""),
            questions=tuple(QuestionVariant(text, _LANGUAGE) for text in examples),
            entry=intent,
        )
        for number, (intent, examples) in enumerate(intents.examples.items())
    ]


def recall_outside(inside: Sequence[float], outside: Sequence[float]) -> float:
    """The share of ``outside`` that is refused where 5 % of ``inside`` is."""
    # Refusing below a threshold is answering above it, seen from the other side.
    threshold = threshold_at([-score for score in inside], _REFUSED)
    return share_above([-score for score in outside], threshold)


def _confidences(side: Sequence[Reply]) -> list[float]:
    return [reply.confidence for reply in side]


def _accuracy(asked: Sequence[Query], side: Sequence[Reply]) -> float:
    pairs = zip(asked, side, strict=True)
    return mean(reply.passage == query.answer for query, reply in pairs)


def _measure(name: str, both: Both[float], count: int) -> Measure:
    return Measure(suite=_SUITE, name=name, ours=both.ours, plain=both.plain, count=count)
