"""One request and its answer, under limits. Redirects are not followed here."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

import httpcore

from ingest.problems import Problem
from ingest.web.connection import Deadline, Gate, PinnedBackend
from ingest.web.inflation import ACCEPTED, TooLarge, Torn, gather
from ingest.web.networks import check_literal
from ingest.web.problems import AddressAway, AddressRefused, NotFetched, readdress
from ingest.web.proxy import Proxy, check_behind
from ingest.web.url import PORTS, Url
from knowledge.errors import N_

if TYPE_CHECKING:
    import ssl

OK: Final = 200
_PROXY_WANTS_MORE: Final = 407
_LATE = N_("it did not answer completely within {seconds} seconds.")
_NO_ANSWER = N_("its server cannot be reached, or broke off.")
_NO_HTTP = N_("what its server answers is not HTTP.")
_CERTIFICATE = N_("the certificate of its server is not valid for it.")
_PROXY = N_("the proxy does not let us through ({said}). Check HELPDESK_WEB_PROXY.")
_TORN = N_("its server sent something that is packed wrongly.")
_LARGE = N_("it has more than {size} MB.")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may take: bytes after unpacking, seconds in all, and seconds of silence."""

    size: int = 50 * 1024**2
    seconds: float = 120.0
    silence: float = 20.0


@dataclass(frozen=True, slots=True)
class Response:
    """What came back; ``headers`` have names in lower case. Only an answer of 200 has a body."""

    url: Url
    status: int
    headers: Mapping[str, str]
    body: bytes = b""


Inspect = Callable[[Response], object]
"""Looks at an answer before its body is taken; raises :class:`NotFetched` to stop it."""


@dataclass(frozen=True)
class Client:
    """Asks for pages in the name of ``agent``, never with a cookie.

    It goes through the ``proxy`` that the operator has named, and through no other.
    """

    gate: Gate
    agent: str
    limits: Limits = Limits()
    clock: Callable[[], float] = field(default=time.monotonic)
    trust: "Callable[[], ssl.SSLContext]" = httpcore.default_ssl_context
    proxy: Proxy | None = None

    def begin(self) -> Deadline:
        """The moment at which a page that is asked for now must be there."""
        return Deadline(self.clock, self.clock() + self.limits.seconds)

    def get(
        self,
        url: Url,
        deadline: Deadline,
        *,
        headers: Mapping[str, str] | None = None,
        inspect: Inspect | None = None,
    ) -> Response:
        """Ask for one page; :class:`NotFetched`."""
        try:
            return self._get(url, deadline, headers or {}, inspect)
        except TooLarge as error:
            problem = Problem(_LARGE, {"size": self.limits.size // 1024**2})
            raise AddressRefused(document=str(url), problem=problem) from error

    def get_start(self, url: Url, deadline: Deadline, *, size: int) -> Response:
        """The same, but what goes beyond ``size`` bytes is cut off."""
        return self._get(url, deadline, {}, None, cut=size)

    def _get(
        self,
        url: Url,
        deadline: Deadline,
        headers: Mapping[str, str],
        inspect: Inspect | None,
        cut: int = 0,
    ) -> Response:
        check_literal(url.host, self.gate.networks, address=str(url))
        with self._translate(url), self._exchange(url, deadline, headers) as answer:
            response = Response(url, answer.status, _read_headers(answer))
            if self.proxy and response.status == _PROXY_WANTS_MORE:
                raise httpcore.ProxyError(str(_PROXY_WANTS_MORE))
            if response.status != OK:
                return response
            if inspect:
                inspect(response)
            body = self._read_body(answer, response.headers, cut)
            return Response(url, response.status, response.headers, body)

    def _read_body(self, answer: httpcore.Response, headers: Mapping[str, str], cut: int) -> bytes:
        largest = cut or self.limits.size
        said = headers.get("content-length", "")
        if not cut and said.isdecimal() and int(said[:20]) > largest:
            raise TooLarge
        chunks: Iterator[bytes] = iter(answer.iter_stream())
        try:
            return gather(chunks, headers.get("content-encoding", ""), largest=largest)
        except TooLarge as error:
            if cut:
                return error.start
            raise

    @contextmanager
    def _exchange(
        self, url: Url, deadline: Deadline, headers: Mapping[str, str]
    ) -> Iterator[httpcore.Response]:
        """A connection of its own for each request: they are seconds apart anyway."""
        silence = self.limits.silence
        sent = {
            "Host": url.authority,
            "User-Agent": self.agent,
            "Accept": "*/*",
            "Accept-Encoding": ACCEPTED,
            "Connection": "close",
        }
        waits = dict.fromkeys(("connect", "read", "write", "pool"), silence)
        with (
            self._open_pool(url, deadline) as pool,
            pool.stream(
                "GET",
                httpcore.URL(
                    scheme=url.scheme.encode(),
                    host=self._name_host(url).encode(),
                    port=None if url.port == PORTS[url.scheme] else url.port,
                    target=url.target.encode(),
                ),
                headers=[*sent.items(), *headers.items()],
                extensions={"timeout": waits},
            ) as answer,
        ):
            yield answer

    def _open_pool(self, url: Url, deadline: Deadline) -> httpcore.ConnectionPool:
        """What connects: to a number that we have checked, or to the proxy."""
        if self.proxy is None:
            return httpcore.ConnectionPool(
                ssl_context=self._certificates,
                network_backend=PinnedBackend(self.gate, deadline),
                max_connections=1,
            )
        check_behind(self.gate, url.host, url.port)
        return httpcore.HTTPProxy(
            self.proxy.url,
            proxy_auth=self.proxy.credentials,
            ssl_context=self._certificates,
            network_backend=PinnedBackend(self.proxy.open_gate(self.gate.resolve), deadline),
            max_connections=1,
        )

    def _name_host(self, url: Url) -> str:
        """The host; a proxy must be able to tell an IP address from a port."""
        return f"[{url.host}]" if self.proxy and ":" in url.host else url.host

    @contextmanager
    def _translate(self, url: Url) -> Iterator[None]:
        """The library's errors as ours, with the address of the page."""
        try:
            yield
        except NotFetched as error:
            raise readdress(error, url) from error
        except httpcore.ProxyError as error:
            problem = Problem(_PROXY, {"said": str(error)[:80]})
            raise AddressAway(document=str(url), problem=problem) from error
        except httpcore.TimeoutException as error:
            problem = Problem(_LATE, {"seconds": round(self.limits.seconds)})
            raise AddressAway(document=str(url), problem=problem) from error
        except (httpcore.NetworkError, OSError) as error:
            broken = "CERTIFICATE_VERIFY_FAILED" in str(error)
            problem = Problem(_CERTIFICATE if broken else _NO_ANSWER)
            raise AddressAway(document=str(url), problem=problem) from error
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise AddressAway(document=str(url), problem=Problem(_NO_HTTP)) from error
        except Torn as error:
            raise AddressAway(document=str(url), problem=Problem(_TORN)) from error

    @cached_property
    def _certificates(self) -> "ssl.SSLContext":
        return self.trust()


def _read_headers(answer: httpcore.Response) -> dict[str, str]:
    """The headers as text; of several with one name the first counts."""
    headers: dict[str, str] = {}
    for name, value in answer.headers:
        headers.setdefault(name.decode("latin-1").lower(), _decode(value))
    return headers


def _decode(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
