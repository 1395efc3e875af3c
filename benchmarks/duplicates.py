"""Whether copies and translations are found, and editions and forms left alone.

    python -m benchmarks.duplicates [--guides 8] [--json FILE]

Puts the documents of :mod:`benchmarks.duplicate_set` on one shelf and counts pairs. *Found*: of the
pairs of documents that say the same, how many are linked, by how the copy was made. *Rightly*: of
the pairs that are linked, how many say the same. A pair is linked as a copy when half of the signs
of one give way to the other, and as a translation when the shelf says so. The baseline is what is
usually done: the cosine of the mean vectors of two documents, with the threshold that does best on
this very set.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.duplicate_set import Specimen, count_kinds, draw_set
from knowledge.duplicates.links import Links
from knowledge.duplicates.register import Register
from knowledge.duplicates.signs import stream
from knowledge.embedding import BUNDLED, Vectors
from knowledge.models import load_embedder
from knowledge.moments import Moments
from knowledge.normalisation import fold
from knowledge.passage import Passage
from knowledge.passage_table import LivePassage, PassageTable
from knowledge.preparation import searchable
from knowledge.prior import background_of

_HALF = 0.5
Pairs = set[tuple[str, str]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--guides", type=int, default=8)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    shown = json.dumps(measure(draw_set(chosen.guides)), indent=2, ensure_ascii=False)
    print(shown)
    if chosen.json:
        chosen.json.write_text(f"{shown}\n", encoding="utf-8")


def measure(specimens: Sequence[Specimen]) -> dict[str, object]:
    """Link the specimens, and count."""
    shelf = Embedded(specimens)
    begun = time.perf_counter()
    links = shelf.link()
    seconds = time.perf_counter() - begun
    truth = {
        _pair(one, other) for one, other in combinations(specimens, 2) if one.group == other.group
    }
    copies = copied_pairs(links, shelf.passages)
    ours = linked_pairs(links, copies)
    return {
        "documents": len(specimens),
        "passages": len(shelf.passages),
        "kinds": count_kinds(specimens),
        "seconds": round(seconds, 2),
        "ours": count(ours, truth, specimens),
        "wrongly taken for copies": len(copies - truth),
        "baseline": count(shelf.near_pairs(truth), truth, specimens),
    }


def count(found: Pairs, truth: Pairs, specimens: Sequence[Specimen]) -> dict[str, object]:
    """How many pairs were found, rightly and wrongly."""
    kinds = {one.document.id: one.kind for one in specimens}
    missed: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for pair in truth:
        kind = _kind_of(pair, kinds, specimens)
        every[kind] += 1
        missed[kind] += pair not in found
    wrong = Counter(_hardest(pair, kinds) for pair in found - truth)
    right = len(found & truth)
    return {
        "found": round(right / len(truth), 4),
        "rightly": round(right / max(len(found), 1), 4),
        "found by kind": {
            kind: f"{every[kind] - missed[kind]} of {every[kind]}" for kind in sorted(every)
        },
        "wrong by kind": dict(sorted(wrong.items())),
    }


class Embedded:
    """The specimens with their vectors."""

    def __init__(self, specimens: Sequence[Specimen]) -> None:
        """Embed every passage once."""
        self.documents = [one.document for one in specimens]
        self.passages = [one for document in self.documents for one in document.passages]
        texts = {fold(searchable(one)): None for one in self.passages}
        vectors = load_embedder(BUNDLED).embed_passages(list(texts))
        rows = dict(zip(texts, vectors, strict=True))
        self.vectors = np.stack([rows[fold(searchable(one))] for one in self.passages])

    def link(self) -> Links:
        """The links of a shelf with all of them."""
        table = PassageTable.of([LivePassage.of(one) for one in self.passages])
        moments = Moments()
        for group in {f"passage:{one.language}" for one in self.passages}:
            own = [f"passage:{one.language}" == group for one in self.passages]
            moments.add(group, self.vectors[own])
        groups = background_of(moments, load_embedder(BUNDLED).fingerprint).groups

        def take(rows: Sequence[int]) -> Vectors:
            return np.asarray(self.vectors[list(rows)], dtype=np.float32)

        def mean(language: str) -> npt.NDArray[np.float32]:
            return groups[f"passage:{language}"][0]

        before = PassageTable.of([])
        return Register(Links(), before, table, self.passages.__getitem__, take, mean).update()

    def near_pairs(self, truth: Pairs) -> Pairs:
        """The pairs whose mean vectors are near, by the threshold that does best."""
        means = np.stack([self._mean(one.id) for one in self.documents])
        cosines = means @ means.T
        ids = [one.id for one in self.documents]
        scored = sorted(
            (
                (float(cosines[i, j]), tuple(sorted((ids[i], ids[j]))))
                for i, j in combinations(range(len(ids)), 2)
            ),
            reverse=True,
        )
        right, best, cut = 0, 0.0, 0
        for number, (_, pair) in enumerate(scored, start=1):
            right += pair in truth
            score = 2 * right / (number + len(truth))
            if score > best:
                best, cut = score, number
        return {(pair[0], pair[1]) for _, pair in scored[:cut]}

    def _mean(self, name: str) -> Vectors:
        own = [one.document == name for one in self.passages]
        mean = self.vectors[own].mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)


def linked_pairs(links: Links, copies: Pairs) -> Pairs:
    """The pairs of documents that are linked, as copies or as translations."""
    return _closed(
        copies | {(min(one.documents), max(one.documents)) for one in links.translations}
    )


def copied_pairs(links: Links, passages: Sequence[Passage]) -> Pairs:
    """The pairs of documents of which one gives way to the other."""
    length = {one.id: len(stream(one.text)) for one in passages}
    home = {one.id: one.document for one in passages}
    whole: Counter[str] = Counter()
    for one in passages:
        whole[one.document] += length[one.id]
    shared: dict[tuple[str, str], set[str]] = defaultdict(set)
    for copy in links.editions.copies:
        for other in copy.within:
            shared[home[copy.of], home[other]].add(copy.of)
    return {
        (min(pair), max(pair))
        for pair, some in shared.items()
        if sum(length[name] for name in some) >= _HALF * whole[pair[0]]
    }


def _closed(pairs: Pairs) -> Pairs:
    """Whoever gives way to one source, or is served in its place, is linked with all the others."""
    group: dict[str, set[str]] = {}
    for one, other in pairs:
        both = group.get(one, {one}) | group.get(other, {other})
        group |= dict.fromkeys(both, both)
    return {pair for some in group.values() for pair in combinations(sorted(some), 2)}


def _pair(one: Specimen, other: Specimen) -> tuple[str, str]:
    first, second = sorted((one.document.id, other.document.id))
    return first, second


def _kind_of(pair: tuple[str, str], kinds: Mapping[str, str], specimens: Sequence[Specimen]) -> str:
    """How the copy was made; what is far from the original is named by that."""
    language = {one.document.id: one.document.language[:2] for one in specimens}
    if language[pair[0]] != language[pair[1]]:
        told = "translation"
        return told if "original" in {kinds[pair[0]], kinds[pair[1]]} else f"{told} of a copy"
    both = [kinds[one] for one in pair]
    return (
        next((kind for kind in both if kind != "original"), "original")
        if "original" in both
        else "two copies"
    )


def _hardest(pair: tuple[str, str], kinds: Mapping[str, str]) -> str:
    both = sorted(kinds[one] for one in pair)
    return next((kind for kind in both if kind.startswith("hard")), "other documents")


if __name__ == "__main__":
    main()
