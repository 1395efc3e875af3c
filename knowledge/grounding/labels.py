"""Whether places, telephone numbers and ranks stay with the things that they are said of.

"In Japan subscriptions, in Africa advertising" has every word of "in Japan advertising", and "the
hotline is 1, complaints 2" every digit of "complaints 1".
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.grounding.addresses import address_spans
from knowledge.grounding.statement import Statement
from knowledge.grounding.support import weight
from knowledge.grounding.tables import concept_group
from knowledge.grounding.territories import named_countries
from knowledge.grounding.wording import Wording

_SEGMENT = re.compile(r"[;。!?\n]|\.(?=\s|$)")
_CONTRAST = re.compile(
    rf"{_SEGMENT.pattern}|\b(?:while|whereas|während|mientras|tandis que|alors que|enquanto|sedangkan|trong khi|тогда как)\b"
    r"|而(?=[^,]{1,12}[占有为])|ในขณะที่|بينما"
)
_WHEN = frozenset({"date", "month", "start", "valid", "before_w", "after_w", "annual"})
_PART = re.compile(
    r"(?<!\d)[,;:。!?\n]|[,;:。!?\n](?!\d)|\.(?=\s|$)|(?<=\s)(?:and|y|e|et|und|и)(?=\s)"
)
_NAME = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9]*(?![A-Za-z])")
_REGIONS = frozenset(
    {"europe", "asia", "latin_america", "middle_east", "africa", "hong_kong", "macao", "taiwan"}
    | {"shenzhen", "guangdong", "guangzhou", "guangxi", "beijing", "shanghai"}
    | {"california", "tokyo"}
)
_TIERS = frozenset({"key_tier", "ordinary_tier", "other_tier"})
_ACTING = frozenset({"platform", "radio_tv", "province", "city", "national", "company", "employer"})
_ALIKE = frozenset({"drama", "work", "year", "shenzhen", "rule"})
_CLASSES = frozenset({"visa", "talent_class", "tier", "person", "hold_have", "stay", "resident"})
_DOERS = _ACTING | {"authority"}
_DATIVE = re.compile(r"(?:[еую]|[ая]м)$")
_ITEM = re.compile(rf"{_CONTRAST.pattern}|(?<!\d),|,(?!\d)|:(?!\d)")
_LETTER = re.compile(
    r"(?<![A-Za-z0-9.])[A-Z](?=[类類류]|字|级|級|[ -]?(?:visa|visum|class|klasse|ビザ|クラス|비자|비자를)\b)"
    r"|(?<=[Cc]lass )[A-Z](?![A-Za-z])|(?<=[Cc]lase )[A-Z](?![A-Za-z])|(?<=[Cc]lasse )[A-Z](?![A-Za-z])"
    r"|(?<=[Kk]lasse )[A-Z](?![A-Za-z])|(?<=[Vv]isa )[A-Z](?![A-Za-z])|(?<=[Vv]isado )[A-Z](?![A-Za-z])"
    r"|(?<=[Vv]isto )[A-Z](?![A-Za-z])|(?<=виза )[A-Z](?![A-Za-z])|(?<=визу )[A-Z](?![A-Za-z])"
    r"|(?<=визой )[A-Z](?![A-Za-z])|(?<=визы )[A-Z](?![A-Za-z])|(?<=kelas )[A-Z](?![A-Za-z])|(?<=loại )[A-Z]"
    r"|(?<=الفئة )[A-Z]|(?<=فئة )[A-Z]|(?<=تأشيرة )[A-Z]|(?<=ประเภท )[A-Z]|(?<=ประเภท)[A-Z]|(?<=วีซ่า )[A-Z]|(?<=วีซ่า)[A-Z]"
    r"|(?<=класс )[A-Z]|(?<=класса )[A-Z]|(?<=категории )[A-Z]|(?<=категория )[A-Z]|(?<![A-Za-z])[A-Z](?= sınıfı| vizesi)"
)
"""A letter that names a class or a visa."""
_RANKS = frozenset({"highest", "lowest", "first", "third_order", "last_order"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """What is named in a part of a text that is about some place or number."""

    labels: frozenset[str]
    near: frozenset[str]


def confuses_labels(claim: Statement, source: Statement) -> bool:
    """Whether a label of the claim stands with what the source says of another one."""
    for read in (
        _read_places,
        _read_numbers,
        _read_tiers,
        _read_marked,
        _read_doers,
        _read_classes,
        _read_dates,
    ):
        theirs = list(read(source))
        if any(_is_misplaced(mine, theirs) for mine in read(claim)):
            return True
    return _confuses_ranks(claim, source)


def _is_misplaced(mine: Labelled, theirs: list[Labelled]) -> bool:
    homes = [one for one in theirs if one.labels & mine.labels]
    others = [one for one in theirs if not one.labels & mine.labels]
    if not homes:
        return False
    home = frozenset[str]().union(*(one.near for one in homes))
    numbers = {label for label in mine.labels if any(map(str.isdigit, label))}
    for other in others:
        own, foreign = home - other.near, other.near - home
        told = own or mine.labels & numbers
        if told and mine.near & foreign and not mine.near & own:
            return True
    return False


def _read_dates(statement: Statement) -> Iterator[Labelled]:
    """What is said of each day, where a text names several."""
    for start, end in _pieces(statement.wording.lower, _SEGMENT):
        days = [one for one in statement.dates if start <= one.start < end]
        if days:
            labels = frozenset(f"{one.year}-{one.month}-{one.day}" for one in days)
            hard = frozenset(
                one for one in _concepts(statement, start, end) if one not in concept_group("light")
            )
            yield Labelled(labels, (hard | _figures(statement, start, end)) - _WHEN)


def _figures(statement: Statement, start: int, end: int) -> frozenset[str]:
    return frozenset(
        "=".join(map(str, one.plain))
        for one in statement.figures
        if start <= one.start < end and not one.article
    )


def _read_places(statement: Statement) -> Iterator[Labelled]:
    for start, end in _pieces(statement.wording.lower, _CONTRAST):
        text, lower = statement.wording.text[start:end], statement.wording.lower[start:end]
        named = _concepts(statement, start, end)
        countries = named_countries(Wording(text, lower, statement.wording.language))
        places = countries | (named & _REGIONS)
        if places:
            figures = _figures(statement, start, end)
            yield Labelled(frozenset(places), (named - _REGIONS) | figures)


def _read_numbers(statement: Statement) -> Iterator[Labelled]:
    text = statement.wording.text
    for start, end in _pieces(statement.wording.lower, _PART):
        here = [text[a:b] for a, b in address_spans(text) if start <= a < end]
        if here:
            yield Labelled(frozenset(here), _concepts(statement, start, end))


def _read_tiers(statement: Statement) -> Iterator[Labelled]:
    """Who acts for which class of dramas."""
    for start, end in _pieces(statement.wording.lower, _SEGMENT):
        named = _concepts(statement, start, end)
        if named & _TIERS:
            yield Labelled(named & _TIERS, named & _ACTING)


def _read_marked(statement: Statement) -> Iterator[Labelled]:
    """What stands beside each class of dramas, which number it bears."""
    text = statement.wording.lower
    found = list[Labelled]()
    for start, end in _pieces(text, _ITEM):
        hits = [hit for hit in statement.hits if start <= hit.start < end]
        named = frozenset(c for hit in hits for c in hit.concepts)
        if named & _TIERS:
            near = frozenset(c for hit in hits if weight(hit) != "light" for c in hit.concepts)
            found.append(Labelled(named & _TIERS, (near | named & _DOERS) - _TIERS - _ALIKE))
    yield from found


def _read_doers(statement: Statement) -> Iterator[Labelled]:
    """Who is named beside each class of dramas; in Russian not to whom something is told."""
    text = statement.wording.lower
    for start, end in _pieces(text, _ITEM):
        hits = [hit for hit in statement.hits if start <= hit.start < end]
        tiers = frozenset(c for hit in hits for c in hit.concepts & _TIERS)
        if statement.wording.language == "ru":
            hits = [hit for hit in hits if not _DATIVE.search(text, hit.start, hit.end)]
        if tiers:
            yield Labelled(tiers, frozenset(c for hit in hits for c in hit.concepts & _DOERS))


def _read_classes(statement: Statement) -> Iterator[Labelled]:
    """What is said of each class that bears a letter: class A, Z visa."""
    text = statement.wording.text
    for start, end in _pieces(statement.wording.lower, _ITEM):
        letters = {match[0] for match in _LETTER.finditer(text, start, end)}
        if letters:
            near = _concepts(statement, start, end) - _CLASSES
            yield Labelled(frozenset(letters), near | _figures(statement, start, end))


def _confuses_ranks(claim: Statement, source: Statement) -> bool:
    """Whether what is first or highest bears another name than in the source."""
    theirs = dict[str, set[str]]()
    for start, end in _pieces(source.wording.lower, _SEGMENT):
        for rank in _concepts(source, start, end) & _RANKS:
            names = _NAME.findall(source.wording.text[start:end])
            theirs.setdefault(rank, set()).update(names)
    names = [(match[0], match.span()) for match in _NAME.finditer(claim.wording.text)]
    for hit in claim.hits:
        for rank in hit.concepts & _RANKS & set(theirs):
            nearest = min(names, key=lambda one: _gap(one[1], hit.start, hit.end), default=None)
            if nearest and theirs[rank] and nearest[0] not in theirs[rank]:
                return True
    return False


def _gap(span: tuple[int, int], start: int, end: int) -> int:
    return max(start - span[1], span[0] - end, 0)


def _pieces(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    places = sorted({0, len(text), *(match.end() for match in pattern.finditer(text))})
    return itertools.pairwise(places)


def _concepts(statement: Statement, start: int, end: int) -> frozenset[str]:
    return frozenset(
        concept for hit in statement.hits if start <= hit.start < end for concept in hit.concepts
    )
