"""Whether anything is lost, doubled or said out of turn; and what the transport can carry.

    python -m benchmarks.reliability simulate [--interleavings 100000] [--seed N]
    python -m benchmarks.reliability kill [--runs 5000]
    python -m benchmarks.reliability load
    python -m benchmarks.reliability throughput
    python -m benchmarks.reliability all [--quick]
    python -m benchmarks.reliability page

Each measure writes a file below ``benchmarks/results/reliability``; ``page`` writes
docs/reliability.md from them. ``--seed`` prints what happens in one simulated world, step by step.
``--quick`` takes less of everything, prints what it finds and keeps no file. All of it together
takes about an hour on two quiet cores.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from benchmarks.reliability_kills import kill_everywhere
from benchmarks.reliability_load import measure_load
from benchmarks.reliability_page import write_page
from benchmarks.reliability_simulation import show, simulate
from benchmarks.reliability_throughput import measure_throughput

ROOT: Final = Path(__file__).parents[1]
RESULTS: Final = ROOT / "benchmarks" / "results" / "reliability"
PAGE: Final = ROOT / "docs" / "reliability.md"
RELAY: Final = "relay-matrix"
NAMES: Final = ("simulation", "kills", "load", "throughput", RELAY)
"""The files, without their ending, that the page is made from."""

_QUICK_SHARE: Final = 50


def main() -> None:
    """Do what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=(*_MEASURES, "all", "page"))
    parser.add_argument("--interleavings", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--quick", action="store_true")
    chosen = parser.parse_args()
    if chosen.seed:
        print(show(chosen.seed))
        return
    failed = False
    for name in _MEASURES if chosen.what == "all" else (chosen.what,):
        if name in _MEASURES:
            failed |= _measure(name, chosen)
    if chosen.what == "page" or (chosen.what == "all" and not chosen.quick):
        PAGE.write_text(render(), encoding="utf-8")
    sys.exit(failed)


def render() -> str:
    """Write the page from what was kept."""
    return write_page({name: _read(name) for name in NAMES if _path(name).exists()})


def _measure(name: str, chosen: argparse.Namespace) -> bool:
    file, measure = _MEASURES[name]
    result = measure(chosen)
    shown = json.dumps(result, indent=1, ensure_ascii=False)
    if chosen.quick:
        print(shown)
    else:
        RESULTS.mkdir(parents=True, exist_ok=True)
        _path(file).write_text(f"{shown}\n", encoding="utf-8")
    failed = bool(result.get("failed"))
    print(f"{name}: {'FAILED' if failed else 'done'}", flush=True)
    return failed


def _path(name: str) -> Path:
    return RESULTS / f"{name}.json"


def _read(name: str) -> Mapping[str, Any]:
    read: Mapping[str, Any] = json.loads(_path(name).read_text(encoding="utf-8"))
    return read


def _less(number: int, chosen: argparse.Namespace) -> int:
    return max(1, number // _QUICK_SHARE) if chosen.quick else number


Measure = Callable[[argparse.Namespace], Mapping[str, Any]]

_MEASURES: Final[Mapping[str, tuple[str, Measure]]] = {
    "simulate": (
        "simulation",
        lambda chosen: simulate(_less(chosen.interleavings, chosen), both=_less(400, chosen)),
    ),
    "kill": ("kills", lambda chosen: kill_everywhere(_less(chosen.runs, chosen))),
    "load": (
        "load",
        lambda chosen: measure_load(customers=_less(500, chosen) * 5 if chosen.quick else 500),
    ),
    "throughput": ("throughput", lambda chosen: measure_throughput(messages=_less(1000, chosen))),
}
"""By command: the file that is written, and what measures."""


if __name__ == "__main__":
    main()
