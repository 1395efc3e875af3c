"""What sites ask of programs that visit them: robots.txt (RFC 9309)."""

import hashlib
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ingest.problems import Problem
from ingest.web.client import OK, Client, Response
from ingest.web.connection import Deadline
from ingest.web.pacing import Pace
from ingest.web.problems import AddressAway, AddressRefused, NotFetched, RobotsRefuse
from ingest.web.scope import MOST_REDIRECTS, Scope
from ingest.web.url import Url
from knowledge.durable import write_durably
from knowledge.errors import N_

if TYPE_CHECKING:
    from protego import Protego

NAME: Final = "OutboundDesk"
"""What robots.txt calls us."""

LARGEST: Final = 500 * 1024
"""Bytes of robots.txt that are read; the rest is overlooked, as the RFC allows."""

LONGEST_DELAY: Final = 60.0
"""Seconds; a site that asks for more between two requests gets this."""

_FRESH = timedelta(days=1)
_TOO_MANY = 429
_REDIRECTS = range(300, 400)
_CLIENT_ERRORS = range(400, 500)
_DISALLOWED = N_("the robots.txt of its server does not allow it.")
_UNREACHABLE = N_(
    "nothing is asked of its server for now, because its robots.txt cannot be fetched: {reason}"
)


@dataclass(slots=True)
class Robots:
    """The rules of the sites, each kept for a day in ``folder``.

    A site without the file (an answer of 4xx) allows everything, one whose file cannot be had
    (5xx, 429, no answer) nothing. ``now`` is the present moment.
    """

    client: Client
    pace: Pace
    folder: Path
    now: Callable[[], datetime]
    _known: "dict[str, Protego | NotFetched]" = field(default_factory=dict)

    def check(self, url: Url, scope: Scope, deadline: Deadline) -> float:
        """The seconds to leave between requests; :class:`RobotsRefuse`, :class:`AddressAway`."""
        rules = self._find(url, scope, deadline)
        if not rules.can_fetch(str(url), NAME):
            raise RobotsRefuse(document=str(url), problem=Problem(_DISALLOWED))
        delay = rules.crawl_delay(NAME) or 0.0
        return min(delay, LONGEST_DELAY) if math.isfinite(delay) and delay > 0 else 0.0

    def _find(self, url: Url, scope: Scope, deadline: Deadline) -> "Protego":
        """The rules of a site; each site is asked once in a run, whatever it says."""
        known = self._known.get(url.origin)
        if known is None:
            known = self._known[url.origin] = self._learn(url, scope, deadline)
        if isinstance(known, AddressRefused):
            raise AddressRefused(document=str(url), problem=known.fields["problem"]) from known
        if isinstance(known, NotFetched):
            problem = Problem(_UNREACHABLE, {"reason": known.fields["problem"]})
            raise AddressAway(document=str(url), problem=problem) from known
        return known

    def _learn(self, url: Url, scope: Scope, deadline: Deadline) -> "Protego | NotFetched":
        from protego import Protego

        try:
            text = self._read(url.origin) or self._fetch(url, scope, deadline)
        except NotFetched as error:
            return error
        return Protego.parse(text)

    def _fetch(self, url: Url, scope: Scope, deadline: Deadline) -> str:
        here = url.join("/robots.txt")
        scope = scope.without_fence(here)
        for _ in range(MOST_REDIRECTS + 1):
            deadline.put_off(self.pace.wait(here.host))
            response = self.client.get_start(here, deadline, size=LARGEST)
            self.pace.done(here.host)
            if response.status not in _REDIRECTS:
                return self._keep(url.origin, _read_rules(response))
            here = scope.follow(here, response.headers.get("location", ""))
        raise scope.refuse_round()

    def _keep(self, origin: str, text: str) -> str:
        kept = {"origin": origin, "fetched": self.now().isoformat(), "text": text}
        write_durably(self._path(origin), json.dumps(kept))
        # An empty file means the same, and is told from one that was not looked for.
        return text or "\n"

    def _read(self, origin: str) -> str:
        """The text that was kept not long ago, or nothing."""
        try:
            kept = json.loads(self._path(origin).read_text("utf-8"))
            age = self.now() - datetime.fromisoformat(kept["fetched"])
            fresh = timedelta() <= age < _FRESH and kept["origin"] == origin
            return (str(kept["text"]) or "\n") if fresh else ""
        except (OSError, ValueError, LookupError, TypeError):
            return ""

    def _path(self, origin: str) -> Path:
        return self.folder / f"{hashlib.sha256(origin.encode()).hexdigest()[:16]}.json"


def _read_rules(response: Response) -> str:
    """The rules that an answer means; :class:`AddressAway` if it means none."""
    if response.status == OK:
        return response.body.decode("utf-8-sig", "replace").replace("\0", "")
    if response.status in _CLIENT_ERRORS and response.status != _TOO_MANY:
        return ""
    problem = Problem(N_("its server answers with HTTP {status}."), {"status": response.status})
    raise AddressAway(document=str(response.url), problem=problem)
