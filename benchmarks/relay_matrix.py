"""What passes between a customer and staff: kinds of messages by what is done with them.

    python -m benchmarks.relay_matrix [--json FILE] [--kinds text,photo]

People of the local Bot API server send each kind of message to the service, and do with it all
that Telegram lets them, in both directions; what the other side then sees decides. Prints a table
and writes FILE (``benchmarks/results/reliability/relay-matrix.json`` unless told otherwise): the
number of ``silent`` cells, the ``columns``, ``rows`` with a word for each column, and what was
missing in silent ones. Ends with 1 if a cell is silent.
"""

import argparse
import asyncio
import json
import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.markdown_tables import draw
from tests.journeys.telegram.relay_kinds import KINDS, Kind
from tests.journeys.telegram.relay_matrix import (
    ACTS,
    SILENT,
    TO_CUSTOMER,
    TO_STAFF,
    Cell,
    play_matrix,
)
from tests.journeys.telegram.service import set_scene
from tests.telegram_server.running import RunningServer

FILE: Final = Path(__file__).parent / "results" / "reliability" / "relay-matrix.json"
_WAYS: Final = {TO_STAFF: "to staff", TO_CUSTOMER: "to the customer"}


def main() -> None:
    """Play, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, default=FILE)
    parser.add_argument("--kinds", default="")
    chosen = parser.parse_args()
    wanted = set(chosen.kinds.split(",")) - {""}
    kinds = [kind for kind in KINDS if not wanted or kind.name in wanted]
    # Refusals are a part of it.
    logging.disable(logging.CRITICAL)
    figures = measure(kinds)
    print(
        draw([("kind", *figures["columns"]), *((r["kind"], *r["cells"]) for r in figures["rows"])])
    )
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")
    sys.exit(1 if figures["silent"] else 0)


def measure(kinds: Sequence[Kind] = KINDS) -> Mapping[str, Any]:
    """Play the matrix in a scene of its own, and return it as a table."""
    with RunningServer() as running, TemporaryDirectory() as folder:
        scene = set_scene(running, Path(folder))
        try:
            cells = asyncio.run(play_matrix(scene, kinds))
        finally:
            scene.database.close()
    return tabulate(cells)


def tabulate(cells: Sequence[Cell]) -> Mapping[str, Any]:
    """Arrange cells as rows of kinds, with a column for each act and direction."""
    ways = [(act, way) for act in ACTS for way in _WAYS]
    found = {(cell.kind, cell.act, cell.direction): cell.result for cell in cells}
    kinds = list(dict.fromkeys(cell.kind for cell in cells))
    return {
        "silent": sum(cell.result == SILENT for cell in cells),
        "columns": [f"{act} {_WAYS[way]}" for act, way in ways],
        "rows": [{"kind": k, "cells": [found[k, *way] for way in ways]} for k in kinds],
        "missing": [f"{c.kind}, {c.act}, {c.direction}: {c.detail}" for c in cells if c.detail],
    }


if __name__ == "__main__":
    main()
