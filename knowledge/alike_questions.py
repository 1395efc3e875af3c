"""Which questions ask the same, in whatever language they are asked.

Vectors of one language lie near each other, so each has the mean of its language's questions taken
away first (:mod:`knowledge.prior`). Groups are made in one pass: a question joins the group to
whose members it is nearest on average, or begins one of its own.

Measured on the variants of the starter's FAQ with the bundled model, five for each of sixty
entries, all five in other languages (docs/decisions/0028): of the pairs that GROUPED puts together
86 % are of one entry, and 36 % of the pairs of one entry are together; at .45 it is 79 % and 45 %,
at .55 90 % and 29 %. NEAR only says who is worth asking: it passes 99 % of the questions of an
entry that is known by three variants in other languages, and 18 % of all others.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from knowledge.embedding import Embedder, Vectors
from knowledge.language import base
from knowledge.passage import QuestionVariant
from knowledge.prior import read_prior

GROUPED: Final = 0.5
NEAR: Final = 0.15
_UNCENTRED: Final = (0.85, 0.7)
"""The same two for models whose means are not known: cautious, because all lies near together."""
_QUESTION: Final = "question:"
_LEAST: Final = 1e-6


class AlikeQuestions:
    """Compares questions by an embedder; safe to share between threads."""

    def __init__(self, embedder: Embedder) -> None:
        """Use the embedder of the desk."""
        self._embedder = embedder

    def group(self, questions: Sequence[QuestionVariant]) -> list[list[int]]:
        """Put the numbers of questions that ask the same together, in their order."""
        vectors, centred = self._embed(questions)
        least = GROUPED if centred else _UNCENTRED[0]
        groups: list[list[int]] = []
        sums: list[Vectors] = []
        for number, vector in enumerate(vectors):
            nearness = [
                float(one @ vector) / len(own) for one, own in zip(sums, groups, strict=True)
            ]
            best = int(np.argmax(nearness)) if nearness else -1
            if best >= 0 and nearness[best] >= least:
                groups[best].append(number)
                sums[best] = sums[best] + vector
            else:
                groups.append([number])
                sums.append(vector)
        return groups

    def near(
        self, questions: Sequence[QuestionVariant], variants: Sequence[QuestionVariant]
    ) -> list[int]:
        """The numbers of the questions that may ask what one of the variants asks."""
        if not questions or not variants:
            return []
        vectors, centred = self._embed([*questions, *variants])
        least = NEAR if centred else _UNCENTRED[1]
        found = vectors[: len(questions)] @ vectors[len(questions) :].T
        return [int(number) for number in np.flatnonzero(found.max(axis=1) >= least)]

    def _embed(self, questions: Sequence[QuestionVariant]) -> tuple[Vectors, bool]:
        """Rows of unit length, and whether the means of languages were taken away."""
        if not questions:
            return np.zeros((0, 1), dtype=np.float32), True
        vectors = self._embedder.embed_questions([one.text for one in questions])
        prior = read_prior(self._embedder.fingerprint)
        means = {
            name.removeprefix(_QUESTION): mean
            for name, (mean, _) in prior.items()
            if name.startswith(_QUESTION)
        }
        if not means:
            return vectors, False
        rest: Vectors = np.mean(list(means.values()), axis=0, dtype=np.float32)
        known: dict[str, Vectors] = {base(name): mean for name, mean in means.items()} | means
        spoken = [
            one.language if one.language in known else base(one.language) for one in questions
        ]
        rows = vectors - np.stack([known.get(tag, rest) for tag in spoken])
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(lengths, _LEAST), dtype=np.float32), True
