"""What two sources say about themselves, and whether one may be a copy of the other at all.

The same words under another title, for another year or in another district are another rule.
"""

import re
from pathlib import PurePosixPath

from knowledge.dates import PartialDate
from knowledge.duplicates.comparison import compare
from knowledge.duplicates.differences import TITLE
from knowledge.duplicates.signs import read_signs, stream
from knowledge.normalisation import fold
from knowledge.passage import Passage, PassageKind, Provenance
from knowledge.subjects import name_subjects

_DECORATION = re.compile(
    r"【[^】]*】|\[[^\]]*\]|^(?:转发|转载|附|附件)\s*[::]?|\s+[-–—|_]\s+[^-–—|_]{2,20}$"
    r"|[|_][^|_]{2,20}$|\.(?:pdf|docx?|xlsx?|pptx?|html?|md|txt)$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+|[〇零一二三四五六七八九十百千]+(?=[年月日期届批条章号版度次])")
_SCANS = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".zip"})
_FORM = 0.35
"""From so many pairs of signs in common on two titles are one form filled in twice."""
_LEAST_NAME = 6
_MOSTLY = 0.6
"""The shorter of two titles must be so much of the longer one."""


def may_be_scanned(passage: Passage) -> bool:
    """Whether the file that it is from may be a scan."""
    return PurePosixPath(passage.document.lower()).suffix in _SCANS


def is_compatible(one: Passage, other: Passage) -> bool:
    """Whether nothing that both say about themselves differs: dates, numbers, where they hold."""
    mine, theirs = one.provenance, other.provenance
    numbers = stream(mine.number), stream(theirs.number)
    same_rule = bool(numbers[0]) and numbers[0] == numbers[1]
    if all(numbers) and not same_rule:
        return False
    dates = ("effective_from", "effective_to", *(() if same_rule else ("issued",)))
    if not all(_agree(getattr(mine, name), getattr(theirs, name)) for name in dates):
        return False
    places = mine.jurisdiction, theirs.jurisdiction
    return None in places or places[0] == places[1]


def is_same_rule(one: Provenance, other: Provenance) -> bool:
    """Whether two sources say that they are the same one: number, or title, issuer and date."""
    if one.number and other.number:
        return stream(one.number) == stream(other.number)
    named = (one.title, one.issuer, one.issued) == (other.title, other.issuer, other.issued)
    return named and bool(one.issuer and one.issued)


def is_kin(one: Passage, other: Passage) -> bool | None:
    """Whether two passages stand under the same name; None where one of them has none.

    The title of one may be a heading in the other; the questions of FAQ entries are their names.
    """
    if one.kind is PassageKind.FAQ and other.kind is PassageKind.FAQ:
        mine, theirs = ({stream(each.text) for each in p.questions} for p in (one, other))
        return bool(mine & theirs) or _same_name(one.provenance.title, other.provenance.title)
    names = [title_of(one), title_of(other)]
    if not all(names):
        return None
    pairs = [
        (names[0], names[1]),
        *((heading, names[1]) for heading in one.headings),
        *((names[0], heading) for heading in other.headings),
    ]
    scanned = may_be_scanned(one) or may_be_scanned(other)
    kin = (pair for pair in pairs if _same_name(*pair) or (scanned and _is_misread(*pair)))
    named = next(kin, None)
    if named is None or _tags(named[0], one.language) != _tags(named[1], other.language):
        return False
    return not (one.headings and other.headings) or _limits(one, named) == _limits(other, named)


def titles_allow(one: Passage, other: Passage) -> bool:
    """Whether nothing in two titles, however worded, tells two rules from one form apart.

    They name the same years, figures and places, and are not alike but for a word.
    """
    names = one.provenance.title, other.provenance.title
    if bool(title_of(one)) != bool(title_of(other)):
        return True
    same = _figures(names[0]) == _figures(names[1])
    return (
        same
        and _tags(names[0], one.language) == _tags(names[1], other.language)
        and (not title_of(one) or _likeness(*map(_bare, names)) < _FORM)
    )


def title_of(passage: Passage) -> str:
    """The title of the document; "" where only the name of the file stands for it."""
    title = passage.provenance.title
    path = PurePosixPath(passage.document)
    return "" if title in {path.stem, path.name} else title


def _likeness(one: str, other: str) -> float:
    mine, theirs = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other))
    return len(mine & theirs) / max(len(mine | theirs), 1)


def _agree(one: PartialDate | None, other: PartialDate | None) -> bool:
    if one is None or other is None:
        return True
    parts = zip((one.year, one.month, one.day), (other.year, other.month, other.day), strict=True)
    return all(not mine or not theirs or mine == theirs for mine, theirs in parts)


def _same_name(one: str, other: str) -> bool:
    short, long = sorted((_bare(one), _bare(other)), key=len)
    if _figures(one) != _figures(other):
        return False
    if short == long:
        return bool(short)
    return len(short) >= max(_LEAST_NAME, _MOSTLY * len(long)) and short in long


def _is_misread(one: str, other: str) -> bool:
    found = compare(read_signs(one), read_signs(other), TITLE)
    return found is not None and found.whole and found.difference.is_copy


def _bare(title: str) -> str:
    return stream(_DECORATION.sub(" ", fold(title)).strip())


def _figures(title: str) -> list[str]:
    return _DIGITS.findall(fold(title))


def _limits(passage: Passage, names: tuple[str, str]) -> tuple[frozenset[str], frozenset[str]]:
    """The figures and places in what stands above a passage, below the name of the document."""
    known = {_bare(name) for name in names}
    above = "\n".join(each for each in passage.headings if _bare(each) not in known)
    return frozenset(_figures(above)), _tags(above, passage.language)


def _tags(text: str, language: str) -> frozenset[str]:
    return name_subjects(text, language).tags
