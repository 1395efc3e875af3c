"""What the library says to a question: found, unclear, conflicting or not found."""

from dataclasses import dataclass
from datetime import date

from knowledge.dates import PartialDate
from knowledge.passage import Audience, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A quotation and where it stands. ``quote`` is a substring of the stored passage text."""

    number: int
    quote: str
    passage: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The shelf has an answer.

    ``text`` is what to say, in ``language`` (BCP 47); ``confidence`` lies between 0 and 1. Where
    ``in_asked_language`` is false the door says which language it is. ``year`` is set when the
    answer is history: it tells what held in that year and does not hold today; ``begins`` when it
    is still to come, with the day from which it holds. ``by_place``: its quotations differ because
    each holds in another place. ``translated`` is true where the entry also answers in Chinese and
    ``text`` is a translation of that. ``worded``: a language model put it (or a part of it) into
    words, which were checked against the citations.
    """

    text: str
    language: str
    citations: tuple[Citation, ...]
    confidence: float
    in_asked_language: bool
    year: int | None = None
    begins: PartialDate | None = None
    by_place: bool = False
    translated: bool = False
    worded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """Several things may be meant: up to three ways to put the question more exactly."""

    choices: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """The shelf has no answer; ``reason`` is a short code.

    ``confidence``: how likely something on it is an answer all the same.
    """

    reason: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflicting:
    """Two sources answer, and one says otherwise than the other: a person must say which holds.

    ``citations`` are for staff alone.
    """

    citations: tuple[Citation, ...]
    confidence: float


Finding = Found | Unclear | Conflicting | NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """One hit of a search, best first."""

    rank: int
    score: float
    passage: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A question as the library needs it.

    ``text`` is understandable by itself; ``readable`` are the languages that the asker reads, best
    first, their own at the head; ``today`` is the day for which an answer must hold. ``spoken`` is
    the language of the text where that is not the asker's own: whoever chose Spanish may ask in
    English, and is answered in Spanish.
    """

    text: str
    readable: tuple[str, ...]
    audience: Audience
    today: date
    spoken: str = ""

    @property
    def language(self) -> str:
        """The language of the question."""
        return self.spoken or self.own

    @property
    def own(self) -> str:
        """The language in which the asker wants to be answered."""
        return self.readable[0]
