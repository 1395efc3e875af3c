"""Lengths of time as people write them in a list: 12h, 7d, 2w."""

import re
from datetime import timedelta
from typing import Final

_FORM: Final = re.compile(r"(\d{1,4})\s*([hdw])")
_UNITS: Final = {"h": "hours", "d": "days", "w": "weeks"}


def parse_duration(text: str) -> timedelta:
    """Read ``12h``, ``7d`` or ``2w``; ``ValueError`` for anything else."""
    found = _FORM.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(text)
    return timedelta(**{_UNITS[found[2]]: int(found[1])})
