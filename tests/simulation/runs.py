"""Runs of worlds: what one seed gives, and what many of them add up to."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from bot.desk.ports import UnitOfWorkFactory
from tests.simulation.audit import audit
from tests.simulation.script import Script
from tests.simulation.storage import Shelf
from tests.simulation.verdict import Verdict
from tests.simulation.world import Findings, World

Breakage = Callable[[UnitOfWorkFactory], UnitOfWorkFactory]


@dataclass(frozen=True)
class Run:
    """What came of one world."""

    seed: int
    findings: Findings
    verdict: Verdict
    trace: tuple[str, ...]
    screens: tuple[str, ...]
    claims: int
    acts: tuple[str, ...]

    @property
    def faults(self) -> list[str]:
        """Everything that must not be; nothing in a good world."""
        return count_faults(self.findings, self.verdict)

    @property
    def digest(self) -> str:
        """Two worlds with the same digest went the same way and ended the same."""
        told = "\n".join((*self.trace, *self.screens, *self.faults))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def count_faults(findings: Findings, verdict: Verdict) -> list[str]:
    """Everything that must not be, a line each."""
    spoken = [f"out of turn: {text}" for text in findings.spoke_out_of_turn]
    ended = [findings.ended] if findings.ended else []
    return [*spoken, *ended, *verdict.faults]


def play(
    seed: int,
    shelf: Shelf,
    *,
    script: Script | None = None,
    storm: float | None = None,
    breakage: Breakage = lambda units: units,
) -> Run:
    """Run the world of a seed; ``breakage`` spoils the storage that the product is given."""
    with shelf.storage() as units:
        world = World(seed, breakage(units), script=script, storm=storm)
        findings = world.run()
        return Run(
            seed=seed,
            findings=findings,
            verdict=audit(world.cast, units),
            trace=tuple(world.trace),
            screens=tuple(_screens(world)),
            claims=world.ledger.claims,
            acts=tuple(world.cast.done),
        )


def _screens(world: World) -> list[str]:
    people = world.telegram.people
    chats = [*world.cast.ids.values(), world.telegram.group]
    return [
        f"{chat} {m.id} {m.thread_id} {m.content.text!r} {sorted(m.reactions.values())}"
        for chat in chats
        for m in people.chat_of(chat).messages.values()
    ]
