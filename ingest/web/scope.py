"""How far a page may lead us: to what the operator has listed, and nowhere else."""

from dataclasses import dataclass, replace
from typing import Final, Self

from ingest.problems import Problem
from ingest.web.problems import AddressRefused
from ingest.web.url import PORTS, Url
from knowledge.errors import N_

MOST_REDIRECTS: Final = 5
_STRANGER = N_("it leads to {target}, and that server is not listed; if you trust it, list that.")
_OUTSIDE = N_("it leads to {target}, which is outside of what is listed.")
_DOWNGRADE = N_("it leads from https to http ({target}), where anybody could change the text.")
_NOWHERE = N_("it leads to another address and does not say to which.")
_ROUND = N_("it leads from one address to the next without an end.")


@dataclass(frozen=True, slots=True)
class Scope:
    """``home`` is where a fetch begins, ``sites`` the hosts and ports that are listed.

    ``fence`` is the prefix below which the pages of a sitemap stay, unless they are ``listed``.
    """

    home: Url
    sites: frozenset[tuple[str, int]] = frozenset()
    fence: Url | None = None
    listed: frozenset[Url] = frozenset()

    def without_fence(self, home: Url) -> Self:
        """The same for a page that belongs to the server, such as robots.txt."""
        return replace(self, home=home, fence=None)

    def follow(self, at: Url, location: str) -> Url:
        """Where the redirect leads; :class:`AddressRefused` if we do not go there."""
        if not location.strip():
            raise AddressRefused(document=str(at), problem=Problem(_NOWHERE))
        target = at.join(location.strip())
        reason = self._find_fault(at, target)
        if reason:
            problem = Problem(reason, {"target": str(target)})
            raise AddressRefused(document=str(self.home), problem=problem)
        return target

    def _find_fault(self, at: Url, target: Url) -> str:
        if (at.scheme, target.scheme) == ("https", "http"):
            return _DOWNGRADE
        at_home = target.host == self.home.host and target.port in {
            self.home.port,
            *PORTS.values(),
        }
        if not at_home and (target.host, target.port) not in self.sites:
            return _STRANGER
        if self.fence and not target.is_below(self.fence) and target not in self.listed:
            # The same page by https instead of http has not left the prefix.
            secure = replace(self.fence, scheme=target.scheme, port=target.port)
            if target.host != self.fence.host or not target.is_below(secure):
                return _OUTSIDE
        return ""

    def refuse_round(self) -> AddressRefused:
        """What to say when there were too many redirects."""
        return AddressRefused(document=str(self.home), problem=Problem(_ROUND))
