"""Whether a sentence that a language model wrote is supported by what it quotes."""

from knowledge.grounding.claim import Claim, Fault
from knowledge.grounding.examination import examine, spoken_of

__all__ = ["Claim", "Fault", "examine", "spoken_of"]
