"""What stands on the shelf: passages, and what was said about the document they come from."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from knowledge.dates import PartialDate
from knowledge.jurisdiction import Jurisdiction
from knowledge.origin import Origin


class Audience(StrEnum):
    """Who may see a document. Staff see everything; nobody else sees what is staff's."""

    PUBLIC = "public"
    COMPANY = "company"
    ACTOR = "actor"
    STAFF = "staff"

    @property
    def readable(self) -> tuple["Audience", ...]:
        """The audiences whose documents this reader may see."""
        if self is Audience.STAFF:
            return tuple(Audience)
        return (Audience.PUBLIC,) if self is Audience.PUBLIC else (Audience.PUBLIC, self)


class Trust(StrEnum):
    """How well a statement is supported (the front matter calls it ``confidence``).

    H: official text or several agreeing sources. M: one decent source or a mirror of an official
    text. L: weak or undated. R: recalled, no source. Only H and M may become an answer.
    """

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"
    RECALLED = "R"

    @property
    def answers(self) -> bool:
        """Whether an answer may rest on it."""
        return self in {Trust.HIGH, Trust.MEDIUM}


class PassageKind(StrEnum):
    """How a passage answers: a FAQ's answer is given whole, a text is quoted."""

    TEXT = "text"
    FAQ = "faq"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a passage's statement comes from and when it holds; dates may be partial (2025-03).

    ``replaces``: the numbers or titles of the rules that it takes the place of. ``jurisdiction`` is
    where it holds. ``review_by`` is the day until which ``owner``, a role, must look at it again.
    ``translation_of``: the id, number, title or address of the text that it is a translation of.
    """

    title: str
    issuer: str = ""
    number: str = ""
    url: str = ""
    issued: PartialDate | None = None
    effective_from: PartialDate | None = None
    effective_to: PartialDate | None = None
    checked: PartialDate | None = None
    trust: Trust = Trust.HIGH
    audience: Audience = Audience.PUBLIC
    topics: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    jurisdiction: Jurisdiction | None = None
    review_by: PartialDate | None = None
    owner: str = ""
    translation_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The smallest thing that can be found, quoted and cited.

    ``text`` is the stored source text, exactly as quotations must repeat it. ``questions`` are the
    ways in which people ask for it (a FAQ's variants, in any language); each becomes a vector of
    its own. ``entry`` ties the answers of one FAQ entry in several languages together.
    """

    id: str
    document: str
    ordinal: int
    kind: PassageKind
    language: str
    locator: str
    text: str
    provenance: Provenance
    headings: tuple[str, ...] = ()
    questions: tuple["QuestionVariant", ...] = ()
    entry: str = ""

    def placed(self, *, ordinal: int, identifier: str) -> Self:
        """The same passage with its place in the document and its id."""
        return replace(self, ordinal=ordinal, id=identifier)


@dataclass(frozen=True, slots=True)
class QuestionVariant:
    """One way to ask for a passage, and its language (BCP 47)."""

    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source as it was read: what it is, and its passages in order."""

    id: str
    content_hash: str
    provenance: Provenance
    language: str
    passages: tuple[Passage, ...] = field(default=())
    origin: Origin = field(default_factory=Origin)
