"""The "yes" or "no" with which an answer begins, and whether it answers this question too.

An entry is written for its first question and found by many others. "Yes, they must be registered"
says the opposite of what it means below "Are they exempt?", and nothing below "How is it done?".
Such a word stays only where the question is one for yes or no, asks for the same (a duty, a
permission, a fact) and is denied like the first one; else the answer is quoted from the word behind
it on. The words of each language stand in polarity.json.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from knowledge.answer import Inquiry
from knowledge.asked_kind import asks_whether
from knowledge.language import base
from knowledge.normalisation import fold
from knowledge.passage import Passage

_LEAST: Final = 12
"""Characters that must be left of an answer without its first word."""
_DUTY: Final = "need"
_MODES: Final = (_DUTY, "may")
_FEW: Final = 3
_EITHER_OR: Final = re.compile(r"(.{1,2})[不没用]\1|有没有|是否|能否|可否")
"""要不要, 有没有: how Chinese asks, no denial."""
_MAIN: Final = ("zh", "en")
_STOP: Final = re.compile(r"[.!?;。！？；؟]+(?=\s|$)|[。！？；]")
"""What stands between sentences: what somebody tells before they ask is no part of it."""


@dataclass(frozen=True, slots=True)
class _Sense:
    """What a question for yes or no asks: after which modes, and whether it is put as a denial."""

    modes: frozenset[str]
    denied: bool


def without_foreign_verdict(
    text: str, passage: Passage, siblings: Sequence[Passage], inquiry: Inquiry
) -> str:
    """The answer ``text`` of a passage, without a "yes" or "no" that is for another question."""
    verdict = _opening(passage.language).match(text)
    if verdict is None or len(text) - verdict.end() < _LEAST:
        return text
    return text if _is_for(inquiry.text, inquiry.language, siblings) else text[verdict.end() :]


def _is_for(question: str, language: str, siblings: Sequence[Passage]) -> bool:
    """Whether the question asks the same of yes or no as one for which the answer was written."""
    asked = _sense(question, base(language))
    if asked is None:
        return False
    first: dict[str, str] = {}
    for one in siblings:
        for variant in one.questions:
            first.setdefault(base(variant.language), variant.text)
    return any(
        asked == _sense(first[tongue], tongue)
        for tongue in (base(language), *_MAIN)
        if tongue in first
    )


def asks_duty(question: str, language: str) -> bool:
    """Whether it is asked whether something must be, and neither whether it may nor may not."""
    sense = _sense(question, base(language))
    return sense is not None and sense.modes == {_DUTY} and not sense.denied


def share_of_duty(questions: Iterable[tuple[str, str]]) -> float | None:
    """How much of some questions (with their languages) is after a duty; None where few tell.

    "May I do without?" is half a question for one: the answer says that it must be.
    """
    found = [_sense(text, base(language)) for text, language in questions]
    telling = [one for one in found if one is not None and one.modes]
    if len(telling) < _FEW:
        return None
    return sum(1.0 if _DUTY in one.modes else one.denied / 2 for one in telling) / len(telling)


@lru_cache(maxsize=16_384)
def _sense(question: str, language: str) -> _Sense | None:
    """What is asked; None where it is no question for yes or no."""
    if not asks_whether(question):
        return None
    *_, last = ["", *filter(str.strip, _STOP.split(question))]
    text = _EITHER_OR.sub(r"\1", fold(last).lower())
    modes = frozenset(mode for mode in _MODES if _says(mode, text, language))
    return _Sense(modes, _says("denied", text, language))


def _says(what: str, text: str, language: str) -> bool:
    pattern = _patterns(what).get(language)
    return pattern is not None and pattern.search(text) is not None


@cache
def _opening(language: str) -> re.Pattern[str]:
    words = _stored()["verdict"].get(base(language), [])
    return re.compile(rf"\s*(?:{'|'.join(words) or '(?!)'})\s*[.,:;!。，：；、،]\s*", re.IGNORECASE)


@cache
def _patterns(what: str) -> Mapping[str, re.Pattern[str]]:
    return {
        language: re.compile("|".join(map(fold, words)))
        for language, words in _stored()[what].items()
    }


@cache
def _stored() -> Mapping[str, Mapping[str, Sequence[str]]]:
    stored = files("knowledge").joinpath("polarity.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[str, Sequence[str]]] = json.loads(stored)
    return loaded
