"""Which kind of thing a question asks for, and whether a text holds one.

A passage about the right subject that names no price does not say what something costs. The words
stand in asked_kinds.json, by kind and language; every language's are looked for in every text,
because people mix them, and so they are written to mean nothing in another one.
"""

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from knowledge.normalisation import fold


class Kind(StrEnum):
    """What can be asked for and looked for.

    MONEY may be a percentage (a fine of 10 % of the turnover), PRICE may not; CLOCK is a length of
    time in hours or minutes, YEARS one in years, VALIDITY how long something is valid.
    """

    MONEY = "money"
    PRICE = "price"
    SHARE = "share"
    DURATION = "duration"
    DATE = "date"
    HOURS = "hours"
    PHONE = "phone"
    ADDRESS = "address"
    WHO = "who"
    COUNT = "count"
    PEOPLE = "people"
    CLOCK = "clock"
    YEARS = "years"
    VALIDITY = "validity"
    AGE = "age"
    PERMISSION = "permission"
    DOCUMENTS = "documents"
    PLACE = "place"


_HINTS = frozenset({Kind.PERMISSION, Kind.DOCUMENTS, Kind.PLACE})
_ALSO = {
    Kind.MONEY: (Kind.PRICE,),
    Kind.SHARE: (Kind.PRICE,),
    Kind.VALIDITY: (Kind.YEARS,),
}
"""What else answers: "what commission" may well be an amount."""


def asked_kinds(question: str) -> frozenset[Kind]:
    """The kinds that a text must hold to answer a question, as far as its words say so."""
    return mentioned_kinds(question) - _HINTS


@lru_cache(maxsize=16_384)
def mentioned_kinds(question: str) -> frozenset[Kind]:
    """The same with permission, documents and place.

    How a text permits, lists or says where has too many forms for their absence to mean anything;
    but they tell which sentence answers, and which entry is asked the same.
    """
    text = fold(question).lower()
    return frozenset(kind for kind, pattern in _load("asked").items() if pattern.search(text))


@lru_cache(maxsize=16_384)
def holds(text: str, kind: Kind) -> bool:
    """Whether a text holds something of that kind."""
    folded = fold(text).lower()
    return any(_load("held")[one].search(folded) for one in (kind, *_ALSO.get(kind, ())))


@cache
def _load(part: str) -> Mapping[Kind, re.Pattern[str]]:
    """One pattern for each kind: ``asked`` in questions, ``held`` in texts."""
    stored = json.loads(files("knowledge").joinpath("asked_kinds.json").read_text(encoding="utf-8"))
    return {
        Kind(kind): re.compile(fold("|".join(one for some in words.values() for one in some)))
        for kind, words in stored[part].items()
    }
