import xml.etree.ElementTree as ET

from knowledge.evaluation.charts import pictures
from knowledge.evaluation.drawing import Plot
from knowledge.evaluation.measures import Curve, Evaluation, Measure

SVG = "{http://www.w3.org/2000/svg}"
CURVES = (
    Curve(suite="own & ours", name="ours", points=((0.01, 1.0), (0.2, 0.0), (0.6, 0.1))),
    Curve(suite="own & ours", name="plain", points=((0.5, 0.3), (1.0, 0.5))),
    Curve(suite="own & ours", name="as set", points=((0.4, 0.05),)),
)
RETRIEVAL = Measure(
    suite="across languages",
    name="zh-only shelf R@1, worst language",
    ours=0.6,
    plain=0.5,
    count=9,
    parts={"en": (0.8, 0.7), "th": (0.6, 0.5)},
)


def draw(evaluation: Evaluation) -> dict[str, ET.Element]:
    return {name: ET.fromstring(svg) for name, svg in pictures(evaluation)}  # noqa: S314 - our own


def words(picture: ET.Element) -> list[str]:
    return [text.text or "" for text in picture.iter(f"{SVG}text")]


def test_both_curves_and_the_point_are_drawn_and_named() -> None:
    evaluation = Evaluation(fingerprint="", measures=(), curves=CURVES)
    picture = draw(evaluation)["risk-coverage-own & ours.svg"]
    said = words(picture)
    assert "Wrong answers against answers given: own & ours" in said
    assert {"our evidence", "plain cosine, same embedder"} <= set(said)
    assert "as set: 40 % answered, 5 % of these wrong" in said
    thick = [line for line in picture.iter(f"{SVG}polyline") if line.get("stroke-width") == "2.5"]
    # One answer before enough are given says little: the first point of ours is left out.
    assert [len((line.get("points") or "").split()) for line in thick] == [2, 2]


def test_every_language_is_drawn_with_both_sides() -> None:
    picture = draw(Evaluation(fingerprint="", measures=(RETRIEVAL,)))["retrieval-by-language.svg"]
    assert {"en", "th", "shelf in Chinese only, R@1", "plain cosine", "ours"} <= set(words(picture))
    places = {circle.get("cy") for circle in picture.iter(f"{SVG}circle")}
    assert len(list(picture.iter(f"{SVG}circle"))) == 2 + 4
    assert len(places) == 1 + 4


def test_nothing_to_draw_is_no_picture() -> None:
    assert draw(Evaluation(fingerprint="", measures=())) == {}


def test_a_plot_puts_values_where_they_belong() -> None:
    plot = Plot(10, 20, 100, 50, (0.0, 1.0), (0.0, 0.5))
    assert plot.place((0.0, 0.0)) == (10, 70)
    assert plot.place((1.0, 0.5)) == (110, 20)
    assert plot.place((0.5, 0.25)) == (60, 45)
