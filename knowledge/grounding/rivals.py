"""Whether a figure that has a rival beside it keeps what tells the two apart.

"40 hours a month in term, 80 hours a month in the holidays": 80 hours a month without the holidays
is wrong, and so are 80 hours a month in term.
"""

import re
from dataclasses import dataclass

from knowledge.grounding.figures import Figure
from knowledge.grounding.statement import Statement
from knowledge.grounding.support import with_kin
from knowledge.grounding.tables import concept_group
from knowledge.grounding.vocabulary import Hit

_PART = re.compile(
    r"(?<!\d)[,;:。、→(){}]|[,;:。、→](?!\d)|\.(?=\s|$)"
    r"|(?<=\s)(?:and|while|и|а|y|mientras|e|et|und|dan|và|ve|ile)(?=\s)|(?<=\s)و(?=\S)|และ|和|以及|·(?=[월주일연매])"
)
_STOP = re.compile(r"[;。]|\.(?=\s|$)")
_LOOSE = concept_group("soft")
_WHOLE = frozenset({"total", "highest", "lowest", "amount", "limit"})


@dataclass(frozen=True, slots=True)
class Rival:
    """A figure of a text and what is named in its part of it.

    ``sure`` leaves out what stands between it and a figure before it with nothing to part them,
    ``behind`` all that stands before it; ``listed`` goes on behind it up to the next figure or stop.
    """

    figure: Figure
    near: frozenset[str]
    sure: frozenset[str]
    behind: frozenset[str]
    listed: frozenset[str]


def confuses_rivals(claim: Statement, source: Statement) -> bool:
    """Whether a figure of the claim stands with its rival's things, or with none of its own."""
    theirs, mine = _read(source), _read(claim)
    named = with_kin(claim.concepts)
    for one in mine:
        homes = [home for home in theirs if _is_one(one.figure, home.figure)]
        rivals = [other for other in theirs if _rivals(one.figure, other.figure)]
        if not homes:
            continue
        if all(_is_told_of_another(one, home, theirs) for home in homes):
            return True
        both = any(_is_one(o.figure, r.figure) for o in mine for r in rivals)
        if all(_is_confused(home, rivals, named, both=both) for home in homes):
            return True
        if not both and all(_takes_anothers(one, home, rivals) for home in homes):
            return True
    return False


def _is_confused(home: Rival, rivals: list[Rival], named: frozenset[str], *, both: bool) -> bool:
    """Whether what tells a figure from its rivals is lost."""
    for rival in rivals:
        own, foreign = home.near - rival.near, rival.near - home.near
        if own and foreign and not both and not named & own:
            return True
    return False


def _is_told_of_another(one: Rival, home: Rival, theirs: list[Rival]) -> bool:
    """Whether a figure stands with things of another figure of the source, not with its own."""
    for other in theirs:
        if _is_one(other.figure, one.figure):
            continue
        own, foreign = home.near - other.near, other.near - home.near
        if own and len(one.sure & foreign) > len(one.near & own):
            return True
    return False


def _takes_anothers(one: Rival, home: Rival, rivals: list[Rival]) -> bool:
    """Whether a figure goes on with a thing that only its rival goes on with: 25 % for mini-apps."""
    own = home.near | home.listed | concept_group("light") | _LOOSE
    return any(one.behind & (other.listed - own) for other in rivals)


def _read(statement: Statement) -> list[Rival]:
    """The figures of a text, each with what is named between the figures or commas beside it."""
    figures = [one for one in statement.figures if not one.article and (one.unit or one.per)]
    text = statement.wording.lower
    found = []
    for figure in figures:
        others = [one for one in statement.figures if one is not figure]
        start = _edge(
            text, max((o.end for o in others if o.end <= figure.start), default=0), figure
        )
        last = min((o.start for o in others if o.start >= figure.end), default=len(text))
        part = _PART.search(text, figure.end, last)
        end = part.start() if part else last
        sure = figure.end if any(start == other.end for other in others) else start
        hits = statement.hits
        near, behind = _named(hits, start, end), _named(hits, figure.end, end)
        stop = _STOP.search(text, figure.end, last)
        listed = _named(hits, figure.end, stop.start() if stop else last)
        found.append(Rival(figure, near, _named(hits, sure, end), behind, listed))
    return found


def _edge(text: str, first: int, figure: Figure) -> int:
    """Where the part of a figure begins: after the last comma before it, or the figure before."""
    parts = [match.end() for match in _PART.finditer(text, first, figure.start)]
    return parts[-1] if parts else first


def _named(hits: tuple[Hit, ...], start: int, end: int) -> frozenset[str]:
    silent = _WHOLE | concept_group("deeds")
    return frozenset(
        concept for hit in hits if start <= hit.start < end for concept in hit.concepts - silent
    )


def _is_one(one: Figure, other: Figure) -> bool:
    return one.plain == other.plain and one.per == other.per


def _rivals(one: Figure, other: Figure) -> bool:
    """Whether two figures measure one kind of thing, but not as much."""
    alike = one.plain[0] == other.plain[0] and one.per == other.per
    return alike and one.plain[1] != other.plain[1]
