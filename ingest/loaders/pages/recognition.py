"""Pictures of text to spans: the models of rapidocr, which come inside its package."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from statistics import median
from typing import TYPE_CHECKING, Any

from ingest.held import UNSURE
from ingest.loaders.pages.spans import Box, Span
from ingest.pulse import beat
from ingest.recollection import Lines, recall

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

_GOOD = 0.8
_LEGIBLE = 0.75
_UNSURE = 0.9
"""Lines of clean scans reach .97; blurred ones have wrong letters at .85 already."""
_WORTHLESS = 0.5
_LARGEST = 2400
_LOOKING = 1280
_FAINT = 3.0
_WORDED = 0.5
_TALL = 1.5
_LONG = 4.0
_SLOPE = 0.25
"""Radians; beyond that a page was not laid askew."""
_VERSION = "1"
"""Of what is done with a picture here; raise it when that gives other lines than before."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lines of a picture, its size in the units of their places, and how sure they are."""

    spans: list[Span]
    width: float
    height: float
    score: float

    @property
    def is_good(self) -> bool:
        """Whether the page as a whole could be read.

        Of an alphabet that the model does not know, it is sure of the stops alone.
        """
        signs = "".join("".join(span.text.split()) for span in self.spans).replace(UNSURE, "")
        worded = sum(map(str.isalnum, signs)) > _WORDED * len(signs)
        return worded and self.score >= _LEGIBLE


def is_blank(picture: "Image") -> bool:
    """Whether nothing is to be seen on it."""
    from PIL import ImageStat

    return max(ImageStat.Stat(picture.convert("L")).stddev) < _FAINT


def recognise(picture: "Image") -> Recognised:
    """Read a picture, turned as it can be read best.

    A line of which the model is not sure carries a sign that keeps its paragraph from being quoted.
    What was read of the same picture before is not read again.
    """
    picture = _prepare(picture)
    width, height, score, lines = recall(find_key(picture), lambda: _pack(_look(picture)))
    return Recognised([Span(line[0], Box(*line[1:])) for line in lines], width, height, score)


def find_key(picture: "Image") -> str:
    """Name a picture by its signs and by what reads it, as 32 hexadecimal digits."""
    head = f"{_VERSION} {version('rapidocr')} {picture.mode} {picture.size}"
    return hashlib.sha256(head.encode() + picture.tobytes()).hexdigest()[:32]


def _pack(found: Recognised) -> Lines:
    lines = (
        (span.text, span.box.left, span.box.top, span.box.right, span.box.bottom)
        for span in found.spans
    )
    return found.width, found.height, found.score, tuple(lines)


def _look(picture: "Image") -> Recognised:
    """Read a picture in as many positions as are needed."""
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
    result: Any = _load()(np.asarray(picture), use_det=True, use_cls=False, use_rec=True)
    beat()
    if result.txts is None or result.boxes is None:
        return Recognised([], width, height, 0.0)
    spans = [
        Span(text if score >= _UNSURE else text + UNSURE, _box(corners))
        for corners, text, score in zip(
            straighten(result.boxes), result.txts, result.scores, strict=True
        )
        if text.strip() and score >= _WORTHLESS
    ]
    scores = [score for score, text in zip(result.scores, result.txts, strict=True) if text.strip()]
    return Recognised(spans, width, height, float(median(scores)) if scores else 0.0)


def find_text_lines(picture: "Image") -> list[Box]:
    """Where there seem to be lines of text in a picture; that is quicker than to read them."""
    import numpy as np

    result: Any = _load()(
        np.asarray(picture.convert("RGB")), use_det=True, use_cls=False, use_rec=False
    )
    beat()
    return [] if result.boxes is None else [_box(corners) for corners in result.boxes]


def straighten(boxes: "NDArray[Any]") -> "NDArray[Any]":
    """The corners of the lines on a page that lay askew, turned so that its lines run level."""
    import numpy as np

    boxes = np.array(boxes, dtype=float)
    along, down = boxes[:, 1] - boxes[:, 0], boxes[:, 3] - boxes[:, 0]
    long = np.hypot(*along.T) > _LONG * np.hypot(*down.T)
    if not long.any():
        return boxes
    angle = float(np.median(np.arctan2(along[long, 1], along[long, 0])))
    if abs(angle) > _SLOPE:
        return boxes
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    straight = boxes @ turn
    # Turned about a corner they may lie beside the page; only differences count.
    found: NDArray[Any] = straight - np.minimum(straight.min(axis=(0, 1)), 0)
    return found


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
