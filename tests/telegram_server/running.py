"""Running the server: in a thread for tests, or in the foreground by hand."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from types import TracebackType
from typing import Self, cast

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


def _bind(port: int) -> socket.socket:
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((_HOST, port))
    return bound


class RunningServer:
    """A server in a thread, on a free port, as a context manager."""

    def __init__(
        self, *, token: str = DEFAULT_TOKEN, clock: Clock | None = None, port: int = 0
    ) -> None:
        self.server = TelegramServer(clock=clock)
        self.bot = self.server.add_bot(token)
        self.people = People(self.server, self.bot)
        self._socket = _bind(port)
        self._port = int(self._socket.getsockname()[1])
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
        return f"http://{_HOST}:{self._port}"

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

    def refuse_connections(self) -> None:
        """Close the port and all connections, as a server that is down; its queues are kept."""
        self.server.restart()
        self._in_loop(self._close_port())

    def accept_connections(self) -> None:
        """Open the same port again."""
        self._in_loop(self._open_port())

    def _in_loop(self, work: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_STOP_SECONDS)

    @property
    def _loop(self) -> asyncio.AbstractEventLoop:
        return self._uvicorn.servers[0].get_loop()

    async def _close_port(self) -> None:
        for listening in self._uvicorn.servers:
            listening.close()
        for connection in list(self._uvicorn.server_state.connections):
            if connection.transport is not None:
                connection.transport.abort()

    async def _open_port(self) -> None:
        server = self._uvicorn
        protocol = cast("Callable[..., asyncio.Protocol]", server.config.http_protocol_class)
        make = partial(
            protocol,
            config=server.config,
            server_state=server.server_state,
            app_state=server.lifespan.state,
            _loop=self._loop,
        )
        self._socket = _bind(self._port)
        server.servers = [await self._loop.create_server(make, sock=self._socket)]

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
