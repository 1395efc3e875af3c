"""Keeps together what runs against the direction in which the reader reads.

A Latin name, a path or a Chinese title in an Arabic sentence would otherwise drag the punctuation
and the numbers around it to the wrong side. It is put between two invisible characters that make
the screen lay it out by itself (Unicode Standard Annex 9, directional isolates). They go into what
is shown only, never into a quotation as it is stored or into the fields of JSON. The texts of the
catalogs need none: where one begins a command with a sign, its translator has put a mark there,
and ``bot.i18n.catalogs`` checks it.
"""

import unicodedata
from collections.abc import Mapping
from typing import Final

from bot.i18n.formats import is_right_to_left

FIRST_STRONG_ISOLATE: Final = "\u2068"
POP_ISOLATE: Final = "\u2069"

_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
_LEFT_TO_RIGHT: Final = frozenset({"L"})


def isolate(text: str, *, language: str) -> str:
    """Return a name, a title or a quotation as it may stand in a sentence in ``language``."""
    right_to_left = is_right_to_left(language)
    # Line by line: an isolate ends with its paragraph.
    return "\n".join(
        f"{FIRST_STRONG_ISOLATE}{line}{POP_ISOLATE}"
        if line and _runs_against(line, right_to_left=right_to_left)
        else line
        for line in text.split("\n")
    )


def fill(text: str, fields: Mapping[str, object], *, language: str) -> str:
    """Return a text in ``language`` with its fields filled in, each kept together."""
    shown = {
        name: value if isinstance(value, int) else isolate(str(value), language=language)
        for name, value in fields.items()
    }
    return text.format(**shown)


def _runs_against(text: str, *, right_to_left: bool) -> bool:
    if not right_to_left:
        return not text.isascii() and _has(text, _RIGHT_TO_LEFT)
    # Digits with spaces or signs between them, as in a telephone number, would change places.
    return _has(text, _LEFT_TO_RIGHT) or not (text.isdecimal() or _has(text, _RIGHT_TO_LEFT))


def _has(text: str, classes: frozenset[str]) -> bool:
    return any(unicodedata.bidirectional(character) in classes for character in text)
