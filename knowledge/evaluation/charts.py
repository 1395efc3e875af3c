"""The pictures of an evaluation: wrong answers against answers, and retrieval by language."""

import math
from collections.abc import Iterator, Sequence

from knowledge.evaluation.drawing import MARK, OURS, PLAIN, Drawing, Plot, Point
from knowledge.evaluation.measures import Curve, Evaluation, Measure
from knowledge.evaluation.risk_coverage import AS_SET
from knowledge.evaluation.risk_coverage import OURS as OUR_CURVE
from knowledge.evaluation.risk_coverage import PLAIN as PLAIN_CURVE

_RETRIEVAL = {
    "XQuAD-R nDCG@10, worst language": "same language, nDCG@10",
    "zh-only shelf R@1, worst language": "shelf in Chinese only, R@1",
    "en-only shelf R@1, worst language": "shelf in English only, R@1",
    "zh/en shelf R@1, worst language": "shelf half Chinese, half English, R@1",
}
_FEWEST = 0.02
"""Curves begin where so many questions are answered; before that one answer moves them much."""
_MOST_LINES = 5.001
_STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def pictures(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """File names and SVG texts of all that can be drawn."""
    for suite in dict.fromkeys(curve.suite for curve in evaluation.curves):
        own = {curve.name: curve for curve in evaluation.curves if curve.suite == suite}
        yield f"risk-coverage-{suite}.svg", draw_curves(suite, own)
    found = [one for one in evaluation.measures if one.name in _RETRIEVAL and one.parts]
    if found:
        yield "retrieval-by-language.svg", draw_retrieval(found)


def draw_curves(suite: str, curves: dict[str, Curve]) -> str:
    """Both risk-coverage curves, and the point at which the desk stands."""
    title = f"Wrong answers against answers given: {suite}"
    drawing = Drawing(820, 520, title)
    drawn = {name: [p for p in one.points if p[0] >= _FEWEST] for name, one in curves.items()}
    highest = max((risk for points in drawn.values() for _, risk in points), default=0.0)
    ceiling = max(math.ceil(highest * 10 - 1e-9) / 10, 0.1)
    plot = Plot(80, 76, 700, 354, (0.0, 1.0), (0.0, ceiling))
    drawing.text((20, 32), title, size=18)
    plot.grid(drawing, _STEPS, [step / 10 for step in range(round(ceiling * 10) + 1)])
    drawing.text((430, 475), "share of all questions that are answered", anchor="middle")
    drawing.text((20, 58), "share of these answers that are wrong")
    for name, colour in ((PLAIN_CURVE, PLAIN), (OUR_CURVE, OURS)):
        if drawn.get(name):
            drawing.line([plot.place(point) for point in drawn[name]], colour, wide=2.5)
    stands = curves[AS_SET].points[0] if AS_SET in curves else None
    if stands:
        drawing.dot(plot.place(stands), MARK, radius=6)
    _explain(drawing, stands)
    return drawing.as_svg()


def _explain(drawing: Drawing, stands: Point | None) -> None:
    """What the colours mean, in one line below."""
    rows = [(OURS, "our evidence"), (PLAIN, "plain cosine, same embedder")]
    for number, (colour, text) in enumerate(rows):
        start = 80 + 140 * number
        drawing.line([(start, 500), (start + 24, 500)], colour, wide=3.0)
        drawing.text((start + 30, 505), text)
    if stands:
        drawing.dot((480, 500), MARK, radius=5)
        words = f"as set: {100 * stands[0]:.0f} % answered, {100 * stands[1]:.0f} % of these wrong"
        drawing.text((492, 505), words)


def draw_retrieval(measures: Sequence[Measure]) -> str:
    """A panel each measure: for every language the plain baseline and ours, side by side."""
    title = "Finding the right passage, by language of the question"
    drawing = Drawing(860, 90 + 230 * len(measures), title)
    drawing.text((20, 32), title, size=18)
    drawing.dot((620, 27), PLAIN, hollow=True)
    drawing.text((632, 32), "plain cosine")
    drawing.dot((750, 27), OURS)
    drawing.text((762, 32), "ours")
    for number, measure in enumerate(measures):
        _draw_panel(drawing, measure, 80 + 230 * number)
    return drawing.as_svg()


def _draw_panel(drawing: Drawing, measure: Measure, top: int) -> None:
    shares = [share for pair in measure.parts.values() for share in pair if share is not None]
    floor = int(min(shares) * 10) / 10
    plot = Plot(80, top + 14, 760, 150, (-0.5, len(measure.parts) - 0.5), (floor, 1.0))
    drawing.text((20, top), f"{_RETRIEVAL[measure.name]}", size=14)
    step = next(size for size in (0.02, 0.05, 0.1, 0.2) if (1.0 - floor) / size <= _MOST_LINES)
    lines = [floor + step * n for n in range(int(round((1.0 - floor) / step, 6)) + 1)]
    plot.grid(drawing, (), lines)
    for place, (language, (ours, plain)) in enumerate(sorted(measure.parts.items())):
        upper = plot.place((place, ours))
        if plain is not None:
            lower = plot.place((place, plain))
            drawing.line([lower, upper], "#999999", wide=1.5)
            drawing.dot(lower, PLAIN, hollow=True)
        drawing.dot(upper, OURS)
        drawing.text((upper[0], top + 184), language, anchor="middle")
