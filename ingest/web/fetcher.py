"""Fetch one page: robots.txt asked, turns waited for, redirects checked, the answer understood."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final, Protocol

from ingest.problems import Problem
from ingest.web.client import OK, Client, Response
from ingest.web.connection import Deadline
from ingest.web.media import Media, correct_media, find_media
from ingest.web.pacing import Pace
from ingest.web.problems import AddressAway, AddressBusy, AddressRefused, NotFetched
from ingest.web.robots import Robots
from ingest.web.scope import MOST_REDIRECTS, Scope
from ingest.web.url import Url
from knowledge.errors import N_

LONGEST_REST: Final = 7 * 86400.0
"""Seconds; a server that asks for a longer rest is asked again after this."""

_PATIENCE = 30.0
_USUAL_REST = 3600.0
_MOVED: Final = {301, 308}
_REDIRECTS: Final = {301, 302, 303, 307, 308}
_UNMODIFIED = 304
_GONE: Final = {404, 410}
_BUSY: Final = {429, 503}
_CLOSED: Final = {401, 403, 407, 451}
_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said by which it recognises a version; ``url`` is the address that said it."""

    url: str = ""
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be fetched: where, how far it may lead, and what is there already.

    Of a ``sitemap`` the kind does not matter; who reads it will see.
    """

    url: Url
    scope: Scope
    validators: Validators = Validators()
    sitemap: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page. ``url`` is where it was found; ``moved`` says that it is there for good."""

    url: Url
    body: bytes
    media: Media
    validators: Validators = Validators()
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Unmodified:
    """The page is what it was."""


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no such page (any more)."""

    status: int


Page = Fetched | Unmodified | Missing


class Fetcher(Protocol):
    """Fetches pages."""

    def fetch(self, order: Order) -> Page:
        """What is at the address now; :class:`NotFetched` where that cannot be said.

        :class:`Unmodified` only comes where ``order.validators`` hold something. What the scope
        does not cover is never asked, and what comes back is no more than the limits allow.
        """


@dataclass(frozen=True, slots=True)
class WebFetcher:
    """Fetches from the real web."""

    client: Client
    robots: Robots
    pace: Pace
    now: Callable[[], datetime]

    def fetch(self, order: Order) -> Page:
        """What is at the address now; see :class:`Fetcher`."""
        deadline = self.client.begin()
        here, moved = order.url, True
        for _ in range(MOST_REDIRECTS + 1):
            response = self._ask_patiently(here, order, deadline)
            if response.status not in _REDIRECTS:
                return _understand(response, order, moved=moved and here != order.url)
            moved = moved and response.status in _MOVED
            here = order.scope.follow(here, response.headers.get("location", ""))
        raise order.scope.refuse_round()

    def _ask_patiently(self, url: Url, order: Order, deadline: Deadline) -> Response:
        """Ask; where the server wants a short rest, once more after it."""
        delay = self.robots.check(url, order.scope, deadline)
        response = self._ask(url, order, deadline, delay)
        if response.status not in _BUSY:
            return response
        wait = self._read_wait(response)
        if 0 < wait <= _PATIENCE:
            response = self._ask(url, order, deadline, delay, rest=wait)
        if response.status in _BUSY:
            raise _refuse_busy(response, self._read_wait(response))
        return response

    def _ask(
        self, url: Url, order: Order, deadline: Deadline, delay: float, rest: float = 0.0
    ) -> Response:
        known = order.validators
        if rest:
            self.pace.done(url.host, rest)
        deadline.put_off(self.pace.wait(url.host, delay))
        try:
            return self.client.get(
                url,
                deadline,
                headers=_conditions(known) if known.url == str(url) else {},
                inspect=None if order.sitemap else _inspect,
            )
        finally:
            self.pace.done(url.host, delay)

    def _read_wait(self, response: Response) -> float:
        """The seconds of ``Retry-After``, which is a number or a date; 0 where it says nothing."""
        said = response.headers.get("retry-after", "").strip()
        if said.isdecimal():
            return min(float(said[:12]), LONGEST_REST)
        try:
            wait = (parsedate_to_datetime(said) - self.now()) / timedelta(seconds=1)
        except (ValueError, TypeError):
            return 0.0
        return min(max(wait, 0.0), LONGEST_REST)


def _conditions(known: Validators) -> dict[str, str]:
    named = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in named.items() if value}


def _inspect(response: Response) -> Media:
    return find_media(response.headers, response.url)


def _understand(response: Response, order: Order, *, moved: bool) -> Page:
    """What an answer that is no redirect means."""
    if response.status == OK:
        said = Media(".xml") if order.sitemap else _inspect(response)
        media = correct_media(said, response.body)
        validators = Validators(
            str(response.url), _header(response, "etag"), _header(response, "last-modified")
        )
        return Fetched(response.url, response.body, media, validators, moved)
    if response.status == _UNMODIFIED and order.validators.url == str(response.url):
        return Unmodified()
    if response.status in _GONE:
        return Missing(response.status)
    raise _refuse(response)


def _header(response: Response, name: str) -> str:
    """A header that may be sent back as it is, or nothing."""
    value = response.headers.get(name, "")
    return value if value.isascii() and value.isprintable() else ""


def _refuse(response: Response) -> NotFetched:
    fields = {"status": response.status}
    if response.status in _CLOSED:
        problem = Problem(N_("its server does not let us see it (HTTP {status})."), fields)
        return AddressRefused(document=str(response.url), problem=problem)
    problem = Problem(N_("its server answers with HTTP {status}."), fields)
    kind = AddressAway if response.status >= _SERVER_ERROR else AddressRefused
    return kind(document=str(response.url), problem=problem)


def _refuse_busy(response: Response, wait: float) -> AddressBusy:
    form = N_("its server asks us to come back later (HTTP {status}).")
    problem = Problem(form, {"status": response.status})
    return AddressBusy(document=str(response.url), problem=problem, wait=wait or _USUAL_REST)
