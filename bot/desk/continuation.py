"""Whether a message only makes sense after the one before, told by its words.

Each language that we ship has its lists in ``followups``. ``openings`` and ``closings`` make a
message go on by themselves ("And for …?", "…呢"); ``pointing`` words stand for something said
before, and so may ``impersonal`` ones; ``asking`` words ask; ``light`` words carry no subject. What
is in no list is content: a message with much of it is a question of its own, however it begins.
"""

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from typing import Self

from knowledge.language import base

_LONGEST = 90
_MOST_CONTENT = 4
_MOST_ASKED = 2
"""Words of content in a message that opens as one that goes on: without a question word, with."""
_MOST_POINTING = 2
_MOST_IMPERSONAL = 1
"""The same beside "that", and beside "it", which may stand for nothing ("is it legal to …")."""
_LETTERS_A_WORD = {"zh": 2, "ja": 2, "th": 4}
"""Where no spaces divide words."""
_SYLLABLES_A_WORD = {"vi": 2}
"""Where spaces divide syllables."""
_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670]")
_WORD = re.compile(r"\w+")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_SHARED = 0.6
"""The part of a word's letters that another form of it has too."""
_KINDS = ("asking", "pointing", "impersonal", "light")


def continues(text: str, languages: Iterable[str]) -> bool:
    """Whether ``text`` goes on from what was said before, in one of the languages (BCP 47)."""
    if len(text) > _LONGEST:
        return False
    known = {base(language) for language in languages} & set(known_languages())
    folded = fold_words(text)
    return any(_load(language).continues(folded) for language in sorted(known))


def is_elliptical(text: str, languages: Iterable[str]) -> bool:
    """Whether ``text`` goes on with a word or none of its own: "and for the company?"."""
    known = {base(language) for language in languages} & set(known_languages())
    folded = fold_words(text)
    return any(_load(language).is_elliptical(folded) for language in sorted(known))


@cache
def known_languages() -> tuple[str, ...]:
    """The languages that have a list, as primary tags."""
    names = (each.name for each in files("bot.desk").joinpath("followups").iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


def light_words(language: str) -> frozenset[str]:
    """Words that carry no subject in a language, folded; none for a language without a list."""
    if base(language) not in known_languages():
        return frozenset()
    stored = _read(base(language))
    return frozenset(fold_words(word) for kind in stored for word in stored[kind])


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of one language, and how many letters (0: any) and syllables make a word."""

    opening: re.Pattern[str]
    closing: re.Pattern[str]
    known: re.Pattern[str]
    kinds: Mapping[str, str]
    stems: Sequence[tuple[re.Pattern[str], str]]
    size: int
    syllables: int

    @classmethod
    def of(cls, language: str) -> Self:
        """Read the lists of a language."""
        stored = _read(language)
        spaced = language not in _LETTERS_A_WORD
        ordered = reversed(_KINDS)  # a word of two kinds is of the first
        kinds = {fold_words(word): kind for kind in ordered for word in stored.get(kind, ())}
        end = "" if language in {*_LETTERS_A_WORD, "ko"} else r"(?<!\w)"
        return cls(
            opening=re.compile(rf"^\W*{_any(map(fold_words, stored['openings']), spaced=spaced)}"),
            closing=re.compile(
                rf"{end}{_any(map(fold_words, stored['closings']), spaced=False)}\W*$"
            ),
            known=re.compile(_any(kinds, spaced=spaced)),
            kinds={word: kind for word, kind in kinds.items() if "*" not in word},
            stems=tuple((re.compile(_entry(w)), kind) for w, kind in kinds.items() if "*" in w),
            size=_LETTERS_A_WORD.get(language, 0),
            syllables=_SYLLABLES_A_WORD.get(language, 1),
        )

    def continues(self, text: str) -> bool:
        """Judge a folded text."""
        opened = self.opening.match(text)
        rest = text[opened.end() :] if opened else text
        closed = self.closing.search(rest)
        content = self._content(rest)
        found = self._count(rest)
        # こんにちは ends like a word that goes on, and says nothing.
        if opened or (closed and (content or found.total() > found["light"])):
            asks = self._count(rest[: closed.start()] if closed else rest)["asking"]
            return content <= (_MOST_ASKED if asks else _MOST_CONTENT)
        if found["pointing"] and content <= _MOST_POINTING:
            return True
        if found["impersonal"] and content <= _MOST_IMPERSONAL:
            return True
        return bool(found["asking"]) and content == 0

    def is_elliptical(self, text: str) -> bool:
        """Whether a folded text opens or ends as one that goes on, and asks for nothing itself."""
        opened = self.opening.match(text)
        rest = text[opened.end() :] if opened else text
        marked = opened or self.closing.search(rest)
        return bool(marked) and self._content(rest) <= 1 and not self._count(rest)["asking"]

    def _count(self, text: str) -> "Counter[str]":
        """How many words of each kind there are."""
        return Counter(self._kind(match.group()) for match in self.known.finditer(text))

    def _kind(self, word: str) -> str:
        if word in self.kinds:
            return self.kinds[word]
        return next((kind for stem, kind in self.stems if stem.fullmatch(word)), "light")

    def _content(self, text: str) -> int:
        """How many words are in no list."""
        left = _WORD.findall(self.known.sub(" ", text))
        if not self.size:
            return -(-len(left) // self.syllables)
        letters = sum(1 for word in left for character in word if not character.isdigit())
        return -(-letters // self.size)


@cache
def _load(language: str) -> _Words:
    return _Words.of(language)


@cache
def _read(language: str) -> Mapping[str, Sequence[str]]:
    path = files("bot.desk").joinpath("followups", f"{language}.json")
    stored: Mapping[str, Sequence[str]] = json.loads(path.read_text(encoding="utf-8"))
    return stored


def _any(words: Iterable[str], *, spaced: bool) -> str:
    """A pattern for any of the words, longer ones first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(_bounded(word) if spaced else _entry(word) for word in ordered) + ")"


def _bounded(word: str) -> str:
    # "l'" is followed by a word without a space.
    return rf"(?<!\w){_entry(word)}" + ("" if word.endswith("'") else r"(?!\w)")


def _entry(word: str) -> str:
    """One entry; a star stands for any letters."""
    return re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")


def fold_words(text: str) -> str:
    """One form for words that are written with or without capitals and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("đ", "d"))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", plain))


def is_form_of_any(word: str, others: Iterable[str]) -> bool:
    """Whether a word shares most of its letters with another: виза and визу, 비자는 and 비자가."""
    known = set(others)
    if word in known:
        return True
    least = max(2 if _HANGUL.search(word) else 3, math.ceil(_SHARED * len(word)))
    return any(_longest_common(word, other) >= least for other in known)


def _longest_common(one: str, other: str) -> int:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.find_longest_match().size
