"""Which questions ask the same, in whatever language they are asked.

Compared are vectors without the mean of their language (:mod:`knowledge.question_vectors`), and
what the questions name and ask for (:mod:`knowledge.question_signs`); groups are those of average
linkage. What it finds, and what plain cosines find, is measured by ``python -m benchmarks.alike``,
and who is told by ``python -m benchmarks.waiting`` (docs/decisions/0028).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.embedding import Embedder
from knowledge.linkage import link
from knowledge.passage import QuestionVariant
from knowledge.question_signs import READ_FROM, QuestionSigns
from knowledge.question_vectors import embed_centred

GROUPED: Final = 0.48
DOUBTFUL: Final = 0.25
NEAR: Final = 0.15
_UNCENTRED: Final = (0.85, 0.78, 0.7)
"""The same three for models whose means are not known: cautious, because all lies near together."""

_Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NearQuestion:
    """The number of a question that may ask the same as some others.

    ``is_doubtful``: so near that a person should look whether it does.
    """

    number: int
    is_doubtful: bool


class AlikeQuestions:
    """Compares questions by an embedder; safe to share between threads."""

    def __init__(self, embedder: Embedder) -> None:
        """Use the embedder of the desk."""
        self._embedder = embedder

    def group(self, questions: Sequence[QuestionVariant]) -> list[list[int]]:
        """Put the numbers of questions that ask the same together, in their order."""
        likeness, centred = self._compare(questions, questions)
        return link(likeness, least=GROUPED if centred else _UNCENTRED[0])

    def near(
        self, questions: Sequence[QuestionVariant], variants: Sequence[QuestionVariant]
    ) -> list[NearQuestion]:
        """The questions that may ask what one of the variants asks, the nearest first."""
        if not questions or not variants:
            return []
        likeness, centred = self._compare(questions, variants)
        doubtful, least = (DOUBTFUL, NEAR) if centred else _UNCENTRED[1:]
        best = likeness.max(axis=1)
        return [
            NearQuestion(int(number), bool(best[number] >= doubtful))
            for number in np.argsort(-best, kind="stable")
            if best[number] >= least
        ]

    def _compare(
        self, questions: Sequence[QuestionVariant], others: Sequence[QuestionVariant]
    ) -> tuple[_Matrix, bool]:
        """How alike each is to each of the others, and whether means were taken away."""
        together = [*questions, *(others if others is not questions else ())]
        vectors, centred = embed_centred(self._embedder, together)
        rows = vectors[: len(questions)]
        beside = vectors[-len(others) :] if others is not questions else rows
        likeness: _Matrix = (rows @ beside.T).astype(np.float64)
        if centred:
            _add_signs(likeness, questions, others)
        return likeness, centred


def _add_signs(
    likeness: _Matrix, questions: Sequence[QuestionVariant], others: Sequence[QuestionVariant]
) -> None:
    """Add how far the signs of each pair agree, where they lie near enough for it to matter."""
    known = {one: QuestionSigns.of(one) for one in {*questions, *others}}
    signs, beside = ([known[one] for one in some] for some in (questions, others))
    among = questions is others
    for row, column in np.argwhere(np.triu(likeness, 1 if among else -len(signs)) >= READ_FROM):
        likeness[row, column] += signs[row].agreement(beside[column])
        if among:
            likeness[column, row] = likeness[row, column]
