"""Promises in English."""

import re
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from typing import Final

from bot.desk.promises.days import Day, Standpoint, number_of

_WE: Final = (
    r"(?:we|i|(?:our|my|a|the|your) (?:\w+ )?(?:team|colleagues?|lawyers?|office|consultants?|"
    r"manager|centre|center|experts?|staff|department))"
)
_DOING: Final = (
    r"(?:call|phone|ring|get back|come back|reply|respond|answer|write|e-?mail|send|forward|let you"
    r" know|be in touch|contact|reach out|inform|notify|tell|update|confirm|follow up|check|prepare|"
    r"finish|complete|provide|arrange|book|submit|file|deliver|share|give you|have (?:it|an? (?:answer|reply|response|draft))|"
    r"be (?:ready|sent|done|finished|available|delivered|with you))"
)
COMMITMENT: Final = re.compile(
    rf"\b{_WE}(?:['’]ll| will| shall|['’]m going to| am going to|['’]re going to| are going to| is"
    rf" going to| promise to)\b(?! not\b)"
    rf"|\b(?:i|we) promise\b"
    rf"|\byou(?:['’]ll| will| shall| should| can expect to) (?:hear from|get|receive|have (?:it|(?:an?|our|the) (?:\w+ )?(?:answer|reply|response|draft|document|letter|contract)))\b"
    rf"|\b(?:you can )?expect (?:an? |our )(?:\w+ )?(?:call|reply|answer|response|e-?mail|message)\b"
    rf"|\bwill (?:\w+ly )?{_DOING}\b"
    rf"|^\W*(?:calling|sending|replying|getting back to) (?:you|it|them)\b",
    re.IGNORECASE,
)
"""Somebody of the centre says that something will be done."""

REFUSAL: Final = re.compile(
    r"\b(?:won['’]t|will not|cannot|can['’]t|shall not|unable to|may|might|if (?:you|we|it|they)|"
    r"unless|please|could you|you (?:must|need|have to|should (?!hear|get|receive))|"
    r"will be (?:closed|off|away|out|on (?:holiday|leave|vacation)|open))\b"
    r"|\b(?:the law|the rules?|the fees?|the authorit\w+|the government|the bureau) will\b",
    re.IGNORECASE,
)
"""No promise, whatever else is said."""

_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT: Final = ("mon", "tues?", "wed", "thu(?:rs?)?", "fri", "sat", "sun")
_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_MONTH: Final = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY: Final = re.compile(
    r"\b(?:(this|next|coming|on|by|before|until|till) (?:coming )?)?"
    rf"(?:({'|'.join(_NAMES)})|({'|'.join(_SHORT)}))\b",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(
    r"\b(?:in|within|after)(?: the next)? (\d{1,2}|a couple of|an?|one|two|three|four|five|six|"
    r"seven|eight|nine|ten)[ -](?:(working|business) )?(minute|hour|day|week|month)s?\b",
    re.IGNORECASE,
)
_MONTH_DAY: Final = re.compile(
    rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (20\d\d))?", re.IGNORECASE
)
_DAY_MONTH: Final = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (20\d\d))?", re.IGNORECASE
)
_NTH: Final = re.compile(r"\b(?:on|by) the (\d{1,2})(?:st|nd|rd|th)\b(?! of)", re.IGNORECASE)
_PHRASES: Final[tuple[tuple[str, Callable[[Standpoint], Day]], ...]] = (
    (r"\bthe day after tomorrow\b", lambda at: at.after(days=2)),
    (r"\btomorrow\b", lambda at: at.after(days=1)),
    (r"\b(?:today|tonight|this (?:afternoon|evening|morning)|end of (?:the )?day|eod)\b",
     lambda at: at.after(days=0)),
    (r"\b(?:this week|end of (?:the|this) week)\b", lambda at: at.end_of_week()),
    (r"(?<!day )\b(?:next week|end of next week)\b", lambda at: at.end_of_week(1)),
    (r"\b(?:this month|end of (?:the|this) month)\b", lambda at: at.end_of_month()),
    (r"\bnext month\b", lambda at: at.end_of_month(1)),
)  # fmt: skip
_CLOCK: Final = re.compile(
    r"\b(?:at|by|before|around) (?:(\d{1,2})(?:[:.](\d{2}))? ?(am|pm|a\.m\.|p\.m\.)?(?![\d/-]|\.\d)"
    r"(?! (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))|(noon|midday))",
    re.IGNORECASE,
)
_HOURS: Final = 24


def days(text: str, at: Standpoint) -> Iterator[tuple[int, Day]]:
    """Yield the days that a text names, with where each stands."""
    for pattern, resolve in _PHRASES:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            # "The day after tomorrow" is not tomorrow.
            if not text[: match.start()].casefold().endswith("day after "):
                yield match.start(), resolve(at)
    for match in _RELATIVE.finditer(text):
        yield match.start(), _relative(match, at)
    for match in _WEEKDAY.finditer(text):
        word = (match[1] or "").casefold()
        # "Sat" and "sun" are words, too.
        if match[2] or word:
            name = (match[2] or match[3]).casefold()
            number = next(n for n, full in enumerate(_NAMES) if full.startswith(name[:3]))
            after = text[match.end() :].casefold()
            week = 1 if after.startswith(" next week") else {"this": 0, "next": 1}.get(word)
            yield match.start(), at.weekday(number, week)
    yield from _dates(text, at)


def clock(text: str) -> time | None:
    """The time that a text names, None for none."""
    for match in _CLOCK.finditer(text):
        if match[4]:
            return time(12)
        hour, minute = int(match[1]), int(match[2] or 0)
        half = (match[3] or "").replace(".", "").casefold()
        hour = hour % 12 + 12 * (half == "pm") if half else hour
        if (half or match[2]) and hour < _HOURS and minute < 60:  # noqa: PLR2004 - minutes
            return time(hour, minute)
    return None


def _relative(match: re.Match[str], at: Standpoint) -> Day:
    count, unit = number_of(match[1]), match[3].casefold()
    if match[2]:
        return at.after_working_days(count * (5 if unit == "week" else 1))
    if unit == "month":
        return at.after(days=30 * count)
    size = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
    return at.after_time(count * size.get(unit, timedelta(weeks=1)))


def _dates(text: str, at: Standpoint) -> Iterator[tuple[int, Day]]:
    found = [(m.start(), m[1], m[2], m[3]) for m in _MONTH_DAY.finditer(text)]
    found += [(m.start(), m[2], m[1], m[3]) for m in _DAY_MONTH.finditer(text)]
    for start, month, number, year in found:
        name = _MONTHS.index(month.casefold()[:3]) + 1
        day = at.on(month=name, day=int(number), year=int(year) if year else None)
        if day:
            yield start, day
    for match in _NTH.finditer(text):
        day = at.on_day(int(match[1]))
        if day:
            yield match.start(), day
