"""The figures that a text states, so that they can be sought in its translation.

They are read by :mod:`knowledge.grounding`. A figure in digits must be in the other text, in digits
or in words; a week or a second year that is only spelled out need not be. An age may be a number of
years or a mere number there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from knowledge.grounding.figures import Figure
from knowledge.grounding.statement import Quantities, read_quantities

_ADDRESS = re.compile(r"https?://[!-~]+")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_LEAST_COUNT = 4
"""Smaller counts stand in words of another kind: a third party, one of the two."""
_MONTHS = 12

_Measure = tuple[str, Decimal]


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure in each form in which a translation may give it, and as it was written."""

    measures: frozenset[_Measure]
    written: str
    counted: bool


@dataclass(frozen=True, slots=True)
class StatedFigures:
    """The figures that are written in digits, everything that is said in any form, and the days."""

    required: tuple[_Stated, ...]
    measures: frozenset[_Measure]
    values: frozenset[Decimal]
    digits: frozenset[str]
    days: frozenset[tuple[int, int, int]]

    @classmethod
    def of(cls, text: str, language: str) -> Self:
        """Read them; ``language`` is BCP 47."""
        text = _ADDRESS.sub(" ", text)
        read = read_quantities(text, language)
        every = [_state(figure, read) for figure in read.figures]
        return cls(
            required=tuple(one for one in every if re.search(r"\d", one.written)),
            measures=frozenset(measure for one in every for measure in one.measures),
            values=frozenset(figure.value for figure in read.figures),
            digits=frozenset(_DIGITS.findall(read.wording.lower)),
            days=frozenset(
                (one.year, one.month, one.day) for one in read.dates if one.month and one.day
            ),
        )

    def differences(self, other: Self, *, counts: bool = True) -> list[str]:
        """What only one of two texts states; without ``counts`` only what has a unit, and days."""
        days = self.days ^ other.days
        return [
            *_missing(self, other, counts=counts),
            *_missing(other, self, counts=counts),
            *(f"{year:04d}-{month:02d}-{day:02d}" for year, month, day in sorted(days)),
        ]


def _missing(one: StatedFigures, other: StatedFigures, *, counts: bool) -> Iterator[str]:
    for stated in one.required:
        number = _DIGITS.search(stated.written)
        if stated.measures & other.measures or (number and number.group() in other.digits):
            continue
        if not stated.counted:
            yield stated.written
        elif counts and not {value for _, value in stated.measures} & other.values:
            [value] = {value for _, value in stated.measures}
            if value >= _LEAST_COUNT:
                yield stated.written


def _state(figure: Figure, read: Quantities) -> _Stated:
    unit, value = figure.plain
    measures = {(unit, value)}
    if figure.unit == "age":
        measures.add(("month", value * _MONTHS))
    elif unit == "month":
        measures.add(("count", value / _MONTHS))
    written = read.wording.lower[figure.start : figure.end].strip()
    return _Stated(frozenset(measures), written, counted=figure.unit in {"", "times"})
