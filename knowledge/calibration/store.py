"""``calibration.json`` in the data folder: the calibrated thresholds, and what they were made for.

They hold for one embedding model and one set of regressions. After either has changed the file is
overlooked, with a warning in the log, and the thresholds that come with the program hold.
"""

import hashlib
import json
import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from knowledge.calibration.risk_control import Plan
from knowledge.decision import Judge, load_judge
from knowledge.familiarity import is_familiar
from knowledge.thresholds import Shifts

NAME = "calibration.json"
_VERSION = 1
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What thresholds were calibrated with: ``made`` is an ISO date, ``suite`` a SHA-256."""

    made: str
    name: str
    suite: str
    fingerprint: str
    decision: str


def hash_decision() -> str:
    """The SHA-256 of the regressions that come with the program."""
    content = files("knowledge").joinpath("decision.json").read_bytes()
    return hashlib.sha256(content).hexdigest()


def save(folder: Path, plan: Plan, origin: Origin) -> Path:
    """Write the thresholds so that a reader finds the old file or the new one, never a half."""
    path = folder / NAME
    draft = path.with_suffix(".new.json")
    draft.write_text(
        json.dumps(as_json(plan, origin), indent=1, ensure_ascii=False) + "\n", "utf-8"
    )
    draft.replace(path)
    return path


def as_json(plan: Plan, origin: Origin) -> dict[str, object]:
    """A plan as the file holds it; "*" stands for all others."""
    return {
        "version": _VERSION,
        "made": origin.made,
        "suite": {"name": origin.name, "sha256": origin.suite},
        "fingerprint": origin.fingerprint,
        "decision": origin.decision,
        "asked": plan.asked,
        "kept": plan.rate,
        "cells": [
            {
                "language": language or "*",
                "topic": topic or "*",
                "shift": one.shift,
                "questions": one.questions,
                "wrong": one.wrong,
            }
            for (language, topic), one in plan.cells.items()
        ],
    }


def describe(folder: Path, *, models: str, embedding: str) -> str:
    """Which thresholds hold in a data folder, for the report of an evaluation.

    ``models`` names embedding model and reranker together, ``embedding`` the first alone.
    """
    if not calibrated_judge(folder, models).shifts.cells:
        ours = "those that come with the program"
        return ours if is_familiar(embedding) else f"{ours}, stricter for this model"
    stored = json.loads((folder / NAME).read_text(encoding="utf-8"))
    return (
        f"calibrated on {stored['made']} with the suite {stored['suite']['name']}, "
        f"for at most {100 * float(stored['kept']):.1f} % wrong answers"
    )


def calibrated_judge(folder: Path, fingerprint: str) -> Judge:
    """The judge with the thresholds of a data folder, if those there are meant for it."""
    path = folder / NAME
    judge = load_judge()
    if not path.exists():
        return judge
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        problem = _mismatch(stored, fingerprint)
        shifts = _read_shifts(stored) if not problem else Shifts()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        problem, shifts = f"it cannot be read ({error})", Shifts()
    if problem:
        _log.warning(
            "%s is overlooked: %s. Run “helpdesk calibrate” again; "
            "until then the thresholds that come with the program hold.",
            path,
            problem,
        )
    return replace(judge, shifts=shifts)


def _mismatch(stored: Mapping[str, Any], fingerprint: str) -> str:
    """Why thresholds do not apply; "" when they do."""
    if stored["version"] != _VERSION:
        return "it was written by another version of the program"
    if stored["fingerprint"] != fingerprint:
        return f"it was made for the embedding {stored['fingerprint']}, not {fingerprint}"
    if stored["decision"] != hash_decision():
        return "it was made for other regressions (decision.json)"
    return ""


def _read_shifts(stored: Mapping[str, Any]) -> Shifts:
    cells = {}
    for one in stored["cells"]:
        shift = float(one["shift"])
        if not math.isfinite(shift):
            message = "a shift is no number"
            raise ValueError(message)
        cells[_unstar(one["language"]), _unstar(one["topic"])] = shift
    return Shifts(cells)


def _unstar(name: str) -> str:
    return "" if name == "*" else str(name)
