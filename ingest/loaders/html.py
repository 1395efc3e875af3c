"""HTML: the main text of a page, and what its head says about it."""

import re
from collections.abc import Iterator
from typing import Protocol

from ingest.cleaning import clean
from ingest.decoding import decode
from ingest.drafts import Block, Draft
from ingest.front_matter import Metadata, read_metadata
from ingest.loaders.markup import Node, read_blocks
from ingest.problems import Problem
from knowledge.errors import N_, DocumentError, DocumentUnreadable

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HEAD = 4096
_SHORT = 250
"""Below this many characters the extractor has given up and returns bare text."""

# What the pages of authorities and news sites call it, best first.
_NAMES = {
    "title": ("articletitle", "og:title", "dc.title", "dcterms.title"),
    "issued": ("pubdate", "article:published_time", "datepublished", "dcterms.issued", "dc.date"),
    "issuer": ("contentsource", "dcterms.publisher", "dc.publisher"),
}


class _Page(Node, Protocol):
    """The root of a parsed page."""

    def iter(self, *tags: str) -> Iterator[Node]: ...


def load_html(data: bytes, name: str) -> Draft:
    """Read a page; :class:`DocumentUnreadable` if no text can be found in it."""
    declared = _CHARSET.search(data[:_HEAD])
    decoded = decode(data, document=name, declared=declared[1].decode() if declared else "")
    markup = _DECLARATION.sub("", clean(decoded.text))
    page = _parse(markup)
    if page is None:
        problem = Problem(N_("no HTML can be made out in it."))
        raise DocumentUnreadable(document=name, problem=problem)
    return Draft(
        metadata=_read_head(page, name),
        title=_read_title(page),
        language=next((node.get("lang") or "" for node in page.iter("html")), ""),
        blocks=_find_main_text(markup, page),
    )


def _parse(markup: str) -> _Page | None:
    from trafilatura import load_html as parse

    page: _Page | None = parse(markup) if "<" in markup else None
    return page


def _find_main_text(markup: str, page: _Page) -> tuple[Block, ...]:
    """What the extractor takes for the main text; all of the body where it finds next to none."""
    from trafilatura import bare_extraction

    found = bare_extraction(
        markup,
        favor_recall=True,
        include_formatting=True,
        include_tables=True,
        include_comments=False,
    )
    body: Node | None = getattr(found, "body", None)
    blocks = tuple(read_blocks(body)) if body is not None else ()
    if len(blocks) > 1 and sum(len(block.text) for block in blocks) >= _SHORT:
        return blocks
    return tuple(block for body in page.iter("body") for block in read_blocks(body)) or blocks


def _read_head(page: _Page, name: str) -> Metadata:
    said = {
        (node.get("name") or node.get("property") or node.get("itemprop") or "").lower(): text
        for node in page.iter("meta")
        if (text := (node.get("content") or "").strip())
    }
    values = {
        field: next((said[one] for one in names if one in said), "")
        for field, names in _NAMES.items()
    }
    values["url"] = _find_address(page)
    values["issued"] = values["issued"][:10]
    try:
        return read_metadata(values, document=name)
    except DocumentError:
        # Nobody wrote these for us: a date in a form of its own is no reason to refuse the page.
        return Metadata(title=values["title"])


def _find_address(page: _Page) -> str:
    links = (node.get("href") or "" for node in page.iter("link") if node.get("rel") == "canonical")
    return next((link for link in links if link.startswith(("http://", "https://"))), "")


def _read_title(page: _Page) -> str:
    """The text of ``title``, for pages without a better one."""
    titles = (" ".join((node.text or "").split()) for node in page.iter("title"))
    return next((title for title in titles if title), "")
