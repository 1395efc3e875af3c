"""Damaged files of every format, read in the process that is kept for that: crashes, stops, memory.

    python -m benchmarks.document_fuzz [--count 13000] [--seconds 300] [--json FILE]

Damages small documents of :mod:`benchmarks.document_set` by seeded chance
(:mod:`benchmarks.document_mutations`), reads each as it is read for the shelf, and counts what came
of it, until there were ``count`` of them or ``seconds`` have passed. Files that may end at the
models for scans come less often, because those take seconds.
"""

import argparse
import itertools
import json
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

from benchmarks.document_mutations import mutate
from benchmarks.document_set.catalog import make_specimens
from benchmarks.document_set.drawing import lay_out
from benchmarks.document_set.scan_specimens import LAYERS
from benchmarks.document_set.scans import Scanner, save_picture, scan
from benchmarks.document_set.specimen import make_parts
from benchmarks.document_set.texts import GUIDE
from ingest.documents import Filing
from ingest.isolation import BROKEN, LONG, SLOW, Isolation, Limits
from ingest.problems import Problem
from ingest.reading import NO_MEMORY
from knowledge.errors import DocumentError

SEED: Final = 20261123
LIMITS: Final = Limits(silence=20.0, total=60.0, memory=1024)
OUTCOMES: Final = ("read", "refused", "crashed", "stopped", "memory")
_BAD: Final = {BROKEN: "crashed", SLOW: "stopped", LONG: "stopped", NO_MEMORY.template: "memory"}
_PICTURES: Final = {".png": "PNG", ".jpg": "JPEG", ".tiff": "TIFF"}
_OFTEN, _SELDOM = 12, 1
_SOME = 5
_LARGEST = 150_000
_ROUND = 1_000_000


def main() -> None:
    """Damage, read, count and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=13_000)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    shown = json.dumps(fuzz(chosen.count, chosen.seconds), indent=1)
    print(shown)
    if chosen.json:
        chosen.json.write_text(f"{shown}\n", encoding="utf-8")


def fuzz(count: int, seconds: float) -> Mapping[str, Any]:
    """Read so many damaged files, or as many as fit; counts of outcomes by format."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    isolation = Isolation(LIMITS)
    started = time.monotonic()
    slowest = 0.0
    for ending, data in itertools.islice(damage(), count):
        before = time.monotonic()
        if before - started > seconds:
            break
        found[ending][read(isolation, data, f"damaged{ending}")] += 1
        slowest = max(slowest, time.monotonic() - before)
    isolation.close()
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "seed": SEED,
        "files": sum(each.total() for each in found.values()),
        "seconds": round(time.monotonic() - started),
        "slowest_s": round(slowest, 1),
        "largest_process_mb": round(largest / 1024),
        "limits": {"silent_s": LIMITS.silence, "all_s": LIMITS.total, "memory_mb": LIMITS.memory},
        "formats": {ending: dict(found[ending]) for ending in sorted(found)},
    }


def read(isolation: Isolation, data: bytes, name: str) -> str:
    """Read one file in the other process; which of the outcomes it came to."""
    try:
        reading = isolation.read(data, Filing(name, "hash", None))
    except DocumentError as error:
        problem = error.fields.get("problem")
        template = problem.template if isinstance(problem, Problem) else ""
        return _BAD.get(template, "refused")
    return "refused" if reading.refusal else "read"


def damage() -> Iterator[tuple[str, bytes]]:
    """Yield endings and damaged files without end, all formats in turn."""
    sources = find_sources()
    streams = {ending: _damage_all(ending, files) for ending, files in sources.items()}
    for ending in itertools.cycle(_take_turns(list(streams))):
        yield ending, next(streams[ending])


def _take_turns(endings: list[str]) -> list[str]:
    """One round: formats of text and office programs often, PDF less, pictures seldom."""
    shares = {ending: _SELDOM if ending in _PICTURES else _OFTEN for ending in endings}
    shares[".pdf"] = _SOME
    return [ending for at in range(_OFTEN) for ending in endings if at < shares[ending]]


def _damage_all(ending: str, files: list[bytes]) -> Iterator[bytes]:
    """Yield damaged versions of one file after the other."""
    seeds = (SEED + sum(ending.encode()) * 100 + at for at in range(len(files)))
    streams = [
        mutate(file, seed=seed, count=_ROUND) for file, seed in zip(files, seeds, strict=True)
    ]
    for stream in itertools.cycle(streams):
        yield next(stream)


def find_sources() -> dict[str, list[bytes]]:
    """The small documents of the set by their endings, and small pictures."""
    found: dict[str, list[bytes]] = defaultdict(list)
    for specimen in make_specimens():
        if specimen.kind == LAYERS:
            break  # scans and what is like them come after the documents with text
        ending = PurePosixPath(specimen.name).suffix
        if "scan" not in specimen.kind and ending not in _PICTURES:
            data = specimen.make()
            if len(data) < _LARGEST:
                found[ending].append(data)
    picture = scan(lay_out(make_parts(GUIDE[:2])), Scanner(dpi=72)).crop((40, 60, 380, 200))
    for ending, form in _PICTURES.items():
        found[ending].append(save_picture([picture], form))
    return dict(found)


if __name__ == "__main__":
    main()
