"""Whether each passage names its source, its dates, and who looks at it again and when."""

from collections.abc import Iterator

from ingest.lint.contents import Content
from ingest.lint.findings import Finding, Rule
from ingest.problems import Problem
from knowledge.errors import N_
from knowledge.passage import Passage, Provenance

_NO_SOURCE = N_("it names no source; fill in issuer or url.")
_NO_CHECK = N_("nobody says when it was last compared with its source; fill in checked.")
_NO_REVIEW = N_("it has no day for the next review; fill in review_by.")
_NO_OWNER = N_("nobody is named who reviews it; fill in owner, a role.")
_TOO_EARLY = N_("review_by is {review_by}, not after checked; set the next review.")
_TOO_LATE = N_("it ends on {ends}, before its review on {review_by}; review it earlier.")


def check_facts(content: Content) -> Iterator[Finding]:
    """What is missing or cannot be, once for the whole document where all of it says the same."""
    seen: set[tuple[str, Rule, str]] = set()
    for passage in content.document.passages:
        for rule, problem in _wrong(passage.provenance):
            key = (passage.entry, rule, str(problem))
            if key not in seen:
                seen.add(key)
                yield _at(content, passage, rule, problem)


def _wrong(source: Provenance) -> Iterator[tuple[Rule, Problem]]:
    if not (source.issuer or source.url):
        yield Rule.SOURCE, Problem(_NO_SOURCE)
    if not source.checked:
        yield Rule.DATE, Problem(_NO_CHECK)
    if not source.review_by:
        yield Rule.REVIEW, Problem(_NO_REVIEW)
    elif not source.owner:
        yield Rule.REVIEW, Problem(_NO_OWNER)
    yield from _wrong_order(source)


def _wrong_order(source: Provenance) -> Iterator[tuple[Rule, Problem]]:
    review, checked, ends = source.review_by, source.checked, source.effective_to
    if review and checked and review.last_day <= checked.first_day:
        yield Rule.REVIEW, Problem(_TOO_EARLY, {"review_by": review})
    over = ends and checked and ends.last_day < checked.first_day
    if review and ends and not over and review.first_day > ends.last_day:
        yield Rule.REVIEW, Problem(_TOO_LATE, {"ends": ends, "review_by": review})


def _at(content: Content, passage: Passage, rule: Rule, problem: Problem) -> Finding:
    """At the row of an entry; the head of a document speaks for all of it."""
    if passage.entry:
        line = content.line_of(f"{passage.entry},") if content.text else 0
        return Finding(content.path, line, rule, passage.entry, problem)
    return Finding(content.path, 1 if content.text else 0, rule, "", problem)
