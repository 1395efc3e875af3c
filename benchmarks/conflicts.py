"""Whether contradictions on a shelf are found, and texts that only look alike left alone.

    python -m benchmarks.conflicts [--json benchmarks/results/conflicts.json]

Puts the pairs of :mod:`benchmarks.conflict_set` on one shelf with the starter knowledge and looks
for contradictions as ``helpdesk documents conflicts`` does. *Found*: of the contradictions that
were planted, how many are listed. *Rightly*: of what is listed, how much was planted; whatever else
is listed, be it between two pairs or in the starter knowledge, is a false alarm. The baseline is
what is usually done: two passages whose vectors are near and whose numbers differ, with the
threshold that does best on this very set.
"""

import argparse
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.conflict_set import PlantedPair, read_set, write_files
from ingest.shelving import WrittenShelf
from ingest.sync import Keeping
from knowledge.codec import decode
from knowledge.contradictions import Contradictions, find_contradictions
from knowledge.embedding import BUNDLED
from knowledge.meaning import SentenceMeaning
from knowledge.models import load_embedder
from knowledge.passage import Audience
from knowledge.shelf import writing
from knowledge.shelf_reading import ShelfReader
from knowledge.snapshot import Snapshot

TODAY = date(2026, 11, 23)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
Pair = tuple[str, str]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    pairs = read_set()
    with tempfile.TemporaryDirectory() as folder:
        shown = json.dumps(measure(pairs, Path(folder)), indent=2, ensure_ascii=False)
    print(shown)
    if chosen.json:
        chosen.json.write_text(f"{shown}\n", encoding="utf-8")


def measure(pairs: Sequence[PlantedPair], folder: Path) -> dict[str, object]:
    """Stock a shelf below a folder, look for contradictions, and count."""
    embedder = load_embedder(BUNDLED)
    files, index = folder / "files", folder / "index"
    files.mkdir()
    write_files(pairs, files)
    with writing(index, lambda: embedder) as writer:
        keeping = Keeping(WrittenShelf(writer))
        keeping.synchronise_starter()
        keeping.synchronise([files])
    snapshot, store = ShelfReader(index, embedder.fingerprint).current()
    with closing(store):
        begun = time.perf_counter()
        result = find_contradictions(
            snapshot, today=TODAY, reader=Audience.STAFF, meaning=SentenceMeaning(embedder)
        )
        seconds = time.perf_counter() - begun
        baseline = find_near(snapshot, pairs)
    return {
        "pairs": dict(Counter("conflicts" if one.conflicting else "look-alikes" for one in pairs)),
        "passages": result.passages,
        "compared": result.compared,
        "seconds": round(seconds, 1),
        "ours": count(documents_of(result), pairs),
        "baseline": count(baseline, pairs),
    }


def documents_of(result: Contradictions) -> set[Pair]:
    """The pairs of documents between which something was found."""
    return {_pair(one.one[0].document, one.other[0].document) for one in result.found}


def count(found: set[Pair], pairs: Sequence[PlantedPair]) -> dict[str, object]:
    """How many of the planted contradictions are among what was found, and what else is."""
    planted = {_pair(*one.files): one for one in pairs}
    wanted = {pair for pair, one in planted.items() if one.conflicting}
    wrong = found - wanted
    return {
        "found": _share(found & wanted, wanted),
        "rightly": _share(found & wanted, found),
        "by part": {
            part: _part(found, {pair: one for pair, one in planted.items() if one.part == part})
            for part in ("fit", "test")
        },
        "found by languages": _by(planted[pair].languages for pair in found & wanted)
        | {"of": _by(planted[pair].languages for pair in wanted)},
        "missed": sorted(planted[pair].name for pair in wanted - found),
        "false alarms": _by(planted[pair].why if pair in planted else "others" for pair in wrong),
    }


def _part(found: set[Pair], planted: dict[Pair, PlantedPair]) -> dict[str, str]:
    right = {pair for pair, one in planted.items() if one.conflicting}
    alike = planted.keys() - right
    return {
        "conflicts": f"{len(found & right)} of {len(right)}",
        "look-alikes": f"{len(found & alike)} of {len(alike)}",
    }


def _share(some: set[Pair], every: set[Pair]) -> float:
    return round(len(some) / max(len(every), 1), 3)


def _by(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def find_near(snapshot: Snapshot, pairs: Sequence[PlantedPair]) -> set[Pair]:
    """The pairs whose vectors are near and whose numbers differ, by the best threshold."""
    passages = [decode(text) for text in snapshot.texts]
    rows = [row for row, one in enumerate(passages) if _NUMBER.search(one.text)]
    vectors = np.stack([snapshot.vectors_of(row)[0] for row in rows])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = np.triu(vectors @ vectors.T, 1)
    wanted = {_pair(*one.files) for one in pairs if one.conflicting}
    scored: dict[Pair, float] = {}
    for one, other in np.argwhere(cosines > _LEAST).tolist():
        mine, theirs = passages[rows[one]], passages[rows[other]]
        if mine.document != theirs.document and _numbers(mine.text) != _numbers(theirs.text):
            pair = _pair(mine.document, theirs.document)
            scored[pair] = max(scored.get(pair, 0.0), float(cosines[one, other]))
    return _best(scored, wanted)


_LEAST = 0.8


def _best(scored: dict[Pair, float], wanted: set[Pair]) -> set[Pair]:
    """Those above the cut that gives the best F1."""
    ordered = sorted(scored, key=lambda pair: -scored[pair])
    right, best, cut = 0, 0.0, 0
    for number, pair in enumerate(ordered, start=1):
        right += pair in wanted
        score = 2 * right / (number + len(wanted))
        if score > best:
            best, cut = score, number
    return set(ordered[:cut])


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(text))


def _pair(one: str, other: str) -> Pair:
    first, second = sorted((one, other))
    return first, second


if __name__ == "__main__":
    main()
