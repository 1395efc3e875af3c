"""PDF documents with a text layer."""

import pytest

from knowledge.dates import PartialDate
from tests.unit.ingest.folders import Folder
from tests.unit.ingest.pdf_files import (
    make_columns,
    make_drawn,
    make_pdf,
    table,
    text,
    title,
    turn_pages,
)

RULE = (
    "企业应当在作品上线以后三十日以内向市商务局提交申报表、合同和付款凭证，并且对材料的真实性负责。"
)
ROWS = [(f"平台{number}", f"{number}%", "按月结算") for number in range(120)]
NOTICE = (
    title("深圳市商务局文件"),
    text("深商务规〔2025〕3号"),
    title("深圳市商务局关于印发《微短剧出海资助办法》的通知"),
    text("各区人民政府，各有关单位："),
    text("现将办法印发给你们，请遵照执行。"),
    text(f"第一条 {RULE}"),
    text(f"第二条 {RULE * 12}"),
    text("第三条 本办法自2025年5月1日起施行。"),
    text("深圳市商务局"),
    text("2025年3月12日"),
)


def test_a_notice_of_several_pages(folder: Folder) -> None:
    passages = folder.ingest("notice.pdf", make_pdf(*NOTICE, head="规范性文件"))
    source = passages[0].provenance
    assert source.title == "深圳市商务局关于印发《微短剧出海资助办法》的通知"
    assert (source.issuer, source.number) == ("深圳市商务局", "深商务规〔2025〕3号")
    assert (source.issued, source.effective_from) == (
        PartialDate(2025, 3, 12),
        PartialDate(2025, 5, 1),
    )
    located = {passage.locator: passage.text for passage in passages}
    assert located["第一条, p. 1"] == f"第一条 {RULE}"


def test_lines_of_a_paragraph_are_joined_as_they_were_written(folder: Folder) -> None:
    passages = folder.ingest("a.pdf", make_pdf(text(RULE * 4), text("另一段落。")))
    assert "".join(passage.text for passage in passages) == f"{RULE * 4}\n另一段落。"


def test_a_paragraph_goes_on_over_the_page(folder: Folder) -> None:
    passages = folder.ingest("a.pdf", make_pdf(*[text(RULE * 9)] * 6, head="规范性文件"))
    whole = "".join(passage.text for passage in passages)
    assert whole.replace("\n", "") == RULE * 54
    assert any("p. 1–2" in passage.locator for passage in passages)


def test_heads_and_numbers_of_pages_are_no_text(folder: Folder) -> None:
    passages = folder.ingest("a.pdf", make_pdf(*[text(RULE * 9)] * 6, head="规范性文件"))
    assert not any("规范性文件" in one.text or "- 2 -" in one.text for one in passages)


def test_columns_are_read_one_after_the_other(folder: Folder) -> None:
    paragraphs = [
        f"Paragraph {number} begins here. "
        + "The platform pays a share of net revenue to each producer within forty-five days. " * 4
        + f"Paragraph {number} ends."
        for number in range(22)
    ]
    passages = folder.ingest("study.pdf", make_columns("A Study of Platforms", paragraphs))
    assert passages[0].provenance.title == "A Study of Platforms"
    assert "\n".join(passage.text for passage in passages) == "\n".join(paragraphs)


@pytest.mark.parametrize("turn", [0, 90, 180])
def test_a_table_over_several_pages_has_one_header(folder: Folder, turn: int) -> None:
    data = make_pdf(text("各平台的费用如下："), table([("平台", "分成", "结算"), *ROWS]))
    passages = folder.ingest("fees.pdf", turn_pages(data, turn) if turn else data)
    rows = "\n".join(passage.text for passage in passages).split("\n")
    assert [row for row in rows if row.startswith("平台") and "%" in row] == [
        " | ".join(row) for row in ROWS
    ]
    for passage in passages:
        assert passage.text.startswith("各平台的费用如下：\n平台 | 分成 | 结算\n平台")
    assert [one.locator for one in passages][:1] + [one.locator for one in passages][-1:] == [
        f"p. 1, ¶1 (1/{len(passages)})",
        f"p. 3–4, ¶1 ({len(passages)}/{len(passages)})",
    ]


def test_merged_cells_count_for_each_of_their_rows(folder: Folder) -> None:
    rows = [("部门", "事项"), ("商务局", "资助"), ("", "备案")]
    data = make_pdf(text("办理部门："), table(rows, ("SPAN", (0, 1), (0, 2))))
    [passage] = folder.ingest("a.pdf", data)
    assert passage.text == "办理部门：\n部门 | 事项\n商务局 | 资助\n商务局 | 备案"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_text_that_is_drawn_sideways_is_read(folder: Folder, turn: int) -> None:
    lines = ["ReelShort 应当在拍摄以前备案。", "DramaBox 的材料为护照和合同。"]
    [passage] = folder.ingest("a.pdf", make_drawn(lines, turn=turn))
    assert passage.text.split() == " ".join(lines).split()


def test_signs_that_stand_alone_are_not_lost_without_their_font(folder: Folder) -> None:
    data = make_pdf(text("各平台的费用："), table([("甲", "乙"), ("是", "1%"), ("否", "2%")]))
    [passage] = folder.ingest("a.pdf", data)
    assert passage.text == "各平台的费用：\n甲 | 乙\n是 | 1%\n否 | 2%"


def test_a_watermark_is_no_text(folder: Folder) -> None:
    lines = [f"第{number}项：ReelShort 应当备案。" for number in range(20)]
    [passage] = folder.ingest("a.pdf", make_drawn(lines, watermark="DRAFT COPY"))
    assert "".join(passage.text.split()) == "".join("".join(lines).split())


def test_a_password_is_told(folder: Folder) -> None:
    data = make_pdf(text(RULE), password="secret")  # noqa: S106 - of a document made here
    assert "protected by a password; save it without one" in folder.refuse("a.pdf", data)


def test_what_is_no_pdf_is_refused(folder: Folder) -> None:
    assert "not a PDF document" in folder.refuse("a.pdf", b"%PDF-1.7 and no more")


def test_a_blank_document_has_no_text(folder: Folder) -> None:
    assert "no text in it" in folder.refuse("a.pdf", make_drawn([]))


def test_codes_that_are_no_text_are_not_read_from_a_picture_of_them(folder: Folder) -> None:
    signs = [RULE.encode("utf-16-be").decode("latin-1").replace("\0", " ")] * 3
    codes = ["".join(sign if sign.isprintable() else "ÿ" for sign in line) for line in signs]
    folder.write("a.pdf", make_drawn(codes, font="Helvetica"))
    [failure] = folder.run().failed
    assert "the text of page 1 is garbled" in str(failure.error)
