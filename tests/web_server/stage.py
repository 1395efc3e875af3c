"""A fetcher that speaks to the test's server, with a clock and a sleeper that tests set."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.web.client import Client, Limits
from ingest.web.connection import Gate
from ingest.web.fetcher import Order, Page, Validators, WebFetcher
from ingest.web.networks import Networks
from ingest.web.pacing import Pace
from ingest.web.robots import Robots
from ingest.web.scope import Scope
from ingest.web.url import Url, parse_url
from tests.fakes.clock import SetClock
from tests.web_server.server import Names, ServerNetwork, WebServer

QUICK = Limits(size=1024**2, seconds=5.0, silence=2.0)


@dataclass
class Sleeper:
    """Seconds that pass only when somebody sleeps; ``slept`` has them."""

    slept: list[float] = field(default_factory=list)
    seconds: float = 1000.0

    def clock(self) -> float:
        """The seconds now."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.seconds += seconds


@dataclass
class Stage:
    """A server, and everything that a fetcher needs to ask it."""

    server: WebServer
    folder: Path
    names: Names = field(default_factory=Names)
    networks: Networks = field(default_factory=ServerNetwork)
    clock: SetClock = field(default_factory=SetClock)
    sleeper: Sleeper = field(default_factory=Sleeper)
    limits: Limits = QUICK
    listed: tuple[str, ...] = ()

    def client(self, **changes: object) -> Client:
        """A client with real seconds for its limits."""
        gate = Gate(self.networks, self.names)
        return replace(Client(gate, "OutboundDesk/test", self.limits), **changes)  # type: ignore[arg-type]

    def pace(self) -> Pace:
        """Turns that cost no time."""
        return Pace(2.0, self.sleeper.clock, self.sleeper.sleep)

    def fetcher(self, **changes: object) -> WebFetcher:
        """A fetcher of this stage; what it knows of robots.txt lies in the folder."""
        client, pace = self.client(**changes), self.pace()
        return WebFetcher(client, Robots(client, pace, self.folder, self.clock), pace, self.clock)

    def scope(self, url: Url) -> Scope:
        """The address itself and what else is listed."""
        urls = [url, *map(parse_url, self.listed)]
        return Scope(url, frozenset((one.host, one.port) for one in urls))

    def order(self, url: str, validators: Validators = Validators()) -> Order:  # noqa: B008 - frozen
        """Ask for an address as if it were listed."""
        parsed = parse_url(url)
        return Order(parsed, self.scope(parsed), validators)

    def fetch(self, target: str, fetch: Callable[[Order], Page] | None = None) -> Page:
        """Fetch a page of the server."""
        return (fetch or self.fetcher().fetch)(self.order(self.server.url(target)))
