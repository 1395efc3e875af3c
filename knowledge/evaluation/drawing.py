"""Pictures as SVG, written by hand: lines, dots, axes and words are all that they need."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

Point = tuple[float, float]

OURS, PLAIN, MARK, INK, GRID = "#1b6ca8", "#b0623a", "#111111", "#333333", "#dddddd"
_FONT = "font-family='Helvetica, Arial, sans-serif'"


@dataclass(slots=True)
class Drawing:
    """A picture of a size in pixels; things are drawn in the order in which they are added."""

    width: int
    height: int
    title: str
    _parts: list[str] = field(default_factory=list)

    def line(self, points: Sequence[Point], colour: str, *, wide: float = 2.0) -> None:
        """A line through points."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._parts.append(
            f"<polyline points='{path}' fill='none' stroke='{colour}' stroke-width='{wide}'/>"
        )

    def dot(self, at: Point, colour: str, *, radius: float = 5.0, hollow: bool = False) -> None:
        """A dot, filled or as a ring."""
        fill = "#ffffff" if hollow else colour
        self._parts.append(
            f"<circle cx='{at[0]:.1f}' cy='{at[1]:.1f}' r='{radius}' fill='{fill}' "
            f"stroke='{colour}' stroke-width='2'/>"
        )

    def text(self, at: Point, text: str, *, anchor: str = "start", size: int = 13) -> None:
        """Words that begin, end or are centred at a point."""
        self._parts.append(
            f"<text x='{at[0]:.1f}' y='{at[1]:.1f}' text-anchor='{anchor}' font-size='{size}' "
            f"fill='{INK}' {_FONT}>{escape(text)}</text>"
        )

    def as_svg(self) -> str:
        """The whole picture."""
        head = (
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {self.width} {self.height}' "
            f"width='{self.width}' height='{self.height}' role='img'>"
        )
        background = f"<rect width='{self.width}' height='{self.height}' fill='#ffffff'/>"
        title = f"<title>{escape(self.title)}</title>"
        return "\n".join([head, title, background, *self._parts, "</svg>"]) + "\n"


@dataclass(frozen=True, slots=True)
class Plot:
    """A rectangle of a drawing with values from low to high in both directions."""

    left: float
    top: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]

    def place(self, point: Point) -> Point:
        """Where a pair of values lies in the drawing."""
        (x_low, x_high), (y_low, y_high) = self.x, self.y
        across = (point[0] - x_low) / (x_high - x_low)
        up = (point[1] - y_low) / (y_high - y_low)
        return self.left + across * self.width, self.top + (1.0 - up) * self.height

    def grid(self, drawing: Drawing, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Thin lines at these values, with the values as percentages beside them."""
        for value in xs:
            bottom = self.place((value, self.y[0]))
            drawing.line([bottom, self.place((value, self.y[1]))], GRID, wide=1.0)
            drawing.text((bottom[0], bottom[1] + 18), f"{100 * value:.0f} %", anchor="middle")
        for value in ys:
            start = self.place((self.x[0], value))
            drawing.line([start, self.place((self.x[1], value))], GRID, wide=1.0)
            drawing.text((start[0] - 8, start[1] + 4), f"{100 * value:.0f} %", anchor="end")
