"""The server: scripted replies over plain HTTP/1.1, each request in a thread of its own."""

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from types import TracebackType
from typing import Final, Self, cast

from ingest.web.networks import PublicNetworks

HOST: Final = "127.0.0.1"
NAME: Final = "site.test"
_POLL_SECONDS = 0.02

Pieces = Callable[[threading.Event], Iterator[bytes]]
"""Gives a body piece by piece, and stops when the event is set."""


@dataclass(frozen=True)
class Asked:
    """One request, as it arrived."""

    target: str
    host: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    """What the server answers. Without ``pieces`` the body is sent with its length."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Pieces | None = None


@dataclass(frozen=True)
class Tagged:
    """A page with an ETag: whoever has it already is told so."""

    body: bytes
    etag: str
    kind: str = "text/html; charset=utf-8"

    def __call__(self, asked: Asked) -> Reply:
        """Answer 304 to whoever names the tag."""
        headers = {"ETag": self.etag}
        if asked.headers.get("If-None-Match") == self.etag:
            return Reply(status=304, headers=headers)
        return Reply(self.body, kind=self.kind, headers=headers)


Answer = Reply | Callable[[Asked], Reply]


class WebServer:
    """The server on a free port, as a context manager. ``pages`` may change while it runs.

    A page is found by its target (``/fees.html``), or by host and target
    (``other.test/fees.html``); everything else is answered with 404. ``asked`` has the requests.
    """

    def __init__(self, certificate: Path | None = None) -> None:
        """Speak TLS if there is a certificate (with its key in the same file)."""
        self.pages: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self.over = threading.Event()
        self._server = _Server((HOST, 0), self)
        self._scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            self._scheme = "https"
        serve = partial(self._server.serve_forever, poll_interval=_POLL_SECONDS)
        self._thread = threading.Thread(target=serve, daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def url(self, target: str, host: str = NAME) -> str:
        """The address of a page."""
        return f"{self._scheme}://{host}:{self.port}{target}"

    def targets(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [one.target for one in self.asked if one.target != "/robots.txt"]

    def find(self, asked: Asked) -> Reply:
        """The reply to a request."""
        self.asked.append(asked)
        host = asked.host.partition(":")[0]
        answer = self.pages.get(f"{host}{asked.target}", self.pages.get(asked.target))
        if answer is None:
            return Reply(b"nothing here", status=404)
        return answer if isinstance(answer, Reply) else answer(asked)

    def __enter__(self) -> Self:
        """Start the thread."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End what hangs, and stop."""
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], web: WebServer) -> None:
        self.web = web
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that leave in the middle are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        web = cast("_Server", self.server).web
        asked = Asked(self.path, self.headers.get("Host", ""), dict(self.headers.items()))
        reply = web.find(asked)
        with suppress(OSError):
            self._send(reply, web.over)
        self.close_connection = True

    def _send(self, reply: Reply, over: threading.Event) -> None:
        self.send_response(reply.status)
        if reply.status != 304:  # noqa: PLR2004 - a status that has no body
            self.send_header("Content-Type", reply.kind)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.pieces is None:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        for piece in reply.pieces(over) if reply.pieces else iter([reply.body]):
            self.wfile.write(piece)
            self.wfile.flush()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the library's
        """Keep no log; ``asked`` says what was asked."""


class ServerNetwork:
    """The public internet, and the one address at which the test's server listens."""

    def allow(self, address: IPv4Address | IPv6Address) -> bool:
        """Whether it is either."""
        return str(address) == HOST or PublicNetworks().allow(address)


@dataclass
class Names:
    """A phone book: what each name stands for; ``asked`` counts how often it was looked up.

    Several answers in a list of lists are given one after the other, the last one for good.
    """

    book: dict[str, list[list[str]]] = field(default_factory=lambda: {NAME: [[HOST]]})
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, port: int) -> list[str]:
        """Look a name up; ``OSError`` for one that is not known."""
        del port
        self.asked.append(host)
        if host.replace(".", "").isdecimal():
            return [host]
        if host not in self.book:
            raise OSError(host)
        answers = self.book[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]
