"""Lexical evidence: BM25 over words and character grams, normalised to what a question can reach.

Method: BM25 as in Lucene (Robertson and Zaragoza 2009) through bm25s. Scores are divided by the
sum of the question's IDF, so that in any language 0 means "nothing in common" and 1 "every word of
the question, once each, in a passage of average length".
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

from knowledge.normalisation import fold

if TYPE_CHECKING:
    import bm25s

_K1 = 1.5
_GRAM = 4
_LONG_WORD = 6
_RUN = re.compile(
    r"(?P<han>[\u3400-\u4dbf\u4e00-\u9fff\u3040-\u30ff\U00020000-\U0003134f]+)"
    r"|(?P<thai>[\u0e00-\u0e7f]+)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]+)"
)


def tokenise(text: str) -> list[str]:
    """Split a text for BM25.

    Han and kana give single characters and bigrams, Thai characters and trigrams, other scripts
    words and the 4-character grams of long words; numbers stay whole. Digits never swallow the
    characters after them ("2012年10月" is four tokens and more, not one).
    """
    tokens: list[str] = []
    for match in _RUN.finditer(fold(text).lower()):
        run, kind = match.group(), match.lastgroup
        if kind == "han":
            tokens += [*run, *_grams(run, 2)]
        elif kind == "thai":
            tokens += [*run, *_grams(run, 3)]
        else:
            tokens.append(run.replace(",", "") if kind == "number" else run)
            if kind == "word" and len(run) >= _LONG_WORD:
                tokens += _grams(run, _GRAM)
    return tokens


@lru_cache(maxsize=16_384)
def _vocabulary(text: str) -> frozenset[str]:
    """The tokens of a text; the same candidates come up in question after question."""
    return frozenset(tokenise(text))


def _grams(run: str, size: int) -> list[str]:
    return [run[start : start + size] for start in range(len(run) - size + 1)]


@dataclass(frozen=True, slots=True)
class LexicalScores:
    """Scores of one question: ``values`` has one number from 0 to 1 for each unit, in order."""

    values: npt.NDArray[np.float32]
    known: float
    """Share of the question's tokens that occur anywhere on the shelf, 0 to 1."""


class LexicalIndex:
    """BM25 over the units of a shelf (a unit is a passage's text, or variants in one language)."""

    def __init__(self, bm25: "bm25s.BM25 | None", frequency: npt.NDArray[np.int32]) -> None:
        """Use :meth:`build` or :meth:`load`. ``frequency`` counts the units that hold a token."""
        self._bm25 = bm25
        self._frequency = frequency

    @classmethod
    def build(cls, units: Sequence[str]) -> Self:
        """Index units in their order."""
        import bm25s

        tokens = [tokenise(unit) or [""] for unit in units]
        if not any(any(unit) for unit in tokens):
            return cls(None, np.zeros(0, dtype=np.int32))
        bm25 = bm25s.BM25(k1=_K1)
        bm25.index(tokens, show_progress=False)
        counts = Counter(token for unit in tokens for token in set(unit))
        frequency = np.zeros(len(bm25.vocab_dict), dtype=np.int32)
        for token, count in counts.items():
            frequency[bm25.vocab_dict[token]] = count
        return cls(bm25, frequency)

    def save(self, folder: Path) -> None:
        """Write it into an empty folder."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "frequency.npy", self._frequency)
        if self._bm25 is not None:
            self._bm25.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read it back; the large arrays stay on disk until they are used."""
        import bm25s

        frequency = np.load(folder / "frequency.npy")
        loaded = bm25s.BM25.load(folder, mmap=True, show_progress=False) if len(frequency) else None
        return cls(loaded, frequency)

    def score(self, question: str) -> LexicalScores:
        """Score every unit; see the module for the scale."""
        tokens = list(dict.fromkeys(tokenise(question)))
        if self._bm25 is None or not tokens:
            return LexicalScores(np.zeros(self.size, dtype=np.float32), 0.0)
        known = [token for token in tokens if token in self._bm25.vocab_dict]
        # A token that the shelf does not have counts as the rarest: missing it is evidence too.
        ceiling = sum(self._idf(token) for token in tokens)
        scores = self._bm25.get_scores(known) if known else np.zeros(self.size)
        return LexicalScores(
            (np.asarray(scores) * ((_K1 + 1) / ceiling)).astype(np.float32),
            len(known) / len(tokens),
        )

    @property
    def size(self) -> int:
        """How many units it holds."""
        return 0 if self._bm25 is None else int(self._bm25.scores["num_docs"])

    def share(self, question: str, texts: Iterable[str]) -> float:
        """The share of the question's IDF mass that occurs in ``texts``, 0 to 1."""
        wanted = {token: self._idf(token) for token in tokenise(question)}
        total = sum(wanted.values())
        if not total:
            return 0.0
        present = frozenset().union(*(_vocabulary(text) for text in texts))
        return sum(idf for token, idf in wanted.items() if token in present) / total

    def _idf(self, token: str) -> float:
        column = None if self._bm25 is None else self._bm25.vocab_dict.get(token)
        frequency = 0 if column is None else int(self._frequency[column])
        return float(np.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5)))
