"""How well documents are read: a set of our own making, against the truth about each.

    python -m benchmarks.documents [--json FILE] [--page FILE] [--only WORD] [--kept]

Reads every document of :mod:`benchmarks.document_set` as it is read for the shelf, beside what
the libraries alone give, prints one line each, and writes the counts to the one FILE and the page
with the tables to the other. It takes some minutes, because scans are recognised; ``--only``
reads those whose name or kind holds the word and writes nothing, ``--kept`` writes the page from
the counts in FILE and reads nothing. The page also shows the figures of the other benchmarks of
documents (:data:`benchmarks.keeping_page.RESULTS`) that lie beside FILE.
"""

import argparse
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.document_judging import Judged, judge
from benchmarks.document_page import write_page
from benchmarks.document_set.catalog import make_specimens
from benchmarks.keeping_page import RESULTS

ROOT = Path(__file__).parents[1]
RESULT = ROOT / "benchmarks" / "results" / "documents.json"
PAGE = ROOT / "docs" / "documents.md"


def main() -> None:
    """Read, judge and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, default=RESULT)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--kept", action="store_true")
    chosen = parser.parse_args()
    if chosen.only:
        measure(chosen.only)
        return
    if not chosen.kept:
        shown = json.dumps(measure(chosen.only), indent=1, ensure_ascii=False)
        chosen.json.write_text(f"{shown}\n", encoding="utf-8")
    if chosen.page:
        chosen.page.write_text(render(chosen.json), encoding="utf-8")


def render(kept: Path) -> str:
    """Write the page from counts that were kept."""
    result = json.loads(kept.read_text(encoding="utf-8"))
    beside = {name: kept.with_name(f"{name}.json") for name in RESULTS}
    others = {
        name: json.loads(path.read_text(encoding="utf-8"))
        for name, path in beside.items()
        if path.exists()
    }
    return write_page(result, others)


def measure(only: str = "") -> dict[str, Any]:
    """Judge the documents whose name or kind holds the word."""
    found = []
    for specimen in make_specimens():
        if only in f"{specimen.name} {specimen.kind}":
            judged = judge(specimen)
            print(_describe(judged), flush=True)
            found.append(judged)
    return {"cores": os.cpu_count() or 0, "documents": [to_json(each) for each in found]}


def to_json(judged: Judged) -> Mapping[str, Any]:
    """The counts of a document as JSON."""
    return {
        **{name: getattr(judged, name) for name in judged.__slots__ if name != "pages"},
        "seconds": round(judged.seconds, 3),
        "pages": [[state.value, outcome.value] for state, outcome in judged.pages],
    }


def _describe(judged: Judged) -> str:
    outcomes: Sequence[str] = [f"{state.value}: {one.value}" for state, one in judged.pages]
    return (
        f"{judged.name:24} {judged.wrong:4}/{judged.signs:<5} plain {judged.plain_wrong:5} "
        f"letters {judged.wrong_letters:3} cells {judged.cells} places {judged.places} "
        f"{judged.seconds:6.2f} s  {', '.join(outcomes)} {judged.refusal}"
    )


if __name__ == "__main__":
    main()
