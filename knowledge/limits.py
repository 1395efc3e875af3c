"""What a question is limited to (a country, a visa, a year), and whether a source speaks of it.

What a source only mentions in passing (Australia in a list of rating bodies) it does not speak of.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from knowledge.ages import names_minor
from knowledge.answer import Inquiry
from knowledge.asked_kind import Kind, asked_kinds, holds, mentioned_kinds
from knowledge.candidate_subjects import HOME, SEPARATE, Subjects
from knowledge.evidence import Candidate
from knowledge.passage import Passage, Provenance
from knowledge.policy_time import Period, asked_period, held, is_to_come, named_months
from knowledge.spans import split_sentences
from knowledge.subjects import Named, name_subjects
from knowledge.territory import is_elsewhere

_LIST = 4
"""From so many names of one kind on a text lists them, and is about none of them."""
_WHERE = frozenset({"country", "place"})
_TELLING = ("status:", "visa:", "name:", "country:", "tier:", "class:", "made:")
"""What tells one question from another."""
_MINOR = "person:minor"
_DEPENDING = "status:visa-free"
"""What holds for some nationalities and not for others."""
_LETTERS = {
    "status:tourist": "visa:l",
    "status:business": "visa:m",
    "status:student": "visa:x",
    "status:family": "visa:s",
}
"""What people call a visa, and its letter."""
_ELSEWHERE = re.compile(
    r"\b(?:outside|except(?: for)?|other than|apart from|fuera de|excepto|salvo|aparte de"
    r"|fora d[aeo]|além d[aeo]|exceto|hors d[eu]s?|sauf|außerhalb|außer|di luar|selain|ngoài)\b"
    r"[^.?!;]*|(?<!\w)(?:кроме|за пределами|вне)\s[^.?!;]*|除了?[^，。？]{1,20}外"
    r"|[^，。？]{1,12}[以之]外",
    re.IGNORECASE,
)
"""What a question leaves out: "outside the US" is not limited to the US."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question names; what it asks for decides how strictly that is taken."""

    named: Named
    kinds: frozenset[Kind]
    asks_leave: bool
    period: Period
    today: date

    @classmethod
    def of(cls, inquiry: Inquiry) -> Self:
        """Read them from the question's words."""
        return cls(
            named=_named_in(inquiry),
            kinds=asked_kinds(inquiry.text),
            asks_leave=Kind.PERMISSION in mentioned_kinds(inquiry.text),
            period=asked_period(inquiry.text, inquiry.today),
            today=inquiry.today,
        )

    def met_by(self, candidate: Candidate) -> bool:
        """Whether a candidate speaks of all of it, and of nothing else instead."""
        limiting = self._limiting()
        if not limiting and not candidate.evidence.curated:
            return True
        passages, found = candidate.passages, candidate.subjects
        rule = passages[0].provenance.jurisdiction
        elsewhere = is_elsewhere(rule, self.named, lambda: found.head.tags)
        if elsewhere or (self.is_at_home and found.is_abroad):
            return False
        if candidate.evidence.curated and found.special and not found.special & self.named.tags:
            return False
        return all(self._is_met(tag, found, passages) for tag in limiting)

    def count_missed(self, candidate: Candidate) -> int:
        """How much of what tells one question from another none of its own questions names.

        For a text, which has none, what it does not say counts instead.
        """
        found = candidate.subjects
        telling = [tag for tag in self._limiting() if self._is_telling(tag, found)]
        curated = candidate.evidence.curated
        known = (found.head.tags if curated else found.tags) if telling else None
        return sum(not _names(tag, found, known) for tag in telling)

    def _is_telling(self, tag: str, found: Subjects) -> bool:
        """Whether it tells one question from another.

        Where somebody is from does not, in a rule for all: that an entry happens to be asked by a
        Brazilian does not make it one about Brazilians.
        """
        from_there = tag.startswith("country:") and tag in self.named.origins
        return tag.startswith(_TELLING) and not (from_there and self._may_be_left_open(tag, found))

    @property
    def is_at_home(self) -> bool:
        """Whether the question says that it is about China, and names no other country."""
        named = self.named.tags - self.named.origins
        return HOME in named and not self.named.of_kind("country:")

    def _limiting(self) -> frozenset[str]:
        """What the question is limited to; not the continent where it names a country too."""
        tags = self.named.tags
        if any(tag.startswith("country:") for tag in tags):
            return frozenset(tag for tag in tags if not tag.startswith("region:"))
        return tags

    def _is_met(self, tag: str, found: Subjects, passages: Sequence[Passage]) -> bool:
        kind, _, key = tag.partition(":")
        if kind == "year":
            return self._is_of_year(int(key), found, passages[0].provenance) and self._is_of_month(
                int(key), passages
            )
        if self._may_be_left_open(tag, found):
            return True
        if not _names(tag, found):
            return False
        if kind not in _WHERE or tag in self.named.origins:
            return True
        # Neither people who come from there, nor a name in a list: what is done there.
        return tag not in found.origins and not self._in_passing(tag, found, passages)

    def _may_be_left_open(self, tag: str, found: Subjects) -> bool:
        """Whether a candidate that does not name it may still hold for it.

        A rule without a tier is for all tiers, and one that names no nationality for all.
        """
        kind = tag.partition(":")[0]
        if kind in {"status", "tier"}:
            letters = found.stated("visa:") & frozenset(_LETTERS.values())
            return not found.stated(tag) and not (letters and kind == "status")
        if kind == "home" or self._is_counterpart(tag, found):
            return True
        if kind == "place" and self.asks_leave and not self.kinds and tag not in SEPARATE:
            # What the whole country allows or forbids holds there too.
            return found.is_general and not found.is_abroad
        if tag not in self.named.origins - SEPARATE:
            return False
        if kind == "place":
            return found.is_general
        depends = kind == "country" and _DEPENDING in self.named.tags
        return kind in {"country", "district"} and not depends and not found.limits(tag)

    def _is_counterpart(self, tag: str, found: Subjects) -> bool:
        """Whether it is the country abroad in a question about China, and the rule is for any.

        "My fee is paid to France, does China tax it?" No amount or time is asked for: these differ.
        """
        at_home = HOME in self.named.tags - self.named.origins
        return (
            tag.startswith("country:")
            and at_home
            and not self.kinds
            and not found.stated("country:")
        )

    def _in_passing(self, tag: str, found: Subjects, passages: Sequence[Passage]) -> bool:
        """Whether a text about other places names this one only beside what it says."""
        if self._is_about(tag, found, passages):
            return False
        if not found.head.of_kind(tag) and len(found.body.of_kind(tag)) < _LIST:
            return False
        sentences = [
            span.of(passage.text)
            for passage in passages
            for span in split_sentences(passage.text)
            if tag in name_subjects(span.of(passage.text), passage.language).tags
        ]
        answering = (all(holds(one, kind) for kind in self.kinds) for one in sentences)
        return not (self.kinds and any(answering))

    def _is_about(self, tag: str, found: Subjects, passages: Sequence[Passage]) -> bool:
        """Whether a title or a question variant names it, and not among many others."""
        if tag in found.titles.tags:
            return True
        if tag not in found.asked.tags:
            return False
        variants = (variant for passage in passages for variant in passage.questions)
        named = (name_subjects(one.text, one.language) for one in variants)
        most = max(_LIST - 2, len(self.named.of_kind(tag)))
        return any(tag in one.tags and len(one.of_kind(tag)) <= most for one in named)

    def _is_of_year(self, year: int, found: Subjects, source: Provenance) -> bool:
        if f"year:{year}" in found.tags:
            return True
        dated = source.effective_from is not None
        if year > self.today.year:
            return is_to_come(source, self.today)
        if year == self.today.year:
            return dated or not found.body.of_kind("year:")
        then = Period(date(year, 1, 1), date(year, 12, 31))
        return (
            self.period.past and (dated or source.effective_to is not None) and held(source, then)
        )

    def _is_of_month(self, year: int, passages: Sequence[Passage]) -> bool:
        """Whether a text without dates of its own tells of the month that is asked about."""
        month, source = self.period.past_month, passages[0].provenance
        if month is None or source.effective_from or source.effective_to:
            return True
        return any(month in named_months(one.text, year) for one in passages)


def _named_in(inquiry: Inquiry) -> Named:
    """What a question is limited to; somebody under 18 is a minor."""
    named = name_subjects(_ELSEWHERE.sub(" ", inquiry.text), inquiry.language)
    if not names_minor(inquiry.text):
        return named
    return Named(named.tags | {_MINOR}, named.origins)


def _names(tag: str, found: Subjects, known: frozenset[str] | None = None) -> bool:
    letter = _LETTERS.get(tag, "")
    words = {word for word, one in _LETTERS.items() if one == tag}
    return not (found.tags if known is None else known).isdisjoint({tag, letter, *words})
