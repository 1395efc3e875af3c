"""The server: ``POST /v1/embeddings``, with faults that tests choose."""

import json
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self, cast

from knowledge.embedding import HashEmbedder

HOST = "127.0.0.1"
MODEL, KEY = "test-embedding", "a-secret-key"
_PATH = "/v1/embeddings"
_POLL_SECONDS = 0.02

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Failure:
    """What is answered instead of vectors; ``closed``: the connection ends without a word."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    closed: bool = False


@dataclass(slots=True)
class Script:
    """What the server does, and what it was asked; tests change it while it runs.

    ``failures`` are used up one by one; ``bend`` changes the rows of every answer. Like the real
    ones it refuses an empty text, and more texts at once than ``most``.
    """

    failures: list[Failure] = field(default_factory=list)
    bend: Callable[[Rows], object] = lambda rows: rows
    most: int = 64
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


class EmbeddingServer:
    """The server in a thread, on a free port, as a context manager."""

    def __init__(self) -> None:
        """Take a port; nothing is served before the context is entered."""
        self.script = Script()
        self._server = _Server((HOST, 0), self.script)
        serve = partial(self._server.serve_forever, poll_interval=_POLL_SECONDS)
        self._thread = threading.Thread(target=serve, daemon=True)

    @property
    def url(self) -> str:
        """What HELPDESK_EMBEDDING_URL is set to."""
        return f"http://{HOST}:{self._server.server_address[1]}/v1"

    @property
    def asked(self) -> list[Sequence[str]]:
        """The texts of each request."""
        return [request["input"] for request in self.script.requests]

    def __enter__(self) -> Self:
        """Start the thread."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], script: Script) -> None:
        self.script = script
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Answer one request."""
        script = cast("_Server", self.server).script
        asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        script.requests.append(asked)
        script.keys.append(self.headers.get("Authorization", "").removeprefix("Bearer "))
        with suppress(OSError):  # whoever asked has gone
            self._answer(script, asked)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: what goes wrong here is meant to."""

    def _answer(self, script: Script, asked: dict[str, Any]) -> None:
        failure = script.failures.pop(0) if script.failures else self._judge(script, asked)
        if failure is None:
            vectors = HashEmbedder().embed_passages(asked["input"])
            rows = [
                {"object": "embedding", "index": n, "embedding": [3 * float(x) for x in row]}
                for n, row in enumerate(vectors)
            ]
            body = {"object": "list", "model": asked["model"], "data": script.bend(rows)}
            failure = Failure(body=json.dumps(body).encode())
        if failure.closed:
            self.close_connection = True
            return
        self.send_response(failure.status)
        for name, value in failure.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(failure.body)))
        self.end_headers()
        self.wfile.write(failure.body)

    def _judge(self, script: Script, asked: dict[str, Any]) -> Failure | None:
        """What a real service would refuse."""
        if self.path != _PATH or asked["model"] != MODEL:
            return Failure(404)
        if script.keys[-1] != KEY:
            return Failure(401)
        texts = asked["input"]
        if not texts or len(texts) > script.most or not all(texts):
            return Failure(400)
        return None
