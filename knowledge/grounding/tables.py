"""The package's tables of words, read once. Each is a JSON file beside this module.

concepts.json: what the field's things are called in fourteen languages (Traditional Chinese is
folded into Simplified), in the order of ``languages``; a term may stand for several things.
function_words.json: words that say nothing by themselves; plain_stems.json: verbs and nouns that
say little, without their endings. relations.json: and, or, then, before, after, ahead of time.
operators.json: words that deny, forbid, allow, demand, restrict. quantities.json: units,
currencies, number words, bounds. calendar.json: words beside dates; the names of months are CLDR's,
through Babel. form.json: what must not be said.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def concept_group(name: str) -> frozenset[str]:
    """A group of the things in concepts.json: ``light``, ``soft``, ``parties``, ``deeds``."""
    return frozenset(load_table("concepts")[name])


@cache
def load_table(name: str) -> Any:  # noqa: ANN401 - each table has a shape of its own
    """Return the table ``name``.json."""
    text = files("knowledge.grounding").joinpath(f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text)
