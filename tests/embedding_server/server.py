"""The server: ``POST /v1/embeddings``, with faults that tests choose."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from knowledge.embedding import HashEmbedder
from tests.local_server import LocalServer, QuietHandler

MODEL, KEY = "test-embedding", "a-secret-key"
_PATH = "/v1/embeddings"

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


class EmbeddingServer(LocalServer):
    """The server in a thread, on a free port, as a context manager."""

    def __init__(self) -> None:
        """Take a port; nothing is served before the context is entered."""
        self.script = Script()
        super().__init__(_Handler)

    @property
    def url(self) -> str:
        """What HELPDESK_EMBEDDING_URL is set to."""
        return f"{self.origin}/v1"

    @property
    def asked(self) -> list[Sequence[str]]:
        """The texts of each request."""
        return [request["input"] for request in self.script.requests]


class _Handler(QuietHandler):
    def answer(self, body: bytes) -> None:
        """Answer one request for vectors."""
        script = cast("EmbeddingServer", self.server).script
        asked = json.loads(body)
        script.requests.append(asked)
        script.keys.append(self.bearer())
        failure = script.failures.pop(0) if script.failures else self._judge(script, asked)
        if failure is None:
            vectors = HashEmbedder().embed_passages(asked["input"])
            rows = [
                {"object": "embedding", "index": n, "embedding": [3 * float(x) for x in row]}
                for n, row in enumerate(vectors)
            ]
            listed = {"object": "list", "model": asked["model"], "data": script.bend(rows)}
            failure = Failure(body=json.dumps(listed).encode())
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
