"""A page that was fetched from the web: a line that says what it is, and then its body.

The line is a JSON object: the ``ending`` of the loader that reads the body, the ``charset`` that
the server named, the ``version`` of the body, and ``facts`` as front matter has them. It stands in
one file with the body so that neither is ever there without the other.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from ingest.decoding import decode
from ingest.drafts import BlockKind, Draft, Settle, keep
from ingest.front_matter import Metadata, narrow, read_metadata
from ingest.problems import Problem
from knowledge.errors import N_, DocumentUnreadable

if TYPE_CHECKING:
    from ingest.loaders import Loader

ENDING: Final = ".page"
"""Ends the names of these files."""

BODIES: Final = frozenset(
    {
        *(".html", ".htm", ".xhtml", ".xml", ".md", ".markdown", ".txt", ".csv", ".tsv"),
        *(".pdf", ".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".pptm"),
        *(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"),
        *(".zip", ".eml"),
    }
)
"""The kinds of bodies. What the operator says of an address holds for each file in an archive."""

_LONGEST_HEAD = 64 * 1024
_TEXTS = frozenset({".html", ".htm", ".xhtml", ".txt", ".md", ".markdown", ".csv", ".tsv"})
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=", re.IGNORECASE)
_TOP = 4096


@dataclass(frozen=True, slots=True)
class Head:
    """What the first line of the file says."""

    ending: str
    charset: str
    version: str
    facts: Mapping[str, str]

    def dump(self) -> bytes:
        """The line, always the same for the same head."""
        said = {
            "ending": self.ending,
            "charset": self.charset,
            "version": self.version,
            "facts": dict(self.facts),
        }
        return json.dumps(said, ensure_ascii=False, sort_keys=True).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class PageLoader:
    """Reads the body with the loader for its kind; what the operator said of it counts first."""

    loaders: "Mapping[str, Loader]"

    def __call__(self, data: bytes, name: str) -> Draft:
        """Read the file; :class:`DocumentUnreadable` if it is none of ours."""
        head, body = _split(data, name)
        if head.ending not in BODIES:
            raise _refuse(name)
        facts = read_metadata(head.facts, document=name)
        draft = self.loaders[head.ending](_decode(body, head, name), name)
        draft = settle(draft, facts)
        return replace(draft, title=draft.title or _make_title(draft, facts))


def settle(draft: Draft, facts: Metadata) -> Draft:
    """What was found with what the operator says of it, down to each row and each file inside."""
    metadata = _judge(facts.over(draft.metadata), draft.metadata, facts)
    rows = (
        replace(row, metadata=_judge(row.metadata.over(metadata), row.metadata, metadata))
        for row in draft.entries
    )
    within = partial(settle, facts=replace(facts, title=""))
    return replace(
        draft,
        metadata=metadata,
        entries=tuple(rows),
        members=tuple(replace(one, settle=within) for one in draft.members),
    )


def find_settling(data: bytes, name: str) -> Settle:
    """What adds the operator's facts to a text that takes the place of this file."""
    if PurePosixPath(name).suffix.lower() != ENDING:
        return keep
    return partial(settle, facts=read_metadata(_split(data, name)[0].facts, document=name))


def _split(data: bytes, name: str) -> tuple[Head, bytes]:
    line, found, body = data.partition(b"\n")
    if not found or len(line) > _LONGEST_HEAD:
        raise _refuse(name)
    try:
        said = json.loads(line)
        facts = {str(key): str(value) for key, value in said["facts"].items()}
        ending, charset, version = (str(said[name]) for name in ("ending", "charset", "version"))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _refuse(name) from error
    return Head(ending, charset, version, facts), body


def _decode(body: bytes, head: Head, name: str) -> bytes:
    """The body in UTF-8 where only the server knew its encoding."""
    if not head.charset or head.ending not in _TEXTS or _DECLARED.search(body[:_TOP]):
        return body
    return decode(body, document=name, declared=head.charset).text.encode()


def _judge(together: Metadata, said: Metadata, facts: Metadata) -> Metadata:
    """What a page may not decide about itself: who sees it, whether it is trusted, what it ends.

    Of two audiences the narrower counts.
    """
    return replace(
        together,
        audience=narrow(said.audience, facts.audience),
        trust=facts.trust or said.trust,
        replaces=facts.replaces,
        url=facts.url,
        checked=facts.checked,
    )


def _make_title(draft: Draft, facts: Metadata) -> str:
    """The last part of the address, for pages that have neither title nor heading."""
    if any(block.kind is BlockKind.HEADING for block in draft.blocks):
        return ""
    parts = urlsplit(facts.url)
    return PurePosixPath(unquote(parts.path)).stem or parts.hostname or ""


def _refuse(name: str) -> DocumentUnreadable:
    problem = Problem(N_("it is no page that “helpdesk addresses fetch” has stored."))
    return DocumentUnreadable(document=name, problem=problem)
