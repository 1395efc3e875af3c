"""Whether two of the documents give different amounts, dates or lengths of time for one thing."""

from collections.abc import Iterator, Sequence
from datetime import date

from ingest.lint.contents import Content
from ingest.lint.findings import Finding, Rule
from ingest.problems import Problem
from knowledge.contradictions import find_contradictions_between
from knowledge.errors import N_
from knowledge.review import Meaning

_DIFFERENT = N_(
    "“{quote}” does not agree with “{other}” ({place}); "
    "find out which is right, and correct or end the other."
)


def check_amounts(
    contents: Sequence[Content], *, today: date, meaning: Meaning | None
) -> Iterator[Finding]:
    """Each pair once, at the first of its two places."""
    homes = {one.document.id: one for one in contents}
    passages = [one for content in contents for one in content.document.passages]
    for pair in find_contradictions_between(passages, today=today, meaning=meaning).found:
        (passage, quote), (rival, other) = pair.one, pair.other
        place = f"{homes[rival.document].path} {rival.locator}"
        problem = Problem(_DIFFERENT, {"quote": quote, "other": other, "place": place})
        yield homes[passage.document].place(passage, Rule.AMOUNT, problem)
