"""What on a shelf ends soon, is due for a review, or has no date: by document, or by its parts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from knowledge.dates import PartialDate
from knowledge.passage import Passage, Provenance

_Said = TypeVar("_Said")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A document, or what stands at one place in it; ``place`` is empty for the whole."""

    document: str
    place: str
    source: Provenance


@dataclass(frozen=True, slots=True)
class Deadline:
    """A part and the last day that counts; ``left`` is how many days remain, below 0 if over."""

    part: Part
    day: date
    left: int


def find_expiring(passages: Iterable[Passage], today: date, *, days: int) -> list[Deadline]:
    """What is in force until a day from today on to ``days`` from now, the soonest first."""
    found = _deadlines(passages, today, lambda source: source.effective_to)
    return [one for one in found if 0 <= one.left <= days]


def find_due(passages: Iterable[Passage], today: date, *, days: int) -> list[Deadline]:
    """What must be looked at again by now or in ``days`` from now, the longest overdue first.

    What is no longer in force needs no review.
    """
    living = [one for one in passages if not _is_over(one.provenance, today)]
    found = _deadlines(living, today, lambda source: source.review_by)
    return [one for one in found if one.left <= days]


def find_undated(passages: Iterable[Passage]) -> list[tuple[Part, tuple[str, ...]]]:
    """What says neither when it was issued nor since when it holds, and what else it lacks."""
    return [(part, missing) for part, missing in _parts(passages, _missing) if "issued" in missing]


def _missing(source: Provenance) -> tuple[str, ...]:
    """The names of the dates that a source does not give; either of the first two will do."""
    dated = source.issued or source.effective_from
    known = {"issued": dated, "checked": source.checked, "review_by": source.review_by}
    return tuple(name for name, day in known.items() if not day)


def _deadlines(
    passages: Iterable[Passage], today: date, read: Callable[[Provenance], PartialDate | None]
) -> list[Deadline]:
    parts = ((part, day.last_day) for part, day in _parts(passages, read) if day)
    found = [Deadline(part, day, (day - today) // timedelta(days=1)) for part, day in parts]
    return sorted(found, key=lambda one: (one.day, one.part.document, one.part.place))


def _parts(
    passages: Iterable[Passage], read: Callable[[Provenance], _Said]
) -> Iterator[tuple[Part, _Said]]:
    """What each document says, once where all its passages say the same, else place by place."""
    documents: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        documents[passage.document].append(passage)
    for name, some in documents.items():
        said = {read(one.provenance) for one in some}
        if len(said) == 1 and not any(one.entry for one in some):
            yield Part(document=name, place="", source=some[0].provenance), said.pop()
        else:
            yield from _places(some, read)


def _places(
    passages: Sequence[Passage], read: Callable[[Provenance], _Said]
) -> Iterator[tuple[Part, _Said]]:
    """The same in several languages, or in several pieces, is one place."""
    seen: set[tuple[str, _Said]] = set()
    for one in passages:
        said = read(one.provenance)
        key = (one.entry or one.locator, said)
        if key not in seen:
            seen.add(key)
            yield Part(document=one.document, place=key[0], source=one.provenance), said


def _is_over(source: Provenance, today: date) -> bool:
    return source.effective_to is not None and source.effective_to.last_day < today
