"""A proxy that opens a tunnel to one port of this machine, whatever it is asked for."""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

from tests.web_server.server import HOST


class Tunnel:
    """Listens on a free port, as a context manager; ``asked`` has the heads of the requests."""

    def __init__(self, port: int, answer: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> None:
        """Lead to this port after this answer."""
        self.asked: list[str] = []
        self._to, self._answer = port, answer
        self._listening = socket.create_server((HOST, 0))

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{HOST}:{self._listening.getsockname()[1]}"

    def __enter__(self) -> Self:
        """Start the thread."""
        threading.Thread(target=self._run, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        self._listening.close()

    def _run(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), client, socket.create_connection((HOST, self._to)) as server:
            self.asked.append(client.recv(4096).decode())
            client.sendall(self._answer)
            back = threading.Thread(target=_pass_on, args=(server, client), daemon=True)
            back.start()
            _pass_on(client, server)
            back.join(5)


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)
