"""Sitemaps (sitemaps.org): the addresses in one, and of an index the sitemaps that it names."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest.loaders.office_tree import Element
from ingest.problems import Problem
from ingest.web.inflation import TooLarge, Torn, gather
from ingest.web.problems import AddressRefused
from ingest.web.url import Url
from knowledge.errors import N_

LARGEST: Final = 50 * 1024**2
"""Bytes of a sitemap after unpacking, as its format has it."""

_MOST: Final = 50_000
_GZIP = b"\x1f\x8b"
_NO_SITEMAP = N_("it is no sitemap.")
_BOMB = N_("it unpacks to more than {size} MB.")
_ENTITIES = N_("it brings definitions of its own (a DTD), which no sitemap needs.")


@dataclass(frozen=True, slots=True)
class SitemapFile:
    """The addresses in one file as they stand there; ``index`` says that they are sitemaps."""

    index: bool
    locations: tuple[str, ...]


def parse_sitemap(body: bytes, url: Url) -> SitemapFile:
    """Read XML, packed or not, or lines of addresses; :class:`AddressRefused` if it is neither."""
    body = _unpack(body, url).lstrip(b"\xef\xbb\xbf \t\r\n")
    if body.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return _parse_xml(body, url)
    lines = [line.strip() for line in body.decode("utf-8", "replace").splitlines()]
    locations = tuple(line for line in lines if line)[:_MOST]
    if not locations or not all(one.startswith(("http://", "https://")) for one in locations):
        raise AddressRefused(document=str(url), problem=Problem(_NO_SITEMAP))
    return SitemapFile(index=False, locations=locations)


def _unpack(body: bytes, url: Url) -> bytes:
    if not body.startswith(_GZIP):
        return body
    try:
        return gather([body], "gzip", largest=LARGEST)
    except TooLarge as error:
        problem = Problem(_BOMB, {"size": LARGEST // 1024**2})
        raise AddressRefused(document=str(url), problem=problem) from error
    except Torn as error:
        raise AddressRefused(document=str(url), problem=Problem(_NO_SITEMAP)) from error


def _parse_xml(body: bytes, url: Url) -> SitemapFile:
    from lxml import etree

    root = ""
    locations: list[str] = []
    try:
        for event, element in etree.iterparse(
            io.BytesIO(body),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
        ):
            name = _name(element)
            if not root and element.getroottree().docinfo.internalDTD is not None:
                raise AddressRefused(document=str(url), problem=Problem(_ENTITIES))
            root = root or name
            if event == "end" and name in {"url", "sitemap"}:
                locations.extend(_find_location(element))
                element.clear()
            if len(locations) >= _MOST:
                break
    except etree.XMLSyntaxError as error:
        raise AddressRefused(document=str(url), problem=Problem(_NO_SITEMAP)) from error
    if root not in {"urlset", "sitemapindex"}:
        raise AddressRefused(document=str(url), problem=Problem(_NO_SITEMAP))
    return SitemapFile(root == "sitemapindex", tuple(locations))


def _find_location(element: Element) -> Iterator[str]:
    """The text of ``loc`` right below; pictures and videos have theirs further down."""
    for child in element:
        if _name(child) == "loc" and (child.text or "").strip():
            yield (child.text or "").strip()


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
