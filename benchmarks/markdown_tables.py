"""Tables of Markdown."""

from collections.abc import Iterable, Sequence

_LARGE = 10_000


def draw(rows: Iterable[Sequence[str]]) -> str:
    """A table; the first row is its head."""
    head, *below = rows
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *below))


def show(value: float | None) -> str:
    """A figure with four digits, or a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:.4g}" if value < _LARGE else f"{value:,.0f}"
