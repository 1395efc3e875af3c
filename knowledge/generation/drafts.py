"""Sentences out of a stream: one JSON object each, in whatever surroundings a model puts them.

Tolerant in form: code fences, list marks, an array around the objects, objects over several lines
and talk before or after do no harm. What is no such object is passed over in silence.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_OBJECT = 6000
"""Characters; what goes on for longer without an end is given up."""
LONGEST_SENTENCE = 600
"""Characters; whoever needs more for one sentence is not wording an answer."""
_MARK = re.compile(r"\s*[\[［【]\s*\d{1,3}(?:\s*[,，]\s*\d{1,3})*\s*[\]］】]")
_DRESSING = re.compile(r"^\s*(?:[-*•–]\s+|\d{1,2}[.)]\s+|#+\s+)|\*\*|__|`")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_NUMBER = re.compile(r"^\W*(\d{1,3})\W*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One sentence as a model proposes it, unchecked: what it rests on is only claimed."""

    sentence: str
    source: int
    quote: str


def read_drafts(pieces: Iterable[str]) -> Iterator[Draft]:
    """Yield each sentence as soon as its object is complete."""
    for written in read_objects(pieces):
        draft = _draft(written)
        if draft is not None:
            yield draft


def tidy(sentence: str) -> str:
    """One line without marks and dressing; "" for what is no sentence for a customer to read.

    What cannot be seen is not taken out but refused: nobody means well by hiding it.
    """
    text = " ".join(_DRESSING.sub("", _MARK.sub("", sentence)).split())
    if not any(character.isalpha() for character in text) or len(text) > LONGEST_SENTENCE:
        return ""
    return "" if any(unicodedata.category(each) in _INVISIBLE for each in text) else text


def read_objects(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the texts between balanced braces, outermost ones first; time is linear."""
    scanner = _Scanner()
    for piece in pieces:
        for character in piece:
            found = scanner.take(character)
            if found:
                yield found


def _draft(written: str) -> Draft | None:
    try:
        fields = json.loads(written, strict=False)
    except (ValueError, RecursionError):
        return None
    sentence, quote = fields.get("sentence"), fields.get("quote")
    number = _NUMBER.match(str(fields.get("source", "")))
    if not isinstance(sentence, str) or not isinstance(quote, str) or number is None:
        return None
    return Draft(sentence=sentence, source=int(number.group(1)), quote=quote)


class _Scanner:
    """Follows braces and strings, character by character."""

    def __init__(self) -> None:
        self._taken: list[str] = []
        self._depth = 0
        self._quoted = False
        self._escaped = False
        self._line_began = True

    def take(self, character: str) -> str:
        """The object that this character ends, or ""."""
        if character == "{" and (self._depth == 0 or self._line_began):
            # An object at the head of a line is a new one: what stood before never ended.
            self._begin()
        elif self._depth:
            self._go_on(character)
        self._line_began = character == "\n"
        if self._taken and self._depth == 0:
            found = "".join(self._taken)
            self._taken = []
            return found
        if len(self._taken) > LONGEST_OBJECT:
            self._taken, self._depth = [], 0
        return ""

    def _begin(self) -> None:
        self._taken, self._depth = ["{"], 1
        self._quoted = self._escaped = False

    def _go_on(self, character: str) -> None:
        self._taken.append(character)
        if self._quoted:
            if self._escaped:
                self._escaped = False
            elif character == "\\":
                self._escaped = True
            elif character == '"':
                self._quoted = False
        elif character == '"':
            self._quoted = True
        else:
            self._depth += {"{": 1, "}": -1}.get(character, 0)
