"""Whether anything is lost, doubled or said out of turn; and what the transport can carry.

    python -m benchmarks.reliability simulate [--interleavings 100000] [--cores N] [--seed N]
    python -m benchmarks.reliability kill [--runs 5000] [--cores N]
    python -m benchmarks.reliability load
    python -m benchmarks.reliability rush
    python -m benchmarks.reliability throughput
    python -m benchmarks.reliability all [--quick]
    python -m benchmarks.reliability page

Each measure writes a file below ``benchmarks/results/reliability``; ``page`` writes
docs/reliability.md from them. ``simulate`` and ``kill`` write theirs anew every few minutes; a call
that was interrupted is taken up by the next one, for as long as the code that they are about stays
the same. ``--cores`` leaves some of them to others. ``--seed`` prints what happens in one simulated
world, step by step. ``--quick`` takes less of everything, prints what it finds and keeps no file.
All of it together takes about an hour on two quiet cores.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from benchmarks.reliability_keeping import Keeper, replace_text, take_fingerprint
from benchmarks.reliability_kills import kill_everywhere
from benchmarks.reliability_load import measure_load
from benchmarks.reliability_page import write_page
from benchmarks.reliability_rush import measure_rush
from benchmarks.reliability_simulation import show, simulate
from benchmarks.reliability_throughput import measure_throughput

ROOT: Final = Path(__file__).parents[1]
RESULTS: Final = ROOT / "benchmarks" / "results" / "reliability"
PAGE: Final = ROOT / "docs" / "reliability.md"
RELAY: Final = "relay-matrix"
NAMES: Final = ("simulation", "kills", "load", "rush", "throughput", RELAY)
"""The files, without their ending, that the page is made from."""

_QUICK_SHARE: Final = 50

Publish = Callable[[Mapping[str, Any]], None]
Measure = Callable[[argparse.Namespace, Publish], Mapping[str, Any]]


def main() -> None:
    """Do what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=(*_MEASURES, "all", "page"))
    parser.add_argument("--interleavings", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5_000)
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--quick", action="store_true")
    chosen = parser.parse_args()
    if chosen.seed:
        print(show(chosen.seed))
        return
    # Ended politely, a call still keeps what it has, and leaves no process behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
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

    def publish(result: Mapping[str, Any]) -> None:
        if not chosen.quick:
            replace_text(_path(file), f"{_show(result)}\n")

    result = measure(chosen, publish)
    publish(result)
    if chosen.quick:
        print(_show(result))
    failed = bool(result.get("failed"))
    print(f"{name}: {'FAILED' if failed else 'done'}", flush=True)
    return failed


def _show(result: Mapping[str, Any]) -> str:
    return json.dumps(result, indent=1, ensure_ascii=False)


def _path(name: str) -> Path:
    return RESULTS / f"{name}.json"


def _read(name: str) -> Mapping[str, Any]:
    read: Mapping[str, Any] = json.loads(_path(name).read_text(encoding="utf-8"))
    return read


def _less(number: int, chosen: argparse.Namespace) -> int:
    return max(1, number // _QUICK_SHARE) if chosen.quick else number


def _make_keeper(name: str, module: str, chosen: argparse.Namespace) -> Keeper:
    fingerprint = take_fingerprint(module)
    return Keeper(name, fingerprint, None) if chosen.quick else Keeper(name, fingerprint)


def _simulate(chosen: argparse.Namespace, publish: Publish) -> Mapping[str, Any]:
    return simulate(
        _less(chosen.interleavings, chosen),
        both=_less(400, chosen),
        cores=chosen.cores,
        keeper=_make_keeper("simulation", "benchmarks.reliability_simulation", chosen),
        publish=publish,
    )


def _kill(chosen: argparse.Namespace, publish: Publish) -> Mapping[str, Any]:
    return kill_everywhere(
        _less(chosen.runs, chosen),
        cores=chosen.cores,
        keeper=_make_keeper("kills", "benchmarks.reliability_kills", chosen),
        publish=publish,
    )


def _load(chosen: argparse.Namespace, _: Publish) -> Mapping[str, Any]:
    return measure_load(customers=_less(500, chosen) * 5 if chosen.quick else 500)


def _rush(chosen: argparse.Namespace, _: Publish) -> Mapping[str, Any]:
    return measure_rush(customers=_less(500, chosen) * 2 if chosen.quick else 500)


def _throughput(chosen: argparse.Namespace, _: Publish) -> Mapping[str, Any]:
    return measure_throughput(messages=_less(1000, chosen))


_MEASURES: Final[Mapping[str, tuple[str, Measure]]] = {
    "simulate": ("simulation", _simulate),
    "kill": ("kills", _kill),
    "load": ("load", _load),
    "rush": ("rush", _rush),
    "throughput": ("throughput", _throughput),
}
"""By command: the file that is written, and what measures."""


if __name__ == "__main__":
    main()
