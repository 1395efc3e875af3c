"""What is held back is kept beside the shelf, with what people decided, over many runs."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.held import Verdict
from ingest.quarantine.custody import Custody
from ingest.quarantine.records import Entry, Ruling
from ingest.quarantine.store import QuarantineStore
from ingest.report import Report
from ingest.ruling import Bench, PartUnknown, find_part
from ingest.sync import Keeping
from knowledge.errors import UsageError
from knowledge.passage import Audience
from tests.fakes.shelf import MemoryShelf
from tests.unit.ingest.pdf_files import make_drawn, make_scan, take_picture
from tests.unit.ingest.test_quality import DAMAGED_PAGE

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
SOUND = "企业应当在拍摄开始以前向主管部门提交备案材料，并且保存全部合同。"


@dataclass
class Office:
    """A folder of documents, a shelf, what is held back, and a clock that can be set."""

    folder: Path
    shelf: MemoryShelf
    store: QuarantineStore
    now: datetime = START

    def custody(self) -> Custody:
        return Custody(self.store, lambda: self.now)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def run(self, *, audience: Audience | None = None) -> Report:
        keeping = Keeping(self.shelf, self.custody())
        return keeping.synchronise([self.folder], audience=audience)

    def open(self) -> list[Entry]:
        return [one for record in self.store.records() for one in record.entries if one.is_open]

    def rule(self, number: int, verdict: Verdict | None, text: str = "") -> Report:
        ruling = Ruling(verdict=verdict, by="王敏", at=self.now, text=text) if verdict else None
        return Bench(self.store, self.custody).rule(number, ruling, self.shelf)

    def text(self, name: str = "page.txt") -> str:
        if name not in self.shelf.documents:
            return ""
        return "\n".join(passage.text for passage in self.shelf.passages(name))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    folder = tmp_path / "documents"
    folder.mkdir()
    return Office(folder, MemoryShelf(), QuarantineStore(tmp_path / "quarantine"))


@pytest.fixture
def damaged(office: Office) -> Office:
    """After one run over a page of which two paragraphs cannot be repaired."""
    office.write("page.txt", DAMAGED_PAGE)
    office.run()
    return office


def test_damaged_paragraphs_are_listed_and_not_on_the_shelf(damaged: Office) -> None:
    assert [(one.number, one.part.place, one.since) for one in damaged.open()] == [
        (1, "¶2", START),
        (2, "¶4", START),
    ]
    assert all("?" not in line for line in damaged.text().split("\n"))
    [record] = damaged.store.records()
    assert [(str(what), count) for what, count in record.repairs] == [
        ("readings behind characters were dropped", 3)
    ]


def test_a_second_run_changes_nothing(damaged: Office) -> None:
    before = [*damaged.store.records()]
    damaged.now += timedelta(days=3)
    report = damaged.run()
    assert (report.unchanged, len(report.damaged)) == (("page.txt",), 1)
    assert [*damaged.store.records()] == before


def test_a_correction_is_on_the_shelf_at_once_and_after_every_run(damaged: Office) -> None:
    damaged.rule(1, Verdict.CORRECT, "材料要齊全、規範化，缺一不可。")
    for _ in range(2):
        assert "材料要齊全、規範化，缺一不可。" in damaged.text()
        assert damaged.run().unchanged == ("page.txt",)
    _, entry = find_part(damaged.store, 1)
    assert entry.ruling
    assert (entry.ruling.by, entry.ruling.at) == ("王敏", START)
    assert "規?;?" in entry.part.text
    assert [one.number for one in damaged.open()] == [2]


def test_once_all_is_decided_nothing_is_reported_any_more(damaged: Office) -> None:
    damaged.rule(1, Verdict.ACCEPT)
    assert "規?;?" in damaged.text()
    report = damaged.rule(2, Verdict.DISCARD)
    assert (report.damaged, damaged.open()) == ((), [])
    assert "非???" not in damaged.text()
    assert damaged.shelf.puts.count("page.txt") == 3
    damaged.run()
    assert damaged.shelf.puts.count("page.txt") == 3


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.CORRECT])
def test_what_is_undone_leaves_the_shelf_and_is_open_again(
    damaged: Office, verdict: Verdict
) -> None:
    before = damaged.text()
    damaged.rule(1, verdict, "材料要齊全。")
    assert damaged.text() != before
    damaged.rule(1, None)
    assert (damaged.text(), [one.number for one in damaged.open()]) == (before, [1, 2])


def test_a_changed_paragraph_asks_anew_and_the_others_keep_their_decisions(damaged: Office) -> None:
    damaged.rule(1, Verdict.CORRECT, "材料要齊全。")
    damaged.write("page.txt", DAMAGED_PAGE.replace("窗口辦理", "本處辦理"))
    damaged.run()
    assert "材料要齊全。" in damaged.text()
    assert [one.number for one in damaged.open()] == [3]


def test_a_decision_comes_back_with_its_paragraph(damaged: Office) -> None:
    damaged.rule(1, Verdict.CORRECT, "材料要齊全。")
    damaged.write("page.txt", SOUND)
    damaged.run()
    assert damaged.open() == []
    with pytest.raises(PartUnknown):
        find_part(damaged.store, 1)
    damaged.write("page.txt", DAMAGED_PAGE)
    damaged.run()
    assert "材料要齊全。" in damaged.text()


def test_parts_of_a_document_that_is_gone_leave_the_list(damaged: Office) -> None:
    damaged.write("whole.txt", "簽\ufffd\ufffd證\ufffd。")
    damaged.run()
    assert [one.number for one in damaged.open()] == [1, 2, 3]
    (damaged.folder / "whole.txt").unlink()
    damaged.run()
    assert [one.number for one in damaged.open()] == [1, 2]
    (damaged.folder / "page.txt").unlink()
    damaged.run()
    assert [*damaged.store.records()] == []


def test_numbers_are_never_given_twice(damaged: Office) -> None:
    (damaged.folder / "page.txt").unlink()
    damaged.run()
    damaged.write("page.txt", DAMAGED_PAGE)
    damaged.run()
    assert [one.number for one in damaged.open()] == [3, 4]


def test_a_document_that_is_held_whole_waits_and_then_comes(office: Office) -> None:
    office.write("sub/whole.txt", "簽\ufffd\ufffd證\ufffd。")
    assert office.run(audience=Audience.COMPANY).exit_code == 1
    [record] = office.store.records()
    assert (record.document, record.seen_by) == ("sub/whole.txt", "company")
    office.rule(1, Verdict.CORRECT, "簽證。")
    assert office.text("sub/whole.txt") == "簽證。"
    document = office.shelf.documents["sub/whole.txt"]
    assert document.provenance.audience is Audience.COMPANY
    assert office.run(audience=Audience.COMPANY).unchanged == ("sub/whole.txt",)
    office.rule(1, None)
    assert office.text("sub/whole.txt") == ""
    report = office.rule(1, Verdict.DISCARD)
    assert (report.exit_code, report.failed) == (0, ())
    assert "thrown away" in str(report.skipped[0].reason)


def test_a_decision_waits_for_a_file_that_is_not_there(damaged: Office) -> None:
    (damaged.folder / "page.txt").rename(damaged.folder.parent / "aside.txt")
    report = damaged.rule(1, Verdict.CORRECT, "材料要齊全。")
    assert report.exit_code == 1
    (damaged.folder.parent / "aside.txt").rename(damaged.folder / "page.txt")
    damaged.run()
    assert "材料要齊全。" in damaged.text()


def test_what_is_taken_back_goes_even_where_the_file_is_gone(damaged: Office) -> None:
    damaged.rule(1, Verdict.ACCEPT)
    (damaged.folder / "page.txt").unlink()
    assert damaged.rule(1, None).removed == ("page.txt",)
    assert damaged.text() == ""


@pytest.mark.parametrize(
    ("verdict", "text", "said"),
    [
        (Verdict.CORRECT, " \n", "corrected text is empty"),
        (Verdict.CORRECT, "材料要\ufffd齊全。", "still holds signs"),
    ],
)
def test_a_ruling_that_nothing_can_come_of_is_refused(
    damaged: Office, verdict: Verdict, text: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        damaged.rule(1, verdict, text)
    assert [one.number for one in damaged.open()] == [1, 2]


def test_what_was_not_decoded_cannot_be_accepted(office: Office) -> None:
    office.write("a.txt", ("Register the film. " * 9).encode("cp037"))
    office.run()
    with pytest.raises(UsageError, match="no text of 1 that could be accepted"):
        office.rule(1, Verdict.ACCEPT)


def test_an_unknown_number_is_named(damaged: Office) -> None:
    with pytest.raises(PartUnknown, match="number 9 is held back"):
        damaged.rule(9, Verdict.ACCEPT)


def _break_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def _forget(path: Path) -> None:
    path.write_text(json.dumps({"document": "page.txt"}), encoding="utf-8")


@pytest.mark.parametrize("spoil", [_break_off, _forget])
def test_a_damaged_record_keeps_its_document_as_it_is(
    damaged: Office, spoil: Callable[[Path], None]
) -> None:
    damaged.rule(1, Verdict.CORRECT, "材料要齊全。")
    [path] = damaged.folder.parent.glob("quarantine/*/held.json")
    spoil(path)
    damaged.write("other.md", SOUND)
    report = damaged.run()
    assert report.added == ("other.md",)
    assert "Restore it from a backup" in str(report.failed[0].error)
    assert "材料要齊全。" in damaged.text()


def test_a_page_keeps_its_picture_until_it_is_gone(office: Office) -> None:
    page = take_picture(
        make_drawn(["A line of a form."] * 6, size=(420.0, 260.0), font="Helvetica")
    )
    blurred = page.resize((page.width // 7, page.height // 7)).resize(page.size)
    path = office.write("scan.pdf", make_scan(blurred))
    office.run()
    [record] = office.store.records()
    [name] = record.pictures
    picture = office.store.picture("scan.pdf", name)
    assert picture.read_bytes().startswith(b"\x89PNG")
    known = office.store.recognised("scan.pdf")
    assert len(known) == 1
    office.run()
    assert office.store.recognised("scan.pdf") == known
    path.unlink()
    office.run()
    assert not picture.parent.exists()


def test_without_anything_held_back_nothing_is_kept(office: Office) -> None:
    office.write("a.md", SOUND)
    office.run()
    assert not (office.folder.parent / "quarantine").exists()
