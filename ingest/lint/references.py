"""Whether what a document refers to is there: replaced rules, entries (FAQ FIL-02), other files."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.lint.contents import Content
from ingest.lint.findings import Finding, Rule
from ingest.problems import Problem
from knowledge.errors import N_

_ENTRY = re.compile(r"(?<![\w-])([A-Z]{2,6})-(\d{1,3})(?![\w-])")
_CALLED = re.compile(
    r"(?:FAQ|see|entry|见|參見|参见|詳見|详见|条目)\s*[:：]?\s*[“\"《]?([A-Z]{2,6}-\d{1,3})(?![\w-])"
)
_LINK = re.compile(r"\]\((?!\w+:|#)([^)\s#]+)(?:#[^)]*)?\)")
_FILE = re.compile(r"(?<![\w/.:-])((?:[\w-]+/)+[\w-]+\.(?:md|csv|docx|pdf|xlsx|html))(?![\w/])")
_NO_ENTRY = N_("it refers to {name}, which is no entry here; correct or remove the reference.")
_NO_FILE = N_("it refers to the file {name}, which is not here; correct or remove the reference.")
_NO_RULE = N_(
    "it says that it replaces {name}, which is not among the documents; "
    "correct the name, or add the old rule with its end."
)


def check_references(contents: Sequence[Content]) -> Iterator[Finding]:
    """Every reference inside these documents that leads nowhere."""
    entries = {name for content in contents for name in content.entries}
    named = {
        name
        for content in contents
        for one in content.document.passages
        for name in (one.provenance.title, one.provenance.number)
    }
    for content in contents:
        yield from _dead_entries(content, entries)
        yield from _dead_files(content, contents)
        yield from _dead_rules(content, named | entries)


def _dead_entries(content: Content, entries: set[str]) -> Iterator[Finding]:
    """``FIL-99`` counts where other entries begin with ``FIL``, or where it is called an entry."""
    families = {name.partition("-")[0] for name in entries}
    for passage in content.document.passages:
        named = {match.group() for match in _ENTRY.finditer(passage.text) if match[1] in families}
        for name in sorted((named | set(_CALLED.findall(passage.text))) - entries):
            yield content.place(passage, Rule.REFERENCE, Problem(_NO_ENTRY, {"name": name}))


def _dead_files(content: Content, contents: Sequence[Content]) -> Iterator[Finding]:
    known = {one.document.id for one in contents}
    for match in (*_LINK.finditer(content.text), *_FILE.finditer(content.text)):
        name = match[1]
        beside = Path(content.path).parent / name
        if not beside.exists() and not any(one.endswith(name) for one in known):
            line = 1 + content.text.count("\n", 0, match.start())
            problem = Problem(_NO_FILE, {"name": name})
            yield Finding(content.path, line, Rule.REFERENCE, "", problem)


def _dead_rules(content: Content, known: set[str]) -> Iterator[Finding]:
    """What the head or a column says; a rule that is done away with in the text is often old."""
    text = "".join(one.text for one in content.document.passages)
    names = {name for one in content.document.passages for name in one.provenance.replaces}
    for name in sorted(names - known):
        if name not in text:
            problem = Problem(_NO_RULE, {"name": name})
            yield Finding(content.path, content.line_of(name), Rule.REFERENCE, "", problem)
