"""Tables that are no FAQ."""

import io
from datetime import date

import openpyxl

from tests.unit.ingest.folders import Folder
from tests.unit.ingest.test_faq_tables import as_csv, as_xlsx

FEES = (("平台", "分成", "结算"), ("ReelShort", "30%", "按月"), ("DramaBox", "25%", "按季"))


def test_each_row_is_a_passage_with_the_names_of_its_columns(folder: Folder) -> None:
    first, second = folder.ingest("fees.csv", as_csv(*FEES))
    assert (first.locator, first.text) == ("row 2", "平台: ReelShort | 分成: 30% | 结算: 按月")
    assert (second.locator, second.text) == ("row 3", "平台: DramaBox | 分成: 25% | 结算: 按季")
    assert first.provenance.title == "fees"


def test_rows_of_several_sheets_say_where_they_stand(folder: Folder) -> None:
    data = as_xlsx({"费用": FEES, "联系人": [("姓名", "电话"), ("王敏", "0755-1234")]})
    passages = folder.ingest("book.xlsx", data)
    assert [passage.locator for passage in passages] == ["费用!2", "费用!3", "联系人!2"]
    assert passages[2].headings == ("联系人",)
    assert passages[2].text == "姓名: 王敏 | 电话: 0755-1234"


def test_a_caption_above_the_header_and_a_note_below_the_rows_are_kept(folder: Folder) -> None:
    rows = (("2025年各平台费用（单位：元）",), ("平台", "月费"), ("甲", 9.99), ("注：费用含税",))
    caption, row, note = folder.ingest("fees.xlsx", as_xlsx({"a": rows}))
    assert caption.text == "2025年各平台费用（单位：元）"
    assert (row.locator, row.text) == ("row 3", "平台: 甲 | 月费: 9.99")
    assert note.text == "注：费用含税"


def test_cells_are_shown_as_a_person_sees_them(folder: Folder) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["项目", "比例", "日期", "金额"])
    sheet.append(["资助", 0.155, date(2025, 3, 1), 2000000.0])
    sheet["B2"].number_format = "0.0%"
    sheet.append(["合作", 0.1 + 0.2, None, 3])
    out = io.BytesIO()
    book.save(out)
    first, second = folder.ingest("a.xlsx", out.getvalue())
    assert first.text == "项目: 资助 | 比例: 15.5% | 日期: 2025-03-01 | 金额: 2000000"
    assert second.text == "项目: 合作 | 比例: 0.3 | 金额: 3"


def test_a_merged_cell_counts_for_each_of_its_rows(folder: Folder) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["部门", "事项"], ["商务局", "资助"], [None, "备案"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    out = io.BytesIO()
    book.save(out)
    texts = [passage.text for passage in folder.ingest("a.xlsx", out.getvalue())]
    assert texts == ["部门: 商务局 | 事项: 资助", "部门: 商务局 | 事项: 备案"]


def test_hidden_sheets_are_left_out(folder: Folder) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx({"a": FEES, "b": FEES})))
    book["b"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert [one.locator for one in folder.ingest("a.xlsx", out.getvalue())] == ["a!2", "a!3"]


def test_a_table_of_nothing_but_figures_has_no_header(folder: Folder) -> None:
    first, second = folder.ingest("a.csv", "1,2\n3,4\n")
    assert (first.text, second.text) == ("1 | 2", "3 | 4")
