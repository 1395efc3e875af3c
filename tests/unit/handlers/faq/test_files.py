import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.desk.faq_entry import FaqEntry
from bot.desk.gaps.ports import Place
from handlers.faq.questions import QuestionFile
from handlers.faq.rows import as_row
from handlers.faq.table import FaqTable
from knowledge.dates import PartialDate
from knowledge.evaluation.cases import read_desk_cases
from knowledge.passage import Audience, Provenance
from tests.contracts.faq_entries import make_entry

SHENZHEN = ZoneInfo("Asia/Shanghai")


def entry(number: int = 1) -> FaqEntry:
    return replace(make_entry(1), id=number)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_says_where_it_is_from_and_who_looks_at_it_again() -> None:
    row = as_row(entry(), issuer="Service centre", source=None, zone=SHENZHEN)
    assert (row["issuer"], row["issued"], row["url"]) == (
        "Service centre",
        "2026-03-02",
        "https://example.org",
    )
    assert (row["confidence"], row["audience"]) == ("M", "company")
    assert (row["review_by"], row["owner"], row["jurisdiction"]) == (
        "2026-09-01",
        "desk lead",
        "country:CN",
    )
    assert row["question:zh-Hans"] == "可以演戏吗"
    assert row["answer:en"] == "Apply for it first."


def test_the_day_of_a_row_is_the_one_at_the_centre() -> None:
    late = replace(entry(), made_at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    row = as_row(late, issuer="Service centre", source=None, zone=SHENZHEN)
    assert (row["checked"], row["issued"]) == ("2026-03-02", "2026-03-02")


def test_each_language_of_an_answer_has_a_column() -> None:
    one = entry()
    both = replace(one, content=replace(one.content, translations=(("zh-Hans", "先申请。"),)))
    row = as_row(both, issuer="Service centre", source=None, zone=SHENZHEN)
    assert (row["answer:en"], row["answer:zh-Hans"]) == ("Apply for it first.", "先申请。")


def test_a_document_as_source_is_cited_with_its_number() -> None:
    source = Provenance(
        title="Rules",
        issuer="Ministry",
        number="No. 7",
        issued=PartialDate.parse("2025-03"),
        audience=Audience.PUBLIC,
    )
    row = as_row(entry(), issuer="Service centre", source=source, zone=SHENZHEN)
    assert (row["issuer"], row["number"], row["issued"]) == ("Ministry", "No. 7", "2025-03")
    assert row["confidence"] == "M"


def test_rows_are_put_replaced_and_taken_out(tmp_path: Path) -> None:
    table = FaqTable(tmp_path / "faq" / "answers.csv")
    one, two = ({"id": name, "answer:en": "a\nb", "question:en": "q"} for name in ("A", "B"))
    assert table.put(one)
    assert table.put(two)
    assert not table.put(dict(two))
    assert table.put({**two, "question:ru": "вопрос"})
    rows = read(table.path)
    assert [row["id"] for row in rows] == ["A", "B"]
    assert (rows[0]["answer:en"], rows[0]["question:ru"]) == ("a\nb", "")
    assert table.remove("A")
    assert not table.remove("A")
    assert [row["id"] for row in read(table.path)] == ["B"]
    assert table.remove("B")
    assert not table.path.exists()


def test_what_a_person_wrote_into_the_table_stays(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("id,remark,question:en,answer:en\nH-1,mine,why?,because\n", encoding="utf-8")
    FaqTable(path).put({"id": "A", "question:en": "q", "answer:en": "a"})
    rows = read(path)
    assert (rows[0]["remark"], rows[0]["answer:en"]) == ("mine", "because")
    assert rows[1]["id"] == "A"


def test_the_questions_are_a_suite_that_can_be_evaluated(tmp_path: Path) -> None:
    file = QuestionFile(tmp_path)
    for number in (1, 2, 1):
        file.put(entry(number), Place(document="answers.csv", entry=entry(number).key))
    cases = read_desk_cases(tmp_path)
    assert len(cases) == 4
    assert {one.entries for one in cases} == {(entry(1).key,), (entry(2).key,)}
    assert {one.request.audience for one in cases} == {Audience.COMPANY}
    assert cases[0].request.language == "en"


def test_a_question_of_a_persons_own_stays(tmp_path: Path) -> None:
    file = QuestionFile(tmp_path)
    mine = json.dumps({"id": "mine", "question": "why?"})
    file.path.write_text(f"{mine}\n", encoding="utf-8")
    file.put(entry(), Place(document="answers.csv", entry=entry().key))
    assert read_desk_cases(tmp_path)[0].id == "mine"
