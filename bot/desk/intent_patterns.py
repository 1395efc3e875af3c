"""How the files of rules are written, and what a message looks like to them.

A file maps an intent to patterns, ``[pattern, unless]`` where other words in the message speak
against it. Words that are ``hypothetical`` ask about dangers in general or in a story, where none
is ``involved`` who is in one. ``assent`` is what whoever agrees says, ``filler`` what means nothing
besides. A pattern is a regular expression with three shorthands: ``…`` is a gap within the
sentence, ``~`` the rest of a word, and ``=`` in front means that nothing else is said. In languages
with spaces a pattern matches whole words. Messages and patterns are compared in simplified
characters and small letters, without the accents of Latin letters, with single spaces; Arabic in
the letters that people write without care for hamza and dots. The tones of Vietnamese are kept
where a message has them; without them hardly any word says what it means, and only the intents in
:data:`TOLD_WITHOUT_TONES` are read.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from knowledge.normalisation import fold
from knowledge.wordings import Wording

PRECEDENCE = (
    "danger",
    "illegal",
    "hours",
    "person",
    "personal_case",
    "complaint",
    "off_topic",
    "about",
)
"""Who wins where several match: whoever may be harmed, then who must not be helped."""
COURTESIES = ("farewell", "thanks", "greeting")
TONAL = frozenset({"vi"})
TOLD_WITHOUT_TONES = frozenset({"danger", "person", "about"})
_FILLER, _ASSENT = "filler", "assent"
_HYPOTHETICAL, _INVOLVED = "hypothetical", "involved"

_UNSPACED = {"zh": 12, "ja": 14, "ko": 20, "th": 24, "ar": 30}
"""Written without spaces, or with endings and articles joined to the word; the widest gap of each.

A word has fewer characters where it is written with fewer of them.
"""
_WIDEST = 40
_ACCENTED = re.compile("([a-z])[\u0300-\u036f]+")
_VOWELS = re.compile("[\u0640\u064b-\u0652]")
"""Those of Arabic, which are rarely written, and the stroke that only lengthens a word."""
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        "ى": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ё": "е",
        "’": "'",
        "ı": "i",
        "đ": "d",
        "ß": "ss",
        "œ": "oe",
        "æ": "ae",
    }
)
"""Letters that are no accented ones for Unicode, and are written one for another."""
_END = r"(?=\W*$)"
_AFTER, _BEFORE = r"(?<!\w)", r"(?!\w)"
_JOINED = {"ar": rf"{_AFTER}[وف]?[بلكس]?(?:ال)?"}
"""What is written as one with the beginning of a word: conjunctions, prepositions, articles."""
_NEVER = Wording("(?!)")

Pattern = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern, with what speaks against it; ``whole`` when nothing else may be said."""

    pattern: Wording
    unless: Wording
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one language; all but those of intents are found wherever they stand."""

    intents: Mapping[str, tuple[Rule, ...]]
    hypothetical: Wording
    involved: Wording
    courtesies: Mapping[str, Wording]
    assent: Wording
    filler: Wording


def plain(text: str, *, accents: bool = False) -> str:
    """Return ``text`` as patterns see it; ``accents`` keeps those of Latin letters."""
    lowered = unicodedata.normalize("NFD", fold(text).lower())
    bare = lowered if accents else _ACCENTED.sub(r"\1", lowered)
    composed = _VOWELS.sub("", unicodedata.normalize("NFC", bare))
    return " ".join(composed.translate(_ALIKE).split())


@cache
def known_languages() -> tuple[str, ...]:
    """The languages that have rules, as primary tags."""
    names = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


@cache
def read_rules(language: str, *, accents: bool = False) -> Rules:
    """Read the rules of one language, for messages in this form."""
    written = json.loads((_folder() / f"{language}.json").read_text("utf-8"))
    reader = _Reader(language, accents)
    told = TOLD_WITHOUT_TONES if language in TONAL and not accents else PRECEDENCE
    return Rules(
        intents={
            intent: tuple(reader.rules(written.get(intent, ()) if intent in told else ()))
            for intent in PRECEDENCE
        },
        hypothetical=reader.regex(written.get(_HYPOTHETICAL, ())),
        involved=reader.regex(written.get(_INVOLVED, ())),
        courtesies={kind: reader.regex(written.get(kind, ()), ended=True) for kind in COURTESIES},
        assent=reader.regex(written.get(_ASSENT, ()), ended=True),
        filler=reader.regex(written.get(_FILLER, ()), ended=True),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes regular expressions of patterns in one language."""

    language: str
    accents: bool

    def rules(self, written: Sequence[Pattern]) -> Iterator[Rule]:
        """Make rules; those without an exception become one, because one search is quicker."""
        free = [pattern for pattern in written if isinstance(pattern, str)]
        whole = [pattern.removeprefix("=") for pattern in free if pattern.startswith("=")]
        yield Rule(self.regex(whole), _NEVER, whole=True)
        yield Rule(self.regex([one for one in free if not one.startswith("=")]), _NEVER)
        for pair in written:
            if not isinstance(pair, str):
                pattern, unless = pair
                yield Rule(self.regex([pattern]), self.regex([unless]))

    def regex(self, patterns: Sequence[str], *, ended: bool = False) -> Wording:
        """One expression for any of the patterns; ``ended`` words have no endings joined on."""
        if not patterns:
            return _NEVER
        written = "|".join(self._spelled(pattern) for pattern in patterns)
        before, after = self._edges(ended=ended)
        return Wording(f"{before}(?:{written}){after}")

    def _edges(self, *, ended: bool) -> tuple[str, str]:
        """What may stand before and after a pattern."""
        if self.language in _JOINED:
            return _JOINED[self.language], _BEFORE if ended else ""
        if self.language in _UNSPACED:
            # Beside Chinese, a word in Latin letters begins and ends at letters of another kind.
            return "(?<![a-z])", "(?![a-z])"
        return _AFTER, _BEFORE

    def _spelled(self, pattern: str) -> str:
        """Write the shorthands out; gaps are set apart first, because folding changes their sign.

        A gap with spaces around it begins and ends between words.
        """
        gap = rf"[^.!?。！？;；\n]{{0,{_UNSPACED.get(self.language, _WIDEST)}}}?"
        return gap.join(self._expand(part) for part in pattern.split("…"))

    def _expand(self, part: str) -> str:
        begins, ends = part.startswith(" "), part.endswith(" ")
        written = plain(part, accents=self.accents).replace("~", r"\w*").replace("$", _END)
        return f"{_AFTER * begins}{written}{_BEFORE * ends}"


def _folder() -> Traversable:
    return files("bot.desk") / "intents" / "rules"
