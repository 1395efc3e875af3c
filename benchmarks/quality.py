"""Write docs/quality.md from what the commands measured.

    python -m benchmarks.quality [check]

Figures: benchmarks/results, one folder a run of ``helpdesk evaluate … --out`` (its evaluation.json
and pictures), and the JSON of ``helpdesk calibrate --json`` and of the cost benchmarks as files
there. Targets: benchmarks/targets.json. What people wrote about them: docs/quality-notes.md, each
section below the heading of the same name. ``check`` fails where the page is not what these give.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.quality_tables import (
    SHELF_COST,
    Figures,
    Row,
    attack_rows,
    calibration_rows,
    cost_rows,
    language_rows,
    own_rows,
    percent,
    shelf_rows,
    target_rows,
)

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results"
TARGETS = ROOT / "benchmarks" / "targets.json"
PAGE = ROOT / "docs" / "quality.md"
NOTES = ROOT / "docs" / "quality-notes.md"
PICTURES = ROOT / "docs" / "pictures"


@dataclass(frozen=True)
class Section:
    """A heading, its tables, its pictures; what people wrote goes below them."""

    heading: str
    lead: str
    tables: Sequence[Sequence[Row]]
    pictures: Sequence[str] = ()


def main(arguments: Sequence[str]) -> int:
    """Write the page, or compare it."""
    figures = read_figures(RESULTS)
    page = write_page(figures, read_notes(NOTES.read_text(encoding="utf-8")))
    if list(arguments) == ["check"]:
        same = PAGE.read_text(encoding="utf-8") == page
        if not same:
            print(f"{PAGE} is not what the results give: run python -m benchmarks.quality")
        return 0 if same else 1
    PICTURES.mkdir(exist_ok=True)
    for picture in sorted(RESULTS.rglob("*.svg")):
        shutil.copyfile(picture, PICTURES / picture.name)
    PAGE.write_text(page, encoding="utf-8")
    return 0


def read_figures(folder: Path) -> Figures:
    """All runs of a folder as one; of two with the same measure the later by name counts."""
    measures: dict[tuple[str, str], Mapping[str, Any]] = {}
    results: dict[tuple[str, str], Mapping[str, Any]] = {}
    runs, others = [], {}
    for path in sorted(folder.rglob("*.json")):
        stored = json.loads(path.read_text(encoding="utf-8"))
        if path.name == "evaluation.json":
            runs.append(stored)
            measures |= {(one["suite"], one["name"]): one for one in stored["measures"]}
            results |= {(one["suite"], one["id"]): one for one in stored["results"]}
        else:
            others[path.stem] = stored
    pictures = tuple(sorted(path.name for path in folder.rglob("*.svg")))
    return Figures(measures, list(results.values()), runs, others, pictures)


def read_notes(text: str) -> dict[str, str]:
    """What people wrote, by heading; what stands before the first heading is left out."""
    parts = f"\n{text}".split("\n## ")[1:]
    return {
        heading.strip(): body.strip() for heading, _, body in (p.partition("\n") for p in parts)
    }


def write_page(figures: Figures, notes: Mapping[str, str]) -> str:
    """The page."""
    lines = ["# How good it is", "", *_introduce(figures)]
    sections = list(_sections(figures))
    for section in sections:
        lines += ["", f"## {section.heading}", ""]
        lines += [section.lead, ""] if section.lead else []
        for table in section.tables:
            lines += [*_table(table), ""]
        for name in section.pictures:
            lines += [f"![{name.removesuffix('.svg')}](pictures/{name})", ""]
        if section.heading in notes:
            lines += [notes[section.heading], ""]
        while lines[-1] == "":
            lines.pop()
    for heading in notes.keys() - {section.heading for section in sections}:
        lines += ["", f"## {heading}", "", notes[heading]]
    return "\n".join(lines) + "\n"


def _introduce(figures: Figures) -> Iterator[str]:
    yield "Written by `python -m benchmarks.quality` from what the commands measured; what people"
    yield "wrote about it stands in [quality-notes.md](quality-notes.md). Machines differ: compare"
    yield "columns."
    skipped = sorted({one for run in figures.runs for one in run["skipped"]} - _measured(figures))
    if skipped:
        yield ""
        yield f"Not measured: {'; '.join(skipped)}."


def _measured(figures: Figures) -> set[str]:
    """What one run lacked and another had is not missing."""
    lacking = [set(run["skipped"]) for run in figures.runs]
    every = set.union(*lacking) if lacking else set()
    return {one for one in every if any(one not in run for run in lacking)}


def _sections(figures: Figures) -> Iterator[Section]:
    targets = json.loads(TARGETS.read_text(encoding="utf-8"))
    yield Section(
        "Targets",
        "“Plain” is dense search with the same model and one threshold, in the same run. “Known” "
        "is the best figure measured before, or published (GPT-4 as judge for NoMIRACL).",
        [list(target_rows(figures, targets))],
    )
    yield Section(
        "By language",
        "",
        [list(language_rows(figures))],
        [name for name in figures.pictures if name.startswith("retrieval")],
    )
    tables = [list(table) for table in own_rows(figures)]
    curves = [name for name in figures.pictures if name.startswith("risk-coverage")]
    yield Section("Our own questions", "", tables, curves)
    if "calibration" in figures.others:
        yield _calibration(figures.others["calibration"])
    yield Section("Policy time", "", [list(table) for table in own_rows(figures, dated=True)])
    yield Section("Attacks", "", [list(attack_rows(figures))])
    shelf = [list(shelf_rows(figures))] if SHELF_COST in figures.others else []
    yield Section("Cost", "", [*shelf, list(cost_rows(figures))])


def _calibration(stored: Mapping[str, Any]) -> Section:
    kept = "kept" if stored["promised"] else "not to be promised with so few questions; kept"
    lead = (
        f"`helpdesk calibrate benchmarks/questions --wrong-at-most {percent(stored['asked'])}`: "
        f"{kept} at {percent(stored['kept'])} of all questions on average, if questions come as "
        "those of the suite did."
    )
    return Section("Calibration", lead, [list(calibration_rows(stored))])


def _table(rows: Sequence[Row]) -> Iterator[str]:
    if len(rows) < 2:  # noqa: PLR2004 - a heading alone
        yield "Not measured yet."
        return
    head, *body = rows
    yield f"| {' | '.join(head)} |"
    yield f"| --- |{' ---: |' * (len(head) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in body)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
