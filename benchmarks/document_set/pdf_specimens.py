"""PDF documents with a text layer that says what is drawn."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from benchmarks.document_set import texts
from benchmarks.document_set.drawing import HEIGHT, MARGIN, Sheet, lay_out
from benchmarks.document_set.embedding import Layer, make_embedded
from benchmarks.document_set.laid_files import LATIN, MING, SONG, make_justified, make_laid
from benchmarks.document_set.specimen import Page, Part, Rows, Ruled, Specimen, State, make_parts

OUTSIDE, INSIDE = "PDF, fonts not embedded", "PDF, Chinese and Cyrillic embedded"
TURNED, COLUMNS, TABLES = "PDF, pages turned", "PDF, two columns", "PDF, ruled tables"
OPEN, BROKEN = "PDF, tables with few lines or none", "PDF, paragraphs over pages"
_FEES, _PLATFORMS = Part.table(texts.FEES), Part.table(texts.PLATFORMS)
_LONG = (
    texts.ENGLISH[0],
    *(f"{number}. {text}" for number in range(1, 5) for text in texts.ENGLISH[1:]),
)

Make = Callable[[Sequence[Sheet]], bytes]


def make_pdf_specimens() -> Iterator[Specimen]:
    """Yield the documents whose text can be taken from the file."""
    yield from _make_outside()
    yield from _make_inside()
    yield from _make_turned()
    yield from _make_columns()
    yield from _make_tables()
    yield from _make_open_tables()
    yield from _make_broken()


def number_pages(*pages: Sequence[Part]) -> tuple[Page, ...]:
    """Name the pages as a citation does."""
    return tuple(Page(tuple(parts), f"p. {number}") for number, parts in enumerate(pages, start=1))


def _lay(name: str, kind: str, make: Make, *pages: Sequence[Part], columns: int = 1) -> Specimen:
    indent = 2.0 if pages[0][0].text.isascii() is False and columns == 1 else 0.0

    def build() -> bytes:
        return make([lay_out(parts, indent=indent, columns=columns) for parts in pages])

    return Specimen(name, kind, build, number_pages(*pages))


def _embed(sheets: Sequence[Sheet], turn: int = 0) -> bytes:
    return make_embedded([(sheet, Layer.TRUE) for sheet in sheets], turn=turn)


def _make_outside() -> Iterator[Specimen]:
    notice, guide, hant = (
        make_parts(some) for some in (texts.NOTICE, texts.GUIDE, texts.TRADITIONAL)
    )
    song = partial(make_laid, font=SONG, head="服务中心文件汇编")
    latin = partial(make_laid, font=LATIN)
    yield _lay("notice-song.pdf", OUTSIDE, partial(make_laid, font=SONG), notice)
    yield _lay("three-song.pdf", OUTSIDE, song, notice, guide, (*make_parts(["收费标准"]), _FEES))
    yield _lay("guide-ming.pdf", OUTSIDE, partial(make_laid, font=MING), hant)
    yield _lay("guide-en.pdf", OUTSIDE, latin, make_parts(texts.ENGLISH))
    yield _lay("guide-es.pdf", OUTSIDE, latin, make_parts(texts.SPANISH))
    yield _lay(
        "two-latin.pdf", OUTSIDE, latin, make_parts(texts.ENGLISH), make_parts(texts.SPANISH)
    )


def _make_inside() -> Iterator[Specimen]:
    notice, guide = make_parts(texts.NOTICE), make_parts(texts.GUIDE)
    yield _lay("notice-inside.pdf", INSIDE, _embed, notice)
    yield _lay("two-inside.pdf", INSIDE, _embed, guide, (*notice, _FEES))
    yield _lay("hant-inside.pdf", INSIDE, _embed, make_parts(texts.TRADITIONAL))
    yield _lay("russian-inside.pdf", INSIDE, _embed, make_parts(texts.RUSSIAN))
    yield _lay("spanish-inside.pdf", INSIDE, _embed, make_parts(texts.SPANISH))


def _make_turned() -> Iterator[Specimen]:
    notice = make_parts(texts.NOTICE)
    for turn in (90, 180):
        yield _lay(f"shown-{turn}.pdf", TURNED, partial(make_laid, turn=turn), notice)
        yield _lay(f"drawn-{turn}.pdf", TURNED, partial(make_laid, angle=turn), notice)
    yield _lay("inside-270.pdf", TURNED, partial(_embed, turn=270), notice)


def _make_columns() -> Iterator[Specimen]:
    english = make_parts(_LONG)
    chinese = make_parts([texts.GUIDE[0], *texts.NOTICE[2:], *texts.GUIDE[1:]])
    pages = number_pages(english)
    yield Specimen("justified.pdf", COLUMNS, partial(make_justified, _LONG), pages)
    latin = partial(make_laid, font=LATIN)
    yield _lay("columns-en.pdf", COLUMNS, latin, english, columns=2)
    yield _lay("columns-song.pdf", COLUMNS, make_laid, chinese, columns=2)
    yield _lay("columns-inside.pdf", COLUMNS, _embed, chinese, columns=2)


def _make_tables() -> Iterator[Specimen]:
    for name, make, words, rows in (
        ("directory-song.pdf", make_laid, texts.GUIDE, texts.DIRECTORY),
        ("directory-inside.pdf", _embed, texts.GUIDE, texts.DIRECTORY),
        ("catalogue.pdf", partial(make_laid, font=LATIN), texts.ENGLISH, texts.CATALOGUE),
    ):
        yield _lay(name, TABLES, make, *_divide(make_parts(words[:2]), rows))
    for name, make, table in (
        ("fees-song.pdf", make_laid, _FEES),
        ("fees-inside.pdf", _embed, _FEES),
        ("platforms.pdf", partial(make_laid, font=LATIN), _PLATFORMS),
    ):
        words = texts.ENGLISH if table is _PLATFORMS else texts.GUIDE
        yield _lay(name, TABLES, make, (*make_parts(words[:2]), table))


def _make_open_tables() -> Iterator[Specimen]:
    """Yield tables with few lines or none, and one whose cells run over several lines."""
    latin = partial(make_laid, font=LATIN)
    for name, make, words, rows in (
        ("song", make_laid, texts.GUIDE, texts.FEES),
        ("inside", _embed, texts.GUIDE, texts.FEES),
        ("latin", latin, texts.ENGLISH, texts.PLATFORMS),
    ):
        for ruled in (Ruled.THREE, Ruled.NONE):
            table = replace(Part.table(rows), ruled=ruled)
            yield _lay(
                f"rules-{ruled.value}-{name}.pdf", OPEN, make, (*make_parts(words[:2]), table)
            )
    duties = Part.table(
        [("事项", "要求"), *zip(("字幕", "配音", "检查"), texts.GUIDE[1:4], strict=True)]
    )
    yield _lay("wrapped-song.pdf", TABLES, make_laid, (*make_parts(texts.GUIDE[:1]), duties))
    yield _lay("wrapped-inside.pdf", TABLES, _embed, (*make_parts(texts.GUIDE[:1]), duties))


def _make_broken() -> Iterator[Specimen]:
    """Yield paragraphs that begin on one page and end on the next, between head and foot."""
    for name, make, words in (
        ("broken-song.pdf", partial(make_laid, font=SONG, head="服务中心文件汇编"), texts.GUIDE),
        ("broken-en.pdf", partial(make_laid, font=LATIN, head="Market entry"), texts.ENGLISH),
    ):
        longer = [f"{number}. {text}" for number in range(1, 10) for text in words[1:]]
        parts = make_parts([words[0], *longer])
        yield Specimen(
            name, BROKEN, partial(_lay_over, make, parts), (Page(parts, state=State.GOOD),)
        )


def _lay_over(make: Make, parts: Sequence[Part]) -> bytes:
    """Cut one long sheet into pages between any two lines."""
    long = lay_out(parts, columns=1)
    room = HEIGHT - 2 * MARGIN
    count = int(max(line.base for line in long.lines) // room) + 1
    sheets = [Sheet() for _ in range(count)]
    for line in long.lines:
        number, base = divmod(line.base, room)
        sheets[int(number)].lines.append(replace(line, base=base + MARGIN))
    return make(sheets)


def _divide(parts: Sequence[Part], rows: Rows) -> Iterator[Sequence[Part]]:
    """Yield two pages of one table: its header is repeated on the second."""
    yield (*parts, Part.table(rows[:30]))
    yield (Part.table([rows[0], *rows[30:]], continued=True),)
