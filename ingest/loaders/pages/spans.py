"""Signs on a page to spans: words that stand together on one line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

_HAN = re.compile(r"[\u2e80-\u303f\u3041-\u9fff\uf900-\ufaff\uff00-\uffef]")
_APART = 1.0
"""A gap of so many heights of a line belongs between columns or cells, not between words."""
_WORD_GAP = 0.2
_HAN_GAP = 0.35
_WRITTEN_GAP = 0.12
_SAME_LINE = 0.45
_SAME_HEIGHT = 1.6


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page in points, from the top left."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2

    def joined(self, other: "Box") -> "Box":
        """The smallest place that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def scaled(self, factor: float) -> "Box":
        """The same place where a unit is so many times as long."""
        edges = (self.left, self.top, self.right, self.bottom)
        return Box(*(edge * factor for edge in edges))

    def meets(self, other: "Box") -> bool:
        """Whether they share some of their place, and half of the lower one's height."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0 and 2 * down > min(self.height, other.height)

    def holds(self, other: "Box") -> bool:
        """Whether the centre of the other lies inside."""
        across = (other.left + other.right) / 2
        return self.left <= across <= self.right and self.top <= other.middle <= self.bottom


@dataclass(frozen=True, slots=True)
class Span:
    """A text and its place; ``spaced`` says that a space stands before it."""

    text: str
    box: Box
    spaced: bool = False

    @property
    def size(self) -> float:
        """The height of its line."""
        return self.box.height


def join_glyphs(glyphs: Iterable[Span]) -> list[Span]:
    """Put the signs of a page together, first in the order in which they are drawn."""
    runs: list[Span] = []
    for glyph in glyphs:
        if runs and _goes_on(runs[-1], glyph):
            runs[-1] = _join(runs[-1], glyph)
        else:
            runs.append(glyph)
    # Some programs draw the words of a line in any order.
    return list(_join_neighbours(runs))


def _join_neighbours(runs: Sequence[Span]) -> Iterator[Span]:
    for line in find_lines(runs):
        last = line[0]
        for run in line[1:]:
            if _goes_on(last, run):
                last = _join(last, run)
            else:
                yield last
                last = run
        yield last


def find_lines(spans: Iterable[Span]) -> list[list[Span]]:
    """Group spans that stand at one height, from the top; in a line from the left."""
    lines: list[list[Span]] = []
    for span in sorted(spans, key=lambda one: (one.box.middle, one.box.left)):
        if lines and _is_level(lines[-1][0], span):
            lines[-1].append(span)
        else:
            lines.append([span])
    return [sorted(line, key=lambda one: one.box.left) for line in lines]


def join_line(line: Sequence[Span]) -> Span:
    """One span of all on a line, with spaces between them."""
    box, text = line[0].box, line[0].text
    for span in line[1:]:
        box = box.joined(span.box)
        text = f"{text.rstrip()} {span.text.lstrip()}"
    return Span(text, box)


def is_han(sign: str) -> bool:
    """Whether the sign is one of those that are written without spaces."""
    return _HAN.match(sign) is not None


def _is_level(one: Span, other: Span) -> bool:
    return abs(one.box.middle - other.box.middle) < _SAME_LINE * min(one.size, other.size)


def _goes_on(run: Span, span: Span) -> bool:
    size = max(run.size, span.size)
    alike = size <= _SAME_HEIGHT * max(0.1, min(run.size, span.size))
    return alike and _is_level(run, span) and -0.5 * size < _gap(run, span) < _APART * size


def _gap(run: Span, span: Span) -> float:
    return span.box.left - run.box.right


def _join(run: Span, span: Span) -> Span:
    gap = _gap(run, span) / max(run.size, span.size)
    if is_han(run.text[-1]) and is_han(span.text[0]):
        spaced = gap > (_WRITTEN_GAP if span.spaced else _HAN_GAP)
    else:
        spaced = (span.spaced and gap > 0) or gap > _WORD_GAP
    text = f"{run.text}{' ' if spaced else ''}{span.text}"
    return replace(run, text=text, box=run.box.joined(span.box))
