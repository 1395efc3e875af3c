"""How long somebody stays or films, as a question says it, against the limits of a rule.

A rule for stays of up to 90 days does not answer for 120, unless it also says what holds for longer
ones. Working days are how long an office takes, not how long somebody stays. The words of each
language stand in stays.json.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from knowledge.normalisation import fold

_HAN = {one: value for value, one in enumerate("零一二三四五六七八九")} | {"两": 2, "半": 0.5}
_LETTER = r"[^\W\d_\u3040-\u9fff\u0e00-\u0e7f\uac00-\ud7a3]"
_WINDOW = 30


@dataclass(frozen=True, slots=True)
class Limits:
    """The lengths in days that a text limits its rule to: up to and from; and all that it names."""

    up_to: tuple[float, ...] = ()
    longer: tuple[float, ...] = ()
    named: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Stays:
    """The lengths that a question says, in days."""

    days: tuple[float, ...]

    def covered_by(self, texts: Iterable[str]) -> bool:
        """Whether the rule of these texts may be used; one that sets no limit may."""
        if len(self.days) != 1:
            return True
        [days] = self.days
        found = [limits_of(text) for text in texts]
        up_to = [limit for one in found for limit in one.up_to]
        longer = [limit for one in found for limit in one.longer]
        if not (up_to or longer) or any(days in one.named for one in found):
            return True
        return any(days <= limit for limit in up_to) or any(days > limit for limit in longer)


def asked_stays(question: str) -> Stays:
    """The lengths that a question gives; "more than 90 days" is a day more."""
    text = fold(question).lower()
    return Stays(
        tuple({_days(one) + _is("longer", text, one) for one in _lengths().finditer(text)})
    )


@lru_cache(maxsize=4096)
def limits_of(text: str) -> Limits:
    """The limits that a text sets with "up to" and "more than"."""
    text = fold(text).lower()
    up_to: list[float] = []
    longer: list[float] = []
    found = list(_lengths().finditer(text))
    for match in found:
        if _is("longer", text, match):
            longer.append(_days(match))
        elif _is("up_to", text, match):
            up_to.append(_days(match))
    if up_to and re.search("|".join(_stored()["rest"]), text):
        longer.append(max(up_to))
    return Limits(tuple(up_to), tuple(longer), tuple(map(_days, found)))


def _is(side: str, text: str, match: re.Match[str]) -> bool:
    """Whether words beside a length make it a limit."""
    before, after = _sides(side)
    return bool(
        before.search(text[max(0, match.start() - _WINDOW) : match.start()])
        or after.search(text[match.end() : match.end() + _WINDOW])
    )


def _days(match: re.Match[str]) -> float:
    unit = next(days for days in _stored()["units"] if match.group(f"d{days}"))
    return int(unit) * _number(match.group("number"))


def _number(written: str) -> float:
    if written.isdigit():
        return float(written)
    named = _stored()["numbers"].get(written)
    if named is not None:
        return float(named)
    tens, ten, ones = written.rpartition("十")
    return (10.0 * _HAN.get(tens, 1) if ten else 0.0) + _HAN.get(ones, 0)


@cache
def _lengths() -> re.Pattern[str]:
    stored = _stored()
    units = "|".join(f"(?P<d{days}>{'|'.join(some)})" for days, some in stored["units"].items())
    numbers = "|".join(stored["numbers"])
    return re.compile(
        rf"(?<![\d.,月-])(?P<number>\d{{1,3}}|[一二三四五六七八九十两半]+|(?<!\w)(?:{numbers})(?!\w))"
        rf"[\s-]*(?:(?:{'|'.join(stored['calendar'])})\s*)?(?:{units})"
        rf"(?!{_LETTER})(?!\s*(?:{'|'.join(stored['working'])}))"
    )


@cache
def _sides(side: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = _stored()[side]
    before, after = ("|".join(words[one]) for one in ("before", "after"))
    return re.compile(rf"(?:{before})\W*(?:\w+\W+)?$"), re.compile(rf"^\s*(?:{after})")


@cache
def _stored() -> Mapping[str, Any]:
    stored = files("knowledge").joinpath("stays.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = json.loads(stored)
    return loaded
