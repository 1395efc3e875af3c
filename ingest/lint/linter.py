"""All checks of the content of some files."""

from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from ingest.lint.amounts import check_amounts
from ingest.lint.contents import read_contents
from ingest.lint.facts import check_facts
from ingest.lint.findings import Finding
from ingest.lint.references import check_references
from ingest.lint.repeals import check_repeals
from ingest.lint.terms import check_terms
from ingest.lint.translations import check_counterparts, check_languages, check_translations
from knowledge.review import Meaning


def lint(
    paths: Sequence[Path], *, today: date, meaning: Meaning | None = None
) -> tuple[list[Finding], int]:
    """Return what is wrong with the documents below the paths, by place, and how many there are.

    Without ``meaning`` contradictions are told by words alone.
    ``UsageError`` for a path that does not exist.
    """
    contents, unreadable = read_contents(paths)
    each = (check_facts, check_translations, check_languages)
    found = [
        *unreadable,
        *chain.from_iterable(check(content) for content in contents for check in each),
        *check_counterparts(contents),
        *check_references(contents),
        *check_repeals(contents),
        *check_terms(contents),
        *check_amounts(contents, today=today, meaning=meaning),
    ]
    return sorted(found, key=_by_place), len(contents)


def _by_place(finding: Finding) -> tuple[str, int, str, str]:
    return finding.path, finding.line, finding.rule, finding.place
