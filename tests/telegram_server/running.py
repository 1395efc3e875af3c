"""Running the server: in a thread for tests, or in the foreground by hand."""

import socket
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import uvicorn
from starlette.routing import Route

from tests.telegram_server.app import create_app
from tests.telegram_server.clock import Clock
from tests.telegram_server.people import People
from tests.telegram_server.server import TelegramServer

DEFAULT_TOKEN = "123456:TEST"  # noqa: S105 - made up
_HOST = "127.0.0.1"
_START_SECONDS = 10.0
_STOP_SECONDS = 5.0


def make_uvicorn(
    server: TelegramServer,
    *,
    port: int = 0,
    log_level: str = "critical",
    more: Sequence[Route] = (),
) -> uvicorn.Server:
    """Prepare the web server; dropped connections are planned, so it logs next to nothing."""
    config = uvicorn.Config(
        create_app(server, more),
        host=_HOST,
        port=port,
        log_level=log_level,
        lifespan="on",
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


class RunningServer:
    """A server in a thread, on a free port, as a context manager."""

    def __init__(
        self, *, token: str = DEFAULT_TOKEN, clock: Clock | None = None, port: int = 0
    ) -> None:
        self.server = TelegramServer(clock=clock)
        self.bot = self.server.add_bot(token)
        self.people = People(self.server, self.bot)
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((_HOST, port))
        self._uvicorn = make_uvicorn(self.server)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def add_routes(self, routes: Sequence[Route]) -> None:
        """Serve more than a Bot API server does; to be called before the start."""
        self._uvicorn = make_uvicorn(self.server, more=routes)

    @property
    def token(self) -> str:
        """The token of the first bot."""
        return self.bot.token

    @property
    def root_url(self) -> str:
        """The address of the server."""
        return f"http://{_HOST}:{self._socket.getsockname()[1]}"

    @property
    def base_url(self) -> str:
        """What PTB calls base_url."""
        return f"{self.root_url}/bot"

    @property
    def base_file_url(self) -> str:
        """What PTB calls base_file_url."""
        return f"{self.root_url}/file/bot"

    def _run(self) -> None:
        self._uvicorn.run(sockets=[self._socket])

    def start(self) -> None:
        """Start the thread and wait until the server listens."""
        self._thread.start()
        deadline = time.monotonic() + _START_SECONDS
        while not self._uvicorn.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                text = "the local Bot API server did not start"
                raise RuntimeError(text)
            time.sleep(0.002)

    def stop(self, *, wait: bool = True) -> None:
        """Stop the server, ending polls under way; its thread may end a little later."""
        self._uvicorn.should_exit = True
        self.server.restart()
        if wait:
            self._thread.join(_STOP_SECONDS)
            self._socket.close()

    def __enter__(self) -> Self:
        """Start the server."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the server."""
        self.stop()
