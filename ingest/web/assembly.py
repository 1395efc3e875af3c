"""Puts the parts together that fetch from the real web."""

from collections.abc import Callable
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from ingest.web.archive import Archive
from ingest.web.client import Client
from ingest.web.connection import Gate
from ingest.web.fetcher import WebFetcher
from ingest.web.networks import PublicNetworks
from ingest.web.pacing import Pace
from ingest.web.proxy import parse_proxy
from ingest.web.robots import NAME, Robots


def open_gate() -> Gate:
    """The way to the public internet, and to nothing else; no setting opens it further.

    A proxy that the operator names looks names up itself; see :mod:`ingest.web.proxy`.
    """
    return Gate(PublicNetworks())


def make_client(gate: Gate, *, contact: str, proxy: str = "") -> Client:
    """A client that names itself to servers, and goes through the proxy if there is one."""
    return Client(gate, name_agent(contact), proxy=parse_proxy(proxy))


def make_fetcher(
    archive: Archive, client: Client, *, now: Callable[[], datetime], pace: Pace
) -> WebFetcher:
    """A fetcher that keeps the rules of sites in the archive."""
    return WebFetcher(client, Robots(client, pace, archive.robots, now), pace, now)


def name_agent(contact: str) -> str:
    """What we call ourselves, and how we are reached."""
    try:
        number = version("outbound-desk")
    except PackageNotFoundError:
        number = "0"
    return f"{NAME}/{number} (+{contact})" if contact else f"{NAME}/{number}"
