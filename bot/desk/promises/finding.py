"""Finds promises with a date in what staff wrote: “we will call on Friday”, 周五前答复.

By rules, so that the same words always give the same task. A sentence counts where somebody of the
centre says that something will be done and names a day; questions, conditions, requests to the
customer and what others will do do not.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Final

from bot.desk.promises import chinese, english, others
from bot.desk.promises.days import Day, Standpoint
from bot.desk.schedule.hours import OpeningHours
from knowledge.language import base, identify

MOST: Final = 5
"""How many promises one message may make; more is a list of something else."""

_SENTENCE: Final = re.compile(r"(?<=[。！？!?；;\n])|(?<=[^\d\s.]{2}\.)\s+")
_CLAUSE: Final = re.compile(
    r"[,，、;；]|(?<!\d)[:：]|[:：](?!\d)|\s(?:and|but|und|aber|et|mais|y|e|и|а|но)\s",
    re.IGNORECASE,
)
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_KANA: Final = re.compile(r"[\u3040-\u30ff]")
_LATIN: Final = re.compile(r"[a-z]", re.IGNORECASE)
_QUESTION: Final = re.compile(r"[?？؟]\s*$")
_QUOTE: Final = 160
_SHORT: Final = 30
"""Signs that a clause may have which only says when: “, on Friday at the latest”."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised, in the words of whoever did, and by when; ``at`` where they said."""

    quote: str
    day: date
    at: time | None = None


@dataclass(frozen=True, slots=True)
class _Tongue:
    """The rules of one language."""

    commitment: re.Pattern[str]
    refusal: re.Pattern[str]
    days: Callable[[str, Standpoint], Iterator[tuple[int, Day]]]
    clock: Callable[[str], time | None]


def find_promises(text: str, written: datetime, hours: OpeningHours) -> tuple[Promise, ...]:
    """Return the promises in a text that was written at a moment, in their order."""
    at = Standpoint(hours.local(written), hours)
    found: dict[date, Promise] = {}
    for sentence in filter(None, map(str.strip, _SENTENCE.split(text))):
        if _QUESTION.search(sentence):
            continue
        for tongue in _tongues(sentence):
            for promise in _read(sentence, tongue, at):
                found.setdefault(promise.day, promise)
    return tuple(found.values())[:MOST]


def _tongues(sentence: str) -> Sequence[_Tongue]:
    """The languages that a sentence may be in; Chinese staff mix in English, hardly the reverse."""
    language = "ja" if _KANA.search(sentence) else base(identify(sentence))
    named = [language] if language in others.WORDINGS else []
    if _HAN.search(sentence) and language != "ja":
        named = ["zh"]
    elif _LATIN.search(sentence):
        named.append("en")
    return [_TONGUES[each] for each in named]


def _read(sentence: str, tongue: _Tongue, at: Standpoint) -> Iterator[Promise]:
    clauses = [each.strip() for each in _CLAUSE.split(sentence)]
    for number, clause in enumerate(clauses):
        if not tongue.commitment.search(clause) or tongue.refusal.search(clause):
            continue
        said = _days_in(clause, tongue, at)
        if not said:
            near = (*clauses[number + 1 : number + 2], *clauses[max(0, number - 1) : number])
            said = next(filter(None, (_when(each, tongue, at) for each in near)), None)
        if said and said.date >= at.today:
            quote = sentence if len(sentence) <= _QUOTE else f"{sentence[: _QUOTE - 1]}…"
            yield Promise(quote, said.date, said.at or tongue.clock(clause))


def _days_in(clause: str, tongue: _Tongue, at: Standpoint) -> Day | None:
    """The day that a clause names; the last where there are several: “on Monday or Tuesday”."""
    found = [*tongue.days(clause, at), *others.numeric_days(clause, at)]
    return max(found, key=lambda each: (each[1].date, each[0]))[1] if found else None


def _when(clause: str, tongue: _Tongue, at: Standpoint) -> Day | None:
    """The day of a clause that says nothing but when."""
    bare = len(clause) <= _SHORT and not tongue.refusal.search(clause)
    return _days_in(clause, tongue, at) if bare else None


def _no_clock(text: str) -> time | None:
    match = re.search(r"(?<![\d.])([01]?\d|2[0-3])[:h](\d{2})(?!\d)", text)
    return time(int(match[1]), int(match[2])) if match else None


def _other(language: str) -> _Tongue:
    wording = others.WORDINGS[language]
    return _Tongue(
        re.compile(wording.commitment, re.IGNORECASE),
        re.compile(wording.refusal, re.IGNORECASE),
        partial(others.days, language=language),
        _no_clock,
    )


_TONGUES: Final = {
    "en": _Tongue(english.COMMITMENT, english.REFUSAL, english.days, english.clock),
    "zh": _Tongue(chinese.COMMITMENT, chinese.REFUSAL, chinese.days, chinese.clock),
    **{each: _other(each) for each in others.WORDINGS},
}
