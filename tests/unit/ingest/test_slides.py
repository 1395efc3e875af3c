"""Presentations to passages."""

import io

import pptx
from PIL import Image
from pptx.util import Cm

from tests.unit.ingest.folders import Folder
from tests.unit.ingest.office_files import make_slides, make_zip
from tests.unit.ingest.pdf_files import make_drawn, save_picture, take_picture


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


def _make_pictured(*pictures: Image.Image, words: str = "") -> bytes:
    """A presentation of slides that are filled by a picture each."""
    presentation = pptx.Presentation()
    for picture in pictures:
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        data = io.BytesIO(save_picture(picture, "PNG"))
        width = presentation.slide_width
        slide.shapes.add_picture(data, 0, 0, width=width)
        if words:
            slide.shapes.add_textbox(0, 0, width, width).text_frame.text = words
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def test_a_slide_that_is_a_picture_is_read_by_its_looks(folder: Folder) -> None:
    lines = ["Producers file the script before shooting.", "The fee is 200 yuan for each title."]
    page = take_picture(make_drawn(lines, size=(420.0, 300.0), font="Helvetica"), scale=2.0)
    blurred = page.resize((120, 85)).resize(page.size)
    photograph = Image.linear_gradient("L").resize(page.size)
    folder.write("a.pptx", _make_pictured(page, blurred, photograph))
    report = folder.run()
    said = "".join(one.text for one in folder.passages("a.pptx")).replace(" ", "")
    assert "Thefeeis200yuan" in said
    assert folder.passages("a.pptx")[0].locator.startswith("slide 1")
    assert [str(one.loss.reason) for one in report.damaged] == [
        "slide 2 is a picture that cannot be read well enough; bring its text"
    ]


def test_a_picture_behind_enough_words_is_not_looked_at(folder: Folder) -> None:
    page = take_picture(make_drawn(["A line."] * 4, size=(420.0, 300.0), font="Helvetica"))
    words = "企业应当在拍摄开始以前向主管部门提交备案材料，并且保存全部合同，留存五年备查。" * 2
    passages = folder.ingest("a.pptx", _make_pictured(page, words=words))
    assert [one.text for one in passages] == [words]
