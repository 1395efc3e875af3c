"""An examiner that finds what a test tells it to find."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.generation.checking import Nearness
from knowledge.grounding import Claim, Fault
from knowledge.passage import Passage


@dataclass(slots=True)
class ScriptedExaminer:
    """Finds a fault in claims that contain one of ``wrong``; it keeps all claims."""

    wrong: Sequence[str] = ()
    claims: list[Claim] = field(default_factory=list)

    def __call__(
        self,
        claim: Claim,
        sources: Sequence[Passage],
        *,
        question: str,
        nearness: Nearness | None,
    ) -> tuple[Fault, ...]:
        del question, nearness
        self.claims.append(claim)
        assert claim.quote in sources[claim.source - 1].text
        return (Fault.FIGURES,) if any(part in claim.text for part in self.wrong) else ()
