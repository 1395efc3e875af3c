"""The order in which the parts of a page are read: what stands in columns is read down each."""

from collections.abc import Iterator, Sequence
from statistics import median

from ingest.loaders.pages.spans import Span

_FEWEST_LINES = 5
_MOST_CROSSING = 0.35
_NARROWEST_GAP = 0.6
_FULL = 0.55
_MARGIN = 0.22
_SHORTEST_LINE = 9
"""A column of text is at least so many heights of a line wide."""


def find_regions(spans: Sequence[Span]) -> list[list[Span]]:
    """Divide a page into regions in reading order, each of one column."""
    gutter = _find_gutter(spans)
    if gutter is None:
        return [list(spans)] if spans else []
    return [inner for region in _divide(spans, gutter) for inner in region]


def _divide(spans: Sequence[Span], gutter: float) -> Iterator[list[list[Span]]]:
    """Yield the columns between two lines that run across the page, then those lines."""
    left: list[Span] = []
    right: list[Span] = []
    across: list[Span] = []
    for span in sorted(spans, key=lambda one: one.box.top):
        crosses = span.box.left < gutter < span.box.right
        if crosses and (left or right):
            yield find_regions(left) + find_regions(right)
            left, right = [], []
        elif not crosses and across:
            yield [across]
            across = []
        side = across if crosses else left if span.box.right <= gutter else right
        side.append(span)
    yield find_regions(left) + find_regions(right) + ([across] if across else [])


def _find_gutter(spans: Sequence[Span]) -> float | None:
    """The middle of the gap that the fewest lines cross, with full lines on both of its sides."""
    if len(spans) < 2 * _FEWEST_LINES:
        return None
    first = min(span.box.left for span in spans)
    width = max(span.box.right for span in spans) - first
    inner = (first + _MARGIN * width, first + (1 - _MARGIN) * width)
    places = {round(span.box.right, 1) for span in spans if inner[0] < span.box.right < inner[1]}
    judged = [(cost, place) for place in places if (cost := _judge(spans, place)) is not None]
    best = min(judged, default=None)
    return best[1] - best[0][1] / 2 if best else None


def _judge(spans: Sequence[Span], edge: float) -> tuple[int, float] | None:
    """How many lines cross and how narrow the gap is; ``None`` where there are no columns."""
    left = [span for span in spans if span.box.right <= edge + 0.1]
    right = [span for span in spans if span.box.left > edge]
    crossing = len(spans) - len(left) - len(right)
    if min(len(left), len(right)) < _FEWEST_LINES or crossing > _MOST_CROSSING * len(spans):
        return None
    gap = min(span.box.left for span in right) - edge
    if gap < _NARROWEST_GAP * median(span.size for span in spans):
        return None
    columns = all(_is_full(side) or _find_gutter(side) is not None for side in (left, right))
    return (crossing, -gap) if columns else None


def _is_full(column: Sequence[Span]) -> bool:
    """Whether long lines fill the column, as running text does and cells of a table do not."""
    width = max(span.box.right for span in column) - min(span.box.left for span in column)
    typical = median(span.box.right - span.box.left for span in column)
    return typical >= max(_FULL * width, _SHORTEST_LINE * median(span.size for span in column))
