"""Pages in Arabic and Hebrew letters: the order of their signs is told from where they stand.

In files such text lies in the order of writing, or in that of the page, or in both; what does not
change is that the sign furthest right is read first, and that figures and Latin words stand in it
from left to right. So signs are sorted by their places on the page seen in a mirror, and figures
and Latin words are turned back. Letters that only end words prove that the order is right: where
they do not, the page is held back, and so is each line in which the places of signs leave two
readings (Unicode Bidirectional Algorithm, UAX 9): figures beside a hyphen or another figure or a
Latin word, vowel signs, brackets without their pair.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ingest.held import UNSURE
from ingest.loaders.pages.spans import Box, Span, find_lines

_LETTER = r"\u0590-\u08ff"
_DIGITS = r"0-9\u0660-\u0669\u06f0-\u06f9"
_LATIN = r"A-Za-z\u00c0-\u024f"
_FORWARD = re.compile(
    rf"[{_LATIN}](?:[{_LATIN}{_DIGITS}.,:/&@'’_]*[{_LATIN}{_DIGITS}])?"
    rf"(?:[ ,;:.!?/&-]{{1,3}}[{_LATIN}](?:[{_LATIN}.&'’]*[{_LATIN}])?)*"
    rf"|[{_LATIN}{_DIGITS}](?:[{_LATIN}{_DIGITS}.,:/\u066b\u066c]*[{_LATIN}{_DIGITS}])?"
)
"""What runs from left to right: words and figures, and Latin words with what is between them."""
_TWO_READINGS = re.compile(
    rf"[{_DIGITS}]\s*[-–—−+~]|[-–—−+~]\s*[{_DIGITS}]"
    rf"|[{_DIGITS}]\s+[{_DIGITS}{_LATIN}]|[{_LATIN}]\s+[{_DIGITS}]"
    rf"|[{_LATIN}]\s*[()\[\]{{}}«»]+\s*[{_LATIN}]"
    rf"|[\u202a-\u202e\u2066-\u2069\ufffd]"
)
_WORD = re.compile(r"[\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3]{3,}")
_ENDS = re.compile("[ךםןףץةى]")
_FEWEST, _MOST_WRONG = 4, 0.05
_KINDS: Final = {sign: pair for pair in ("()", "[]", "{}", "«»") for sign in pair}
_CLOSERS: Final = frozenset({*_KINDS, *".,;:!?،؛؟"})
_QUESTION: Final = "\ufffd"
_LAM: Final = "ل"
_ALEFS: Final = frozenset("اأإآ")
_SAME_PLACE: Final = 0.2
_WRITTEN_GAP, _WORD_GAP = 0.02, 0.1
"""How far apart, in heights of a line, two words stand: with a space in the file, and without."""


def mirror(glyphs: Sequence[Span], width: float) -> list[Span]:
    """The signs of a page of this width as they stand in a mirror, in the order of reading."""
    written = {
        frozenset((_key(one), _key(other))) for one, other in pairwise(glyphs) if other.spaced
    }
    signs: list[Span] = []
    for line in find_lines([replace(one, box=_turn(one.box, width)) for one in glyphs]):
        last: Span | None = None
        for sign in line:
            gap = (sign.box.left - last.box.right) / sign.size if last else 0.0
            pair = {_key(replace(one, box=_turn(one.box, width))) for one in (last, sign) if one}
            spaced = gap > (_WRITTEN_GAP if frozenset(pair) in written else _WORD_GAP)
            signs.append(replace(sign, spaced=spaced))
            last = sign
    return list(_join_ligatures(signs))


def _turn(box: Box, width: float) -> Box:
    return Box(width - box.right, box.top, width - box.left, box.bottom)


def _key(sign: Span) -> tuple[str, int, int]:
    return sign.text, round(10 * sign.box.left), round(10 * sign.box.top)


def turn_back(spans: Sequence[Span]) -> list[Span]:
    """The same spans with figures and Latin words in their own order; doubtful ones are marked."""
    return [replace(span, text=_restore(span.text)) for span in spans]


def is_proved(spans: Sequence[Span]) -> bool:
    """Whether letters that only end words stand at their ends, and nowhere else."""
    right = wrong = 0
    for word in (word for span in spans for word in _WORD.findall(span.text)):
        right += bool(_ENDS.match(word[-1]))
        wrong += len(_ENDS.findall(word[:-1]))
    return right >= _FEWEST and wrong <= _MOST_WRONG * right


def _join_ligatures(line: Sequence[Span]) -> Iterator[Span]:
    """Signs that are drawn as one: of lam and alef, whichever the file names first, lam is read."""
    rest = list(line[::-1])
    while rest:
        one = rest.pop()
        if rest and _is_lam_alef(one, rest[-1]):
            other = rest.pop()
            alef = other.text if one.text == _LAM else one.text
            yield replace(one, text=f"{_LAM}{alef}", box=one.box.joined(other.box))
        else:
            yield replace(one, text=unicodedata.normalize("NFKC", one.text))


def _is_lam_alef(one: Span, other: Span) -> bool:
    texts = {one.text, other.text}
    pair = _LAM in texts and len(texts & _ALEFS) == 1
    return pair and abs(one.box.left - other.box.left) < _SAME_PLACE * one.size


def _restore(text: str) -> str:
    turned = _FORWARD.sub(lambda found: found.group()[::-1], text)
    turned = _set_brackets(turned)
    doubtful = (
        _TWO_READINGS.search(turned)
        or _is_foreign(turned)
        or any(unicodedata.category(sign) == "Mn" for sign in turned)
    )
    return f"{turned}{UNSURE}" if doubtful else turned


def _is_foreign(text: str) -> bool:
    """Whether a line may be one that runs from left to right; a single word or figure is none."""
    if _FORWARD.fullmatch(text.strip()):
        return False
    return len(re.findall(f"[{_LATIN}]", text)) >= len(re.findall(f"[{_LETTER}]", text))


def _set_brackets(text: str) -> str:
    """Each bracket as it is written: whether a file names it so, or as it looks, differs.

    One with a space before it opens and one with a space behind it closes; others stay a question.
    """
    signs = list(text)
    for at, sign in enumerate(text):
        if sign in _KINDS:
            before, behind = text[:at][-1:].strip(), text[at + 1 :][:1].strip()
            begins, ends = not before or before in _KINDS, not behind or behind in _CLOSERS
            signs[at] = _QUESTION if begins == ends else _KINDS[sign][0 if begins else 1]
    return "".join(signs)
