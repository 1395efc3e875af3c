"""Fit the decision about plain texts: how likely it is that the best passage answers.

    python -m benchmarks.fit_texts FOLDER [--cache DIR]

FOLDER holds the public files (see knowledge/evaluation/suites.py); of XQuAD-R only the topics that
``helpdesk evaluate`` does not ask about. Shelves in seven languages, and a mixed one, are asked
with every other passage on them and then with the others. Writes the weights
for texts into knowledge/decision.json, and prints shares by threshold for topics that it was not
fitted on. ``--cache`` keeps the vectors between runs.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.fit_decision import FOLDS, Case, Fitting, Scored, fit, held_out, report, write
from knowledge.decision import Asked
from knowledge.embedding import BUNDLED, Embedder
from knowledge.evaluation.limits import Limits
from knowledge.evaluation.remembering import RememberingEmbedder
from knowledge.evaluation.suites import (
    Collection,
    Part,
    Query,
    Text,
    read_collection,
    read_parallel,
)
from knowledge.evaluation.trial_shelf import documents_of, passage_of
from knowledge.evidence import weigh
from knowledge.models import load_embedder
from knowledge.passage import Audience
from knowledge.retrieval import Retriever
from knowledge.shelf import ShelfReader, ShelfWriter

LANGUAGES = ("ar", "de", "en", "es", "ru", "zh")
COLLECTIONS = ("faquad-pt", "drcd-zh-hant")
LIMITS = Limits(questions=4)


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path)
    arguments = parser.parse_args()
    embedder = RememberingEmbedder(load_embedder(BUNDLED), arguments.cache)
    scored: list[Scored] = []
    for collection in read_collections(arguments.folder):
        print(collection.language, len(collection.passages), len(collection.questions), flush=True)
        scored += score(collection, embedder)
    embedder.save()
    results = held_out(scored, Fitting())
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        print(json.dumps(report(results, threshold)))
    write("texts", fit(scored, Fitting()).texts)


def read_collections(folder: Path) -> Iterator[Collection]:
    """Passages with their questions, a language at a time."""
    parallel = read_parallel(folder, LIMITS, Part.FITTED)
    yield from (parallel[language] for language in LANGUAGES)
    yield mixed([parallel[language] for language in LANGUAGES])
    yield from (read_collection(folder, name, LIMITS) for name in COLLECTIONS)


def mixed(collections: Sequence[Collection]) -> Collection:
    """Each passage once, in Chinese or English; asked in all languages."""
    texts = {one.language: one.passages for one in collections}
    pairs = zip(texts["zh"], texts["en"], strict=True)
    return Collection(
        "mixed",
        "",
        tuple(pair[number // 2 % 2] for number, pair in enumerate(pairs)),
        tuple(query for one in collections for query in one.questions[::3]),
    )


def score(collection: Collection, embedder: Embedder) -> Iterator[Scored]:
    """Ask every question twice: with its passage on the shelf, and without it."""
    for half in range(2):
        kept = [text for n, text in enumerate(collection.passages) if n % 2 == half]
        with tempfile.TemporaryDirectory() as folder:
            retriever = stock(Path(folder), kept, embedder)
            ids = {text.id for text in kept}
            for number, query in enumerate(collection.questions):
                yield ask(retriever, query, fold=number % FOLDS, present=query.answer in ids)


def stock(folder: Path, texts: Sequence[Text], embedder: Embedder) -> Retriever:
    """A shelf of these texts."""
    writer = ShelfWriter(folder, embedder)
    for document in documents_of([passage_of(text) for text in texts]):
        writer.put(document, root="benchmark")
    writer.publish()
    writer.close()
    return Retriever(ShelfReader(folder, embedder.fingerprint), embedder)


def ask(retriever: Retriever, query: Query, *, fold: int, present: bool) -> Scored:
    """The candidates for one question."""
    ranking = retriever.rank(
        query.text, language=query.language, audiences=Audience.PUBLIC.readable
    )
    found = weigh(query.text, ranking)
    ids = [one.passage.id for one in found]
    case = Case(query.text, query.language, query.answer if present else "", fold)
    return Scored(
        case,
        Asked(query.text, query.language, ranking.known),
        tuple(one.evidence for one in found),
        frozenset(number for number, one in enumerate(ids) if one == query.answer),
        frozenset(range(len(found))),
    )


if __name__ == "__main__":
    main()
