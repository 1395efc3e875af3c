"""How quickly documents come onto the shelf, and how quickly a run sees that nothing has changed.

    python -m benchmarks.ingest_rate [--short 10000] [--long 120] [--rounds 3] [--json FILE]

"rescan": "short" documents of one paragraph are ingested, and ingested again unchanged; what counts
is the time of the second run as a share of the first, in one process, with everything from opening
the shelf to closing it. Then one paragraph of one document is changed.
"rate": "long" documents of ten sections are ingested, and the bundled model embeds the same
passages alone after it, in the same batches and the same run; medians over the rounds.
By processor time the work is compared where other programs take turns on the cores; a share above
1 says that ingest waited less than it made others wait. With ``--short 0`` or ``--long 0`` one of
the two is left out, and stays in FILE as it was. The texts are words of the starter
knowledge in another order, so that no document is nearly another.
"""

import argparse
import json
import os
import random
import re
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks.synthetic_shelf import Pool, draw_name, read_pools
from ingest.report import Report
from ingest.shelving import WrittenShelf
from ingest.sync import synchronise
from knowledge.embedding import BUNDLED, Embedder
from knowledge.models import load_embedder
from knowledge.normalisation import fold
from knowledge.shelf import BATCH, ShelfReader, searchable, writing

_Result = TypeVar("_Result")
_SEED = 20261123
_SECTIONS, _WORDS = 10, 75
_LANGUAGES = ("zh-Hans", "en", "ru", "es")
_PARAGRAPH = (
    "The fee for permit {number} is {fee} yuan. It takes {days} days after all papers are there: "
    "the form, a copy of the licence, the script in two languages and the list of the cast. Send "
    "them to window {number} or by post. Whoever asks again within {days} days pays nothing."
)
_WIDE = frozenset({"zh-Hans"})
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ENOUGH = 0.9
"""Of the bare embedder's rate."""
_LEAST = 0.01
"""Of the time of the first run."""


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", type=int, default=10_000)
    parser.add_argument("--long", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    embedder = load_embedder(BUNDLED)
    embedder.embed_passages(["?"])
    with TemporaryDirectory(prefix="helpdesk-ingest-") as folder:
        place = Path(folder)
        write_short(place / "first" / "documents", 1)
        ingest(place / "first", embedder)  # what is imported once, is
        result = read_kept(chosen.json) | {"cores": os.cpu_count() or 0}
        if chosen.long:
            result["rate"] = measure_rate(place / "rate", embedder, chosen.long, chosen.rounds)
        if chosen.short:
            result["rescan"] = measure_rescan(place / "rescan", embedder, chosen.short)
    shown = json.dumps(result, indent=2)
    print(shown)
    if chosen.json:
        chosen.json.write_text(f"{shown}\n", encoding="utf-8")


def read_kept(path: Path | None) -> dict[str, object]:
    """The figures that are in the file already: a part that is not measured stays as it was."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path and path.exists() else {}
    return dict(kept)


def measure_rescan(place: Path, embedder: Embedder, count: int) -> dict[str, object]:
    """Ingest short documents, then again, then with one paragraph changed."""
    documents = place / "documents"
    write_short(documents, count)
    first, taken = timed(lambda: ingest(place, embedder))
    second, again = timed(lambda: ingest(place, embedder))
    path = documents / "00" / "00000.md"
    path.write_text(path.read_text("utf-8").replace("fee", "charge"), "utf-8")
    third, changed = timed(lambda: ingest(place, embedder))
    return {
        "documents": len(first.added),
        "passages": first.passages,
        "first_s": round(taken[0], 2),
        "rescan_s": round(again[0], 3),
        "share": round(again[0] / taken[0], 5),
        "processor_share": round(again[1] / taken[1], 5),
        "target": _LEAST,
        "unchanged": len(second.unchanged),
        "embedded_again": second.embedded,
        "one_paragraph_changed_s": round(changed[0], 2),
        "embedded_for_it": third.embedded,
    }


def measure_rate(place: Path, embedder: Embedder, count: int, rounds: int) -> dict[str, object]:
    """Ingest long documents, and embed the same passages alone before and after."""
    shares, by_processor, bare_rates, rates = [], [], [], []
    passages = 0
    for number in range(rounds):
        own = place / str(number)
        write_long(own / "documents", count, seed=_SEED + number)
        report, taken = timed(partial(ingest, own, embedder))
        passages = report.passages
        texts = read_texts(own, embedder)
        _, bare = timed(partial(embed, embedder, texts))
        shares.append(bare[0] / taken[0])
        by_processor.append(bare[1] / taken[1])
        bare_rates.append(passages / bare[0])
        rates.append(passages / taken[0])
    return {
        "documents": count,
        "passages": passages,
        "passages_a_second": round(statistics.median(rates), 1),
        "bare_embedder_passages_a_second": round(statistics.median(bare_rates), 1),
        "share": round(statistics.median(shares), 3),
        "processor_share": round(statistics.median(by_processor), 3),
        "target": _ENOUGH,
    }


def ingest(place: Path, embedder: Embedder) -> Report:
    """One run, from opening the shelf to closing it."""
    with writing(place / "index", lambda: embedder) as writer:
        return synchronise([place / "documents"], WrittenShelf(writer))


def read_texts(place: Path, embedder: Embedder) -> list[str]:
    """What was embedded for the passages of a shelf."""
    reader = ShelfReader(place / "index", embedder.fingerprint)
    snapshot, store = reader.current()
    passages = [
        passage
        for entry in snapshot.documents.values()
        for passage in reader.passages(entry.passages)
    ]
    store.close()
    return [fold(searchable(passage)) for passage in passages]


def embed(embedder: Embedder, texts: Sequence[str]) -> None:
    """Embed texts in the batches in which ingest does."""
    for start in range(0, len(texts), BATCH):
        embedder.embed_passages(texts[start : start + BATCH])


def timed(work: Callable[[], _Result]) -> tuple[_Result, tuple[float, float]]:
    """What the work gives, and its seconds on the clock and of all cores."""
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, (time.perf_counter() - clock, time.process_time() - processor)


def write_short(folder: Path, count: int) -> None:
    """Documents of one paragraph, a hundred in a folder."""
    for number in range(count):
        path = folder / f"{number // 100:02}" / f"{number:05}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = _PARAGRAPH.format(number=number, fee=number * 7 % 900, days=number % 40)
        path.write_text(f"---\nlanguage: en\n---\n\n# Rule {number}\n\n{text}\n", "utf-8")


def write_long(folder: Path, count: int, *, seed: int) -> None:
    """Documents of ten sections in several languages, with names that nobody has."""
    source = random.Random(seed)  # noqa: S311 - texts, not secrets
    words = {language: read_words(language) for language in _LANGUAGES}
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        language = _LANGUAGES[number % len(_LANGUAGES)]
        sections = [
            f"## {draw_name(language, source)}\n\n{draw_text(words[language], source)}"
            for _ in range(_SECTIONS)
        ]
        head = f"---\nlanguage: {language}\n---\n\n# {draw_name(language, source)} {number}\n\n"
        (folder / f"{number:04}.md").write_text(head + "\n\n".join(sections) + "\n", "utf-8")


def read_words(language: str) -> list[str]:
    """The words of a language in the starter knowledge; of Chinese, pieces of its sentences."""
    text = " ".join(_read_pools()[language].sentences)
    return re.findall(r"[\u4e00-\u9fff]{2,4}", text) if language in _WIDE else text.split()


def draw_text(words: Sequence[str], source: random.Random) -> str:
    """A paragraph of so many words."""
    chosen = source.choices(words, k=_WORDS)
    return ("" if _HAN.match(chosen[0]) else " ").join(chosen) + "."


@cache
def _read_pools() -> Mapping[str, Pool]:
    return read_pools()


if __name__ == "__main__":
    main()
