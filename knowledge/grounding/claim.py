"""What a language model says, and what can be wrong with it."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence that a model wrote, and what it leans on.

    ``text`` is the sentence as it would be shown, without citation marks, in ``language`` (BCP 47,
    the asker's). ``source`` is the number of the passage in the list, from 1; 0 where none was
    given. ``quote`` is what it says stands there, word for word. ``backward`` is whether it is the
    source itself, held against what was made of it: then it may be plainer and less bound than
    that, but nothing may be turned.
    """

    text: str
    language: str
    source: int
    quote: str
    backward: bool = False


class Fault(StrEnum):
    """Why a sentence may not be shown."""

    NO_SOURCE = "no source"
    NO_QUOTE = "no quote"
    QUOTE_NOT_IN_SOURCE = "quote not in source"
    FIGURES = "figures"
    DATES = "dates"
    NAMES = "names"
    RULE_NUMBERS = "rule numbers"
    ADDRESSES = "addresses"
    NEGATION = "negation"
    MODALITY = "modality"
    ORDER = "order"
    LANGUAGE = "language"
    LENGTH = "length"
    FORM = "form"
    UNSUPPORTED = "unsupported"
