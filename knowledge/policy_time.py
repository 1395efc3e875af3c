"""Which point in time a question is about, and whether a passage held then."""

import re
from dataclasses import dataclass
from datetime import date

from knowledge.passage import Provenance

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d|\s*(?:元|yuan|RMB|万|px))")
_RULE_NUMBER = re.compile(r"[〔\[(（]\s*20\d\d\s*[〕\])）]")


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a question is about, both included; ``past`` when they are not today."""

    first: date
    last: date
    past: bool = False


def asked_period(question: str, today: date) -> Period:
    """Return the past year that a question names, else today.

    The number of a rule (〔2024〕35号) is not a year that is asked about. A future year is asked
    about with today's rules, because nothing else is known.
    """
    years = sorted(asked_years(question))
    if len(years) == 1 and years[0] < today.year:
        return Period(date(years[0], 1, 1), date(years[0], 12, 31), past=True)
    return Period(today, today)


def asked_years(text: str) -> frozenset[int]:
    """The years that a text names; numbers of rules and sums of money are none."""
    return frozenset(int(year) for year in _YEAR.findall(_RULE_NUMBER.sub(" ", text)))


def held(source: Provenance, period: Period) -> bool:
    """Whether what a source says was in force at some time of the period."""
    begins, ends = source.effective_from, source.effective_to
    started = begins is None or begins.first_day <= period.last
    return started and (ends is None or ends.last_day >= period.first)


def is_history(source: Provenance, today: date) -> bool:
    """Whether what a source says is not in force today."""
    return not held(source, Period(today, today))
