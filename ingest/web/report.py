"""What became of the addresses in one run, for the doors to show."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ingest.web.records import Doubt
from knowledge.errors import HelpdeskError


class Outcome(StrEnum):
    """What became of one address."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DOUBTED = "doubted"
    RETIRED = "retired"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Visit:
    """One address that was asked, or that went. ``kept``: an earlier version stays on the shelf.

    ``held``: all of it is held back until a person decides. ``moved`` is where the page is now for
    good, if that is not where the list says.
    """

    url: str
    outcome: Outcome
    due: datetime
    error: HelpdeskError | None = None
    doubt: Doubt | None = None
    kept: bool = False
    held: bool = False
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Overflow:
    """A sitemap names more pages below its prefix than are fetched."""

    url: str
    named: int
    most: int


@dataclass(frozen=True, slots=True)
class RoundReport:
    """A run. ``waiting`` addresses were not due; ``next_due`` is when the first one is."""

    visits: tuple[Visit, ...] = ()
    waiting: int = 0
    overflows: tuple[Overflow, ...] = ()
    next_due: datetime | None = None

    def counts(self) -> Mapping[Outcome, int]:
        """How many addresses had each outcome."""
        return Counter(visit.outcome for visit in self.visits)

    @property
    def exit_code(self) -> int:
        """1 if anything needs a look: an address that failed, or one that is in doubt."""
        troubled = {Outcome.FAILED, Outcome.DOUBTED}
        return 1 if any(visit.outcome in troubled for visit in self.visits) else 0

    def as_json(self) -> dict[str, object]:
        """The report in values that JSON knows; reasons are in English."""
        return {
            "visits": [_visit_as_json(visit) for visit in self.visits],
            "waiting": self.waiting,
            "overflows": [
                {"url": one.url, "named": one.named, "most": one.most} for one in self.overflows
            ],
            "next_due": self.next_due.isoformat() if self.next_due else None,
        }


def _visit_as_json(visit: Visit) -> dict[str, object]:
    said: dict[str, object] = {
        "url": visit.url,
        "outcome": visit.outcome,
        "due": visit.due.isoformat(),
        "kept": visit.kept,
    }
    if visit.error:
        said |= {"code": visit.error.code, "reason": str(visit.error)}
    if visit.doubt:
        said["doubt"] = visit.doubt
    if visit.moved:
        said["moved"] = visit.moved
    return said
