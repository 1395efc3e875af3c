"""What is found out about a case before a person looks at it, for the case card."""

from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Self

from knowledge.answer import Found
from knowledge.passage import Audience


class DraftState(StrEnum):
    """What became of a draft reply."""

    OFFERED = "offered"
    SENT = "sent"
    EDITED = "edited"
    DISCARDED = "discarded"


class Gap(StrEnum):
    """A fact that is missing: the bot asked for it in vain, or what fits differs by it."""

    CHOICE = "choice"
    COUNTRY = "country"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReply:
    """A reply that a person may send: quoted from the shelf, found but not sure enough.

    ``text`` is in the customer's language as far as the shelf has one, with its sources.
    """

    text: str
    state: DraftState = DraftState.OFFERED

    @property
    def digest(self) -> str:
        """What tells it from other drafts, so that nobody sends one they have not read."""
        return sha256(self.text.encode("utf-8", "replace")).hexdigest()[:12]

    def turned(self, state: DraftState) -> Self:
        """The same after somebody has decided."""
        return replace(self, state=state)


@dataclass(frozen=True, slots=True, kw_only=True)
class SolvedCase:
    """A closed case as others may learn from it: the first question, and the last reply."""

    ticket: int
    audience: Audience
    question: str
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found out: ``proposed`` is not sure enough to be an answer."""

    country: str = ""
    gaps: tuple[Gap, ...] = ()
    solved: tuple[SolvedCase, ...] = ()
    proposed: Found | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """What whoever takes a case should know; ``country`` is an ISO 3166 code ("" if not told)."""

    country: str = ""
    gaps: tuple[Gap, ...] = ()
    solved: tuple[SolvedCase, ...] = ()
    draft: DraftReply | None = None

    @property
    def offered(self) -> DraftReply | None:
        """The draft that nobody has decided about yet."""
        waiting = self.draft is not None and self.draft.state is DraftState.OFFERED
        return self.draft if waiting else None

    def decided(self, state: DraftState) -> Self:
        """The same after somebody has decided about the draft."""
        return replace(self, draft=self.draft.turned(state)) if self.draft else self
