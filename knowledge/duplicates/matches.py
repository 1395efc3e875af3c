"""Passages that stand in another document, as it was found by reading both."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from knowledge.duplicates.candidates import Candidate
from knowledge.duplicates.comparison import Comparison, compare
from knowledge.duplicates.context import (
    is_compatible,
    is_kin,
    is_same_rule,
    may_be_scanned,
    titles_allow,
)
from knowledge.duplicates.differences import PASSAGE, TITLE, Difference
from knowledge.duplicates.signs import Signs, read_signs
from knowledge.passage import Passage, PassageKind
from knowledge.subjects import name_subjects

_SPAN = 12
"""So many neighbouring passages at most are read as one."""
_QUOTED = 30
"""Signs that a passage of another kind, or under another name, must have to be linked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The passage ``of`` and the passages of another document in which it stands, by id.

    ``kin``: whether both stand under one name, None where one has none. ``compatible``: whether
    nothing else that they say about themselves differs; ``titled``: that their titles allow it.
    ``same_rule``: whether both say that they are the same rule. ``exchanges``: where the wording
    differs, what stands in the place of what.
    """

    of: str
    within: tuple[str, ...]
    difference: Difference
    whole: bool
    kin: bool | None
    compatible: bool
    titled: bool
    same_rule: bool
    same_kind: bool
    exchanges: tuple[tuple[str, str], ...] = ()

    @property
    def is_copy(self) -> bool:
        """Whether what is said is the same, and said by sources that may be one."""
        return self.difference.is_copy and self.compatible and self.titled


@dataclass(frozen=True, slots=True)
class Reader:
    """Compares the candidates of a shelf; ``read`` gives the passage of a row."""

    read: Callable[[int], Passage]
    _known: dict[int, Passage] = field(default_factory=dict)

    def verify(self, candidates: Iterable[Candidate]) -> Iterator[Match]:
        """The matches among candidates."""
        for candidate in candidates:
            match = self._verify(candidate)
            if match is not None:
                yield match

    def _verify(self, candidate: Candidate) -> Match | None:
        one = self._passage(candidate.row)
        nearest = [self._passage(candidate.rows[0])]
        if one.kind is nearest[0].kind is PassageKind.FAQ and not is_kin(one, nearest[0]):
            return None  # the same answer to another question
        best: tuple[Comparison, Sequence[Passage]] | None = None
        ways = [nearest]
        if len(candidate.rows) > 1:
            span = range(min(candidate.rows), max(candidate.rows) + 1)
            rows = span if len(span) <= _SPAN else sorted(candidate.rows)
            ways.append([self._passage(row) for row in rows])
        for some in ways:
            found = _compare(one, some)
            if found is not None and (best is None or found.difference.is_copy):
                best = found, some
            if found is not None and found.difference.is_copy:
                break
        return _match(one, best[1], best[0]) if best else None

    def _passage(self, row: int) -> Passage:
        if row not in self._known:
            if len(self._known) > 20_000:  # noqa: PLR2004 - some twenty megabytes
                self._known.clear()
            self._known[row] = self.read(row)
        return self._known[row]


def _compare(one: Passage, others: Sequence[Passage]) -> Comparison | None:
    scanned = may_be_scanned(one) or any(map(may_be_scanned, others))
    other = read_signs(_with_headings(others), first=not others[0].ordinal)
    mine = read_signs(one.text, first=not one.ordinal)
    found = compare(mine, other, PASSAGE if scanned else None)
    if found is None or found.difference.is_rival:
        return found
    if one.headings:
        above = _compare_headings(one.headings[-1], other, others, scanned=scanned)
        if not above.is_copy:
            return replace(found, difference=above)
    if not found.beside:
        return found
    named = (name_subjects(text, one.language).tags for text in (one.text, found.beside))
    return found if len(set(named)) == 1 else replace(found, difference=Difference.NAME)


def _compare_headings(
    heading: str, other: Signs, others: Sequence[Passage], *, scanned: bool
) -> Difference:
    """Whether what stands above a passage stands in the other text, or differs from it there."""
    mine = read_signs(heading)
    found = compare(mine, other, TITLE if scanned else None)
    if found is not None and found.difference.is_copy:
        return found.difference
    theirs = (read_signs(each.headings[-1]) for each in others if each.headings)
    rivals = (each for each in (compare(mine, one) for one in theirs) if each is not None)
    return next((one.difference for one in rivals if one.difference.is_rival), Difference.WORDING)


def _with_headings(passages: Sequence[Passage]) -> str:
    """The texts with what stands above them, which a copy may have in its text."""
    lines: list[str] = []
    above: tuple[str, ...] = ()
    for passage in passages:
        path = (*([] if passage.ordinal else [passage.provenance.title]), *passage.headings)
        lines += [heading for heading in path if heading not in above]
        lines.append(passage.text)
        above = path
    return "\n".join(lines)


def _match(one: Passage, others: Sequence[Passage], found: Comparison) -> Match | None:
    kin = _agree([is_kin(one, other) for other in others])
    same_kind = all(one.kind is other.kind for other in others)
    if not kin and not same_kind and len(read_signs(one.text).text) < _QUOTED:
        return None
    return Match(
        of=one.id,
        within=tuple(other.id for other in others),
        difference=found.difference,
        whole=found.whole,
        kin=kin,
        compatible=all(is_compatible(one, other) for other in others),
        titled=bool(kin) or not same_kind or all(titles_allow(one, other) for other in others),
        same_rule=all(is_same_rule(one.provenance, other.provenance) for other in others),
        same_kind=same_kind,
        exchanges=found.exchanges,
    )


def _agree(answers: Sequence[bool | None]) -> bool | None:
    return answers[0] if len(set(answers)) == 1 else None
