"""What two questions name and ask for, whatever their languages: signs that they ask the same.

Vectors say what questions are about; whether one asks for K visas and the other for Z visas, or one
what it costs and the other how long it takes, they hardly show. Names, terms of the field and kinds
of answers are known by the same keys in every language.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

from knowledge.asked_kind import Kind, mentioned_kinds
from knowledge.glossary import concepts, matters
from knowledge.passage import QuestionVariant
from knowledge.subjects import name_subjects

_Keys = frozenset[str]


class _Weights(NamedTuple):
    most_shared: int
    shared: float
    most_apart: int
    apart: float


# Each is added to a cosine: the most of it counts, a weight for each that is shared, and one for
# each that only one of the two has. Chosen on half of the starter's entries and on one half of
# benchmarks/waiting_questions.json.
_NAMED = _Weights(2, 0.02, 3, -0.02)
_TERMS = _Weights(3, 0.02, 4, -0.015)
_MATTERS = _Weights(2, 0.05, 3, -0.025)
_KINDS = _Weights(2, 0.03, 0, 0.0)
_OTHER_NAME = -0.06
"""For each kind of name of which both have one, and not the same."""
_OTHER_KIND = -0.03

READ_FROM: Final = 0.2
"""Of questions whose cosine is less, signs bring none together: they need not be read."""


@dataclass(frozen=True, slots=True)
class QuestionSigns:
    """What one question names (but for where somebody comes from), uses and asks for."""

    named: _Keys
    terms: _Keys
    matters: _Keys
    kinds: _Keys

    @classmethod
    def of(cls, question: QuestionVariant) -> Self:
        """Read them from its words."""
        text, language = question.text, question.language
        subjects = name_subjects(text, language)
        return cls(
            named=subjects.tags - subjects.origins,
            terms=concepts(text, language),
            matters=matters(text, language),
            # Whether something may be done is asked in all forms.
            kinds=frozenset(mentioned_kinds(text) - {Kind.PERMISSION}),
        )

    def agreement(self, other: Self) -> float:
        """What to add to the cosine of the two: more than 0 if they agree, less if they do not."""
        return sum(self._weigh(other))

    def _weigh(self, other: Self) -> Iterator[float]:
        yield _compare(self.named, other.named, _NAMED)
        yield _compare(self.terms, other.terms, _TERMS)
        yield _compare(self.matters, other.matters, _MATTERS)
        yield _compare(self.kinds, other.kinds, _KINDS)
        yield _OTHER_NAME * _count_clashes(self.named, other.named)
        if self.kinds and other.kinds and not self.kinds & other.kinds:
            yield _OTHER_KIND


def _compare(one: _Keys, other: _Keys, weights: _Weights) -> float:
    shared = min(len(one & other), weights.most_shared)
    apart = min(len(one ^ other), weights.most_apart)
    return shared * weights.shared + apart * weights.apart


def _count_clashes(one: _Keys, other: _Keys) -> int:
    """Kinds of names (``visa:``, ``country:``) that both have, none of them the same."""
    if not one or not other:
        return 0
    both = {_kind_of(key) for key in one} & {_kind_of(key) for key in other}
    return len(both - {_kind_of(key) for key in one & other})


def _kind_of(key: str) -> str:
    return key.partition(":")[0]
