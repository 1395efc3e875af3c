"""How much of the public data is used. Samples are taken by index, so each run takes the same."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Every how-manieth case is used, and how many passages of a collection.

    The default is about ten minutes on two quiet cores, most of it embedding; with the embeddings
    cached it is a third of that.
    """

    questions: int = 2
    abstention_questions: int = 4
    """Each is asked eight times, and weighing the evidence costs more than a search."""
    passages: int = 160
    """Of each collection in one language; XQuAD-R always stands whole, it has 120."""
    near_misses: int = 20
    intent_questions: int = 4
    short_texts: int = 1
    intent_examples: int = 10


FULL = Limits(
    questions=1, abstention_questions=1, passages=100_000, near_misses=1, intent_questions=1
)
