"""Personal data out of a customer's own words, before they are shown to others.

Names (the customer's, and those that somebody introduces themselves with), addresses of e-mail and
of the web, handles, telephone numbers and numbers of papers. Amounts, dates and the numbers of
rules stay: they are what is asked about. An editor reads what is left before anybody else does.
"""

import re
from collections.abc import Iterable
from typing import Final

_GONE: Final = "…"
_DATE: Final = re.compile(r"(?<!\d)(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}(?!\d)")
_CONTACTS: Final = (
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"(?:https?://|www\.|t\.me/)\S+", re.IGNORECASE),
    re.compile(r"(?<![\w@])@\w{3,}"),
    re.compile(
        r"(?:wechat|weixin|whatsapp|telegram|skype|line|微信号?|QQ)(?:\s*(?:id|号))?\s*[:：]\s*[\w.+-]{4,}",
        re.IGNORECASE,
    ),
)
_PAPERS: Final = (
    re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])"),  # identity card
    re.compile(
        r"(?<![0-9A-Za-z])(?=[0-9A-Z]*\d{6})[0-9A-HJ-NP-RT-UW-Y]{18}(?![0-9A-Za-z])"
    ),  # firm
    re.compile(r"(?<![0-9A-Za-z])[A-Z]{1,3}[- ]?\d{6,9}(?![0-9A-Za-z])"),  # passport
    re.compile(r"(?<!\d)\d(?:[ -]?\d){14,18}(?!\d)"),  # bank card
)
_TELEPHONE: Final = (
    re.compile(r"\+\d[\d\s().-]{6,18}\d"),
    re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"),
    re.compile(r"(?<!\d)0\d{2,3}[ -]\d{7,8}(?!\d)"),
    re.compile(r"(?<!\d)(?!\d{1,3}(?: \d{3})+(?!\d))\d(?:[ ()-]{0,2}\d){9,13}(?!\d)"),
)
_WORD: Final = r"[^\W\d_][\w'’-]*"
_INTRODUCED: Final = re.compile(
    r"(?:\b(?:my name is|my name's|this is|i am called|меня зовут|me llamo|mi nombre es|"
    r"meu nome é|me chamo|je m['’]appelle|mon nom est|ich hei(?:ß|ss)e|mein name ist|nama saya|"
    r"tôi tên là|tên tôi là|benim adım|adım|اسمي|제 이름은|ผมชื่อ|ฉันชื่อ|ดิฉันชื่อ)\s+"
    rf"{_WORD}(?:\s+(?-i:[A-ZÀ-ÞА-ЯЁ])[\w'’-]*){{0,3}}"
    r"|(?:我叫|我的名字是|我姓名是|姓名[:：]?)\s*[\u3400-\u9fffA-Za-z·]{2,12}?(?=[，,。.！!；;\s]|$)"
    r"|私の名前は[^\s、。，]{1,12}?です|私は[^\s、。，]{1,12}?(?:と申します|といいます))"
    r"\s*[,，.。;；、!！]?\s*(?:and\s+|и\s+|y\s+|e\s+|et\s+|und\s+)?",
    re.IGNORECASE,
)
_NOT_A_NAME: Final = re.compile(
    r"\b(?:this is)\s+(?:a|an|the|my|about|for|not|urgent)\b", re.IGNORECASE
)
_SPACED: Final = 2
_LEADING: Final = " ,，.。;；:：、!！-–—…=+@\t"


def redact(text: str, *, names: Iterable[str] = ()) -> str:
    """Return the text without what names a person; "" when nothing is left of it."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\x00{len(kept) - 1}\x00"

    said = _DATE.sub(keep, text)
    if not _NOT_A_NAME.search(said):
        said = _INTRODUCED.sub("", said)
    for pattern in (*_CONTACTS, *_PAPERS, *_TELEPHONE):
        said = pattern.sub(_GONE, said)
    for name in _parts(names):
        said = name.sub(_GONE, said)
    for number, date in enumerate(kept):
        said = said.replace(f"\x00{number}\x00", date)
    said = " ".join(said.split()).lstrip(_LEADING)
    return said if sum(character.isalnum() for character in said) >= _SPACED else ""


def has_personal_data(text: str, *, names: Iterable[str] = ()) -> bool:
    """Whether :func:`redact` would take something out."""
    return redact(text, names=names) != " ".join(text.split()).lstrip(_LEADING)


def _parts(names: Iterable[str]) -> Iterable[re.Pattern[str]]:
    """The parts of names as patterns, the longest first; initials are no names."""
    parts = {part for name in names for part in (name, *name.split()) if len(part) >= _SPACED}
    for part in sorted(parts, key=lambda one: (-len(one), one)):
        spaced = part.isascii() or not _is_ideographic(part)
        quoted = re.escape(part)
        yield re.compile(rf"(?<!\w){quoted}(?!\w)" if spaced else quoted, re.IGNORECASE)


def _is_ideographic(part: str) -> bool:
    return any("\u3040" <= character <= "\u9fff" for character in part)
