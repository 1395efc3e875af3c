"""PDF documents in Hebrew and Arabic, drawn as they look: their signs run from right to left.

Programs write the signs of such a line in the order of the page or in that of writing; in Arabic
some name the forms that letters take in a word. Figures and Latin words stand in it as everywhere.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from benchmarks.document_set import texts
from benchmarks.document_set.drawing import MARGIN, WIDTH, Line, Sheet, measure
from benchmarks.document_set.embedding import Layer, make_embedded
from benchmarks.document_set.specimen import Page, Specimen, State, make_parts

FROM_RIGHT = "PDF, from right to left"
_SIZE = 11.0
_FORWARD = re.compile(
    r"[A-Za-z](?:[A-Za-z0-9.,:/-]*[A-Za-z0-9])?(?:[ ,.]{1,2}[A-Za-z][A-Za-z]*)*"
    r"|[0-9](?:[0-9.,:/-]*[0-9])?"
)
_LOOKS = str.maketrans("()[]«»", ")(][»«")


def make_right_specimens() -> Iterator[Specimen]:
    """Yield the documents that are written from right to left."""
    for name, words in (
        ("hebrew", texts.HEBREW),
        ("arabic", texts.ARABIC),
        ("arabic-forms", texts.ARABIC_FORMS),
    ):
        truth = texts.ARABIC_PLAIN if words is texts.ARABIC_FORMS else words
        page = Page(make_parts(truth, titled=words is not texts.ARABIC_FORMS), "p. 1")
        for order in ("page", "writing"):
            build = partial(draw_from_right, words, written=order == "writing")
            yield Specimen(f"{name}-{order}.pdf", FROM_RIGHT, build, (page,))
    doubtful = Page((), "p. 1", State.DAMAGED)
    build = partial(draw_from_right, texts.HEBREW_DOUBTFUL)
    yield Specimen("hebrew-doubtful.pdf", FROM_RIGHT, build, (doubtful,))


def draw_from_right(words: Sequence[str], *, written: bool = False) -> bytes:
    """A page of these paragraphs; ``written``: the file has the signs in the order of writing."""
    sheet, base = Sheet(), 90.0
    for text in words:
        for line in _break(text):
            shown = _show(line)
            signs = list(_place(shown, WIDTH - MARGIN - _width(shown), base))
            sheet.lines += signs[::-1] if written else signs
            base += 1.6 * _SIZE
        base += _SIZE
    return make_embedded([(sheet, Layer.TRUE)])


def _break(text: str) -> Iterator[str]:
    line: list[str] = []
    for word in text.split():
        if line and _width(" ".join([*line, word])) > WIDTH - 2 * MARGIN:
            yield " ".join(line)
            line = []
        line.append(word)
    yield " ".join(line)


def _show(line: str) -> str:
    """A line as it looks, from left to right."""
    turned = _FORWARD.sub(lambda found: found.group()[::-1], line[::-1])
    return turned.translate(_LOOKS)


def _place(shown: str, left: float, base: float) -> Iterator[Line]:
    for sign in shown:
        yield Line(sign, left, base, _SIZE)
        left += measure(sign) * _SIZE


def _width(text: str) -> float:
    return sum(measure(sign) for sign in text) * _SIZE
