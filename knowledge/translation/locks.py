"""What a translation may not touch: addresses, names and numbers of rules, whole dates, money.

They are taken out before a model sees the text, and a mark stands where they were: ⟦1⟧. What comes
back must have each mark once. Where the reader needs another form (1 December 2026, 3,000,000
Chinese yuan) Babel makes it and not the model. What names a person never reaches the model at all.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.dates import format_date
from babel.numbers import format_currency

from knowledge.generation.prompts import personal_spans
from knowledge.grounding.addresses import address_spans
from knowledge.grounding.calendar_dates import DateMention
from knowledge.grounding.figure_check import is_money
from knowledge.grounding.figures import Figure
from knowledge.grounding.rule_numbers import rule_number_spans
from knowledge.grounding.statement import read_quantities
from knowledge.translation.citations import read_spans, reference_spans, source_spans

_TITLE: Final = re.compile(r"《[^《》\n]{2,80}》")
_MARK: Final = re.compile(r"⟦(\d{1,3})⟧")
_HOUR: Final = re.compile(r"\d{1,2}:\d{2}")
_NOTHING: Final = "⟦⟧"
_BRACKETS: Final = str.maketrans({"⟦": "[", "⟧": "]"})
_AFTER: Final = ".,;:!?'\""
_MONEY: Final = "#,##0\u00a0¤¤¤"
_MONEY_IN_PARTS: Final = "#,##0.00\u00a0¤¤¤"
# Thai years are counted from another one, and the reader compares them with a passport.
_CALENDAR: Final = "d MMMM y"

Place = tuple[int, int, str, str]
"""Where something stands, what is shown for it, and of what kind it is."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A text with marks; ``kept`` is what stood there, ``shown`` what its reader is shown.

    ``places`` are where the parts stood, in characters from the beginning to before the end.
    Parts of one of the ``kinds`` have to come back in their order.
    """

    text: str
    kept: tuple[str, ...]
    shown: tuple[str, ...]
    kinds: tuple[str, ...]
    places: tuple[tuple[int, int], ...] = ()

    @property
    def bare(self) -> str:
        """The text with nothing where something is locked."""
        return take_marks(self.text)

    def restore(self, translated: str) -> str | None:
        """Put everything back; None unless each mark stands there exactly once."""
        numbers = [int(number) for number in _MARK.findall(translated)]
        if sorted(numbers) != list(range(1, len(self.shown) + 1)):
            return None
        # That a date and an amount have changed places, everybody sees; of two amounts, nobody.
        for kind in set(self.kinds):
            alike = [number for number in numbers if self.kinds[number - 1] == kind]
            if alike != sorted(alike):
                return None
        return _MARK.sub(lambda mark: self.shown[int(mark[1]) - 1], translated)


def take_marks(text: str) -> str:
    """Leave brackets where marks stand: what they stand for is not compared any more."""
    return _MARK.sub(_NOTHING, text)


def lock(text: str, language: str, *, into: str, fixed: Sequence[str] = ()) -> Locked:
    """Take out of a text in ``language`` what may not change on the way ``into`` another.

    ``fixed`` are parts of it that stay as they are, whatever they say.
    """
    text = text.translate(_BRACKETS)
    taken: list[Place] = []
    for place in (*_cited(text, into), *_fixed(text, fixed), *_found(text, language, into)):
        start, end = place[:2]
        if start < end and not any(start < one[1] and one[0] < end for one in taken):
            taken.append(place)
    taken.sort()
    pieces: list[str] = []
    at = 0
    for number, (start, end, _, _) in enumerate(taken, start=1):
        pieces += [text[at:start], f"⟦{number}⟧"]
        at = end
    return Locked(
        text="".join([*pieces, text[at:]]),
        kept=tuple(text[start:end] for start, end, _, _ in taken),
        shown=tuple(shown for _, _, shown, _ in taken),
        kinds=tuple(kind for *_, kind in taken),
        places=tuple((start, end) for start, end, _, _ in taken),
    )


def _cited(text: str, into: str) -> Iterator[Place]:
    """What is cited, and what its reader can read already."""
    cited = {
        "source": source_spans(text),
        "read": read_spans(text, into),
        "reference": reference_spans(text),
    }
    for kind, spans in cited.items():
        for start, end in spans:
            yield start, end, text[start:end], kind


def _fixed(text: str, fixed: Sequence[str]) -> Iterator[Place]:
    """Each of the parts once, in their order."""
    at = 0
    for part in fixed:
        start = text.find(part, at)
        if part and start >= 0:
            at = start + len(part)
            yield start, at, part, "fixed"


def _found(text: str, language: str, into: str) -> Iterator[Place]:
    """Everything to be locked, the firmest kind first."""
    titles = [match.span() for match in _TITLE.finditer(text)]
    firm = {
        "person": personal_spans(text),
        "rule": [*titles, *rule_number_spans(text)],
        "address": address_spans(text),
    }
    for kind, spans in firm.items():
        for start, end in spans:
            # The full stop after an address ends the sentence and not the address.
            kept = text[start:end].rstrip(_AFTER)
            yield start, start + len(kept), kept, "hour" if _HOUR.fullmatch(kept) else kind
    read = read_quantities(text, language)
    quantities: tuple[DateMention | Figure, ...] = (*read.dates, *read.figures)
    for part in quantities:
        words = read.wording.text[part.start : part.end].strip()
        shown = _show(part, into.replace("-", "_"))
        # What was read may differ in length from what was written: only one place is a sure one.
        if shown and words and text.count(words) == 1:
            start = text.index(words)
            kind = "date" if isinstance(part, DateMention) else "amount"
            yield start, start + len(words), shown, kind


def _show(part: DateMention | Figure, locale: str) -> str:
    """Write a date or an amount for another reader; "" for what is left to the translation."""
    return _show_date(part, locale) if isinstance(part, DateMention) else _show_figure(part, locale)


def _show_date(part: DateMention, locale: str) -> str:
    if not (part.year and part.month and part.day) or part.part:
        return ""
    try:
        day = date(part.year, part.month, part.day)
    except ValueError:
        return ""
    if locale == "th":
        return format_date(day, _CALENDAR, locale=locale)
    # Readers of English are everywhere, but mostly not in the United States: the day comes first.
    return format_date(day, "long", locale="en_GB" if locale == "en" else locale)


def _show_figure(part: Figure, locale: str) -> str:
    if not is_money(part):
        return ""
    form = _MONEY if part.value == int(part.value) else _MONEY_IN_PARTS
    return format_currency(part.value, part.unit, format=form, locale=locale, currency_digits=False)
