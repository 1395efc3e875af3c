"""Pictures of text to spans: the models of rapidocr, which come inside its package."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, Any

from ingest.loaders.pages.spans import Box, Span

if TYPE_CHECKING:
    from PIL.Image import Image

_GOOD = 0.8
_UNSURE = 0.75
_WORTHLESS = 0.5
_LARGEST = 2400
_LOOKING = 1280
_FAINT = 3.0
_TALL = 1.5
_LOST = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lines of a picture, its size in the units of their places, and how sure they are."""

    spans: list[Span]
    width: float
    height: float
    score: float

    @property
    def is_good(self) -> bool:
        """Whether the page as a whole could be read."""
        return bool(self.spans) and self.score >= _UNSURE


def is_blank(picture: "Image") -> bool:
    """Whether nothing is to be seen on it."""
    from PIL import ImageStat

    return max(ImageStat.Stat(picture.convert("L")).stddev) < _FAINT


def recognise(picture: "Image") -> Recognised:
    """Read a picture, turned as it can be read best.

    A line of which the model is not sure carries a sign that keeps its paragraph from being quoted.
    """
    picture = _prepare(picture)
    found = _read(picture)
    turns: tuple[int, ...] = ()
    if _stands_sideways(found.spans):
        turns = (90, 270)
    elif found.spans and found.score < _GOOD:
        turns = (180,)
    for turn in turns:
        found = max(found, _read(picture.rotate(turn, expand=True)), key=_rank)
        if found.score >= _GOOD and not _stands_sideways(found.spans):
            break
    return found


def _rank(found: Recognised) -> tuple[bool, float]:
    return not _stands_sideways(found.spans), found.score


def _prepare(picture: "Image") -> "Image":
    picture = picture.convert("RGB")
    picture.thumbnail((_LARGEST, _LARGEST))
    return picture


def _read(picture: "Image") -> Recognised:
    import numpy as np

    width, height = picture.size
    result: Any = _load()(np.asarray(picture), use_cls=False)
    if result.txts is None or result.boxes is None:
        return Recognised([], width, height, 0.0)
    spans = [
        Span(text if score >= _UNSURE else text + _LOST, _box(corners))
        for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
        if text.strip() and score >= _WORTHLESS
    ]
    scores = [score for score, text in zip(result.scores, result.txts, strict=True) if text.strip()]
    return Recognised(spans, width, height, float(median(scores)) if scores else 0.0)


def _box(corners: Sequence[Sequence[float]]) -> Box:
    across = [float(x) for x, _ in corners]
    down = [float(y) for _, y in corners]
    return Box(min(across), min(down), max(across), max(down))


def _stands_sideways(spans: Sequence[Span]) -> bool:
    """Whether most of the text runs up or down the picture."""
    long = [span for span in spans if len(span.text) > 2]  # noqa: PLR2004 - a word, not a mark
    tall = sum(span.box.height > _TALL * (span.box.right - span.box.left) for span in long)
    return tall * 2 > len(long)


@cache
def _load() -> Any:  # noqa: ANN401 - the library has no types
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": 0.0,
            # Lines are looked for in a smaller picture, and read in the whole one.
            "Det.limit_type": "max",
            "Det.limit_side_len": _LOOKING,
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
        }
    )
