"""Which words of a question candidates have: read off the lexical index, not off their texts.

The index knows which of the question's tokens each unit has. Only where a unit holds more than what
is asked about (an answer beside its questions) the text is split into tokens, for those that the
unit has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from knowledge.lexical import LexicalIndex, vocabulary
from knowledge.passage import Passage
from knowledge.passage_table import LivePassage, PassageTable

_Tokens = frozenset[str]


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of the question's IDF mass that occur in a candidate, 0 to 1.

    ``whole``: anywhere in it; ``asked``: in its best single question variant; ``answer``: in its
    texts.
    """

    whole: float
    asked: float
    answer: float


@dataclass(frozen=True, slots=True)
class SharedWords:
    """``idf`` of the question's tokens, and those that each unit has by passage and language."""

    idf: Mapping[str, float]
    held: Mapping[str, Mapping[str, _Tokens]]

    @classmethod
    def of(
        cls,
        question: str,
        lexical: LexicalIndex,
        table: PassageTable,
        passages: Sequence[LivePassage],
    ) -> Self:
        """Look up the units of ``passages``, which are live."""
        rows = [table.rows[one.id] for one in passages]
        firsts = table.first_unit[np.asarray(rows, dtype=np.int64)].tolist()
        spoken = [tuple(dict.fromkeys((one.language, *one.variants))) for one in passages]
        places = [(first, len(some)) for first, some in zip(firsts, spoken, strict=True)]
        units = np.asarray([first + step for first, count in places for step in range(count)])
        tokens = iter(lexical.tokens_in(question, units.astype(np.int32)))
        held = {
            one.id: dict(zip(some, tokens, strict=False))
            for one, some in zip(passages, spoken, strict=True)
        }
        return cls(lexical.idf_of(question), held)

    def shares(self, passages: Sequence[Passage]) -> Shares:
        """What a candidate has in its passages, which are some of those looked up."""
        units = [self.held[one.id] for one in passages]
        whole = frozenset[str]().union(*(some for own in units for some in own.values()))
        answer = frozenset[str]().union(
            *(_in_text(one, own[one.language]) for one, own in zip(passages, units, strict=True))
        )
        return Shares(self._share(whole), self._asked(passages), self._share(answer))

    def _asked(self, passages: Sequence[Passage]) -> float:
        """A variant has no more than the unit that it stands in: most need no look."""
        best = 0.0
        bounded = (
            (self._share(some), language, one, some)
            for one in passages
            for language, some in self.held[one.id].items()
        )
        for bound, language, one, some in sorted(bounded, key=lambda each: -each[0]):
            if bound <= best:
                break
            lines = (asked.text for asked in one.questions if asked.language == language)
            best = max((best, *(self._share(_standing(text, some)) for text in lines)))
        return best

    def _share(self, found: _Tokens) -> float:
        if not self.idf:
            return 0.0
        missing = sum(weight for token, weight in self.idf.items() if token not in found)
        return 1.0 - missing / sum(self.idf.values())


def _in_text(passage: Passage, held: _Tokens) -> _Tokens:
    """Which of the tokens that its unit has stand in a passage's text."""
    if passage.questions:
        return _standing(passage.text, held)
    beside = _standing("\n".join((passage.provenance.title, *passage.headings)), held)
    return (held - beside) | _standing(passage.text, beside)


def _standing(text: str, tokens: _Tokens) -> _Tokens:
    """Which of these tokens a text has."""
    if not tokens:
        return tokens
    return frozenset().union(*(tokens & vocabulary(line) for line in text.split("\n")))
