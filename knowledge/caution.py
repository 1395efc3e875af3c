"""Stricter thresholds for an embedding model that nobody has fitted or calibrated them with."""

import logging
from dataclasses import replace

from knowledge.decision import Judge
from knowledge.familiarity import is_familiar
from knowledge.thresholds import Shifts

_CAUTION = 1.5
"""Log odds by which the thresholds rise: from .34 to .70, from .82 to .95."""
_log = logging.getLogger(__name__)


def careful(judge: Judge, fingerprint: str) -> Judge:
    """The judge for a model; stricter for one that it was neither fitted nor calibrated with."""
    if is_familiar(fingerprint) or judge.shifts.cells:
        return judge
    _log.warning(
        "The thresholds were not fitted for the embedding %s: answering takes more certainty "
        "until “helpdesk calibrate” has been run.",
        fingerprint,
    )
    return replace(judge, shifts=Shifts({("", ""): _CAUTION}))
