"""On which side of a distinction a sentence stands: deposit or rent, member or not, first or next.

Two sentences on different sides speak of two things, however alike they are otherwise. The words of
Chinese and English stand in contrasts.json, by distinction and side; the names of languages are
those of CLDR (through Babel). A word that says a side in one sentence and has no counterpart in the
other tells nothing. Where two sentences are the same but for a word in one place, that word is the
distinction, listed or not: the workshop on payment, the workshop on copyright.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import Match, SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from knowledge.grounding.vocabulary import function_words
from knowledge.normalisation import fold
from knowledge.wordings import Wordings

Sides = Mapping[str, frozenset[str]]
"""The sides of a text, by distinction; what it says nothing of is left out."""

_LANGUAGE: Final = "language"
_EXAMPLE: Final = "example/one"
_SIGN = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+")
_STEM: Final = 5
"""Letters of a word that count: pay, paid and payment are one, application and applied nearly."""
_IDLE: Final = frozenset(
    {*"的是为在有和与及须需要应当可以能将约由向对于把被给了得达到每各第条款项个份次名件元费"}
    | {*"收取价格领予付享受内后于会所"}
    | {"effec", "appli", "use", "used", "paid", "pays", "pay", "cost", "costs", "price", "recei"}
    | {"get", "gets", "arriv", "takes"}
)
"""Characters and stems that say nothing about a subject."""
_SAME: Final = 0.62
"""The share of two texts that is the same in both, in order, where the rest stands in one place."""
_TONGUES: Final = (
    *("en", "zh", "th", "ar", "es", "pt", "fr", "de", "it", "ja", "ko", "ru", "vi", "id", "ms"),
    *("hi", "tr", "pl", "nl", "fil", "sv", "uk", "fa", "he", "bn", "ur", "ta", "sw", "yue"),
)


def are_apart(one: Sides, other: Sides) -> bool:
    """Whether two texts stand on different sides of a distinction."""
    return any(not one[name] & other[name] for name in one.keys() & other.keys())


@lru_cache(maxsize=4096)
def read_sides(text: str) -> Sides:
    """The sides on which a text stands."""
    found: dict[str, set[str]] = {}
    for key in _words().found_in(_plain(text)):
        name, _, side = key.partition("/")
        found.setdefault(name, set()).add(side)
    return {name: frozenset(sides) for name, sides in found.items()}


def differ_in_place(one: str, other: str, language: str) -> bool:
    """Whether two texts of one language (BCP 47, the base) are the same but for a word in place."""
    mine, theirs = _signs(one), _signs(other)
    aligned = SequenceMatcher(None, mine, theirs, autojunk=False)
    if aligned.ratio() < _SAME:
        return False
    known = _IDLE | {word for word in function_words(language) if len(word) > 1}
    return any(
        {*mine[first]} - {*theirs} - known and {*theirs[second]} - {*mine} - known
        for first, second in _changes(aligned.get_matching_blocks())
    )


def _changes(blocks: Sequence[Match]) -> Iterator[tuple[slice, slice]]:
    """Where two texts differ; a single sign that both have, as in 拍摄 and 航拍, is no border."""
    start = Match(0, 0, 0)
    for block in blocks:
        if block.size > 1 or block is blocks[-1]:
            yield (
                slice(start.a + start.size, block.a),
                slice(start.b + start.size, block.b),
            )
            start = block


def _signs(text: str) -> list[str]:
    """Han characters and the stems of words."""
    return [one[:_STEM] for one in _SIGN.findall(_plain(text))]


def is_example(text: str) -> bool:
    """Whether a sentence says what happened once, or might."""
    return _words().has(_plain(text), _EXAMPLE)


def _plain(text: str) -> str:
    return fold(text).lower()


@cache
def _words() -> Wordings:
    stored = files("knowledge").joinpath("contrasts.json").read_text(encoding="utf-8")
    listed = {
        f"{name}/{side}": [word if word.startswith("\\") else word.lower() for word in words]
        for name, sides in json.loads(stored).items()
        for side, words in sides.items()
    }
    return Wordings(listed | _tongues())


@cache
def _tongues() -> dict[str, list[str]]:
    """The names of languages in Chinese and English."""
    from babel import Locale

    chinese, english = (Locale.parse(name).languages for name in ("zh", "en"))
    return {
        f"{_LANGUAGE}/{code}": [
            re.escape(_plain(chinese[code])),
            rf"\b{re.escape(_plain(english[code]))}\b",
        ]
        for code in _TONGUES
    }
