"""Text in many encodings, pages of the web, tables of text, messages, archives."""

from collections.abc import Iterator, Sequence
from functools import partial

from benchmarks.document_set import texts
from benchmarks.document_set.office_files import make_word, make_zip
from benchmarks.document_set.specimen import Page, Part, Rows, Specimen, State, make_parts
from benchmarks.document_set.text_files import (
    make_csv,
    make_mail,
    make_markdown,
    make_page,
    make_plain,
    make_xml,
)

TEXT, CODED, WEB, TABLE = "text, Markdown, XML", "GB18030, Big5, UTF-16, KOI8-R", "HTML", "CSV"
MAIL, ARCHIVE, DAMAGED = "EML", "ZIP", "damaged text"
_FEES, _PLATFORMS = Part.table(texts.FEES), Part.table(texts.PLATFORMS)
_SPANISH = Part.table(texts.SPANISH_TABLE)


def make_plain_specimens() -> Iterator[Specimen]:
    """Yield what needs no library of its own."""
    yield from _make_texts()
    yield from _make_coded()
    yield from _make_web()
    yield from _make_tables()
    yield from _make_mail()
    yield from _make_archives()
    yield from _make_damaged()


def _one(name: str, kind: str, data: bytes, parts: Sequence[Part]) -> Specimen:
    """A document without pages."""
    return Specimen(name, kind, lambda: data, (Page(tuple(parts)),))


def _make_texts() -> Iterator[Specimen]:
    parts = make_parts(texts.GUIDE)
    yield _one("guide-zh.md", TEXT, make_markdown(parts).encode(), parts)
    parts = (*make_parts(texts.ENGLISH), _PLATFORMS)
    yield _one("guide-en.md", TEXT, make_markdown(parts).encode(), parts)
    parts = make_parts(texts.RUSSIAN)
    yield _one("guide-ru.md", TEXT, make_markdown(parts).encode(), parts)
    parts = make_parts(texts.NOTICE)
    yield _one("notice-zh.txt", TEXT, make_plain(parts).encode(), parts)
    parts = make_parts(texts.SPANISH)
    yield _one("guide-es.txt", TEXT, make_plain(parts).encode("utf-8-sig"), parts)
    parts = make_parts(texts.TRADITIONAL)
    yield _one("guide-hant.xml", TEXT, make_xml(parts).encode(), parts)
    parts = make_parts(texts.ENGLISH)
    yield _one("guide-en.xml", TEXT, make_xml(parts).encode(), parts)


def _make_coded() -> Iterator[Specimen]:
    for name, words, encoding in (
        ("notice-gb18030.txt", texts.NOTICE, "gb18030"),
        ("guide-gbk.txt", texts.GUIDE, "gbk"),
        ("guide-big5.txt", texts.TRADITIONAL, "big5"),
        ("notice-utf16.txt", texts.NOTICE, "utf-16"),
        ("guide-koi8.txt", texts.RUSSIAN, "koi8_r"),
        ("guide-cp1251.txt", texts.RUSSIAN, "cp1251"),
        ("guide-cp1252.txt", texts.SPANISH, "cp1252"),
    ):
        parts = make_parts(words)
        yield _one(name, CODED, make_plain(parts).encode(encoding), parts)
    for name, words, encoding in (
        ("notice-gb2312.html", texts.NOTICE, "gb2312"),
        ("guide-big5.html", texts.TRADITIONAL, "big5"),
    ):
        parts = make_parts(words)
        yield _one(name, CODED, make_page(parts, charset=encoding).encode(encoding), parts)


def _make_web() -> Iterator[Specimen]:
    for name, words, table, language in (
        ("notice-zh.html", texts.NOTICE, _FEES, "zh"),
        ("guide-en.html", texts.ENGLISH, _PLATFORMS, "en"),
        ("guide-es.html", texts.SPANISH, _SPANISH, "es"),
    ):
        parts = (*make_parts(words), table)
        yield _one(name, WEB, make_page(parts, language=language).encode(), parts)


def number_rows(rows: Rows, sheet: str = "") -> tuple[str, ...]:
    """How a citation names the rows below the header: ``row 2``, ``Fees!2``."""
    count = range(2, len(rows) + 1)
    return tuple(f"{sheet}!{number}" if sheet else f"row {number}" for number in count)


def _make_tables() -> Iterator[Specimen]:
    for name, rows, separator, encoding in (
        ("fees.csv", texts.FEES, ",", "utf-8"),
        ("fees-gbk.csv", texts.FEES, ",", "gbk"),
        ("directory.csv", texts.DIRECTORY, ",", "utf-8-sig"),
        ("platforms.tsv", texts.PLATFORMS, "\t", "utf-8"),
        ("fees-es.csv", texts.SPANISH_TABLE, ";", "cp1252"),
    ):
        page = Page((Part.table(rows, number_rows(rows)),), records=True)
        data = make_csv(rows, separator).encode(encoding)
        yield Specimen(name, TABLE, partial(bytes, data), (page,))


def _make_mail() -> Iterator[Specimen]:
    parts, guide = make_parts(texts.GUIDE), make_parts(texts.ENGLISH)
    attached = {"guide.md": make_markdown(guide).encode()}
    pages = (Page(parts), Page(guide, "guide.md"))
    data = make_mail(parts, attached)
    yield Specimen("letter-zh.eml", MAIL, lambda: data, pages)
    russian = make_parts(texts.RUSSIAN)
    yield _one("letter-ru.eml", MAIL, make_mail(russian, {}, charset="koi8-r"), russian)
    page = (*make_parts(texts.SPANISH), _SPANISH)
    yield _one("letter-es.eml", MAIL, make_mail(page, {}, page=True), page)


def _make_archives() -> Iterator[Specimen]:
    notice, guide = make_parts(texts.NOTICE), (*make_parts(texts.ENGLISH), _PLATFORMS)
    pages = (Page(guide, "guide.docx"), Page(notice, "notice.txt"))
    files = (make_plain(notice).encode("gb18030"), lambda: make_word(guide))
    yield Specimen(
        "both.zip",
        ARCHIVE,
        lambda: make_zip({"notice.txt": files[0], "guide.docx": files[1]()}),
        pages,
    )
    spanish = (*make_parts(texts.SPANISH), _SPANISH)
    data = make_zip({"ayuda/guía.html": make_page(spanish, language="es").encode()})
    yield Specimen("page.zip", ARCHIVE, lambda: data, (Page(spanish, "guía.html"),))


def _make_damaged() -> Iterator[Specimen]:
    """Text that was spoiled before it came, and must not be quoted as it is.

    What can be had back of its words is the truth.
    """
    chinese, russian = make_parts(texts.NOTICE), make_parts(texts.RUSSIAN)
    spanish, english = make_parts(texts.SPANISH), make_parts(texts.ENGLISH)
    spoilt, latin = make_plain(chinese).encode(), make_page(spanish).encode()
    for name, data, parts in (
        ("gbk-for-utf8.txt", spoilt.decode("gb18030", "replace").encode(), ()),
        ("latin-for-utf8.txt", spoilt.decode("cp1252", "replace").encode(), ()),
        ("marks-for-signs.txt", make_plain(chinese).encode("ascii", "replace"), ()),
        ("latin-for-russian.txt", _misread(russian, "latin-1"), russian),
        ("cyrillic-for-russian.txt", _misread(russian, "cp1251"), russian),
        ("latin-for-spanish.html", latin.decode("cp1252", "replace").encode(), spanish),
        ("lost-for-signs.docx", make_word(make_parts([_lose(one) for one in texts.GUIDE])), ()),
        ("mainframe.txt", make_plain(english).encode("cp037", "replace"), ()),
        ("strewn.txt", make_plain(make_parts([_strew(one) for one in texts.GUIDE])).encode(), ()),
        ("backwards.txt", make_plain(make_parts(_shuffle(texts.NOTICE))).encode(), ()),
    ):
        page = Page(tuple(parts), state=State.DAMAGED)
        yield Specimen(name, DAMAGED, partial(bytes, data), (page,))
    words = [one if at % 2 else _lose(one) for at, one in enumerate(texts.GUIDE)]
    sound = Page(make_parts(texts.GUIDE[1::2], titled=False), state=State.DAMAGED)
    data = make_markdown(make_parts(words)).encode()
    yield Specimen("half-lost.md", DAMAGED, lambda: data, (sound,))


def _lose(text: str) -> str:
    """Replace every third sign."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if at % 3 == 1 else one for at, one in enumerate(text)
    )


def _misread(parts: Sequence[Part], encoding: str) -> bytes:
    """UTF-8 that somebody read as something else and kept as UTF-8."""
    signs = (
        bytes((code,)).decode(encoding, "ignore") or chr(code)
        for code in make_plain(parts).encode()
    )
    return "".join(signs).encode()


def _strew(text: str) -> str:
    """Put a letter of another script behind every seventh sign."""
    return "".join(one + "മ" * (at % 7 == 6) for at, one in enumerate(text))  # noqa: PLR2004


def _shuffle(paragraphs: Sequence[str]) -> list[str]:
    """Put the articles of a notice in the order in which two columns are read across."""
    first = next(at for at, one in enumerate(paragraphs) if one.startswith("第一条"))
    head, (one, two, three, four, five, *rest) = paragraphs[:first], paragraphs[first:]
    return [*head, one, four, two, five, three, *rest]
