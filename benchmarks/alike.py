"""Whether questions that ask the same are told from those that ask something near.

    python -m benchmarks.alike > FILE

Once for questions of the starter knowledge, whose entries lie very near each other: five ways to
ask each of sixty entries, each in another language, drawn five times; and once for the held-out
part of waiting_questions.json. *Groups* are those of open questions
(:mod:`knowledge.alike_questions`), by pairs as in :mod:`benchmarks.waiting`. *Similar* is what a
case card shows (:mod:`knowledge.similarity`): the share found of pairs that ask the same in
different languages, and of pairs that ask something else; beside it plain cosines of the bundled
model at the lowest threshold that lets no more of the latter through. Medians over the draws.
"""

import json
import random
import statistics
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from benchmarks.decision_cases import read_starter
from benchmarks.waiting import measure_grouping
from benchmarks.waiting_shelf import Asked, read_topics
from knowledge.embedding import BUNDLED
from knowledge.models import load_embedder
from knowledge.passage import QuestionVariant
from knowledge.similarity import SimilarQuestions

_DRAWS, _ENTRIES, _WAYS = 5, 60, 5
_SEED = 20261124
_AT_ONCE = 40
"""Fewer than are embedded in one comparison."""
_HELD_OUT = "held-out"
Figures = Mapping[str, Mapping[str, float]]


def main() -> None:
    """Measure, and print one JSON object."""
    known = read_ways()
    draws = [draw(known, random.Random(_SEED + number)) for number in range(_DRAWS)]  # noqa: S311 - questions, not secrets
    held_out = [one for one in read_topics() if one.part == _HELD_OUT]
    figures = {"starter": _medians([measure(one) for one in draws]), _HELD_OUT: measure(held_out)}
    sys.stdout.write(f"{json.dumps(figures, indent=2)}\n")


def measure(asked: Sequence[Asked]) -> Figures:
    """Group questions, and compare each with all others."""
    groups = measure_grouping(asked)
    return {
        "grouped by the desk": groups["desk"],
        "grouped by plain cosines": groups["plain cosine"],
        **measure_similar(asked),
    }


def measure_similar(asked: Sequence[Asked]) -> Figures:
    """What is similar to each question, by the desk's way and by plain cosines."""
    embedder = load_embedder(BUNDLED)
    texts = [one.variant.text for one in asked]
    similar = SimilarQuestions(embedder)
    for start in range(0, len(texts), _AT_ONCE):
        similar.find(texts[0], texts[start : start + _AT_ONCE], limit=1)
    found = {
        (row, column)
        for row, text in enumerate(texts)
        for column in similar.find(text, texts, limit=len(texts))
    }
    pairs = list(combinations(range(len(asked)), 2))
    same = [pair for pair in pairs if _ask_the_same(asked, pair)]
    others = [(a, b) for a, b in pairs if asked[a].topic != asked[b].topic]
    false = sum(pair in found for pair in others)
    vectors = embedder.embed_questions(texts)
    cosines = vectors @ vectors.T
    least = np.sort([cosines[pair] for pair in others])[-(false + 1)]
    return {
        "similar by the desk": _shares(sum(pair in found for pair in same), same, false, others),
        "similar by plain cosines": _shares(
            sum(cosines[pair] > least for pair in same), same, false, others
        ),
    }


def _ask_the_same(asked: Sequence[Asked], pair: tuple[int, int]) -> bool:
    one, other = (asked[number] for number in pair)
    return one.topic == other.topic and one.variant.language != other.variant.language


def _shares(
    right: int, same: Sequence[object], false: int, others: Sequence[object]
) -> Mapping[str, float]:
    return {"found": round(right / len(same), 3), "false": round(false / len(others), 4)}


def read_ways() -> Mapping[str, Sequence[QuestionVariant]]:
    """The ways to ask each entry of the starter knowledge."""
    ways: dict[str, dict[str, QuestionVariant]] = defaultdict(dict)
    for document in read_starter():
        for passage in document.passages:
            ways[passage.entry] |= {one.text: one for one in passage.questions}
    return {entry: tuple(own.values()) for entry, own in ways.items() if entry}


def draw(ways: Mapping[str, Sequence[QuestionVariant]], source: random.Random) -> list[Asked]:
    """Questions to entries that are asked in enough languages, each in another one."""
    spoken = {entry: sorted({one.language for one in own}) for entry, own in ways.items()}
    entries = sorted(entry for entry, languages in spoken.items() if len(languages) >= _WAYS)
    chosen = [
        (entry, source.choice([one for one in ways[entry] if one.language == language]))
        for entry in source.sample(entries, _ENTRIES)
        for language in source.sample(spoken[entry], _WAYS)
    ]
    return [
        Asked(number, topic=entry, part="starter", variant=variant, answer=("", ""))
        for number, (entry, variant) in enumerate(chosen)
    ]


def _medians(draws: Sequence[Figures]) -> Figures:
    return {
        way: {name: statistics.median(one[way][name] for one in draws) for name in figures}
        for way, figures in draws[0].items()
    }


if __name__ == "__main__":
    main()
