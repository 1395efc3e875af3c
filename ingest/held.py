"""What is held back of a document until a person has looked at it, and what that person said."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from ingest.drafts import Block
from ingest.problems import Loss, Problem

UNSURE = "\ufdd0"
"""Stands behind a line of which recognition was not sure; no text holds this sign."""


class Verdict(StrEnum):
    """What becomes of a part: its text as it was read, a person's text in its place, nothing."""

    ACCEPT = "accept"
    CORRECT = "correct"
    DISCARD = "discard"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict; ``text`` is what a correction puts in the place of the part."""

    verdict: Verdict
    text: str = ""


Decisions = Mapping[str, Decision]
"""What was decided about the parts of one document, by their keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPart:
    """A paragraph, a table, a page, or a whole file (then ``place`` is empty or names it).

    ``key`` is the hash of what it holds, so that the same part is known again and a changed one is
    not. ``text`` is what was read, ``doubts`` are the stretches of it that make no sense, as
    (start, end). ``tried`` says what was done to repair it; ``before`` and ``after`` are the lines
    around it; ``pages`` the pages that it stands on, ``pictures`` the names of their pictures.
    ``acceptable`` says that its text, as it was read, could go onto the shelf.
    """

    key: str
    place: str
    reason: Problem
    text: str
    doubts: tuple[tuple[int, int], ...] = ()
    tried: tuple[Problem, ...] = ()
    before: str = ""
    after: str = ""
    pages: tuple[int, ...] = ()
    pictures: tuple[str, ...] = ()
    acceptable: bool = True
    verdict: Verdict | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided about it."""
        return self.verdict is None

    def within(self, member: str) -> Self:
        """The same part of a file inside the document."""
        return replace(self, place=" > ".join(filter(None, (member, self.place))))


@dataclass(frozen=True, slots=True)
class Gap(Block):
    """A page, or a whole text, that cannot be used; its rows are what was read of it.

    ``content`` names what it is, where that is not its text: the hash of a picture.
    """

    reason: Problem = field(default_factory=lambda: Problem(""))
    tried: tuple[Problem, ...] = ()
    content: str = ""


def identify(*contents: str) -> str:
    """Name a part by what it holds: 32 hexadecimal digits."""
    return hashlib.sha256("\0".join(contents).encode(errors="surrogatepass")).hexdigest()[:32]


def without_marks(text: str) -> str:
    """The text without our own marks."""
    return text.replace(UNSURE, "")


def count_losses(parts: tuple[HeldPart, ...]) -> tuple[Loss, ...]:
    """What a report says of the parts that are open: each reason once, in order."""
    reasons: dict[str, tuple[Problem, int]] = {}
    for part in parts:
        if part.is_open:
            _, count = reasons.get(str(part.reason), (part.reason, 0))
            reasons[str(part.reason)] = (part.reason, count + 1)
    return tuple(Loss(reason, count) for reason, count in reasons.values())
