"""FAQ tables to passages."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

import openpyxl
import pytest

from knowledge.dates import PartialDate
from knowledge.passage import Audience, PassageKind, Trust
from tests.unit.ingest.folders import Folder

HEADER = ("id", "topics", "audience", "confidence", "issued")
LANGUAGES = ("question:zh-Hans", "question:en", "question:ru", "answer:zh-Hans", "answer:en")
ROW = (
    *("ACT-07", "visa; hiring", "", "M", "2025-03"),
    *("要签证吗？\n外籍演员签证", "Do I need a visa? | visa for actors", "Нужна ли виза?"),
    *("要，需要工作签证。", "Yes, a work visa."),
)
SHORT = ("id", "question", "answer")


def as_csv(*rows: Sequence[str], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def as_xlsx(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_one_passage_for_each_answer(folder: Folder) -> None:
    chinese, english = folder.ingest("faq.csv", as_csv((*HEADER, *LANGUAGES), ROW))
    assert (chinese.language, chinese.text) == ("zh-Hans", "要，需要工作签证。")
    assert (english.language, english.text) == ("en", "Yes, a work visa.")
    assert chinese.id.startswith("faq.csv#ACT-07@zh-Hans-")
    assert english.id.startswith("faq.csv#ACT-07@en-")
    for passage in (chinese, english):
        assert (passage.kind, passage.entry) == (PassageKind.FAQ, "ACT-07")
        assert passage.locator == "ACT-07"
        assert passage.provenance.topics == ("visa", "hiring")
        assert passage.provenance.trust is Trust.MEDIUM
        assert passage.provenance.issued == PartialDate(2025, 3)


def test_questions_go_to_the_answer_in_their_language_or_to_the_first(folder: Folder) -> None:
    chinese, english = folder.ingest("faq.csv", as_csv((*HEADER, *LANGUAGES), ROW))
    assert [(one.text, one.language) for one in chinese.questions] == [
        ("要签证吗？", "zh-Hans"),
        ("外籍演员签证", "zh-Hans"),
        ("Нужна ли виза?", "ru"),
    ]
    assert [one.text for one in english.questions] == ["Do I need a visa?", "visa for actors"]
    assert chinese.provenance.title == "要签证吗？"
    assert english.provenance.title == "Do I need a visa?"


@pytest.mark.parametrize(
    "header",
    [
        "编号,问题,答案",
        "ID;Question;Answer",
        "id,question_zh-Hans,answer_zh-Hans",
        "id,question.zh-CN,answer-zh-CN",
        "id,问题（中文）,回答（中文）",
        "id\tquestion1\tanswer",
        "编号,问题:zh,回答:zh",
    ],
)
def test_headers_are_understood_in_many_spellings(folder: Folder, header: str) -> None:
    delimiter = next(one for one in ",;\t" if one in header)
    text = f"{header}\n" + as_csv(("A1", "要备案吗？", "要，先备案。"), delimiter=delimiter)
    [passage] = folder.ingest("faq.csv", text)
    assert (passage.entry, passage.language, passage.text) == ("A1", "zh-Hans", "要，先备案。")
    assert passage.questions[0].text == "要备案吗？"


def test_several_columns_of_questions(folder: Folder) -> None:
    text = as_csv(
        ("id", "question1", "question2", "answer"), ("A", "Visa?", "Permit?", "Yes, both.")
    )
    [passage] = folder.ingest("faq.csv", text)
    assert [(one.text, one.language) for one in passage.questions] == [
        ("Visa?", "en"),
        ("Permit?", "en"),
    ]


def test_languages_are_detected_where_the_header_says_none(folder: Folder) -> None:
    rows = (
        ("A", "Нужна ли виза для съёмок?", "Да, нужна рабочая виза."),
        ("B", "要签证吗", "需要簽證。"),
    )
    russian, chinese = folder.ingest("faq.csv", as_csv(SHORT, *rows))
    assert (russian.language, chinese.language) == ("ru", "zh-Hant")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_tables_come_in_many_encodings(folder: Folder, encoding: str) -> None:
    text = as_csv(("编号", "问题", "答案"), ("A", "要签证吗？", "要，需要工作签证。"))
    [passage] = folder.ingest("faq.csv", text.encode(encoding))
    assert passage.text == "要，需要工作签证。"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("", "Visa?", "Yes."), "it has no id"),
        (("GOOD", "Visa?", "Yes."), "the id GOOD stands in an earlier row"),
        (("B", "", "Yes."), "it has no question"),
        (("B", "Visa?", ""), "it has no answer"),
        (("B", "Visa?"), "it has no answer"),
        (("B", "Visa?", "Yes \ufffd."), "its text is damaged"),
    ],
)
def test_a_bad_row_is_named_and_the_others_go_on(
    folder: Folder, row: tuple[str, ...], reason: str
) -> None:
    good = ("GOOD", "Is there a fee?", "No, there is no fee.")
    folder.write("faq.csv", as_csv(SHORT, good, row, (), ("LAST", "When?", "In a month.")))
    report = folder.run()
    assert report.exit_code == 1
    [failure] = report.failed
    assert str(failure.error).startswith("Row 3 of faq.csv was left out: ")
    assert reason in str(failure.error)
    assert [passage.entry for passage in folder.passages("faq.csv")] == ["GOOD", "LAST"]


def test_bad_rows_are_reported_by_every_run_without_embedding_again(folder: Folder) -> None:
    folder.write("faq.csv", as_csv(SHORT, ("A", "Fee?", "No fee."), ("A", "Visa?", "Yes.")))
    folder.run()
    second = folder.run()
    assert second.exit_code == 1
    assert second.unchanged == ("faq.csv",)
    assert folder.shelf.puts == ["faq.csv"]


def test_wrong_values_of_a_row_are_named(folder: Folder) -> None:
    header = (*SHORT, "audience", "issued")
    rows = (
        ("A", "Fee?", "No fee.", "staff", "2025/3/1"),
        ("B", "Visa?", "Yes.", "friends", ""),
        ("C", "Permit?", "Yes.", "", "1.3.25"),
    )
    folder.write("faq.csv", as_csv(header, *rows))
    report = folder.run()
    assert [failure.error.fields["row"] for failure in report.failed] == ["3", "4"]
    [passage] = folder.passages("faq.csv")
    assert passage.provenance.audience is Audience.STAFF
    assert passage.provenance.issued == PartialDate(2025, 3, 1)


def test_a_row_cannot_widen_the_audience_that_was_given(folder: Folder) -> None:
    header = (*SHORT, "audience")
    rows = (("A", "Fee?", "No.", "public"), ("B", "Visa?", "Yes.", "actor"))
    folder.write("faq.csv", as_csv(header, *rows))
    folder.run(audience=Audience.COMPANY)
    audiences = [passage.provenance.audience for passage in folder.passages("faq.csv")]
    assert audiences == [Audience.COMPANY, Audience.STAFF]


def test_all_sheets_of_a_workbook_with_our_header_are_read(folder: Folder) -> None:
    header = ("id", "question:en", "answer:en", "issued", "number")
    data = as_xlsx(
        {
            "Visa": [header, ("V1", "Visa?", "Yes.", datetime(2025, 3, 1), 12)],  # noqa: DTZ001
            "Notes": [("written by", "somebody")],
            "Fees": [header, ("F1", "Fee?", "None.", date(2025, 4, 1), 1.0), ("F1", "x", "y")],
        }
    )
    folder.write("faq.xlsx", data)
    report = folder.run()
    visa, fee = folder.passages("faq.xlsx")
    assert (visa.provenance.issued, visa.provenance.number) == (PartialDate(2025, 3, 1), "12")
    assert (fee.provenance.issued, fee.provenance.number) == (PartialDate(2025, 4, 1), "1")
    assert [str(failure.error) for failure in report.failed] == [
        "Row Fees!3 of faq.xlsx was left out: the id F1 stands in an earlier row."
    ]


def test_csv_and_xlsx_say_the_same(folder: Folder) -> None:
    rows = ((*HEADER, *LANGUAGES), ROW)
    from_csv = folder.ingest("a.csv", as_csv(*rows))
    from_xlsx = folder.ingest("b.xlsx", as_xlsx({"faq": rows}))
    assert [(p.text, p.questions, p.provenance) for p in from_csv] == [
        (p.text, p.questions, p.provenance) for p in from_xlsx
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", "id,question\nA,Visa?\n", "no column answer"),
        ("a.csv", "id,question,answer\n", "no row below its header"),
        ("a.csv", 'id,question,answer\nA,"Visa?,Yes.\n', "is not CSV"),
        ("a.csv", "id,question:klingonish,answer\nA,b,c\n", "is no language"),
        ("a.csv", "id,question,answer\n,b,c\n,d,e\n", "none of its rows can be used; row 2"),
        ("a.csv", "\n\n", "empty"),
        ("a.xlsx", b"this is no zip", "not an XLSX workbook"),
        ("a.xlsx", b"PK\x03\x04 broken", "not an XLSX workbook"),
        ("a.xlsx", as_xlsx({"only": []}), "the workbook is empty"),
        ("a.xlsx", as_xlsx({"only": [("name", "age")]}), "no row below its header"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(
    folder: Folder, name: str, content: str | bytes, reason: str
) -> None:
    assert reason in folder.refuse(name, content)


def test_a_zip_that_is_no_workbook_is_refused(folder: Folder) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "not an XLSX workbook" in folder.refuse("a.xlsx", out.getvalue())


def test_a_workbook_cut_short_is_refused(folder: Folder) -> None:
    data = as_xlsx({"faq": [SHORT, ("A", "Visa?", "Yes.")]})
    assert "not an XLSX workbook" in folder.refuse("a.xlsx", data[: len(data) // 2])
