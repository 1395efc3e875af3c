"""The operator's proxy, where there is no other way out.

It looks names up itself, so that we cannot say which machine it asks. What can still be checked is:
an IP address in an address, a name that means a machine of our own network by its form, and a name
of which our own network says that it is one of its machines.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import unquote, urlsplit

from ingest.problems import Problem
from ingest.web.connection import Gate, Resolve
from ingest.web.networks import IP, refuse
from ingest.web.problems import AddressRefused
from knowledge.errors import N_

_PORT: Final = 3128
_INNER: Final = frozenset(
    {"arpa", "corp", "home", "internal", "intranet", "lan", "local", "localhost"}
)
"""The last parts of names that the public internet does not have (RFC 6761, 6762, 8375; ICANN)."""
_INNER_NAME = N_("its name is that of a machine in a network of one's own.")


@dataclass(frozen=True, slots=True)
class Proxy:
    """An HTTP proxy; ``user`` is empty where it wants none."""

    host: str
    port: int
    user: str = ""
    password: str = ""

    @property
    def url(self) -> str:
        """Its address without the password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def credentials(self) -> tuple[bytes, bytes] | None:
        """What it is to be told of us."""
        return (self.user.encode(), self.password.encode()) if self.user else None

    def open_gate(self, resolve: Resolve) -> Gate:
        """The way to the proxy, wherever it is; the operator has named it."""
        return Gate(_Anywhere(), resolve)


def parse_proxy(text: str) -> Proxy | None:
    """Read ``http://user:password@host:port``; nothing for nothing."""
    if not text:
        return None
    parts = urlsplit(text)
    return Proxy(
        parts.hostname or "",
        parts.port or _PORT,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


def check_behind(gate: Gate, host: str, port: int) -> None:
    """Raise :class:`AddressRefused` for a name that leads inside as far as we can tell.

    A name that we cannot look up passes: behind a proxy only the proxy may know it.
    """
    if ("." not in host and ":" not in host) or host.rpartition(".")[2] in _INNER:
        raise AddressRefused(document=host, problem=Problem(_INNER_NAME))
    try:
        numbers = [ip_address(number) for number in gate.resolve(host, port)]
    except (OSError, ValueError):
        return
    for number in numbers:
        if not gate.networks.allow(number):
            raise refuse(host, number)


class _Anywhere:
    """Where a proxy may be."""

    def allow(self, address: IP) -> bool:  # noqa: ARG002 - the form of the port
        """Whether it may be there."""
        return True
