"""docs/reliability.md from the figures that were kept; what was not measured says so."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from benchmarks.keeping_page import Goal
from benchmarks.markdown_tables import draw, show
from benchmarks.reliability_notes import (
    BROKEN_LEAD,
    CROWD_LEAD,
    FLOOD_LEAD,
    FOUND,
    KILL_LEAD,
    LEAD,
    LIMITS,
    PICTURES,
    RELAY_LEAD,
    RUSH_LEAD,
    SIMULATION_LEAD,
    THROUGHPUT_LEAD,
)

Figures = Mapping[str, Any]
Results = Mapping[str, Figures]
Row = Sequence[str]

SIMULATION, KILLS, LOAD, THROUGHPUT = "simulation", "kills", "load", "throughput"
RUSH: Final = "rush"
RELAY: Final = "relay-matrix"
_NOT_MEASURED: Final = "Not measured."
_FAULTS: Final = {
    "out_of_turn": "messages of the bot after a committed claim",
    "lost": "messages lost",
    "doubled": "messages doubled",
    "out_of_order": "messages out of order",
    "leaked": "notes that reached a customer",
    "claimed_twice": "tickets that two people had at once",
    "unfinished": "worlds that never came to rest",
}


def write_page(results: Results) -> str:
    """Write the page from the results, by the name of their file."""
    parts = ["# Nothing lost, nobody talked over", LEAD, *_write_goals(results)]
    sections: Sequence[tuple[str, str, Callable[[Figures], Iterator[str]]]] = (
        ("Any order, any trouble", SIMULATION, _write_simulation),
        ("Killed at every step", KILLS, _write_kills),
        ("Everything both ways", RELAY, _write_relay),
        ("Many at once", LOAD, _write_load),
        ("The same by a real clock", RUSH, _write_rush),
        ("What one machine carries", THROUGHPUT, _write_throughput),
    )
    for heading, name, write in sections:
        parts.append(f"## {heading}")
        parts += write(results[name]) if name in results else [_NOT_MEASURED]
    parts += [
        "## Pictures",
        PICTURES,
        "## What it found",
        FOUND,
        "## What it does not show",
        LIMITS,
    ]
    return "\n\n".join(parts) + "\n"


def _write_goals(results: Results) -> Iterator[str]:
    yield draw([("measure", "ours", "target", "reached"), *(g.row() for g in _goals(results))])


def _goals(results: Results) -> Iterator[Goal]:
    worlds = results.get(SIMULATION, {})
    yield Goal("interleavings", worlds.get("interleavings"), 100_000, "≥")
    for kind, name in _FAULTS.items():
        yield Goal(name, worlds["faults"].get(kind, 0) if worlds else None, 0)
    kills = results.get(KILLS, {})
    yield Goal("runs with a kill", kills.get("runs"), 5_000, "≥")
    for kind in ("lost", "doubled"):
        faults = kills["faults"].get(kind, 0) if kills else None
        yield Goal(f"{_FAULTS[kind]} by a kill", faults, 0)
    relay = results.get(RELAY, {})
    yield Goal("cells of the relay matrix that are silent", relay.get("silent"), 0)
    for part, name in (("crowd", "500 at once"), ("flood", "ten times too much for staff")):
        one = results.get(LOAD, {}).get(part)
        yield Goal(f"faults with {name}", len(one["faults"]) if one else None, 0)
    rush = results.get(RUSH)
    yield Goal("faults with 500 at the real service", len(rush["faults"]) if rush else None, 0)


def _write_simulation(result: Figures) -> Iterator[str]:
    sums, both = result["sums"], result["on_both_storages"]
    yield SIMULATION_LEAD.format(
        **{**result, "agreeing": both["agreeing"], "both": both["seeds"]},
        hours=sums["seconds"] // 3600,
        **{name: sums[name] for name in ("claims", "deaths", "calls", "unknown")},
        transactions=sums["steps"] // 2,
    )
    rows = [("act of a person", "times"), *((each, f"{n:,}") for each, n in result["acts"].items())]
    yield draw(rows)
    yield BROKEN_LEAD
    yield draw(_broken_rows(result["breakages"]))
    if result["failed"]:
        yield "Seeds that failed: " + ", ".join(str(seed) for seed, _ in result["failed"]) + "."


def _broken_rows(breakages: Mapping[str, Figures]) -> Iterator[Row]:
    yield "broken on purpose", "noticed after seeds", "by what"
    for name, found in breakages.items():
        yield name, str(found["seeds"] or "not noticed"), found["by"]


def _write_kills(result: Figures) -> Iterator[str]:
    unknown = sum(point["unknown"] for point in result["points"].values())
    yield KILL_LEAD.format(**result, unknown=unknown)
    yield draw(_kill_rows(result["points"]))


def _kill_rows(points: Mapping[str, Figures]) -> Iterator[Row]:
    yield "killed at", "before it", "after it", "of an unknown fate"
    names = dict.fromkeys(name.partition(" ")[2] for name in points)
    for name in sorted(names):
        before, after = (points.get(f"{when} {name}", {}) for when in ("before", "after"))
        counts = (str(one.get("runs", 0)) for one in (before, after))
        yield (_describe(name), *counts, str(before.get("unknown", 0) + after.get("unknown", 0)))


def _describe(step: str) -> str:
    kind, _, rest = step.partition(" ")
    return f"commit that begins with `{rest}`" if kind == "commit" else f"`{step}`"


def _write_relay(result: Figures) -> Iterator[str]:
    """``columns`` name the ways; each row is a kind of message with a word for each column."""
    yield RELAY_LEAD.format(silent=result["silent"])
    rows = [("kind", *result["columns"])]
    rows += [(row["kind"], *row["cells"]) for row in result["rows"]]
    yield draw(rows)


def _write_load(result: Figures) -> Iterator[str]:
    crowd, flood = result["crowd"], result["flood"]
    yield CROWD_LEAD.format(**crowd, **_refusals(crowd))
    yield draw(
        [
            ("wait for an answer, s", "ours", "what the limits alone make of it"),
            ("median", show(crowd["median_wait"]), show(crowd["p95_bound"] * 0.5 / 0.95)),
            ("95th percentile", f"**{show(crowd['p95_wait'])}**", show(crowd["p95_bound"])),
            ("longest", show(crowd["longest_wait"]), show(crowd["p95_bound"] / 0.95)),
        ]
    )
    yield FLOOD_LEAD.format(**{**flood, "faults": len(flood["faults"])}, **_refusals(flood))


def _write_rush(result: Figures) -> Iterator[str]:
    yield RUSH_LEAD.format(**{**result, "faults": len(result["faults"])}, **_refusals(result))
    named = {"median": "median", "p95": "95th percentile", "longest": "longest"}
    rows: list[Row] = [
        (
            "wait for an answer, s",
            "the service",
            "the limits alone",
            "our pace within them",
            "the thinking alone",
        )
    ]
    for key, name in named.items():
        whole, *parts = (show(result[figure]) for figure in _figures_of(key))
        rows.append((name, f"**{whole}**" if key == "p95" else whole, *parts))
    yield draw(rows)


def _figures_of(share: str) -> Sequence[str]:
    return f"{share}_wait", f"limits_{share}", f"pace_{share}", f"alone_{share}"


def _refusals(one: Figures) -> Mapping[str, int]:
    typing = one["refused"].get("sendChatAction", 0)
    return {"typing": typing, "too_many": sum(one["refused"].values()) - typing}


def _write_throughput(result: Figures) -> Iterator[str]:
    yield THROUGHPUT_LEAD.format(**result)
    yield draw(
        [
            ("in a second", "rate", "share"),
            ("transactions of one row, bare", show(result["bare"]), "1"),
            (
                "transactions of the service",
                show(result["commits"]),
                f"**{result['share_of_commits']}**",
            ),
            ("messages, plain loop", show(result["plain"]), "1"),
            ("messages, service", show(result["service"]), f"**{result['share_of_plain']}**"),
        ]
    )
