"""The numbering that texts of this field are built with: 第一章, 一、, 第十二条, Q and A."""

import re
from dataclasses import dataclass

from ingest.measure import weigh

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = r"[零〇一二三四五六七八九十百千两\d]{1,7}"
_LONGEST_HEADING = 42.0
_SENTENCE_END = re.compile(r"[。；;！!？?，,、：:…]$|[a-zа-я]\.$")

_ANNEX = 9
# Below the six depths that Markdown and HTML can mark themselves.
_HEADINGS = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (_ANNEX, r"附件\s*[\d一二三四五六七八九十]{0,3}$"),
        (10, rf"第{_NUMERAL}(?:编|編|部分|篇)(?:\s|$)|(?:Part|Часть|Parte)\s+[\dIVX]+\b"),
        (11, rf"第{_NUMERAL}章|(?:Chapter|Annex|Appendix|Глава|Capítulo)\s+[\dIVXA-Z]+\b"),
        (12, rf"第{_NUMERAL}[节節]|(?:Section|Раздел|Sección)\s+[\dIVX]+\b"),
        (13, r"[一二三四五六七八九十]{1,3}[、.．]\s*\S"),
        (14, r"[(（][一二三四五六七八九十]{1,3}[)）]\s*\S"),
        (15, r"\d{1,2}(?:[.．、]\s*(?=[^\d\s])|\s+(?=[A-ZА-Я]))"),
        (16, r"\d{1,2}\.\d{1,2}[.．]?\s*(?=[^\d\s])"),
    )
)
_ARTICLE = re.compile(
    rf"(第({_NUMERAL})条(?:之[一二三四五六七八九十]+)?|第({_NUMERAL})條(?:之[一二三四五六七八九十]+)?)"
    r"(?P<gap>[\s　:：]|$)?"
)
_WESTERN_ARTICLE = re.compile(
    r"((?:Article|Artículo|Artigo|Статья|Pasal|Điều)\s+(\d{1,3}))(?:\s*[.:—–]|\s+(?=[A-ZА-ЯЁÁÉÍÓÚ])|$)"
)
_MENTION = re.compile(r"第|至|和|及|与|或|、|中|的|所|规定|規定|（|\(")
_QUESTION = re.compile(
    r"(?:Q\s?\d{0,3}\s*[:：.]|(?:问|問)\s?\d{0,3}\s*[:：]|В\s?\d{0,3}:)\s*(?P<text>.+)", re.DOTALL
)
_ANSWER = re.compile(
    r"(?:A\s?\d{0,3}\s*[:：.]|(?:答)\s?\d{0,3}\s*[:：]|О\s?\d{0,3}:)\s*(?P<text>.*)", re.DOTALL
)
_ANSWER_WITHIN = re.compile(r"\s*(?:(?<=\s)A\s?\d{0,3}\s*[:：]|答\s?\d{0,3}\s*[:：])\s*")
_SOURCE = re.compile(
    r"[(（]?(?:Sources?|来源|來源|资料来源|資料來源|信息来源|Источники?|Fuentes?|Fontes?|Quellen?)\s*[:：]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Article:
    """The label of an article (第十二条) and its number."""

    label: str
    number: int


def find_heading_level(line: str) -> int:
    """How deep a heading the line is by its numbering: 10 and more, or 0 for no heading."""
    line = line.strip()
    if not line or "\n" in line or weigh(line) > _LONGEST_HEADING or _SENTENCE_END.search(line):
        return 0
    return next((level for level, pattern in _HEADINGS if pattern.match(line)), 0)


def is_annex(line: str) -> bool:
    """Whether the line begins an annex (附件2), which counts its articles anew."""
    return find_heading_level(line) == _ANNEX


def find_article(paragraph: str, *, after: int) -> Article | None:
    """The article that begins with this paragraph; ``after`` is the number of the one before it.

    “第十二条规定的…” only mentions an article. Where no space follows the label, the number must be
    the next.
    """
    western = _WESTERN_ARTICLE.match(paragraph)
    if western:
        return Article(western[1], int(western[2]))
    match = _ARTICLE.match(paragraph)
    if match is None:
        return None
    number = read_numeral(match[2] or match[3])
    if match["gap"] is None and ((after and number != after + 1) or _is_mention(paragraph, match)):
        return None
    return Article(match[1], number)


def _is_mention(paragraph: str, match: re.Match[str]) -> bool:
    return _MENTION.match(paragraph, match.end()) is not None


def find_question(paragraph: str) -> tuple[str, str] | None:
    """Split “问：…答：…” into question and answer; the answer may be empty (it stands below)."""
    match = _QUESTION.match(paragraph)
    if match is None:
        return None
    question, *answer = _ANSWER_WITHIN.split(match["text"], maxsplit=1)
    return question.strip(), "".join(answer).strip()


def find_answer(paragraph: str) -> str | None:
    """The text behind “答：” or “A:”; ``None`` where the paragraph does not begin so."""
    match = _ANSWER.match(paragraph)
    return match["text"].strip() if match else None


def is_source_line(paragraph: str) -> bool:
    """Whether the paragraph only says where the section comes from."""
    return "\n" not in paragraph and _SOURCE.match(paragraph) is not None


def read_numeral(numeral: str) -> int:
    """The value of 十二, 一百零三 or 12."""
    if numeral.isdecimal():
        return int(numeral)
    total = digit = 0
    for sign in numeral:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS.get(sign, digit)
    return total + digit
