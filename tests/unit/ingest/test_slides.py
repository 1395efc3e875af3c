"""Presentations to passages."""

import io

import pptx
from pptx.util import Cm

from tests.unit.ingest.folders import Folder
from tests.unit.ingest.office_files import make_slides, make_zip


def test_each_slide_is_a_section_that_says_its_number(folder: Folder) -> None:
    data = make_slides(
        [("出海培训", ["深圳市商务局主办"]), ("申报流程", ["先备案。", "再申报资助。"])],
        table=[("平台", "分成"), ("ReelShort", "30%")],
    )
    first, second = folder.ingest("training.pptx", data)
    assert first.provenance.title == "出海培训"
    assert (first.locator, first.text) == ("slide 1", "深圳市商务局主办")
    assert second.locator == "申报流程, slide 2"
    assert second.text == "先备案。\n再申报资助。\n平台 | 分成\nReelShort | 30%"


def test_shapes_are_read_from_the_top(folder: Folder) -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    for text, left, top in (("第三", 2, 10), ("第二", 12, 2), ("第一", 2, 2)):
        slide.shapes.add_textbox(Cm(left), Cm(top), Cm(5), Cm(2)).text_frame.text = text
    out = io.BytesIO()
    presentation.save(out)
    [passage] = folder.ingest("a.pptx", out.getvalue())
    assert passage.text.split() == ["第一", "第二", "第三"]


def test_notes_and_hidden_slides_are_not_shown(folder: Folder) -> None:
    presentation = pptx.Presentation(
        io.BytesIO(make_slides([("甲", ["可见。"]), ("乙", ["草稿"])]))
    )
    notes = presentation.slides[0].notes_slide.notes_text_frame
    assert notes is not None
    notes.text = "不要告诉客户"
    presentation.slides[1].element.set("show", "0")
    out = io.BytesIO()
    presentation.save(out)
    [passage] = folder.ingest("a.pptx", out.getvalue())
    assert passage.text == "可见。"


def test_another_archive_is_no_presentation(folder: Folder) -> None:
    assert "not a PowerPoint" in folder.refuse("a.pptx", make_zip({"a.txt": b"hello"}))
