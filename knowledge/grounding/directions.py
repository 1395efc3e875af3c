"""On which side of a place or a level something lies: outside the country, at province level or above.

The words are few and turn all: fees "in the United States" and fees "outside the United States"
name the same things.
"""

import re

from knowledge.grounding.measures import bound_patterns
from knowledge.grounding.statement import Statement
from knowledge.grounding.tables import load_table
from knowledge.grounding.territories import named_countries, territory_spans

_PLACES = frozenset(
    {"china", "mainland", "domestic", "hong_kong", "macao", "taiwan", "europe", "asia", "africa"}
    | {"shenzhen", "guangdong", "guangzhou", "california", "tokyo", "zone", "middle_east"}
)
_ABROAD = frozenset({"overseas", "off_mainland", "foreigner", "nonresident"})
_LEVELS = frozenset({"province", "city", "national", "school"})
_UP, _DOWN = frozenset({"ge", "gt", "above"}), frozenset({"le", "lt", "below"})
_REACH = 12


def crosses_a_border(claim: Statement, source: Statement) -> bool:
    """Whether a claim puts outside a place what the source puts inside, or above what lies below."""
    mine, theirs = _outside(claim), _outside(source)
    shared = named_countries(claim.wording) & named_countries(source.wording)
    places = shared or claim.concepts & source.concepts & _PLACES
    abroad = (claim.concepts | source.concepts) & _ABROAD
    if places and mine != theirs and not abroad:
        return True
    said, given = _sides(claim) | _levels(claim), _sides(source) | _levels(source)
    return bool(said and given and not said & given)


def _outside(statement: Statement) -> bool:
    """Whether a word such as outside stands at the name of a place."""
    before, behind = _patterns(statement.wording.language)
    text = statement.wording.lower
    spans = [*territory_spans(statement.wording)]
    spans += [(hit.start, hit.end) for hit in statement.hits if hit.concepts & _PLACES]
    return any(
        before.search(text[max(0, start - _REACH) : start]) or behind.match(text, end)
        for start, end in spans
    )


def _sides(statement: Statement) -> frozenset[str]:
    """Whether something that is no figure is above or below another: below the minimum wage."""
    text, found = statement.wording.lower, set[str]()
    written = load_table("relations")["sides"].get(statement.wording.language, ["(?!)", "(?!)"])
    for name, pattern in zip(("up", "down"), written, strict=True):
        for match in re.finditer(pattern, text):
            near = range(match.start() - _REACH, match.end() + _REACH)
            if not any(one.start in near or one.end in near for one in statement.figures):
                found.add(name)
    return frozenset(found)


def _levels(statement: Statement) -> frozenset[str]:
    """Whether a level and all above it, or all below it, are named: 省级以上."""
    text, found = statement.wording.lower, set[str]()
    for hit in statement.hits:
        if not hit.concepts & _LEVELS:
            continue
        after = text[hit.end : hit.end + _REACH]
        for code, side, pattern in bound_patterns(statement.wording.language):
            if side == "after" and code in _UP | _DOWN and pattern.match(after):
                found.add("up" if code in _UP else "down")
    return frozenset(found)


def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words for outside before the name of a place, and behind it."""
    first, last = load_table("relations")["outside"].get(language, ["", ""])
    before = rf"(?:{first}) ?(?:the |der |des |den |la |el |los |las |de |le |les |o |a |os |as )*$"
    return (
        re.compile(before if first else r"(?!)"),
        re.compile(rf" ?(?:{last})" if last else r"(?!)"),
    )
