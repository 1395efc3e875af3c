"""What the stand-ins for services share: a server in a thread, on 127.0.0.1."""

import sys
import threading
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

HOST = "127.0.0.1"
_POLL_SECONDS = 0.02


class LocalServer(ThreadingHTTPServer):
    """Serves in a thread of its own, as a context manager; port 0 takes a free one."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, handler: type[BaseHTTPRequestHandler], *, port: int = 0) -> None:
        super().__init__((HOST, port), handler)
        serve = partial(self.serve_forever, poll_interval=_POLL_SECONDS)
        self._thread = threading.Thread(target=serve, daemon=True)

    @property
    def origin(self) -> str:
        """The address without a path."""
        return f"http://{HOST}:{self.server_address[1]}"

    def __enter__(self) -> Self:
        """Start the thread."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.shutdown()
        self.server_close()
        self._thread.join(5)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the base class's
        """Say nothing of whoever has gone before reading on: a command that ended may do so."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class QuietHandler(BaseHTTPRequestHandler):
    """Speaks HTTP/1.1 and says nothing on stderr: what goes wrong here is meant to."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""

    def do_POST(self) -> None:
        """Answer one request."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with suppress(OSError):  # whoever asked has gone
            self.answer(body)

    def answer(self, body: bytes) -> None:
        """Answer what was posted."""
        raise NotImplementedError

    def bearer(self) -> str:
        """The key that came with the request, or ""."""
        return self.headers.get("Authorization", "").removeprefix("Bearer ")
