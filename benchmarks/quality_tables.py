"""The tables of docs/quality.md: rows of cells, the first row the heading."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.keeping_page import RESULTS as DOCUMENT_RESULTS

Row = Sequence[str]
Measures = Mapping[tuple[str, str], Mapping[str, Any]]

_ATTACKS = ("audience leaks", "injection", "false sentences", "bad endpoint")
_BY_LANGUAGE = (
    ("same language", "XQuAD-R nDCG@10, worst language", "nDCG@10, same language"),
    ("same language", "XQuAD-R R@1, worst language", "R@1, same language"),
    ("across languages", "zh-only shelf R@1, worst language", "R@1, Chinese shelf"),
    ("across languages", "en-only shelf R@1, worst language", "R@1, English shelf"),
    ("mixed shelf", "zh/en shelf R@1, worst language", "R@1, mixed shelf"),
)
_DATED = "policy_time"
SHELF_COST = "shelf_cost"
_RELIABILITY = {"simulation", "kills", "load", "rush", "throughput", "relay-matrix"}
_ELSEWHERE = {"calibration", SHELF_COST, "documents", "interpreting"} | {
    *DOCUMENT_RESULTS,
    *_RELIABILITY,
}
"""Results that have a table, or a page, of their own."""
_WAYS = ("search", "answer", "plain llama-index")
_BY_WAY = (
    ("a question, in times of its embedding (medians)", "times_the_embedding", "≤ 2"),
    ("in times of its embedding by the package's engine", "times_the_package", "≤ 2"),
    ("a batch, share of the rate of the embedder alone", "share_of_the_embedder", "≥ 0.8"),
    ("share of the rate of the package's engine alone", "share_of_the_package", "≥ 0.8"),
    ("the same by processor time", "share_of_the_package_by_processor_time", ""),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What the runs measured: ``others`` are files that are no evaluation, by name."""

    measures: Measures
    results: Sequence[Mapping[str, Any]]
    runs: Sequence[Mapping[str, Any]]
    others: Mapping[str, Mapping[str, Any]]
    pictures: Sequence[str]


def target_rows(figures: Figures, targets: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """Every target with what was reached."""
    yield ("measure", "plain", "known", "ours", "target", "reached", "worst language")
    for target in targets:
        found = figures.measures.get((target["suite"], target["name"]))
        wanted = number(target["target"])
        if found is None or found["ours"] is None:
            known = (number(target["baseline"]), number(target["best"]))
            yield (target["row"], *known, "not measured", wanted, "–", "")
            continue
        lower = bool(target.get("lower"))
        reached = found["ours"] <= target["target"] if lower else found["ours"] >= target["target"]
        plain = found["plain"] if found["plain"] is not None else target["baseline"]
        yield (
            target["row"],
            number(plain),
            number(target["best"]),
            f"**{number(found['ours'])}**",
            f"{'≤' if lower else '≥'} {wanted}",
            "yes" if reached else "no",
            _worst(figures.measures.get((target["suite"], str(target.get("worst")))) or found),
        )


def _worst(measure: Mapping[str, Any]) -> str:
    """The language that does worst, with its figure."""
    parts = {name: pair["ours"] for name, pair in measure["parts"].items()}
    known = {name: share for name, share in parts.items() if share is not None}
    if not known:
        noted = str(measure["note"]).split(" ", maxsplit=1)[0]
        return f"{noted} {number(measure['ours'])}" if noted else ""
    worst = (max if measure["better"] == "lower" else min)(sorted(known), key=known.__getitem__)
    return f"{worst} {number(known[worst])}"


def language_rows(figures: Figures) -> Iterator[Row]:
    """Retrieval by language of the question, ours and plain."""
    columns = [
        (title, figures.measures[suite, name]["parts"])
        for suite, name, title in _BY_LANGUAGE
        if (suite, name) in figures.measures
    ]
    yield ("language", *(title for title, _ in columns))
    for language in sorted({language for _, parts in columns for language in parts}):
        cells = []
        for _, parts in columns:
            pair = parts.get(language)
            cells.append(f"{number(pair['ours'])} ({number(pair['plain'])})" if pair else "–")
        yield (language, *cells)


def own_rows(figures: Figures, *, dated: bool = False) -> Iterator[Iterator[Row]]:
    """Two tables for each suite of questions: by kind, and by language."""
    for suite in dict.fromkeys(str(one["suite"]) for one in figures.results):
        if (suite == _DATED) is dated:
            own = [one for one in figures.results if one["suite"] == suite]
            yield _shares(suite, "kind", own)
            yield _shares(suite, "language", own)


def _shares(suite: str, by: str, results: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """How many questions went right and wrong, of all and by what they have in common."""
    yield (
        f"{suite}, by {by}",
        "questions",
        "right",
        "wrongly answered",
        "wrongly refused",
        "language right",
    )
    groups = sorted({str(one[by]) for one in results} - {""})
    for group in ("all", *groups):
        own = [one for one in results if group in {"all", one[by]}]
        flags = ("right", "wrongly_answered", "wrongly_refused", "spoken_to")
        yield (group, str(len(own)), *(str(sum(bool(one[flag]) for one in own)) for flag in flags))


def calibration_rows(stored: Mapping[str, Any]) -> Iterator[Row]:
    """The questions that were kept apart, before and after."""
    validation = stored["validation"]
    yield (f"of {validation['questions']} questions kept apart", "before", "after")
    for name, before in validation["before"].items():
        yield (name.replace("_", " "), percent(before), percent(validation["after"][name]))
    yield (
        "wrong among all, at most with 95 % confidence",
        "",
        percent(validation["wrong_at_most"]),
    )


def attack_rows(figures: Figures) -> Iterator[Row]:
    """What was tried, and what came of it."""
    yield ("attack", "tried", "result")
    for (suite, name), one in figures.measures.items():
        if suite in _ATTACKS:
            result = f"{one['ours']:.0f}" if one["counted"] else percent(one["ours"])
            yield (f"{suite}: {name}", str(one["cases"]), result)


def shelf_rows(figures: Figures) -> Iterator[Row]:
    """What a big shelf costs, beside the targets and a plain pipeline; no row where none is."""
    stored = figures.others.get(SHELF_COST)
    if stored is None:
        return
    passages = f"{stored['passages']:,} passages"
    yield (passages, "search", "whole answer", "plain llama-index", "target")
    for title, name, target in _BY_WAY:
        cells = (f"{stored[name][way]:.2f}" for way in _WAYS)
        yield (title, *cells, target)
    yield ("memory, KB a passage", "", f"{stored['kb_a_passage']:.2f}", "", "≤ 4")
    yield ("seconds until the index is open", "", f"{stored['open_s']:.2f}", "", "< 5")


def cost_rows(figures: Figures) -> Iterator[Row]:
    """Every other figure of the cost benchmarks."""
    yield ("what", "figure")
    for run in figures.runs:
        yield from (
            (f"{name}, in `helpdesk evaluate`", f"{ms}") for name, ms in run["timings"].items()
        )
    for file, stored in figures.others.items():
        if file not in _ELSEWHERE:
            yield from ((f"{file}: {name}", shown) for name, shown in _flat(stored))


def _flat(stored: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """The numbers and texts of an object with the way to each."""
    for name, value in stored.items():
        where = f"{path}{name}".replace("_", " ")
        if isinstance(value, Mapping):
            yield from _flat(value, f"{where}, ")
        elif isinstance(value, int | float | str):
            yield where, str(value)


def number(value: float | None) -> str:
    """Three decimals."""
    return "–" if value is None or math.isnan(value) else f"{value:.3f}"


def percent(share: float | None) -> str:
    """A share as a percentage."""
    return "–" if share is None or math.isnan(share) else f"{100 * share:.1f} %"
