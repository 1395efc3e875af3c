"""Scans, pictures, and pages whose text layer cannot be trusted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from benchmarks.document_set import texts
from benchmarks.document_set.drawing import Sheet, lay_out
from benchmarks.document_set.embedding import Layer, make_embedded
from benchmarks.document_set.pdf_specimens import number_pages
from benchmarks.document_set.scans import Scanner, make_scan, save_picture, scan, smudge
from benchmarks.document_set.specimen import Page, Part, Ruled, Specimen, State, make_parts

FINE, COARSE, SKEWED = "scan, 300 dpi", "scan, 150 dpi", "scan, skewed"
WORN = "scan, worn, at 100 dpi, without rulings"
ROTATED, PICTURE, CYRILLIC = "scan, rotated", "PNG, JPEG, TIFF", "scan in Russian"
LAYERS, ILLEGIBLE = "PDF, damaged text layer", "empty and illegible pages"
_NOTICE, _GUIDE = make_parts(texts.NOTICE), make_parts(texts.GUIDE)
_ENGLISH, _SPANISH = make_parts(texts.ENGLISH), make_parts(texts.SPANISH)
_ARABIC = "يجب على الشركة تسجيل المسلسل القصير قبل التصوير"
_FEES = Part.table(texts.FEES)


def make_scan_specimens() -> Iterator[Specimen]:
    """Yield the documents that must be looked at."""
    yield from _make_scans()
    yield from _make_pictures()
    yield from _make_damaged()
    yield from _make_empty()


def _lay(parts: Sequence[Part]) -> Sheet:
    return lay_out(parts, indent=0.0 if parts[0].text.isascii() else 2.0)


def _scan(name: str, kind: str, scanner: Scanner, *pages: Sequence[Part]) -> Specimen:
    def build() -> bytes:
        return make_scan([scan(_lay(parts), scanner) for parts in pages])

    return Specimen(name, kind, build, number_pages(*pages))


def _make_scans() -> Iterator[Specimen]:
    hant = make_parts(texts.TRADITIONAL)
    yield _scan("fine-notice.pdf", FINE, Scanner(300), _NOTICE, (*_GUIDE, _FEES))
    yield _scan("fine-hant.pdf", FINE, Scanner(300), hant)
    yield _scan("fine-en.pdf", FINE, Scanner(300), _ENGLISH)
    yield _scan("fine-es.pdf", FINE, Scanner(300), _SPANISH)
    yield _scan("coarse-notice.pdf", COARSE, Scanner(150), (*_NOTICE, _FEES))
    yield _scan("coarse-guide.pdf", COARSE, Scanner(150), _GUIDE)
    yield _scan("coarse-en.pdf", COARSE, Scanner(150), _ENGLISH)
    yield _scan("skewed-notice.pdf", SKEWED, Scanner(200, skew=1.5), _NOTICE)
    yield _scan("skewed-guide.pdf", SKEWED, Scanner(200, skew=-3.0), _GUIDE)
    yield _scan("skewed-en.pdf", SKEWED, Scanner(200, skew=5.0), _ENGLISH)
    yield _scan("worn-notice.pdf", WORN, Scanner(200, skew=0.8, worn=True), _NOTICE)
    yield _scan("worn-en.pdf", WORN, Scanner(200, skew=-0.8, worn=True), _ENGLISH)
    yield _scan("hundred-guide.pdf", WORN, Scanner(100), _GUIDE)
    open_table = replace(_FEES, ruled=Ruled.NONE)
    yield _scan("open-table.pdf", WORN, Scanner(200), (*_GUIDE, open_table))
    yield _scan("turned-90.pdf", ROTATED, Scanner(200, turn=90), _NOTICE)
    yield _scan("turned-180.pdf", ROTATED, Scanner(200, turn=180), _GUIDE)
    yield _scan("turned-en-180.pdf", ROTATED, Scanner(200, turn=180), _ENGLISH)
    yield _scan("turned-270.pdf", ROTATED, Scanner(200, turn=270), _GUIDE)
    yield _scan("russian.pdf", CYRILLIC, Scanner(300), make_parts(texts.RUSSIAN))


def _make_pictures() -> Iterator[Specimen]:
    def take(form: str, dpi: int, quality: int, *pages: Sequence[Part]) -> bytes:
        return save_picture([scan(_lay(parts), Scanner(dpi)) for parts in pages], form, quality)

    for name, form, dpi, quality, pages in (
        ("notice.png", "PNG", 200, 80, (_NOTICE,)),
        ("guide.jpg", "JPEG", 150, 35, (_GUIDE,)),
        ("two.tiff", "TIFF", 150, 80, (_GUIDE, _ENGLISH)),
    ):
        make = partial(take, form, dpi, quality, *pages)
        yield Specimen(name, PICTURE, make, number_pages(*pages))


def _make_damaged() -> Iterator[Specimen]:
    for name, layer, parts in (
        ("private-zh.pdf", Layer.PRIVATE, _NOTICE),
        ("private-en.pdf", Layer.PRIVATE, _ENGLISH),
        ("wrong-zh.pdf", Layer.WRONG, _GUIDE),
        ("wrong-en.pdf", Layer.WRONG, _ENGLISH),
        ("missing-zh.pdf", Layer.MISSING, _NOTICE),
        ("missing-en.pdf", Layer.MISSING, _ENGLISH),
        ("missing-es.pdf", Layer.MISSING, _SPANISH),
        ("missing-ru.pdf", Layer.MISSING, make_parts(texts.RUSSIAN)),
    ):
        yield _damage(name, (layer, parts))
    # The layer is true, and no order of its signs on the page is.
    spoilt = (Page((), "p. 1", State.DAMAGED),)
    arabic = make_parts([_ARABIC, _ARABIC[::-1]])
    build = partial(make_embedded, [(_lay(arabic), Layer.TRUE)])
    yield Specimen("from-right.pdf", LAYERS, build, spoilt)
    yield _damage(
        "one-of-three.pdf", (Layer.TRUE, _NOTICE), (Layer.WRONG, _GUIDE), (Layer.TRUE, _ENGLISH)
    )
    hidden = "".join(chr(0xC0 + at * 7 % 60) for at in range(90))
    hidden_pages = tuple(
        Page(page.parts, page.place, State.DAMAGED) for page in number_pages(_GUIDE)
    )
    yield Specimen(
        "hidden-layer.pdf",
        LAYERS,
        lambda: make_scan([scan(_lay(_GUIDE), Scanner(200))], layer=hidden),
        hidden_pages,
    )


def _damage(name: str, *pages: tuple[Layer, Sequence[Part]]) -> Specimen:
    def build() -> bytes:
        return make_embedded([(_lay(parts), layer) for layer, parts in pages])

    states = [State.GOOD if layer is Layer.TRUE else State.DAMAGED for layer, _ in pages]
    numbered = number_pages(*(parts for _, parts in pages))
    truth = (
        Page(page.parts, page.place, state) for page, state in zip(numbered, states, strict=True)
    )
    return Specimen(name, LAYERS, build, tuple(truth))


def _make_empty() -> Iterator[Specimen]:
    def blank() -> bytes:
        sheets = [_lay(_GUIDE), Sheet(), _lay(_NOTICE), Sheet()]
        return make_embedded([(sheet, Layer.TRUE) for sheet in sheets])

    first, third = Page(_GUIDE, "p. 1"), Page(_NOTICE, "p. 3")
    second, fourth = (Page((), f"p. {number}", State.EMPTY) for number in (2, 4))
    yield Specimen("empty-between.pdf", ILLEGIBLE, blank, (first, second, third, fourth))
    yield Specimen(
        "empty-scan.pdf",
        ILLEGIBLE,
        lambda: make_scan([scan(_lay(_GUIDE), Scanner(150)), scan(Sheet(), Scanner(150))]),
        (first, second),
    )
    yield Specimen(
        "smudged.pdf",
        ILLEGIBLE,
        lambda: make_scan([smudge(), scan(_lay(_GUIDE), Scanner(150))]),
        (Page((), "p. 1", State.DAMAGED), Page(_GUIDE, "p. 2")),
    )
