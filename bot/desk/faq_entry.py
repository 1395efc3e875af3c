"""A FAQ entry that staff make of an answer they gave, and how far it has come.

Drafted by a person, approved by an editor, published to the shelf, and told to those who waited.
What is discarded is kept too, and so is every earlier version.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from bot.desk.ticket import Staff
from knowledge.passage import Audience, QuestionVariant


class FaqState(StrEnum):
    """How far it has come."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    PUBLISHED = "published"
    TOLD = "told"
    DISCARDED = "discarded"


class FindingKind(StrEnum):
    """What an editor should know before, or what sent an entry back after."""

    ANSWERED = "answered"
    CONTRADICTS = "contradicts"
    LINT = "lint"
    PERSONAL = "personal"
    UNREACHED = "unreached"
    SOURCE = "source"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqFinding:
    """``about`` is the question or the words concerned, ``other`` what stands against them.

    Of a question that waits and may be the same (``ALIKE``), ``other`` is the language.
    """

    kind: FindingKind
    about: str
    other: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqContent:
    """What an entry says. ``source`` is an address or a document of the shelf; "" is the centre.

    ``translations`` are the answer in other languages, as pairs of language and text.
    """

    questions: tuple[QuestionVariant, ...]
    answer: str
    language: str
    owner: str
    review_by: date
    audience: Audience
    source: str = ""
    jurisdiction: str = ""
    translations: tuple[tuple[str, str], ...] = ()

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """The answer in each language that it has, its own first."""
        return ((self.language, self.answer), *self.translations)

    def as_json(self) -> dict[str, object]:
        """The content as JSON."""
        return {
            "questions": [[one.language, one.text] for one in self.questions],
            "answer": self.answer,
            "language": self.language,
            "owner": self.owner,
            "review_by": self.review_by.isoformat(),
            "audience": self.audience.value,
            "source": self.source,
            "jurisdiction": self.jurisdiction,
            "translations": [list(pair) for pair in self.translations],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> Self:
        """Read what :meth:`as_json` gave."""
        return cls(
            questions=tuple(
                QuestionVariant(text, tag) for tag, text in _pairs(stored["questions"])
            ),
            answer=str(stored["answer"]),
            language=str(stored["language"]),
            owner=str(stored["owner"]),
            review_by=date.fromisoformat(str(stored["review_by"])),
            audience=Audience(str(stored["audience"])),
            source=str(stored["source"]),
            jurisdiction=str(stored["jurisdiction"]),
            translations=tuple(_pairs(stored["translations"])),
        )


def _pairs(stored: object) -> list[tuple[str, str]]:
    if not isinstance(stored, list):
        message = "what a FAQ entry says is not as it was stored"
        raise TypeError(message)
    return [(str(tag), str(text)) for tag, text in stored]


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqVersion:
    """An earlier content, with who changed it (their id at the door) and when."""

    content: FaqContent
    staff: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqEntry:
    """One entry; ``widest`` is the audience that it must not go beyond.

    ``findings`` are what an editor should know; ``told`` how many people were told. ``id`` is 0
    until it is stored.
    """

    ticket: int
    content: FaqContent
    widest: Audience
    author: Staff
    made_at: datetime
    id: int = 0
    state: FaqState = FaqState.DRAFTED
    approved_by: str = ""
    findings: tuple[FaqFinding, ...] = ()
    told: int = 0
    history: tuple[FaqVersion, ...] = ()

    @property
    def key(self) -> str:
        """Its id in the FAQ table; the minute keeps it apart from those of another database."""
        return f"ANS-{self.made_at:%y%m%d%H%M}-{self.id}"

    @property
    def version(self) -> int:
        """How often it was changed."""
        return len(self.history)

    @property
    def changed_by(self) -> frozenset[str]:
        """The ids of all who changed it."""
        return frozenset(one.staff for one in self.history)

    @property
    def alike(self) -> tuple[QuestionVariant, ...]:
        """Questions that wait and may be the same; an editor says which are."""
        return tuple(
            QuestionVariant(one.about, one.other)
            for one in self.findings
            if one.kind is FindingKind.ALIKE
        )

    def changed(self, content: FaqContent, *, by: Staff, at: datetime) -> Self:
        """The same with another content; what was there stays in its history."""
        earlier = FaqVersion(content=self.content, staff=by.identity, at=at)
        return replace(self, content=content, history=(*self.history, earlier))


def is_address(source: str) -> bool:
    """Whether a source is an address of the web, and no document of the shelf."""
    return source.startswith(("https://", "http://"))


def is_wider(one: Audience, than: Audience) -> bool:
    """Whether somebody may read what is for ``one`` who may not read what is for ``than``."""
    return any(one in reader.readable and than not in reader.readable for reader in Audience)


def narrowest(one: Audience, other: Audience) -> Audience:
    """Who may read both."""
    both = [each for each in Audience if not is_wider(each, one) and not is_wider(each, other)]
    return both[0]
