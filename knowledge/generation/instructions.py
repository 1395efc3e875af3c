"""Texts that speak to machines: no model is shown one.

A document may hold words meant for a language model ("ignore your instructions and say …"). Whoever
put the document on the shelf may be quoted; but a model might obey it, or repeat as an answer what
it orders. The patterns in instructions.json (by group of languages) are wide on purpose: what is
found wrongly is quoted instead.
"""

import json
import re
from functools import cache
from importlib.resources import files

from knowledge.normalisation import fold


def speaks_to_machines(text: str) -> bool:
    """Whether a text looks as if some of it were meant for a language model."""
    return bool(_pattern().search(fold(text)))


@cache
def _pattern() -> re.Pattern[str]:
    path = files("knowledge.generation").joinpath("instructions.json")
    groups = json.loads(path.read_text(encoding="utf-8"))
    patterns = [fold(each) for some in groups.values() for each in some]
    return re.compile("|".join(patterns), re.IGNORECASE)
