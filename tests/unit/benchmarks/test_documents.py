"""The set of documents is whole, and its measures are right on pairs that are known."""

import json
from collections import Counter
from pathlib import PurePosixPath

import pytest

from benchmarks.document_judging import Outcome, judge, judge_page, read
from benchmarks.document_measures import (
    Quotable,
    count_cells,
    count_places,
    count_wrong,
    find_cells,
    fold_space,
    is_at,
    join_passages,
    pair_cells,
    share_found,
)
from benchmarks.document_page import cell_f1, write_page, wrong_share
from benchmarks.document_set.catalog import make_specimens
from benchmarks.document_set.drawing import break_lines, draw, lay_out, measure
from benchmarks.document_set.specimen import Page, Part, Specimen, State, make_parts
from benchmarks.document_set.texts import CATALOGUE, DIRECTORY, ENGLISH, FEES, GUIDE, NOTICE
from benchmarks.documents import PAGE, RESULT, render, to_json
from ingest.loaders import LOADERS

SPECIMENS = {specimen.name: specimen for specimen in make_specimens()}
QUICK = ("guide-big5.txt", "guide-en.docx", "course-zh.pptx", "directory.xlsx", "two-inside.pdf")


def test_there_are_enough_documents_of_every_format() -> None:
    assert len(SPECIMENS) >= 60
    assert len(SPECIMENS) == len(list(make_specimens()))
    endings = {PurePosixPath(name).suffix for name in SPECIMENS}
    same = {".markdown", ".htm", ".xhtml", ".jpeg", ".tif", ".bmp", ".webp"}
    # A .page holds one of the others, as it came from the web.
    assert endings == set(LOADERS) - same - {".docm", ".page", ".pptm", ".xlsm"}


def test_every_kind_that_was_promised_is_there() -> None:
    kinds = Counter(specimen.kind for specimen in SPECIMENS.values())
    said = " ".join(kinds)
    for word in ("300 dpi", "150 dpi", "skewed", "rotated", "columns", "tables", "Big5", "GB18030"):
        assert word in said
    for word in ("not embedded", "Chinese and Cyrillic embedded", "damaged text layer", "empty"):
        assert word in said
    states = Counter(page.state for one in SPECIMENS.values() for page in one.pages)
    assert states[State.DAMAGED] >= 15
    assert states[State.EMPTY] >= 3
    assert len(DIRECTORY) > 50 < len(CATALOGUE)


@pytest.mark.parametrize("name", [*QUICK, "both.zip", "letter-zh.eml", "private-zh.pdf"])
def test_a_document_is_the_same_every_time(name: str) -> None:
    again = next(one for one in make_specimens() if one.name == name)
    assert SPECIMENS[name].make() == again.make()


@pytest.mark.parametrize("name", QUICK)
def test_documents_that_are_read_well_are_measured_so(name: str) -> None:
    judged = judge(SPECIMENS[name])
    assert judged.wrong * 1000 <= judged.signs
    assert judged.cells[0] == judged.cells[1] == judged.cells[2]
    assert judged.places[0] == judged.places[1]
    assert {outcome for _, outcome in judged.pages} == {Outcome.READ}


def test_one_that_is_damaged_is_held_back_and_the_libraries_are_not_spared() -> None:
    judged = judge(SPECIMENS["gbk-for-utf8.txt"])
    assert judged.pages == ((State.DAMAGED, Outcome.HELD),)
    assert judged.plain_wrong > 100
    assert "damaged" in judged.refusal


@pytest.mark.parametrize(
    ("truth", "read_as", "wrong"),
    [
        ("kitten", "sitting", 3),
        ("", "abc", 3),
        ("abc", "", 3),
        ("企业应当备案", "企业应备案了", 2),
        ("same", "same", 0),
        ("flaw" * 40, "lawn" * 40, 41),
    ],
)
def test_wrong_signs_are_counted(truth: str, read_as: str, wrong: int) -> None:
    assert count_wrong(truth, read_as) == wrong == count_wrong(read_as, truth)


def test_spaces_and_bars_count_little() -> None:
    assert fold_space("第一条  企业\n应当 | 备案 now  or") == "第一条企业应当备案now or"


def test_repeated_heads_and_headings_are_joined_once() -> None:
    passages = [
        Quotable("p. 1", "Fees:\na | b\n1 | 2", ("Title", "Part")),
        Quotable("p. 2", "Fees:\na | b\n3 | 4", ("Title", "Part")),
        Quotable("p. 2", "More.", ("Title", "Other")),
    ]
    joined = join_passages(passages)
    assert joined.split("\n") == [
        *("Title", "Part", "Fees:", "a | b", "1 | 2", "3 | 4", "Other", "More.")
    ]


def test_cells_are_right_with_their_column_and_row() -> None:
    truth = list(pair_cells(("a", "b"), [("1", "2"), ("3", "4")]))
    table = [Quotable("", "Lead-in:\na | b\n1 | 2\n3 | 4")]
    records = [Quotable("", "a: 1 | b: 2"), Quotable("", "a: 3 | b: 4")]
    shifted = [Quotable("", "a | b\n1 | 4\n3 | 2")]
    assert count_cells(truth, find_cells(table)) == (4, 4, 4)
    assert count_cells(truth, find_cells(records)) == (4, 4, 4)
    assert count_cells(truth, find_cells(shifted)) == (4, 4, 2)
    assert count_cells(truth, find_cells([])) == (4, 0, 0)


def test_a_locator_names_the_pages_between_its_ends() -> None:
    assert [is_at(f"p. {number}", "第一条, p. 2–4") for number in (1, 2, 3, 4, 5)] == [
        *(False, True, True, True, False)
    ]
    assert not is_at("p. 1", "p. 12, ¶1")
    assert is_at("slide 2", "Rights, slide 2")


def test_places_are_right_only_under_the_right_name() -> None:
    page = Page((Part("Register before the first test."),), "p. 2")
    text = "Register before the first test."
    assert count_places([page], [Quotable("p. 2, ¶1", text)]) == (1, 1)
    assert count_places([page], [Quotable("p. 1, ¶1", text)]) == (1, 0)
    assert count_places([page], [Quotable("p. 1, ¶1", "Other.")]) == (0, 0)


def test_what_becomes_of_a_page() -> None:
    good = Page(make_parts(ENGLISH), "p. 1")
    bad = Page(make_parts(ENGLISH), "p. 1", State.DAMAGED)
    whole, nothing = [" ".join(ENGLISH)], ""
    for page, text, outcome in (
        (good, whole[0], Outcome.READ),
        (good, nothing, Outcome.HELD),
        (bad, whole[0], Outcome.READ),
        (bad, nothing, Outcome.HELD),
        (bad, " ".join(word[::-1] for word in ENGLISH), Outcome.LEAKED),
    ):
        found = read("a.txt", text.encode())
        located = tuple(Quotable("p. 1", one.text, one.headings) for one in found.passages)
        assert judge_page(page, [page], type(found)(located)) is outcome


def test_shares_of_what_was_found() -> None:
    assert share_found("abcdef", "xxabcdefxx") == 1.0
    assert share_found("abcdef", "xyz") == 0.0
    assert share_found("", "any") == 1.0


def test_lines_fit_and_lose_nothing() -> None:
    for text in (NOTICE[3], GUIDE[1], ENGLISH[1]):
        lines = list(break_lines(text, 11, 300))
        assert len(lines) > 1
        assert fold_space(" ".join(lines)) == fold_space(text)
        assert max(map(measure, lines)) * 11 <= 300


def test_a_drawn_page_has_its_size_and_its_ink() -> None:
    picture = draw(lay_out([*make_parts(GUIDE), Part.table(FEES)]), dpi=72)
    assert picture.size == (595, 842)
    assert 0.01 < 1 - sum(picture.resize((50, 70)).tobytes()) / (255 * 50 * 70) < 0.2


def test_the_page_says_what_was_reached() -> None:
    parts = make_parts(ENGLISH)
    specimen = Specimen("a.docx", "DOCX", SPECIMENS["guide-en.docx"].make, (Page(parts),))
    documents = [to_json(judge(SPECIMENS["guide-en.docx"])), to_json(judge(specimen))]
    assert wrong_share(documents[:1]) == 0
    assert cell_f1(documents) == pytest.approx(1.0)
    page = write_page({"cores": 2, "documents": documents}, {})
    assert "| DOCX: signs wrong, % |" in page
    assert "no |" in page.split("DOCX: signs wrong")[1].split("\n")[0]
    assert "| scans at 300 dpi: signs wrong, % | – | **–** | ≤ 2 | not measured |" in page
    assert "| shelves damaged | **–** | ≤ 0 | not measured |" in page


def test_the_page_in_the_repository_is_what_its_counts_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(RESULT)


def test_the_counts_in_the_repository_are_of_the_whole_set() -> None:
    documents = json.loads(RESULT.read_text(encoding="utf-8"))["documents"]
    assert [one["name"] for one in documents] == list(SPECIMENS)
