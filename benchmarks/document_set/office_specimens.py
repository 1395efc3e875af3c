"""Word documents, presentations and workbooks."""

from collections.abc import Iterator, Sequence
from functools import partial

from benchmarks.document_set import texts
from benchmarks.document_set.office_files import (
    make_merged_word,
    make_slides,
    make_word,
    make_workbook,
)
from benchmarks.document_set.plain_specimens import number_rows
from benchmarks.document_set.specimen import Page, Part, Rows, Specimen, make_parts

WORD, SLIDES, BOOK = "DOCX", "PPTX", "XLSX"
_OFFICES = (
    ("部门", "事项", "电话"),
    ("服务中心", "合同备案", "转 11"),
    ("服务中心", "样片审看", "转 12"),
    ("区服务站", "出海登记", "转 21"),
    ("区服务站", "登记变更", "转 22"),
)


def make_office_specimens() -> Iterator[Specimen]:
    """Yield the documents of office programs."""
    yield from _make_words()
    yield from _make_slides()
    yield from _make_books()


def _make_words() -> Iterator[Specimen]:
    for name, words, rows in (
        ("notice-zh.docx", texts.NOTICE, texts.FEES),
        ("guide-hant.docx", texts.TRADITIONAL, ()),
        ("guide-en.docx", texts.ENGLISH, texts.PLATFORMS),
        ("guide-ru.docx", texts.RUSSIAN, ()),
        ("guide-es.docx", texts.SPANISH, texts.SPANISH_TABLE),
        ("directory.docx", texts.GUIDE, texts.DIRECTORY),
    ):
        parts = (*make_parts(words), *([Part.table(rows)] if rows else []))
        yield Specimen(name, WORD, partial(make_word, parts), (Page(parts),))
    merged = (Page((Part.table(_OFFICES),)),)
    yield Specimen("merged.docx", WORD, partial(make_merged_word, _OFFICES), merged)


def _make_slides() -> Iterator[Specimen]:
    for name, words, rows in (
        ("course-zh.pptx", texts.GUIDE, texts.FEES),
        ("course-en.pptx", texts.ENGLISH, texts.PLATFORMS),
        ("course-ru.pptx", texts.RUSSIAN, ()),
    ):
        pages = tuple(_divide(words, rows))
        yield Specimen(name, SLIDES, partial(make_slides, pages), pages)


def _divide(words: Sequence[str], rows: Rows) -> Iterator[Page]:
    """Yield slides with a paragraph on each; the table is on the last."""
    for number, text in enumerate(words[1:], start=1):
        heading = Part(f"{words[0]} {number}", heading=True)
        last = [Part.table(rows)] if rows and number == len(words) - 1 else []
        yield Page((heading, Part(text), *last), f"slide {number}")


def _make_books() -> Iterator[Specimen]:
    for name, sheets in (
        ("fees.xlsx", {"费用": texts.FEES}),
        ("directory.xlsx", {"名录": texts.DIRECTORY, "费用": texts.FEES}),
        ("catalogue.xlsx", {"Titles": texts.CATALOGUE, "Platforms": texts.PLATFORMS}),
        ("fees-es.xlsx", {"Trámites": texts.SPANISH_TABLE}),
    ):
        several = len(sheets) > 1
        pages = tuple(
            Page(
                (
                    *([Part(title, heading=True)] if several else []),
                    Part.table(rows, number_rows(rows, title if several else "")),
                ),
                records=True,
            )
            for title, rows in sheets.items()
        )
        yield Specimen(name, BOOK, partial(make_workbook, sheets), pages)
