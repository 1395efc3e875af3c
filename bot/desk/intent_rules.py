"""Which wordings give an intent away; :mod:`bot.desk.intent_patterns` says how they are written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.desk.intent_patterns import (
    COURTESIES,
    PRECEDENCE,
    TONAL,
    Rule,
    Rules,
    known_languages,
    plain,
    read_rules,
)
from knowledge.language import base

_SILENT = re.compile(r"[^\w\s'+*/×\u0e31-\u0e4e-]+")
SIGNS = {"👋": "greeting", "🙏": "thanks", "👍": "thanks"}
"""Courtesies in every language."""
_WORD = re.compile(r"[^\W\d_]+")
_TELLING = 5
"""So many words tell their language for sure."""
_SHARED = 4
"""So many characters may be Chinese as well as Japanese (担当, 人間)."""
_DANGER = PRECEDENCE[0]
_COMMON = "en"
"""The language whose words people use in all others."""
_OWN_SCRIPTS = {
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ja": re.compile("[\u3041-\u30ff\u4e00-\u9fff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "th": re.compile("[\u0e01-\u0e5b]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
}
"""What a message in these languages has letters of."""


@dataclass(frozen=True, slots=True)
class _Hearing:
    """A message in one form, with the rules that are written in that form.

    ``bare`` is without courtesies, ``core`` without what means nothing besides. Whoever only agrees
    is as polite as whoever thanks.
    """

    heard: str
    rules: tuple[Rules, ...]
    bare: str
    core: str
    courtesies: frozenset[str]

    def says(self, intent: str) -> bool:
        """Whether a rule of the intent holds; of danger, for somebody who is in it."""
        if intent == _DANGER and self._is_hypothetical():
            return False
        return any(self._holds(rule) for rules in self.rules for rule in rules.intents[intent])

    def _is_hypothetical(self) -> bool:
        return any(rules.hypothetical.stands_in(self.heard) for rules in self.rules) and not any(
            rules.involved.stands_in(self.heard) for rules in self.rules
        )

    def _holds(self, rule: Rule) -> bool:
        if rule.whole:
            return any(rule.pattern.is_all_of(text) for text in (self.bare, self.core))
        return rule.pattern.stands_in(self.heard) and not rule.unless.stands_in(self.heard)


def prepare() -> None:
    """Read all rules now, in each form that messages have."""
    for name in known_languages():
        read_rules(name)
        if name in TONAL:
            read_rules(name, accents=True)


def judge(text: str, language: str) -> str:
    """Return the name of the intent that the wording gives away, "" when it does not."""
    hearings = tuple(_hear(text, language))
    for intent in PRECEDENCE:
        if any(hearing.says(intent) for hearing in hearings):
            return intent
    polite = [hearing.courtesies for hearing in hearings if not hearing.core]
    said = frozenset[str]().union(*polite)
    return next((name for name in COURTESIES if name in said), "")


def _hear(text: str, language: str) -> Iterator[_Hearing]:
    """The message without accents; and with them, where they make the words."""
    bare, full = plain(text), plain(text, accents=True)
    names = _languages(
        base(language),
        sure=len(_WORD.findall(text)) >= _TELLING,
        scripts=frozenset(name for name, own in _OWN_SCRIPTS.items() if own.search(text)),
        brief=len(bare) <= _SHARED,
    )
    toned = TONAL if full != bare else frozenset[str]()
    yield _strip(bare, [read_rules(name) for name in names if name not in toned])
    if toned & set(names):
        yield _strip(full, [read_rules(name, accents=True) for name in names if name in toned])


def _strip(heard: str, spoken: Sequence[Rules]) -> _Hearing:
    """Take courtesies out, then filler too."""
    present = {kind for sign, kind in SIGNS.items() if sign in heard}
    left = " ".join(_SILENT.sub(" ", heard).split())
    for rules in spoken:
        for kind in COURTESIES:
            left, times = rules.courtesies[kind].replace(left, " ")
            present |= {kind} if times else set()
    core = left
    agreed = 0
    for rules in spoken:
        core, times = rules.assent.replace(core, " ")
        agreed += times
    for rules in spoken:
        core, _ = rules.filler.replace(core, " ")
    if agreed and not present:
        present = {"thanks"}
    return _Hearing(heard, tuple(spoken), _tidy(left), _tidy(core), frozenset(present))


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" -'")


@cache
def _languages(spoken: str, *, sure: bool, scripts: frozenset[str], brief: bool) -> tuple[str, ...]:
    """Return the languages whose rules apply, the spoken one first.

    A short message may be taken for another language, so that all in its script apply to it; a
    longer one is read as what it is, and as English, whose words stand everywhere. Japanese and
    Chinese share words, so that each is only read as itself unless it is ``brief``.
    """
    known = known_languages()
    shared = {_COMMON} if sure and spoken in known else set(known) - set(_OWN_SCRIPTS)
    kept = {spoken, *shared, *scripts}
    apart = set[str]() if brief else {"zh": {"ja"}, "ja": {"zh"}}.get(spoken, set())
    others = [name for name in known if name in kept - apart]
    return tuple(sorted(others, key=lambda name: name != spoken))
