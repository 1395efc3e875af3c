"""A text as it is compared: what typesetting changes is gone, what a reader goes by stays.

Width, script (Traditional or Simplified), case, spaces, hyphens at the ends of lines and
punctuation make no difference; digits, decimal points, signs of currency and per cent do. Lines
that only say where a reprint is from, and the numbers of pages, are left out.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.normalisation import fold

_GROUPED = re.compile(r"(?<=\d)[,'](?=\d{3}(?!\d))")
_DASH = re.compile(r"[‐‑‒–—−~～〜]")
_DROPPED = re.compile(
    r"(?<!\d)[./:-]|[./:-](?!\d)|[^\w%‰$€£¥₽₩฿₫₹<>≤≥=+./:\u0300-\u036f-]|_", re.UNICODE
)
"""Points, colons, slashes and hyphens count between two digits only."""
_STAMP = (
    r"(?:(?:发布|更新|发表)?(?:时间|日期)\s*:\s*)?"
    r"\d{4}\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2}\s*日?)?"
    r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
)
_OFTEN = r"(?:文章|信息|稿件|内容)?来源|作者|记者|通讯员|编辑|source|by|author|editor"
_ONLY = (
    r"稿源|转自|转载自?|转发自?|原标题|原文链接|责任编辑|责编"
    r"|浏览(?:次数|量)?|阅读(?:次数|量)|点击(?:次数|数|量|率)|访问(?:次数|量)|字号|分享到"
    r"|reprinted from|originally published (?:in|by|on)|posted (?:on|by)"
)
"""Words by which a reprint says where it is from; the first list has other uses, too."""
_BETWEEN = r"[\s|·()\[\]【】,;]*"
_SAID = r"[^\s:|()\[\]【】,;]+(?: [^\s:|()\[\]【】,;]+){0,3}"


def _line(marks: str) -> re.Pattern[str]:
    said = rf"(?:(?:{marks})\s*(?::\s*|\s)(?:{_SAID})?|打印|关闭(?:窗口)?|扫一扫)"
    return re.compile(
        rf"{_BETWEEN}(?:{_STAMP}{_BETWEEN})*{said}{_BETWEEN}(?:(?:{said}|{_STAMP}){_BETWEEN})*",
        re.IGNORECASE,
    )


_AT_HEAD, _ANYWHERE = _line(f"{_OFTEN}|{_ONLY}"), _line(_ONLY)
_HEAD = 4
"""So many lines at the beginning of a document may say where it is from."""
_PAGE = re.compile(
    r"[\W_]*(?:第\s*\d+\s*页(?:\W*共\s*\d+\s*页)?|page\s*\d+(?:\s*(?:of|/)\s*\d+)?|\d+\s*/\s*\d+)[\W_]*"
    r"|\s*[-—–·]+\s*\d+\s*[-—–·]+\s*",
    re.IGNORECASE,
)
_LONGEST = 120
"""A longer line is no mere note of where a text is from."""


@dataclass(frozen=True, slots=True)
class Signs:
    """``text`` is what is compared; ``written`` the folded text; ``places``: each sign's in it."""

    text: str
    written: str
    places: tuple[int, ...]

    def passage(self, start: int, end: int) -> str:
        """What is written from one sign to another, with the spaces and stops between."""
        if start >= end:
            return ""
        return self.written[self.places[start] : self.places[end - 1] + 1]

    def word(self, sign: int) -> tuple[int, int]:
        """From where to where the word goes to which a sign belongs, as places of ``written``."""
        start = end = self.places[sign]
        while start and self.written[start - 1].isalpha():
            start -= 1
        while end < len(self.written) and self.written[end].isalpha():
            end += 1
        return start, end


def stream(text: str, *, first: bool = False) -> str:
    """The signs of a text alone, which is all that a fingerprint needs."""
    return _DROPPED.sub("", _plain(bare(fold(text), first=first))).lower()


@lru_cache(maxsize=512)
def read_signs(text: str, *, first: bool = False) -> Signs:
    """The signs of a text with their places."""
    written = _plain(bare(fold(text), first=first))
    places: list[int] = []
    start = 0
    for match in _DROPPED.finditer(written):
        places.extend(range(start, match.start()))
        start = match.end()
    places.extend(range(start, len(written)))
    # Some capitals become two letters; each must stay one sign.
    lower = written.lower()
    kept = lower if len(lower) == len(written) else [sign.lower()[:1] for sign in written]
    return Signs("".join([kept[place] for place in places]), written, tuple(places))


def bare(text: str, *, first: bool = False) -> str:
    """A folded text without lines that a reprint or a printer has added; all if that is all.

    ``first``: whether the document begins with it.
    """
    lines = text.split("\n")
    kept = [
        line
        for number, line in enumerate(lines)
        if not _PAGE.fullmatch(line) and not is_media_line(line, head=first and number < _HEAD)
    ]
    return "\n".join(kept) if any(map(str.strip, kept)) else text


def is_media_line(text: str, *, head: bool = False) -> bool:
    """Whether a folded line says nothing but where a reprint is from, or who edited it.

    ``head``: whether it stands where such lines stand, at the head of a document.
    """
    if not text.strip() or len(text) > _LONGEST:
        return False
    return (_AT_HEAD if head else _ANYWHERE).fullmatch(text) is not None


def is_reprint(text: str, *, first: bool) -> bool:
    """Whether any line of a text says so."""
    return any(
        is_media_line(line, head=first and number < _HEAD)
        for number, line in enumerate(fold(text).split("\n"))
    )


def _plain(folded: str) -> str:
    return _DASH.sub("-", _GROUPED.sub("", folded))
