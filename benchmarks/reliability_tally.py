"""What many worlds add up to, in a form that can be kept and gone on with."""

import base64
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from tests.simulation.runs import Run
from tests.simulation.verdict import Verdict

KINDS: Final = ("out_of_turn", "lost", "doubled", "out_of_order", "leaked", "claimed_twice")
_DIGEST: Final = 8
"""Bytes of a digest: among 100,000 different worlds two share one with a chance of 3 in 10^10."""


@dataclass
class Tally:
    """What many worlds add up to."""

    faults: Counter[str] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    digests: set[bytes] = field(default_factory=set)
    failed: list[tuple[int, list[str]]] = field(default_factory=list)

    def add(self, run: Run) -> None:
        """Count a world."""
        findings, verdict = run.findings, run.verdict
        self.digests.add(bytes.fromhex(run.digest))
        self.acts.update(run.acts)
        self.sums.update(
            worlds=1,
            claims=run.claims,
            deaths=len(findings.deaths),
            calls=findings.calls,
            steps=findings.steps,
            unknown=verdict.unknown,
            seconds=round(findings.seconds),
        )
        self.add_faults(run)

    def add_faults(self, run: Run) -> None:
        """Count what is wrong with a world, and nothing else of it."""
        self.faults["out_of_turn"] += len(run.findings.spoke_out_of_turn)
        self.faults["unfinished"] += bool(run.findings.ended)
        self._count(run.verdict)
        if run.faults:
            self.failed.append((run.seed, run.faults))

    def add_verdict(self, seed: int, verdict: Verdict) -> None:
        """Count a world of which only the end is known."""
        self._count(verdict)
        if verdict.faults:
            self.failed.append((seed, verdict.faults))

    def _count(self, verdict: Verdict) -> None:
        self.faults.update({kind: len(getattr(verdict, kind)) for kind in KINDS[1:]})
        self.faults["unfinished"] += verdict.parked

    def merge(self, other: "Tally") -> None:
        """Count what another process has seen."""
        for mine, theirs in ((self.faults, other.faults), (self.sums, other.sums)):
            mine.update(theirs)
        self.acts.update(other.acts)
        self.digests |= other.digests
        self.failed += other.failed

    def record(self) -> dict[str, Any]:
        """Return all of it as JSON has it; the digests as one text."""
        return {
            "faults": dict(self.faults),
            "sums": dict(self.sums),
            "acts": dict(self.acts),
            "digests": base64.b64encode(b"".join(sorted(self.digests))).decode(),
            "failed": self.failed,
        }

    @classmethod
    def restore(cls, record: Mapping[str, Any]) -> Self:
        """Make one of what :meth:`record` returned."""
        digests = base64.b64decode(record["digests"])
        return cls(
            faults=Counter(record["faults"]),
            sums=Counter(record["sums"]),
            acts=Counter(record["acts"]),
            digests={digests[at : at + _DIGEST] for at in range(0, len(digests), _DIGEST)},
            failed=[(seed, faults) for seed, faults in record["failed"]],
        )
