"""Whether a span of time runs before or after what it goes with, as in what is quoted.

"Within 30 days after entry" has the same figure as "30 days before entry".
"""

import re
from functools import cache

from knowledge.grounding.figures import Figure
from knowledge.grounding.statement import Statement
from knowledge.grounding.tables import load_table
from knowledge.grounding.wording import pattern_form

_SPANS = frozenset({"day", "wday", "week", "month", "year", "hour", "minute", "second"})
_INSIDE = frozenset({"zh", "ja", "ko", "th"})
_LOOK = 14


def confuses_timing(claim: Statement, source: Statement) -> bool:
    """Whether a span of the claim runs ahead of something and the source's does not, or reversed."""
    for figure in _spans(claim):
        same = [other for other in _spans(source) if other.plain == figure.plain]
        if same and all(_is_ahead(claim, figure) != _is_ahead(source, one) for one in same):
            return True
        if same and _is_behind(claim, figure) and not any(_is_behind(source, one) for one in same):
            return True
    return False


def _spans(statement: Statement) -> list[Figure]:
    return [one for one in statement.figures if one.unit in _SPANS and not one.article]


def _is_ahead(statement: Statement, figure: Figure) -> bool:
    """Whether words for before or in advance stand at a figure."""
    text, language = statement.wording.lower, statement.wording.language
    before, after = _patterns(language)
    return bool(
        before.search(text[max(0, figure.start - _LOOK) : figure.start])
        or after.match(text[figure.end : figure.end + _LOOK])
    )


def _is_behind(statement: Statement, figure: Figure) -> bool:
    """Whether something comes when so much time is over: after 20 days."""
    text, language = statement.wording.lower, statement.wording.language
    first, last = load_table("relations")["over"].get(language, ["", ""])
    before, after = text[max(0, figure.start - _LOOK) : figure.start], text[figure.end :]
    return bool(
        (first and re.search(rf"(?:{pattern_form(first, language)}) $", before))
        or (last and re.match(rf" ?(?:{pattern_form(last, language)})", after))
    )


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words for ahead at the end of what precedes a figure, and at the start of what follows."""
    first, last = load_table("relations")["ahead"].get(language, ["", ""])
    edge = "" if language in _INSIDE else r"(?!\w)"
    before = rf"(?:{pattern_form(first, language)})[^\w,;]*$" if first else r"(?!)"
    after = rf" ?(?:{pattern_form(last, language)}){edge}" if last else r"(?!)"
    return re.compile(before), re.compile(after)
