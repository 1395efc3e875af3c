"""Whether a translation says what was written, as far as that can be compared without a model.

Figures and dates must be the same in both directions, addresses and rules letter by letter, every
term of the field by its name, and nothing may be denied on one side only. What is not compared is
everything else: a translation is shown as one, and the original stays beside it.
"""

import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from knowledge.grounding.addresses import address_spans, addresses
from knowledge.grounding.claim import Fault
from knowledge.grounding.figure_check import date_faults, figure_faults
from knowledge.grounding.operators import combine, is_judged, read_marks
from knowledge.grounding.rule_numbers import foreign_rules
from knowledge.grounding.statement import Statement, read_statement
from knowledge.grounding.tongue import is_in_language
from knowledge.grounding.wording import compare_form
from knowledge.language import base
from knowledge.spans import split_sentences
from knowledge.translation.terms import added_terms, missing_terms, moved_terms

_DENIALS: Final = frozenset({"no", "bar", "spare", "without"})
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MANY: Final = 4
_DENSE: Final = frozenset({"zh", "ja", "ko", "th"})
_LEAST_LETTERS: Final = 12


class Loss(StrEnum):
    """What a translation loses or turns."""

    LOCKED = "locked"
    """Something that had to stay as it was is missing, changed or there twice."""
    FIGURES = "figures"
    DATES = "dates"
    ADDRESSES = "addresses"
    RULES = "rules"
    TERMS = "terms"
    NEGATION = "negation"
    LANGUAGE = "language"
    LENGTH = "length"
    FORM = "form"


def losses(original: str, language: str, translation: str, into: str) -> tuple[Loss, ...]:
    """Return what is wrong with a translation; nothing where it may be shown."""
    return tuple(dict.fromkeys(_losses(original, language, translation, into)))


def _losses(original: str, language: str, translation: str, into: str) -> Iterator[Loss]:
    if any(_is_invisible(c) for c in set(translation) - set(original)):
        yield Loss.FORM
    if not _is_of_fit_length(original, language, translation, into):
        yield Loss.LENGTH
    said = _without_addresses(translation)
    letters = sum(character.isalpha() for character in said)
    if letters >= _LEAST_LETTERS and not is_in_language(said, into):
        yield Loss.LANGUAGE
    one, other = read_statement(original, language), read_statement(translation, into)
    yield from _number_losses(one, other)
    yield from _number_losses(other, one)
    if _denies_differently(original, language, translation, into):
        yield Loss.NEGATION
    terms = (original, language, translation, into)
    if missing_terms(*terms) or added_terms(*terms) or moved_terms(*terms):
        yield Loss.TERMS


def _number_losses(one: Statement, other: Statement) -> Iterator[Loss]:
    here, there = one.wording.text, other.wording.text
    if any(fault is Fault.FIGURES for fault in figure_faults(one, other)):
        yield Loss.FIGURES
    if any(date_faults(one, other)):
        yield Loss.DATES
    if _reached_at(here) - _reached_at(there):
        yield Loss.ADDRESSES
    if foreign_rules(here, there):
        yield Loss.RULES


def _reached_at(text: str) -> frozenset[str]:
    return frozenset("".join(one.split()) for one in addresses(text))


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE and character != "\n"


def _without_addresses(text: str) -> str:
    """Return what is in a language: an address is in none."""
    for start, end in reversed(address_spans(text)):
        text = f"{text[:start]} {text[end:]}"
    return text


def _denies_differently(original: str, language: str, translation: str, into: str) -> bool:
    """Whether a sentence denies, forbids or releases where its counterpart does not."""
    if not (is_judged(base(language)) and is_judged(base(into))):
        return False
    ours, theirs = _denials(original, language), _denials(translation, into)
    if len(ours) == len(theirs):
        return ours != theirs
    return any(ours) != any(theirs)


def _denials(text: str, language: str) -> list[bool]:
    """For each sentence, whether it denies anything."""
    found: list[bool] = []
    for span in split_sentences(text):
        wording = compare_form(text[span.start : span.end], language)
        marks = combine(read_marks(wording), wording.language)
        found.append(any(mark.kind in _DENIALS for mark in marks))
    return found


def _is_of_fit_length(original: str, language: str, translation: str, into: str) -> bool:
    """Whether neither side is many times the other, a Chinese character counting as three."""
    one, other = _weigh(original, language), _weigh(translation, into)
    return one <= _MANY * other + _LEAST_LETTERS and other <= _MANY * one + _LEAST_LETTERS


def _weigh(text: str, language: str) -> int:
    return len(text) * (3 if base(language) in _DENSE else 1)
