"""Addresses on the web: one spelling for each, and none that says one thing and means another."""

import ipaddress
import re
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import quote, urljoin, urlsplit

from ingest.problems import Problem
from ingest.web.problems import AddressRefused
from knowledge.errors import N_

PORTS: Final = {"http": 80, "https": 443}
"""The schemes that are fetched, with the ports that need not be listed."""

_LONGEST = 2000
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_KEPT = "/%:@!$&'()*+,;=~-._"
_DOT = re.compile("%2e", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Url:
    """An address without user, password and fragment.

    ``host`` is in lower case and ASCII, an IP address without brackets; ``target`` is path and
    query, in ASCII, without dot segments.
    """

    scheme: str
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        """The address as people write it."""
        return f"{self.origin}{self.target}"

    @property
    def authority(self) -> str:
        """Host and port as the header ``Host`` has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.authority}"

    @property
    def path(self) -> str:
        """The path without the query."""
        return self.target.partition("?")[0]

    def is_below(self, prefix: Self) -> bool:
        """Whether it is on the same server as ``prefix`` and its path begins with that one's."""
        return self.origin == prefix.origin and self.target.startswith(prefix.target)

    def join(self, reference: str) -> "Url":
        """The address that a reference on this page means; :class:`AddressRefused`."""
        if _FORBIDDEN.search(reference):
            raise _refuse(reference, N_("there are blanks or control characters in it."))
        try:
            return parse_url(urljoin(str(self), reference))
        except ValueError as error:
            raise _refuse(reference, N_("it is no address of the web.")) from error


def parse_url(text: str) -> Url:
    """Read an address; :class:`AddressRefused` says what is wrong with it."""
    text = text.strip()
    if _FORBIDDEN.search(text):
        raise _refuse(text, N_("there are blanks or control characters in it."))
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise _refuse(text, N_("it is no address of the web.")) from error
    if len(text) > _LONGEST:
        raise _refuse(text, N_("it is too long."))
    if parts.scheme not in PORTS:
        raise _refuse(text, N_("it must begin with http:// or https://."))
    if "@" in parts.netloc:
        raise _refuse(text, N_("there is a user name or a password in it; leave that out."))
    if port == 0:
        raise _refuse(text, N_("it is no address of the web."))
    host = _read_host(parts.hostname or "", text)
    path = _remove_dots(quote(parts.path, safe=_KEPT)) or "/"
    query = f"?{quote(parts.query, safe=_KEPT + '?')}" if parts.query else ""
    return Url(parts.scheme, host, port or PORTS[parts.scheme], path + query)


def _read_host(host: str, text: str) -> str:
    if ":" in host:
        return _read_six(host, text)
    try:
        name = host.removesuffix(".").encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise _refuse(text, N_("the name of its server is none.")) from error
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        return _read_four(name, text)
    if _NAME.fullmatch(name) is None:
        raise _refuse(text, N_("the name of its server is none."))
    return name


def _read_six(host: str, text: str) -> str:
    try:
        number = ipaddress.IPv6Address(host)
    except ValueError as error:
        raise _refuse(text, N_("the IP address in it is none.")) from error
    if number.scope_id is not None:
        raise _refuse(text, N_("the IP address in it is none."))
    return str(number)


def _read_four(name: str, text: str) -> str:
    """Four decimal numbers; what some programs take for them (0177.1, 2130706433) is refused."""
    try:
        return str(ipaddress.IPv4Address(name))
    except ValueError as error:
        problem = N_("the IP address in it must be four decimal numbers such as 192.0.2.1.")
        raise _refuse(text, problem) from error


def _remove_dots(path: str) -> str:
    """The path without ``.`` and ``..`` (RFC 3986, 5.2.4), also where they are written as %2e."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for number, segment in enumerate(segments, start=1):
        plain = _DOT.sub(".", segment)
        if plain == "..":
            del kept[-1:]
        if plain not in {".", ".."}:
            kept.append(segment)
        elif number == len(segments):
            kept.append("")
    return "".join(f"/{segment}" for segment in kept)


def _refuse(text: str, problem: str) -> AddressRefused:
    return AddressRefused(document=text[:200], problem=Problem(problem))
