"""Connections that lead where they were checked to lead, and end when their time is over.

The name of a server is looked up once, by us; every number found is checked; and the connection
goes to one of those numbers. Nothing looks the name up a second time, so there is no moment in
which it could come to mean another machine (DNS rebinding). TLS still checks the name.
"""

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

import httpcore

from ingest.problems import Problem
from ingest.web.networks import IP, Networks, refuse
from ingest.web.problems import AddressAway
from knowledge.errors import N_

Resolve = Callable[[str, int], Sequence[str]]
"""Takes a host and a port and gives IP addresses; raises ``OSError``."""

_MOST_TRIED = 4
_LAST_TRY = 3.0
"""Seconds that are left at least for the last of several numbers of a name."""


def resolve(host: str, port: int) -> list[str]:
    """What the operating system knows of a name, best first."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


@dataclass(slots=True)
class Deadline:
    """A moment on a clock that never runs backwards, in seconds."""

    clock: Callable[[], float]
    end: float

    def left(self) -> float:
        """The seconds until then; raises ``httpcore.ReadTimeout`` when there are none."""
        left = self.end - self.clock()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left

    def put_off(self, seconds: float) -> None:
        """Move it by the seconds that we have waited of our own will."""
        self.end += seconds


@dataclass(frozen=True, slots=True)
class Gate:
    """Finds the numbers of a server, and lets none pass that may not be asked."""

    networks: Networks
    resolve: Resolve = resolve

    def find(self, host: str, port: int) -> list[IP]:
        """The numbers to connect to; :class:`AddressRefused`, :class:`AddressAway`.

        One number that is not public closes the name: it is either a machine of our own network,
        or somebody is trying how to reach one.
        """
        try:
            numbers = [ip_address(number) for number in self.resolve(host, port)]
        except (OSError, ValueError) as error:
            raise AddressAway(document=host, problem=Problem(_NO_NAME, {"host": host})) from error
        if not numbers:
            raise AddressAway(document=host, problem=Problem(_NO_NAME, {"host": host}))
        for number in numbers:
            if not self.networks.allow(number):
                raise refuse(host, number)
        return numbers[:_MOST_TRIED]


_NO_NAME = N_("there is no server with the name {host}, or names cannot be looked up now.")


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to checked numbers only."""

    def __init__(self, gate: Gate, deadline: Deadline) -> None:
        """Ask the gate for each connection; end every wait with the deadline."""
        self._gate = gate
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - the form of the library
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Try the numbers of the host one after the other."""
        numbers = self._gate.find(host, port)
        for number in numbers[:-1]:
            limit = min(_within(self._deadline, timeout), max(_LAST_TRY, (timeout or 0) / 2))
            try:
                return self._connect(number, port, limit, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(numbers[-1], port, _within(self._deadline, timeout), socket_options)

    def _connect(
        self, number: IP, port: int, timeout: float, options: Iterable[Any] | None
    ) -> httpcore.NetworkStream:
        stream = self._sockets.connect_tcp(
            str(number), port, timeout=timeout, socket_options=options
        )
        return TimedStream(stream, self._deadline)


class TimedStream(httpcore.NetworkStream):
    """A stream on which no wait goes beyond the deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        """Wrap a stream."""
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there."""
        return self._stream.read(max_bytes, _within(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it."""
        self._stream.write(buffer, _within(self._deadline, timeout))

    def close(self) -> None:
        """End it."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Go on with TLS, for the name and not for the number."""
        limit = _within(self._deadline, timeout)
        return TimedStream(
            self._stream.start_tls(ssl_context, server_hostname, limit), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - the form of the library
        """What the stream knows about itself."""
        return self._stream.get_extra_info(info)


def _within(deadline: Deadline, timeout: float | None) -> float:
    left = deadline.left()
    return left if timeout is None else min(timeout, left)
