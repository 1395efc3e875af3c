"""Two texts laid side by side, to see whether one is a copy of the other or of a part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.duplicates.differences import Difference, Limits, Operation, Pair
from knowledge.duplicates.signs import Signs, is_media_line

_ANCHOR = 8
"""So many signs in common in a row hold two texts together."""
_LEAST_ANCHOR = 3
_SLACK = 2
_ALIKE = 0.8
"""Less alike, two texts are no editions of each other."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the first text stands in the second.

    ``whole``: whether the second holds hardly more. ``exchanges``: words of the first and those in
    their place, where the wording differs; ``beside``: the part of the second that was compared.
    """

    difference: Difference
    whole: bool
    exchanges: tuple[tuple[str, str], ...] = ()
    beside: str = ""


def compare(one: Signs, other: Signs, limits: Limits | None = None) -> Comparison | None:
    """Look for one text in another one; None where it does not stand there.

    ``limits``: how many signs may be misread where one of them may be a scan.
    """
    place = other.text.find(one.text) if one.text else -1
    if place >= 0:
        return Comparison(Difference.NONE, _is_whole(one, other))
    window = _find_window(one, other)
    if window is None:
        return None
    part = Signs(other.text[window[0] : window[1]], other.written, other.places[slice(*window)])
    operations = _inner(one, _operations(one.text, part.text))
    changed = sum(max(end - start, last - first) for _, start, end, first, last in operations)
    if changed > (1 - _ALIKE) * len(one.text):
        return None
    pair = Pair(one, part)
    difference = pair.judge(operations, limits)
    exchanges = tuple(pair.exchanges(operations)) if difference is Difference.WORDING else ()
    beside = part.passage(0, len(part.places)) if operations else ""
    return Comparison(difference, _is_whole(one, other), exchanges, beside)


def _is_whole(one: Signs, other: Signs) -> bool:
    return len(one.text) >= _ALIKE * len(other.text)


def _find_window(one: Signs, other: Signs) -> tuple[int, int] | None:
    """Where in the second text the first one stands, by the first and last signs in common."""
    size = min(_ANCHOR, max(_LEAST_ANCHOR, len(one.text) // 3), len(one.text))
    known = _anchors(other.text, size)
    shared = [
        (place, known[gram])
        for place in range(len(one.text) - size + 1)
        if known.get(gram := one.text[place : place + size], -1) >= 0
    ]
    if not size or not shared:
        return None
    middle = sorted(there - here for here, there in shared)[len(shared) // 2]
    reach = max(_SLACK, round((1 - _ALIKE) * len(one.text)))
    near = [(here, there) for here, there in shared if abs(there - here - middle) <= reach]
    (first, begin), (last, end) = near[0], near[-1]
    start = max(0, begin - first - _SLACK)
    return start, min(len(other.text), end + len(one.text) - last + _SLACK)


@lru_cache(maxsize=256)
def _anchors(text: str, size: int) -> dict[str, int]:
    """The place of each gram that occurs once; -1 for those that occur more often."""
    places: dict[str, int] = {}
    for place in range(len(text) - size + 1):
        gram = text[place : place + size]
        places[gram] = -1 if gram in places else place
    return places


def _operations(one: str, other: str) -> list[Operation]:
    from rapidfuzz.distance import Levenshtein

    found = Levenshtein.opcodes(one, other)
    return [
        (each.tag, each.src_start, each.src_end, each.dest_start, each.dest_end)
        for each in found
        if each.tag != "equal"
    ]


def _inner(one: Signs, operations: Sequence[Operation]) -> list[Operation]:
    """The differences between the ends.

    What the second text has more at an end is around the first one; what the first one has more
    there counts, unless it says that it is a reprint.
    """
    left = list(operations)
    while left and left[0][1] == left[0][2] == 0:
        left = left[1:]
    while left and left[-1][1] == left[-1][2] == len(one.text):
        left = left[:-1]
    head = _span(left, len(one.text) // 2)
    if head and is_media_line(one.passage(0, head[-1][2]), head=True):
        left = left[len(head) :]
    tail = [each for each in left if each[1] >= len(one.text) // 2]
    if tail and tail[-1][2] == len(one.text):
        for count in range(len(tail), 0, -1):
            if is_media_line(one.passage(tail[-count][1], len(one.text)), head=True):
                return left[:-count]
    return left


def _span(operations: Sequence[Operation], limit: int) -> list[Operation]:
    """The differences at the head, if the text begins with one."""
    if not operations or operations[0][1] != 0:
        return []
    head = [operations[0]]
    for each in operations[1:]:
        if each[1] - head[-1][2] > _SLACK or each[2] > limit:
            break
        head.append(each)
    return head
