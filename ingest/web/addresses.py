"""The operator's list of addresses, a file in TOML: nothing that it does not list is fetched."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from ingest.front_matter import NAMES, known_name, read_metadata
from ingest.problems import Problem
from ingest.web.durations import parse_duration
from ingest.web.problems import AddressRefused, ListUnusable
from ingest.web.scope import Scope
from ingest.web.url import Url, parse_url
from knowledge.errors import N_, DocumentError

FACTS: Final = NAMES - {"url", "checked"}
"""What may be said about a page; its address and the day of its last check are known."""

USUAL_INTERVAL: Final = timedelta(days=7)
USUAL_MOST: Final = 100
MOST_PAGES: Final = 5000
"""More pages of one sitemap than this are not fetched, whatever the list says."""

_SHORTEST, _LONGEST = timedelta(hours=1), timedelta(days=366)
_LARGEST_LIST = 5 * 1024**2
_ABSENT = N_(
    "there is no such file. Write one with lines such as [[page]] and "
    "{example}, or name another with HELPDESK_ADDRESSES."
)
_EXAMPLE = 'url = "https://example.org/fees.html"'
_NO_TOML = N_("it is not TOML ({reason}).")
_UNKNOWN = N_("“{name}” means nothing here ({place}). Known are: {known}.")
_NO_URL = N_("an entry has no “{name}” ({place}).")
_TWICE = N_("{place} is listed twice.")
_INTERVAL = N_(
    "every is “{value}” ({place}); it must be a time between 1h and 366d, such as 12h, 7d or 2w."
)
_COUNT = N_("most is “{value}” ({place}); it must be a number between 1 and {most}.")
_PREFIX = N_("prefix is “{value}” ({place}); it must end with / and be on the sitemap's server.")
_KIND = N_("{place} must be written as [[{place}]].")
_SAID = N_("{place}: {problem}")


@dataclass(frozen=True, slots=True)
class Address:
    """A page to fetch. ``sitemap`` is the one that names it, if it is not listed by itself."""

    url: Url
    every: timedelta = USUAL_INTERVAL
    facts: Mapping[str, str] = field(default_factory=dict)
    sitemap: "Sitemap | None" = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap whose pages below ``prefix`` are fetched, ``most`` of them."""

    url: Url
    prefix: Url
    every: timedelta = USUAL_INTERVAL
    most: int = USUAL_MOST
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AddressList:
    """What is listed."""

    pages: tuple[Address, ...] = ()
    sitemaps: tuple[Sitemap, ...] = ()

    def scope(self, url: Url, *, fence: Url | None = None) -> Scope:
        """How far a fetch of this address may lead."""
        listed = frozenset(page.url for page in self.pages)
        urls = {*listed, *(sitemap.url for sitemap in self.sitemaps)}
        sites = frozenset((one.host, one.port) for one in urls)
        return Scope(url, sites, fence, listed)


def read_addresses(path: Path) -> AddressList:
    """Read the list; :class:`ListUnusable` says what is wrong in it and where."""
    import tomllib

    try:
        if path.stat().st_size > _LARGEST_LIST:
            raise _refuse(path, _NO_TOML, reason="> 5 MB")
        said = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError as error:
        raise _refuse(path, _ABSENT, example=_EXAMPLE) from error
    except OSError as error:
        raise _refuse(path, N_("the system says “{reason}”."), reason=error.strerror) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _refuse(path, _NO_TOML, reason=error) from error
    return _Reader(path).read(said)


@dataclass(frozen=True, slots=True)
class _Reader:
    path: Path

    def read(self, said: dict[str, Any]) -> AddressList:
        rows = {kind: self._take_rows(said, kind) for kind in ("page", "sitemap")}
        common = self._check("defaults", said, {"every", *FACTS})
        pages = tuple(self._read_page({**common, **row}) for row in rows["page"])
        sitemaps = tuple(self._read_sitemap({**common, **row}) for row in rows["sitemap"])
        self._check_twice([*(one.url for one in pages), *(one.url for one in sitemaps)])
        return AddressList(pages, sitemaps)

    def _take_rows(self, said: dict[str, Any], kind: str) -> list[dict[str, Any]]:
        rows = said.pop(kind, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self._refuse(_KIND, kind)
        return rows

    def _read_page(self, row: Mapping[str, Any]) -> Address:
        url = self._read_url(row, "url")
        row = self._check(str(url), row, {"url", "every", *FACTS})
        return Address(url, self._read_interval(row, str(url)), self._read_facts(row, str(url)))

    def _read_sitemap(self, row: Mapping[str, Any]) -> Sitemap:
        url = self._read_url(row, "url")
        place = str(url)
        row = self._check(place, row, {"url", "prefix", "most", "every", *FACTS})
        prefix = self._read_url(row, "prefix")
        if prefix.origin != url.origin or not prefix.target.endswith("/"):
            raise self._refuse(_PREFIX, place, value=row["prefix"])
        most = row.get("most", USUAL_MOST)
        if type(most) is not int or not 1 <= most <= MOST_PAGES:
            raise self._refuse(_COUNT, place, value=most, most=MOST_PAGES)
        every, facts = self._read_interval(row, place), self._read_facts(row, place)
        return Sitemap(url, prefix, every, most, facts)

    def _check(self, place: str, row: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
        """The row with our names; a name that means nothing may be a misspelt audience."""
        named = {known_name(name): value for name, value in row.items()}
        for name in named:
            if name not in known:
                listed = ", ".join(sorted(known))
                raise self._refuse(_UNKNOWN, place, name=name, known=listed)
        return named

    def _read_url(self, row: Mapping[str, Any], name: str) -> Url:
        said = {known_name(key): value for key, value in row.items()}.get(name)
        if not isinstance(said, str) or not said.strip():
            raise self._refuse(_NO_URL, str(row.get("url", "?")), name=name)
        try:
            return parse_url(said)
        except AddressRefused as error:
            raise self._refuse(_SAID, said, problem=error.fields["problem"]) from error

    def _read_interval(self, row: Mapping[str, Any], place: str) -> timedelta:
        said = row.get("every")
        if said is None:
            return USUAL_INTERVAL
        try:
            every = parse_duration(str(said))
        except ValueError as error:
            raise self._refuse(_INTERVAL, place, value=said) from error
        if not _SHORTEST <= every <= _LONGEST:
            raise self._refuse(_INTERVAL, place, value=said)
        return every

    def _read_facts(self, row: Mapping[str, Any], place: str) -> dict[str, str]:
        facts = {name: _write(value) for name, value in row.items() if name in FACTS}
        try:
            read_metadata(facts, document=place)
        except DocumentError as error:
            raise self._refuse(_SAID, place, problem=error.fields["problem"]) from error
        return facts

    def _check_twice(self, urls: Iterable[Url]) -> None:
        seen: set[Url] = set()
        for url in urls:
            if url in seen:
                raise self._refuse(_TWICE, str(url))
            seen.add(url)

    def _refuse(self, template: str, place: str, **fields: object) -> ListUnusable:
        return _refuse(self.path, template, place=place, **fields)


def _write(value: object) -> str:
    """A value of TOML as front matter has it."""
    if isinstance(value, list):
        return "; ".join(map(_write, value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _refuse(path: Path, template: str, **fields: object) -> ListUnusable:
    return ListUnusable(path=path, problem=Problem(template, fields))
