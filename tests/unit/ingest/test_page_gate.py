"""Pages that cannot be used: why, with a picture, and nothing is read across them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from benchmarks.document_set.drawing import lay_out
from benchmarks.document_set.embedding import Layer, make_embedded
from benchmarks.document_set.specimen import make_parts
from ingest.documents import Filing
from ingest.held import Decision, Decisions, Verdict
from ingest.loaders.pages import recognition
from ingest.outcome import Reading
from ingest.reading import examine
from ingest.recollection import recall, recollecting
from tests.unit.ingest.pdf_files import (
    SONG,
    make_drawn,
    make_pdf,
    make_scan,
    save_picture,
    take_picture,
    text,
    title,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

RULE = "企业应当在作品上线以后三十日以内提交申报表，并且保存全部合同。"
PRIVATE = "".join(chr(0xE000 + number) for number in range(60))
LINES = [f"Line {number} of the form says what has to be paid." for number in range(1, 9)]


def look(data: bytes, name: str = "a.pdf", decisions: Decisions | None = None) -> Reading:
    return examine(data, Filing(name, "hash", None, decisions or {}))


def smudge() -> Image.Image:
    return Image.effect_noise((400, 300), 120).resize((800, 600)).convert("RGB")


def join(*documents: bytes) -> bytes:
    """One document of the pages of several."""
    out = io.BytesIO()
    whole = pypdfium2.PdfDocument.new()
    for data in documents:
        whole.import_pages(pypdfium2.PdfDocument(data))
    whole.save(out)
    return out.getvalue()


def draw_over(picture: Image.Image, lines: Sequence[str]) -> bytes:
    """A page that is a picture, with a text layer that says something else at its top."""
    out = io.BytesIO()
    width, height = picture.size
    canvas = Canvas(out, pagesize=picture.size)
    canvas.drawImage(ImageReader(picture), 0, 0, width, height)
    canvas.setFont("Helvetica", 9)
    for number, line in enumerate(lines):
        canvas.drawString(20, height - 15 - 11 * number, line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def shred(picture: Image.Image) -> Image.Image:
    """The picture cut into strips that are narrower than a letter, each mirrored."""
    out = picture.copy()
    for left in range(0, picture.width, 6):
        strip = picture.crop((left, 0, min(left + 6, picture.width), picture.height))
        out.paste(ImageOps.mirror(strip), (left, 0))
    return out


def draw_columns(left: Sequence[str], right: Sequence[str]) -> bytes:
    """Two columns of a few lines, close to each other."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(500, 300))
    canvas.setFont(SONG, 12)
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        canvas.drawString(40, 200 - 18 * number, one)
        canvas.drawString(260, 200 - 18 * number, other)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="module")
def interrupted() -> bytes:
    """Three pages: the second cannot be read; the first breaks off within a sentence."""
    first = make_pdf(title("资助办法"), *[text(RULE * 3)] * 8, text("企业可以申请资助" * 7))
    return join(first, make_scan(smudge(), layer=PRIVATE), make_pdf(text("的全部条件" * 9 + "。")))


@pytest.fixture(scope="module")
def read_interrupted(interrupted: bytes) -> Reading:
    return look(interrupted)


def test_nothing_is_read_across_a_page_that_is_held_back(read_interrupted: Reading) -> None:
    locators = [passage.locator for passage in read_interrupted.document.passages]
    assert any("p. 3" in one for one in locators)
    assert not any("p. 1–" in one for one in locators)
    [after] = [one for one in read_interrupted.document.passages if "p. 3" in one.locator]
    assert after.headings == ()


def test_a_held_page_comes_with_its_picture(read_interrupted: Reading) -> None:
    [part] = read_interrupted.held
    assert (part.place, part.pages) == ("p. 2", (2,))
    assert "the text of page 2 is garbled" in str(part.reason)
    assert "recognition was not sure" in str(part.tried[0])
    [name] = part.pictures
    picture = Image.open(io.BytesIO(read_interrupted.pictures[name]))
    assert (picture.format, max(picture.size) <= 1600) == ("PNG", True)


def test_a_person_can_write_what_stands_on_a_page(
    interrupted: bytes, read_interrupted: Reading
) -> None:
    [part] = read_interrupted.held
    correction = Decision(Verdict.CORRECT, "第一条　企业应当备案。\n\n第二条　资助为一万元。")
    with recollecting({}):
        reading = look(interrupted, decisions={part.key: correction})
    places = {one.locator: one.text for one in reading.document.passages}
    assert places["第一条, p. 2"] == "第一条　企业应当备案。"
    assert reading.losses == ()


def test_a_header_over_a_scan_is_not_all_of_the_page() -> None:
    scan = take_picture(make_drawn(LINES, size=(420.0, 300.0), font="Helvetica"), scale=2.0)
    header = ["Document centre of the district, copy made on request", "page one of one"]
    reading = look(draw_over(scan, header))
    said = "".join(one.text for one in reading.document.passages)
    assert "has to be paid" in said
    assert "was only a small part of it" in str(reading.repairs[0].reason)


def test_a_header_over_what_nobody_can_read_is_held_back() -> None:
    page = take_picture(make_drawn(LINES, size=(420.0, 300.0), font="Helvetica"), scale=2.0)
    header = ["Document centre of the district, copy made on request", "page one of one"]
    reading = look(draw_over(shred(page), header))
    [part] = reading.held
    assert "page 1 shows more than its text says" in str(part.reason)
    assert reading.document.passages == ()


def test_a_picture_with_a_legend_stays_readable() -> None:
    legend = ["Figure 1. The hall of the service centre, seen from the west."]
    reading = look(draw_over(Image.linear_gradient("L").resize((600, 400)), legend))
    assert reading.held == ()
    assert "service centre" in reading.document.passages[0].text


LEFT = [
    "企业应当在拍摄开始以前向主管部",
    "门提交备案材料并且保存全部的合",
    "同以及付款的凭证和演员的签证材",
]
RIGHT = [
    "资助的金额为一万元由区里的服务",
    "中心在三十日以内付给申请的企业",
    "并且在网站上面公布付款的名单和",
]


def test_columns_that_cannot_be_told_apart_are_held_back() -> None:
    [part] = look(draw_columns(LEFT, RIGHT)).held
    assert "the order in which the lines of page 1 are read" in str(part.reason)
    assert part.pictures


ARABIC = "يجب على الشركة تسجيل المسلسل القصير قبل التصوير"


def test_a_page_that_runs_from_right_to_left_is_held_back() -> None:
    """How its signs follow each other cannot be told from where they stand."""
    data = make_embedded([(lay_out(make_parts([ARABIC, ARABIC[::-1]])), Layer.TRUE)])
    [part] = look(data).held
    assert "page 1 is written from right to left" in str(part.reason)


def test_a_paragraph_with_a_word_from_right_to_left_is_held_back() -> None:
    words = [RULE * 2, f"本办法的阿拉伯文名称是{ARABIC[:8]}，以中文为准。", RULE * 2]
    data = make_embedded([(lay_out(make_parts(words)), Layer.TRUE)])
    reading = look(data)
    assert [one.text.startswith("本办法") for one in reading.held] == [True]
    assert RULE in "".join(one.text for one in reading.document.passages)


def test_a_table_without_rulings_is_no_doubtful_order() -> None:
    rows = ["申请人的身份证明文件原件", "营业执照的复印件", "近三年的审计报告和税务证明"]
    notes = ["由申请人自己带来核对。", "加盖公章，一式两份。", "由会计师事务所出具。"]
    reading = look(draw_columns(rows, notes))
    assert reading.held == ()
    assert "营业执照的复印件 | 加盖公章，一式两份。" in reading.document.passages[0].text


def test_a_picture_of_text_that_cannot_be_read_is_held_back_with_it() -> None:
    page = take_picture(make_drawn(LINES, size=(420.0, 300.0), font="Helvetica"), scale=2.0)
    reading = look(save_picture(page.resize((120, 85)).resize(page.size), "PNG"), "a.png")
    [part] = reading.held
    assert (part.place, set(part.pictures)) == ("p. 1", set(reading.pictures))
    assert "page 1 is a scan that cannot be read" in str(reading.refusal)


@dataclass(frozen=True)
class _Seen:
    """What the library says of a picture: three paragraphs, of a line of which it is not sure."""

    txts: tuple[str, ...] = (
        *("Register the film", "before it is shot."),
        *("Fifty yuam are due", "for each of them."),
        *("Then shoot it with", "all of the actors."),
    )
    scores: tuple[float, ...] = (0.98, 0.97, 0.88, 0.98, 0.97, 0.97)

    @property
    def boxes(self) -> "NDArray[np.float64]":
        left, right = 20.0, 300.0
        return np.array(
            [
                [[left, top], [right, top], [right, top + 20], [left, top + 20]]
                for top in (20.0, 45.0, 120.0, 145.0, 220.0, 245.0)
            ]
        )


def test_a_line_that_recognition_is_not_sure_of_is_not_quoted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recognition, "_load", lambda: lambda *_, **__: _Seen())
    reading = look(save_picture(Image.new("RGB", (400, 300), "white"), "PNG"), "a.png")
    said = " ".join(one.text for one in reading.document.passages)
    assert ("before it is shot." in said, "Then shoot it" in said) == (True, True)
    [part] = reading.held
    assert (part.text.startswith("Fifty yuam"), "yuam" in said) == (True, False)
    assert "could hardly be read" in str(part.reason)


def test_no_picture_is_recognised_twice() -> None:
    data = make_scan(take_picture(make_drawn(LINES[:2], size=(420.0, 260.0), font="Helvetica")))
    first = look(data)
    assert len(first.recognised) == 1
    [key] = first.recognised
    told = {key: (800.0, 500.0, 0.99, (("Told, not read, twenty.", 10.0, 10.0, 700.0, 40.0),))}
    again = examine(data, Filing("a.pdf", "hash", None, recognised=told))
    assert [one.text for one in again.document.passages] == ["Told, not read, twenty."]
    assert again.recognised == told


def test_without_anybody_who_keeps_it_everything_is_read() -> None:
    lines = (1.0, 1.0, 1.0, ())
    assert recall("key", lambda: lines) == lines
    with recollecting({}) as recollection:
        recall("key", lambda: lines)
    assert recollection.used == {"key": lines}
