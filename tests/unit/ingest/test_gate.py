"""What is damaged is held back with its reason, and goes on as a person decides."""

import pytest

from ingest.documents import Filing
from ingest.held import Decision, HeldPart, Verdict
from ingest.outcome import Reading
from ingest.problems import DocumentDiscarded
from ingest.reading import examine, read_document
from knowledge.errors import DocumentError
from knowledge.passage import Audience
from tests.unit.ingest.office_files import make_zip
from tests.unit.ingest.test_quality import DAMAGED_PAGE

LOST = "签\ufffd证"
SOUND = "企业应当在拍摄开始以前向主管部门提交备案材料，并且保存全部合同。"
BACKWARDS = "\n\n".join(
    f"第{number}条　企业应当遵守本办法的各项规定。" for number in ("一", "四", "二", "五", "三")
)


def look(text: str | bytes, name: str = "a.md", **decisions: Decision) -> Reading:
    data = text.encode() if isinstance(text, str) else text
    return examine(data, Filing(name, "hash", None, decisions))


def decide(text: str | bytes, decision: Decision, name: str = "a.md") -> Reading:
    """The reading after one decision about everything that is held back."""
    keys = [part.key for part in look(text, name).held]
    return look(text, name, **dict.fromkeys(keys, decision))


def texts(reading: Reading) -> list[str]:
    return [passage.text for passage in reading.document.passages]


def only(reading: Reading) -> HeldPart:
    [part] = reading.held
    return part


PAGE = f"# 指南\n\n## 资助\n\n{SOUND}\n\n要{LOST}。\n\n可以申请资助。\n"
ACCEPT, DISCARD = Decision(Verdict.ACCEPT), Decision(Verdict.DISCARD)


def test_a_held_part_says_what_where_and_why() -> None:
    part = only(look(PAGE))
    assert (part.place, part.text, part.before, part.after) == (
        "资助 > ¶2",
        f"要{LOST}。",
        SOUND,
        "可以申请资助。",
    )
    assert "characters were replaced" in str(part.reason)
    assert [part.text[start:end] for start, end in part.doubts] == ["\ufffd"]
    assert "nothing tells which characters" in str(part.tried[0])
    assert texts(look(PAGE)) == [SOUND, "可以申请资助。"]


def test_what_is_accepted_is_quoted_as_it_was_read() -> None:
    reading = decide(PAGE, ACCEPT)
    assert f"要{LOST}。" in "".join(texts(reading))
    assert (reading.losses, only(reading).verdict) == ((), Verdict.ACCEPT)


def test_a_correction_stands_in_the_place_of_what_was_read() -> None:
    reading = decide(PAGE, Decision(Verdict.CORRECT, "要签证。\n\n要许可。"))
    assert texts(reading) == [f"{SOUND}\n要签证。\n要许可。\n可以申请资助。"]
    assert reading.document.passages[0].locator == "资助"
    assert only(reading).text == f"要{LOST}。"


def test_what_is_thrown_away_stays_a_gap_and_is_no_loss() -> None:
    reading = decide(PAGE, DISCARD)
    assert texts(reading) == [SOUND, "可以申请资助。"]
    assert reading.losses == ()


def test_a_document_is_complete_once_all_is_decided() -> None:
    assert look(PAGE).document.content_hash.endswith("-incomplete")
    assert decide(PAGE, DISCARD).document.content_hash == "hash"


def test_a_changed_part_has_another_key_and_a_moved_one_has_not() -> None:
    key = only(look(PAGE)).key
    assert only(look(PAGE.replace("要签", "办签"))).key != key
    assert only(look(PAGE.replace("资助\n", "补贴\n\n新的一段。\n"))).key == key


def test_the_same_damaged_words_in_two_places_are_two_parts() -> None:
    first, second = look(f"{SOUND}\n\n要{LOST}。\n\n{SOUND}\n\n要{LOST}。\n").held
    assert first.key != second.key


def test_rows_of_a_table_are_corrected_line_by_line() -> None:
    table = f"| 事项 | 时限 |\n| --- | --- |\n| 备案 | 五\ufffd日 |\n\n{SOUND}{SOUND}"
    reading = decide(table, Decision(Verdict.CORRECT, "事项 | 时限\n备案 | 五日"))
    assert texts(reading)[0].startswith("事项 | 时限\n备案 | 五日\n企业")


def test_a_document_that_is_mostly_damaged_is_held_as_a_whole() -> None:
    spoilt = f"# 指南\n\n{LOST}{LOST}{LOST}{LOST}。\n\n好。"
    part = only(look(spoilt))
    assert (part.place, "most of its text" in str(part.reason)) == ("", True)
    with pytest.raises(DocumentError, match="most of its text is damaged"):
        read_document(spoilt.encode(), Filing("a.md", "hash", None))
    assert texts(decide(spoilt, ACCEPT)) == [f"{LOST}{LOST}{LOST}{LOST}。\n好。"]
    corrected = decide(spoilt, Decision(Verdict.CORRECT, "指南\n\n要签证。"))
    assert (texts(corrected), corrected.document.provenance.title) == (["要签证。"], "指南")


def test_a_document_that_is_thrown_away_whole_is_refused_for_that() -> None:
    reading = decide(f"{LOST}\n", DISCARD)
    assert isinstance(reading.refusal, DocumentDiscarded)


@pytest.mark.parametrize("encoding", ["cp037", "mac_roman", "cp1252"])
def test_an_unknown_encoding_is_held_until_somebody_brings_the_text(encoding: str) -> None:
    # The last is Vietnamese as it looks in the encoding of western Europe.
    words = {"cp037": "Register it.", "mac_roman": "Não há opção.", "cp1252": "ðãng ký phim "}
    data = (words[encoding] * 9).encode(encoding)
    part = only(look(data, "a.txt"))
    assert "an encoding that is not known here" in str(part.reason)
    assert not part.acceptable
    assert isinstance(decide(data, ACCEPT, "a.txt").refusal, DocumentError)
    assert texts(decide(data, Decision(Verdict.CORRECT, "Register."), "a.txt")) == ["Register."]


def test_a_faq_table_of_unknown_encoding_is_corrected_as_a_table() -> None:
    data = "id,question,answer\n1,Why?,Because the law says it.\n".encode("cp037")
    table = "id,question,answer\n1,Why?,Because.\n"
    reading = decide(data, Decision(Verdict.CORRECT, table), "a.csv")
    assert [(one.text, one.entry) for one in reading.document.passages] == [("Because.", "1")]


def test_mixed_scripts_are_a_reason() -> None:
    part = only(look(f"{SOUND}\n\n企业应当ம备案ற材料。\n\n{SOUND}"))
    assert "letters of different scripts are mixed" in str(part.reason)
    assert [part.text[start:end] for start, end in part.doubts] == ["ம", "ற"]


def test_articles_that_run_backwards_are_a_reason() -> None:
    part = only(look(BACKWARDS, "a.txt"))
    assert "its articles run backwards" in str(part.reason)
    assert texts(look(BACKWARDS, "a.txt")) == []
    assert len(texts(decide(BACKWARDS, ACCEPT, "a.txt"))) == 5


def test_an_annex_that_counts_anew_is_in_order() -> None:
    lines = [f"第{number}条　企业应当遵守规定。" for number in "一二三一二三"]
    assert look("\n\n".join([*lines[:3], "附件", *lines[3:]]), "a.txt").held == ()


LEFT = (
    "企业应当在拍摄开始以前向主管部门",
    "提交备案材料并且保存全部的合同以",
    "及付款的凭证和演员的签证材料留存",
)
RIGHT = (
    "资助的金额为一万元，由区里的服务",
    "中心在三十日以内付给申请的企业并",
    "且在网站上面公布付款的名单和日期",
)


def test_text_in_two_columns_is_a_reason() -> None:
    lines = [f"{one}      {other}" for one, other in zip(LEFT, RIGHT, strict=True)]
    part = only(look("\n".join(lines), "a.txt"))
    assert "its lines stand in two columns" in str(part.reason)
    assert part.text.splitlines() == lines


def test_a_table_of_spaces_and_indented_text_are_in_order() -> None:
    table = "申请人身份证明文件      由申请人自己带来。\n营业执照      复印件\n审计报告      近三年"
    assert look(table, "a.txt").held == ()
    assert look("\n".join(f"    {line}" for line in LEFT), "a.txt").held == ()


def test_what_is_held_of_a_file_in_an_archive_names_the_file() -> None:
    data = make_zip({"a/b.md": PAGE.encode()})
    assert only(look(data, "a.zip")).place == "a/b.md > 资助 > ¶2"
    reading = decide(data, Decision(Verdict.CORRECT, "要签证。"), "a.zip")
    assert "要签证。" in texts(reading)[0]


def test_repairs_are_counted() -> None:
    repairs = look(DAMAGED_PAGE, "page.txt").repairs
    assert [(str(one.reason), one.paragraphs) for one in repairs] == [
        ("readings behind characters were dropped", 3)
    ]


def test_a_damaged_title_is_not_shown_beside_quotations() -> None:
    page = f"<html><head><title>{LOST}</title></head><body><p>{SOUND}</p></body></html>"
    assert look(page, "rule.html").document.provenance.title == "rule"


TABLE = f"id,question,answer\n1,Why {LOST}?,Because {LOST}.\n2,When?,Now.\n"


def test_each_damaged_cell_of_a_faq_row_is_held_back() -> None:
    reading = look(TABLE, "a.csv")
    assert [(part.place, part.text) for part in reading.held] == [
        ("row 2", f"Because {LOST}."),
        ("row 2", f"Why {LOST}?"),
    ]
    assert texts(reading) == ["Now."]
    assert "Row 2 of a.csv was left out" in str(reading.problems[0])


def test_a_row_comes_once_each_of_its_cells_is_corrected() -> None:
    answer, question = (part.key for part in look(TABLE, "a.csv").held)
    corrections = {
        answer: Decision(Verdict.CORRECT, "Because of the visa."),
        question: Decision(Verdict.CORRECT, "Why a visa?"),
    }
    half = look(TABLE, "a.csv", **{answer: corrections[answer]})
    assert texts(half) == ["Now."]
    whole = look(TABLE, "a.csv", **corrections)
    assert texts(whole) == ["Because of the visa.", "Now."]
    assert whole.document.passages[0].questions[0].text == "Why a visa?"
    assert whole.problems == ()


def test_a_row_that_is_thrown_away_is_no_problem_any_more() -> None:
    reading = decide(TABLE, DISCARD, "a.csv")
    assert (texts(reading), reading.problems) == (["Now."], ())
    alone = TABLE.replace("2,When?,Now.\n", "")
    assert "none of its rows" in str(look(alone, "a.csv").refusal)
    assert isinstance(decide(alone, DISCARD, "a.csv").refusal, DocumentDiscarded)
    assert texts(decide(alone, ACCEPT, "a.csv")) == [f"Because {LOST}."]


@pytest.mark.parametrize("head", ["", "---\naudience: public\n---\n\n"])
def test_a_correction_of_a_whole_document_is_seen_by_nobody_more(head: str) -> None:
    said = "---\naudience: staff\ntitle: 资助\nissued: 2026-01-01\n---\n"
    page = f"{said}\n{LOST}。\n\n{LOST}{LOST}。\n"
    assert look(page).refusal is not None
    reading = decide(page, Decision(Verdict.CORRECT, f"{head}资助为十万元，三十日内付给公司。"))
    [passage] = reading.document.passages
    source = passage.provenance
    assert source.audience is Audience.STAFF
    assert (source.title, str(source.issued)) == ("资助", "2026-01-01")
