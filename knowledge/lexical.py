"""Lexical evidence: BM25 over words and character grams, normalised to what a question can reach.

Method: BM25 as in Lucene (Robertson and Zaragoza 2009). Scores are divided by the
sum of the question's IDF, so that in any language 0 means "nothing in common" and 1 "every word of
the question, once each, in a passage of average length".
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import compress
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from knowledge.normalisation import fold
from knowledge.postings import K1, Postings, Terms

_GRAM = 4
_LONG_WORD = 6
_ARABIC = re.compile(r"[\u0620-\u064a]")
_JOINED = re.compile(r"^(?:[وف]?[بك]?ال|[وف]?لل|[وفبكل](?=\w{4}))(?=\w{2})")
_ARABIC_GRAM = 3
_RUN = re.compile(
    r"(?P<han>[\u3400-\u4dbf\u4e00-\u9fff\u3040-\u30ff\U00020000-\U0003134f]+)"
    r"|(?P<thai>[\u0e00-\u0e7f]+)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>(?:[^\W\d_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]"
    r"|[\u0900-\u0963\u0971-\u0dff])+)"
)
"""The signs of Indian scripts' vowels are no letters to Python, and would cut words to pieces."""
_SILENT = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")
"""Accents that stand by themselves, and vowels of Hebrew and Arabic, which are rarely written."""


def tokenise(text: str) -> list[str]:
    """Split a text for BM25.

    Han and kana give single characters and bigrams, Thai characters and trigrams, other scripts
    words and the 4-character grams of long words; Arabic words lose what is joined to their front
    (article, "and", "in", "for") and give 3-character grams, because they are inflected inside.
    Numbers stay whole. Digits never swallow the
    characters after them ("2012年10月" is four tokens and more, not one).
    """
    tokens: list[str] = []
    plain = text.lower() if text.isascii() else _SILENT.sub("", fold(text).lower())
    for match in _RUN.finditer(plain):
        run, kind = match.group(), match.lastgroup
        if kind == "han":
            tokens += [*run, *_grams(run, 2)]
        elif kind == "thai":
            tokens += [*run, *_grams(run, 3)]
        elif kind == "number":
            tokens.append(run.replace(",", ""))
        else:
            tokens += _word_tokens(run)
    return tokens


@lru_cache(maxsize=1 << 15)
def _word_tokens(word: str) -> tuple[str, ...]:
    if _ARABIC.match(word):
        stem = _JOINED.sub("", word)
        return (stem, *(_grams(stem, _ARABIC_GRAM) if len(stem) > _ARABIC_GRAM else ()))
    return (word, *(_grams(word, _GRAM) if len(word) >= _LONG_WORD else ()))


@lru_cache(maxsize=8192)
def vocabulary(line: str) -> frozenset[str]:
    """The tokens of a line; the same candidates come up in question after question.

    Tokens are interned: most lines share theirs with others.
    """
    return frozenset(map(sys.intern, tokenise(line)))


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

    def __init__(self, postings: Postings) -> None:
        """Use :meth:`build` or :meth:`load`."""
        self._postings = postings
        self._latest = ("", _Tokens({}, [], postings))

    @classmethod
    def build(cls, units: Iterable[str]) -> Self:
        """Index units in their order."""
        return cls(Postings.build(tokenise(unit) for unit in units))

    @classmethod
    def of(cls, units: Iterable[Terms]) -> Self:
        """Index units of which the tokens are counted already."""
        return cls(Postings.of(units))

    def save(self, folder: Path) -> None:
        """Write it into an empty folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self._postings.save(folder)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read it back; the postings stay on disk."""
        return cls(Postings.load(folder))

    def score(self, question: str) -> LexicalScores:
        """Score every unit; see the module for the scale."""
        asked = self._tokens(question)
        values = np.zeros(self.size, dtype=np.float32)
        if not asked.idf:
            return LexicalScores(values, 0.0)
        # A token that the shelf does not have counts as the rarest: missing it is evidence too.
        scale = (K1 + 1) / sum(asked.idf.values())
        for token, (units, weights) in asked.postings.items():
            np.add.at(values, units, weights * np.float32(asked.idf[token] * scale))
        return LexicalScores(values, len(asked.postings) / len(asked.idf))

    @property
    def size(self) -> int:
        """How many units it holds."""
        return self._postings.units

    def idf_of(self, question: str) -> Mapping[str, float]:
        """The question's tokens with their IDF."""
        return self._tokens(question).idf

    def tokens_in(self, question: str, units: npt.NDArray[np.int32]) -> Iterator[frozenset[str]]:
        """The tokens of the question that each of these units has, in their order."""
        found = self._tokens(question).postings
        has = np.zeros((len(units), len(found)), dtype=np.bool_)
        for column, (own, _) in enumerate(found.values()):
            has[:, column] = own[np.searchsorted(own, units).clip(max=len(own) - 1)] == units
        tokens = list(found)
        yield from (frozenset(compress(tokens, row)) for row in has.tolist())

    def share(self, question: str, texts: Iterable[str]) -> float:
        """The share of the question's IDF mass that occurs in ``texts``, 0 to 1."""
        wanted = self._tokens(question).idf
        if not wanted:
            return 0.0
        missing = set(wanted)
        for line in (line for text in texts for line in text.split("\n")):
            missing.difference_update(missing & vocabulary(line))
        return 1.0 - sum(wanted[token] for token in missing) / sum(wanted.values())

    def _tokens(self, question: str) -> "_Tokens":
        """The question's tokens; many things are asked about the same one."""
        latest, tokens = self._latest
        if latest != question:
            tokens = self._look_up(list(dict.fromkeys(tokenise(question))))
            self._latest = (question, tokens)
        return tokens

    def _look_up(self, tokens: Sequence[str]) -> "_Tokens":
        places = self._postings.find(tokens)
        units = self._postings.count(places)
        idf = np.log(1 + (self.size - units + 0.5) / (units + 0.5))
        return _Tokens(
            dict(zip(tokens, idf.tolist(), strict=True)), places.tolist(), self._postings
        )


@dataclass(frozen=True)
class _Tokens:
    """The tokens of a question with their IDF, and where their postings are, -1 for nowhere."""

    idf: Mapping[str, float]
    places: Sequence[int]
    _postings: Postings

    @cached_property
    def postings(self) -> Mapping[str, tuple[npt.NDArray[np.int32], npt.NDArray[np.float16]]]:
        """The units and weights of those that the shelf has."""
        found = zip(self.idf, self.places, strict=True)
        return {token: self._postings.read(place) for token, place in found if place >= 0}
