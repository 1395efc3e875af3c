"""Which wordings give an intent away: patterns in files, one file for each language.

A file maps an intent to patterns, ``[pattern, unless]`` where other words in the message speak
against it. A pattern is a regular expression with three shorthands: ``…`` is a gap within the
sentence, ``~`` the rest of a word, and ``=`` in front means that nothing else is said. In
languages with spaces a pattern matches whole words. Messages and patterns are compared in
simplified characters and small letters, without the accents of Latin letters, with single spaces.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from knowledge.language import base
from knowledge.normalisation import fold

PRECEDENCE = ("danger", "illegal", "person", "personal_case", "complaint", "off_topic", "about")
"""Who wins where several match: whoever may be harmed, then who must not be helped."""
COURTESIES = ("farewell", "thanks", "greeting")
_FILLER = "filler"

_UNSPACED = {"zh", "ja", "ko", "th", "ar"}
"""Written without spaces, or with endings and articles joined to the word."""
_GAP = r"[^.!?。！？;；\n]{0,40}?"
_NARROW_GAP = r"[^.!?。！？;；\n]{0,12}?"
_ACCENTED = re.compile("([a-z])[\u0300-\u036f]+")
_VOWELS = re.compile("[\u064b-\u0652]")
"""Those of Arabic, which are rarely written."""
_SILENT = re.compile(r"[^\w\s'👋🙏👍+*/×\u0e31-\u0e4e-]+")
_END = r"(?=\W*$)"
_AFTER, _BEFORE = r"(?<!\w)", r"(?!\w)"
_NEVER = re.compile(r"(?!)")

Pattern = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern, with what speaks against it; ``whole`` when nothing else may be said."""

    pattern: re.Pattern[str]
    unless: re.Pattern[str]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one language; ``courtesies`` and ``filler`` are found wherever they stand."""

    intents: Mapping[str, tuple[Rule, ...]]
    courtesies: Mapping[str, re.Pattern[str]]
    filler: re.Pattern[str]


def judge(text: str, language: str) -> str:
    """Return the name of the intent that the wording gives away, "" when it does not."""
    heard = plain(text)
    spoken = [_rules(name) for name in _languages(language)]
    bare, core, courtesies = _strip(heard, spoken)
    for intent in PRECEDENCE:
        if any(
            _speaks(rule, heard, (bare, core)) for rules in spoken for rule in rules.intents[intent]
        ):
            return intent
    if core or not courtesies:
        return ""
    return next(name for name in COURTESIES if name in courtesies)


def plain(text: str) -> str:
    """Return ``text`` as patterns see it."""
    lowered = fold(text).lower().replace("’", "'").replace("ё", "е")
    bare = _ACCENTED.sub(r"\1", unicodedata.normalize("NFD", lowered))
    return " ".join(_VOWELS.sub("", unicodedata.normalize("NFC", bare)).split())


def _speaks(rule: Rule, heard: str, stripped: Sequence[str]) -> bool:
    if rule.whole:
        return any(rule.pattern.fullmatch(text) for text in stripped)
    return bool(rule.pattern.search(heard)) and not rule.unless.search(heard)


def _strip(heard: str, spoken: Sequence[Rules]) -> tuple[str, str, set[str]]:
    """Take courtesies out, then filler too; what is left of both, and which courtesies."""
    present = set()
    left = " ".join(_SILENT.sub(" ", heard).split())
    for rules in spoken:
        for kind in COURTESIES:
            left, times = rules.courtesies[kind].subn(" ", left)
            present |= {kind} if times else set()
    core = left
    for rules in spoken:
        core = rules.filler.sub(" ", core)
    return _tidy(left), _tidy(core), present


def _tidy(text: str) -> str:
    return " ".join(text.replace("👋", " ").split()).strip(" -'")


@cache
def _languages(language: str) -> tuple[str, ...]:
    """Return the languages whose rules apply: all, the spoken one first.

    A short message may be taken for another language, and patterns rarely mean anything in one
    that is not theirs. Japanese and Chinese share words, so that each is only read as itself.
    """
    spoken = base(language)
    others = [name for name in _available() if {name, spoken} != {"zh", "ja"}]
    return tuple(sorted(others, key=lambda name: name != spoken))


@cache
def _available() -> tuple[str, ...]:
    names = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


@cache
def _rules(language: str) -> Rules:
    """Read and compile the rules of one language."""
    written = json.loads((_folder() / f"{language}.json").read_text("utf-8"))
    return Rules(
        intents={
            intent: tuple(_compile(written.get(intent, ()), language)) for intent in PRECEDENCE
        },
        courtesies={kind: _regex(written.get(kind, ()), language) for kind in COURTESIES},
        filler=_regex(written.get(_FILLER, ()), language),
    )


def _compile(written: Sequence[Pattern], language: str) -> Iterator[Rule]:
    """Make rules; those without an exception become one, because one search is quicker."""
    free = [pattern for pattern in written if isinstance(pattern, str)]
    whole = [pattern.removeprefix("=") for pattern in free if pattern.startswith("=")]
    yield Rule(_regex(whole, language), _NEVER, whole=True)
    yield Rule(_regex([one for one in free if not one.startswith("=")], language), _NEVER)
    for pair in written:
        if not isinstance(pair, str):
            pattern, unless = pair
            yield Rule(_regex([pattern], language), _regex([unless], language))


def _regex(patterns: Sequence[str], language: str) -> re.Pattern[str]:
    if not patterns:
        return _NEVER
    narrow = language in _UNSPACED
    gap = _NARROW_GAP if narrow else _GAP
    written = "|".join(_spelled(pattern, gap) for pattern in patterns)
    # Beside Chinese, a word in Latin letters begins and ends at letters of another kind.
    before, after = ("(?<![a-z])", "(?![a-z])") if narrow else (_AFTER, _BEFORE)
    return re.compile(f"{before}(?:{written}){after}")


def _spelled(pattern: str, gap: str) -> str:
    """Write the shorthands out; gaps are set apart first, because folding changes their sign.

    A gap with spaces around it begins and ends between words.
    """
    return gap.join(_expand(part) for part in pattern.split("…"))


def _expand(part: str) -> str:
    begins, ends = part.startswith(" "), part.endswith(" ")
    written = plain(part).replace("~", r"\w*").replace("$", _END)
    return f"{_AFTER * begins}{written}{_BEFORE * ends}"


def _folder() -> Traversable:
    return files("bot.desk") / "intents" / "rules"
