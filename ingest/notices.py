"""What an official notice (红头文件) says about itself in its text: issuer, number, title, dates.

The layout is that of GB/T 9704-2012: the issuer in red with 文件 or 令, the number (文号), the
title, whom it is to, the text, and at its end the issuer and the date once more. Without a line
that is nothing but a number a text is no notice, whatever else it looks like.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.authority import find_jurisdiction
from ingest.chinese_dates import day_pattern, read_day
from ingest.drafts import Block, BlockKind
from ingest.front_matter import Metadata
from ingest.numbering import find_article, is_annex
from ingest.validity import read_repealed, read_validity
from knowledge.dates import PartialDate

_HEAD = 16
_LONGEST_TITLE = 4
_NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fffA-Z]{1,20})\s*[〔\[［（(【]\s*(?P<year>(?:19|20)\d{2})\s*[〕\]］）)】]\s*"
    r"第?\s*(?P<count>\d{1,5})\s*[号號](?:\s+(?:签发人|簽發人).*)?"
)
_DECREE = re.compile(r"第\s*(\d{1,4})\s*[号號]")
_DECREED = re.compile(r"(?P<issuer>[\u4e00-\u9fff、\s]{3,60})(?:令|公告)")
_BODY = re.compile(
    r"[\u4e00-\u9fff\s]{2,40}[局厅委部会府院办署行室处]|[\u4e00-\u9fff]{2,40}(?:中心|公司)"
)
_LETTERHEAD = re.compile(r"(?P<issuer>[\u4e00-\u9fff、\s]{3,80}?)\s*文\s*件")
_KIND = (
    r"(?:通知|意见|办法|规定|决定|公告|通告|函|批复|措施|细则|方案|条例|规划|规则|通报|指引|指南|规程|"
    r"意見|辦法|規定|決定|細則|條例)"
)
_TITLE_END = re.compile(rf"{_KIND}(?:[（(][^（()）]{{1,20}}[)）])?$")
_BY = re.compile(r"(?P<issuer>[\u4e00-\u9fff、\s]{3,60}?)关于")
_DATE_LINE = re.compile(rf"{day_pattern()}(?:印发|發布|发布)?")
_SIGNED = re.compile(r"[\u4e00-\u9fff\s]{4,40}")


def read_notice(blocks: Iterable[Block], *, issued: PartialDate | None = None) -> Metadata:
    """What the text says about itself; of one that is no notice only what its articles say.

    ``issued`` is the date of issue that is known from elsewhere.
    """
    lines = [line for block in blocks if block.kind is not BlockKind.LOST for line in _lines(block)]
    found = next((one for at in range(min(_HEAD, len(lines))) if (one := _find(lines, at))), None)
    if found is None:
        is_rule = any(find_article(line, after=0) for line in lines)
        return _read_dates(lines, issued) if is_rule else Metadata()
    body = lines[found.at + 1 :]
    title = _find_title(body)
    dated = _find_date(body)
    issuer = found.issuer or _find_signature(body) or _find_author(title)
    return replace(
        _read_dates(body, issued or dated),
        title=title,
        issuer=issuer,
        number=found.number,
        issued=dated,
        jurisdiction=find_jurisdiction(issuer),
    )


def _read_dates(lines: Sequence[str], issued: PartialDate | None) -> Metadata:
    """When it holds and what it does away with, in its own words."""
    validity = read_validity("\n".join(lines), issued=issued)
    return Metadata(
        effective_from=validity.begins,
        effective_to=validity.ends,
        replaces=read_repealed("".join(lines)),
    )


@dataclass(frozen=True, slots=True)
class _Head:
    """The number, the line that it is, and the issuer in the lines above."""

    at: int
    number: str
    issuer: str


def _find(lines: Sequence[str], at: int) -> _Head | None:
    number = _NUMBER.fullmatch(lines[at])
    above = lines[:at]
    if number:
        code = f"{number['code']}〔{number['year']}〕{int(number['count'])}号"
        return _Head(at, code, _join_issuers(_LETTERHEAD, above))
    decree = _DECREE.fullmatch(lines[at])
    issuer = _join_issuers(_DECREED, above[-1:]) if decree else ""
    if decree and issuer:
        return _Head(at, f"{_close_up(above[-1])}第{decree[1]}号", issuer)
    return None


def _join_issuers(form: re.Pattern[str], lines: Sequence[str]) -> str:
    """The body in the last line, and those above it: several may issue one notice together."""
    match = form.fullmatch(lines[-1]) if lines else None
    if not match:
        return ""
    bodies = [_close_up(match["issuer"])]
    for line in reversed(lines[-_LONGEST_TITLE:-1]):
        if not _BODY.fullmatch(line):
            break
        bodies.insert(0, _close_up(line))
    return "、".join(bodies)


def _close_up(text: str) -> str:
    """Letters are spread over a line: 深 圳 市 商 务 局. Between longer words stand two bodies."""
    words = text.split()
    return ("" if all(len(word) == 1 for word in words) else "、").join(words)


def _lines(block: Block) -> list[str]:
    return [line.strip() for row in block.rows for line in row.split("\n") if line.strip()]


def _find_title(lines: Sequence[str]) -> str:
    """The lines below the number, up to the one that ends with 通知 or its like."""
    for count in range(1, _LONGEST_TITLE + 1):
        title = re.sub(r"\s", "", "".join(lines[:count]))
        if _TITLE_END.search(title):
            return title
    return ""


def _find_author(title: str) -> str:
    match = _BY.match(title)
    return match["issuer"] if match else ""


def _find_signature(lines: Sequence[str]) -> str:
    """The line above the date at the end."""
    at = _find_date_line(lines)
    above = lines[at - 1] if at > 0 else ""
    return _close_up(above) if _SIGNED.fullmatch(above) else ""


def _find_date_line(lines: Sequence[str]) -> int:
    """The last line before the annexes that is nothing but a date; -1 if there is none."""
    end = next((at for at, line in enumerate(lines) if is_annex(line)), len(lines))
    dated = (at for at in reversed(range(end)) if _match_date(lines[at]))
    return next(dated, -1)


def _match_date(line: str) -> re.Match[str] | None:
    return _DATE_LINE.fullmatch(line.strip("（）()"))


def _find_date(lines: Sequence[str]) -> PartialDate | None:
    at = _find_date_line(lines)
    match = _match_date(lines[at]) if at >= 0 else None
    return read_day(match) if match else None
