"""The numbers that Word writes before a paragraph and keeps out of its text: 第三条, 一、, 2.1."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from ingest.loaders.office_tree import Element, find_value, w

_CHINESE = "零一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CIRCLED = 20
_DEEPEST = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_CLOSED = re.compile(r"[、）)．.：:]$")


def _count_chinese(number: int) -> str:
    """一百零三 for 103, 十二 for 12; figures from a thousand on."""
    if number >= 1000:  # noqa: PLR2004 - no list is so long
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_CHINESE[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _CHINESE[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_CHINESE[ones] if ones or not number else "")


def _count_letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _count_roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _count_circled(number: int) -> str:
    return chr(ord("①") + number - 1) if 0 < number <= _CIRCLED else str(number)


_FORMS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": "{:02}".format,
    "lowerLetter": _count_letters,
    "upperLetter": lambda number: _count_letters(number).upper(),
    "lowerRoman": _count_roman,
    "upperRoman": lambda number: _count_roman(number).upper(),
    "decimalEnclosedCircle": _count_circled,
    "decimalEnclosedCircleChinese": _count_circled,
    "ideographTraditional": lambda number: _STEMS[(number - 1) % len(_STEMS)],
    "ideographDigital": lambda number: "".join(_CHINESE[int(one)] for one in str(number)),
    "chineseCounting": _count_chinese,
    "chineseCountingThousand": _count_chinese,
    "chineseLegalSimplified": _count_chinese,
    "japaneseCounting": _count_chinese,
    "taiwaneseCounting": _count_chinese,
    "taiwaneseCountingThousand": _count_chinese,
}


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int

    @classmethod
    def read(cls, element: Element) -> Self:
        start = find_value(element, "start")
        return cls(
            find_value(element, "numFmt") or "decimal",
            find_value(element, "lvlText"),
            int(start) if start.isdecimal() else 1,
        )


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of a document as Word does; ``levels`` by list and depth."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def read(cls, root: Element | None) -> Self:
        """Read the part that defines the lists; there may be none."""
        if root is None:
            return cls()
        abstract = {
            each.get(w("abstractNumId")) or "": {
                _depth(level): _Level.read(level) for level in each.iter(w("lvl"))
            }
            for each in root.iter(w("abstractNum"))
        }
        levels: dict[str, dict[int, _Level]] = {}
        for each in root.iter(w("num")):
            own = {_depth(level): _Level.read(level) for level in each.iter(w("lvl"))}
            base = abstract.get(find_value(each, "abstractNumId"), {})
            levels[each.get(w("numId")) or ""] = base | own
        return cls(levels)

    def is_bullet(self, number: str, depth: int) -> bool:
        """Whether this list has signs rather than numbers."""
        level = self.levels.get(number, {}).get(depth)
        return level is not None and level.form in {"bullet", "none"}

    def count(self, number: str, depth: int) -> str:
        """The label of the next paragraph of this list, with the gap behind it; may be empty."""
        levels = self.levels.get(number, {})
        level = levels.get(depth)
        if level is None or level.form not in _FORMS:
            return ""
        counts = self.counts[number]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, _DEEPEST):
            counts.pop(deeper, None)
        label = _PLACEHOLDER.sub(lambda match: self._show(number, int(match[1])), level.pattern)
        closed = _CLOSED.search(label) and not label.isascii()
        return label if closed or not label else f"{label} "

    def _show(self, number: str, place: int) -> str:
        depth = place - 1
        level = self.levels[number].get(depth)
        if level is None:
            return ""
        show = _FORMS.get(level.form, str)
        return show(self.counts[number].get(depth, level.start))


def _depth(level: Element) -> int:
    depth = level.get(w("ilvl")) or "0"
    return int(depth) if depth.isdecimal() else 0
