"""What is held back, as staff see it at a terminal and in a browser."""

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.journeys.command.running import Helpdesk, assert_refused

SOUND = "企业应当在拍摄开始以前向主管部门提交备案材料，并且保存全部合同。"
EVIL = '<script>alert("1")</script><img src=x onerror=alert(2)> & 签\ufffd证'
PAGE = (
    f"# 指南\n\n{SOUND}\n\n资助为\ufffd万元，三十日内付。\n\n{SOUND}\n\n{EVIL}\n\n{SOUND}{SOUND}\n"
)


@pytest.fixture
def held(helpdesk: Helpdesk) -> Helpdesk:
    """After a page of which two paragraphs are held back."""
    helpdesk.write("page.md", PAGE)
    run = helpdesk("ingest", helpdesk.data.parent / "documents", "--audience", "company")
    assert run.code == 0
    assert "helpdesk documents held" in run.err
    return helpdesk


def test_the_list_says_what_where_and_why(held: Helpdesk) -> None:
    first, second = held("documents", "held").out.splitlines()
    assert re.fullmatch(
        r" +1  \d{4}-\d\d-\d\d  page\.md, 指南 > ¶2: characters were replaced .*", first
    )
    assert second.startswith("   2 ")
    listed = held("documents", "held", "--json").json["held"]
    assert [(one["number"], one["document"], one["place"]) for one in listed] == [
        (1, "page.md", "指南 > ¶2"),
        (2, "page.md", "指南 > ¶4"),
    ]
    assert listed[0]["audience"] == "company"
    assert not any("资助" in str(value) for value in listed[0].values())


def test_a_report_says_that_something_is_held_back_and_not_what(helpdesk: Helpdesk) -> None:
    helpdesk.write("page.md", PAGE)
    run = helpdesk("ingest", helpdesk.data.parent / "documents", "--json")
    assert run.json["damaged"][0]["paragraphs"] == 2
    assert "万元" not in run.out + run.err


def test_a_list_of_nothing(helpdesk: Helpdesk) -> None:
    run = helpdesk("documents", "held")
    assert (run.code, run.out, run.err) == (0, "", "Nothing is held back.\n")
    assert helpdesk("documents", "held", "--json").json == {"held": []}


def test_one_part_is_shown_with_its_doubtful_places(held: Helpdesk) -> None:
    out = held("documents", "held", "show", 1).out
    assert "资助为⟦\ufffd⟧万元，三十日内付。" in out
    assert f"Before it: {SOUND}" in out
    assert "Repair: nothing tells which characters stood there" in out
    assert (
        held("documents", "held", "show", 1, "--json").json["text"]
        == "资助为\ufffd万元，三十日内付。"
    )


def test_held_text_is_found_by_nobody_until_it_is_corrected(held: Helpdesk, tmp_path: Path) -> None:
    def found() -> str:
        return held("search", "资助 三十日内付", "--as", "staff", "--json").out

    assert "三十日内付" not in re.sub('"question".*?,', "", found())
    correction = tmp_path / "correction.txt"
    correction.write_text("资助为十万元，三十日内付。\n", "utf-8")
    run = held("documents", "held", "correct", 1, "--file", correction, "--by", "王敏")
    assert run.code == 0
    assert "corrected" in run.out
    assert "资助为十万元，三十日内付。" in found()
    assert "资助为十万元" not in held("search", "资助", "--as", "actor", "--json").out
    assert "corrected by 王敏 on " in held("documents", "held", "--all").out
    shown = held("documents", "held", "show", 1).out
    assert "资助为⟦\ufffd⟧万元" in shown
    assert "资助为十万元，三十日内付。" in shown


def test_a_decision_is_a_new_version_with_its_moment(held: Helpdesk) -> None:
    [before] = held("documents", "list", "--json").json["documents"]
    assert held("documents", "held", "accept", 1).code == 0
    [after] = held("documents", "list", "--json").json["documents"]
    assert (before["version"], after["version"]) == (1, 2)
    assert "" < before["since"] <= after["since"]
    [past] = after["history"]
    assert before["since"] == past["since"] <= past["until"] == after["since"]


def test_a_correction_comes_from_the_input(held: Helpdesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("资助为十万元。"))
    assert held("documents", "held", "correct", 1, "--file", "-").code == 0
    assert "资助为十万元。" in held("documents", "show", "page.md").out


def test_a_correction_is_written_in_the_editor(
    held: Helpdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "sed -i s/\ufffd/十/")
    assert held("documents", "held", "correct", 1).code == 0
    assert "资助为十万元，三十日内付。" in held("documents", "show", "page.md").out
    monkeypatch.setenv("EDITOR", "false")
    assert_refused(held("documents", "held", "correct", 2), 2, "false")


def test_several_are_thrown_away_and_taken_back(held: Helpdesk) -> None:
    assert held("documents", "held", "discard", 1, 2).code == 0
    assert held("documents", "held").err == "Nothing is held back.\n"
    assert held("documents", "held", "--all").out.count("thrown away by ") == 2
    assert held("documents", "held", "undo", 1, 2).code == 0
    assert len(held("documents", "held").out.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("show", 9), 1, "helpdesk documents held"),
        (("accept", 9), 1, "helpdesk documents held"),
        (("correct", 1), 2, "--file"),
        (("correct", 1, "--file", "no.txt"), 2, "no.txt"),
    ],
)
def test_what_cannot_be_done_is_said(
    held: Helpdesk,
    arguments: tuple[object, ...],
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert_refused(held("documents", "held", *arguments), code, said)


def test_nothing_is_decided_where_one_of_several_is_not_known(held: Helpdesk) -> None:
    assert_refused(held("documents", "held", "accept", 1, 9), 1, "9")
    assert len(held("documents", "held").out.splitlines()) == 2


def test_a_decision_about_nothing_makes_no_shelf(helpdesk: Helpdesk) -> None:
    assert_refused(helpdesk("documents", "held", "accept", 1), 1, "helpdesk documents held")
    assert not helpdesk.data.exists()


class _Reader(HTMLParser):
    """What a browser would find on the page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loaded: list[str] = []
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loaded += [value or "" for name, value in attrs if name in {"src", "href"}]

    def handle_data(self, data: str) -> None:
        self.said += data


def test_the_page_shows_each_part_and_runs_nothing(held: Helpdesk, tmp_path: Path) -> None:
    path = tmp_path / "held.html"
    run = held("documents", "held", "--html", tmp_path)
    assert str(tmp_path) in run.out
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    assert not {"script", "img", "iframe", "link", "form"} & set(reader.tags)
    assert 'alert("1")' in reader.said
    assert f"--data {held.data} documents held correct 1 --file FILE" in reader.said
    assert "default-src 'none'" in path.read_text("utf-8")
    assert path.stat().st_mode & 0o077 == 0


def test_a_page_with_a_picture_holds_it_inside(helpdesk: Helpdesk, tmp_path: Path) -> None:
    from tests.unit.ingest.pdf_files import make_drawn, make_scan, take_picture

    page = take_picture(
        make_drawn(["A line of a form."] * 6, size=(420.0, 260.0), font="Helvetica")
    )
    blurred = page.resize((page.width // 7, page.height // 7)).resize(page.size)
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(make_scan(blurred))
    assert helpdesk("ingest", folder).code == 1
    path = helpdesk.write("held.html", "")
    assert helpdesk("documents", "held", "--html", path).code == 0
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    [picture] = reader.loaded
    assert picture.startswith("data:image/png;base64,iVBOR")
    assert re.search(r"Picture: .*\.png", helpdesk("documents", "held", "show", 1).out)


def test_a_page_that_cannot_be_written_is_named(held: Helpdesk, tmp_path: Path) -> None:
    path = tmp_path / "no" / "held.html"
    assert_refused(held("documents", "held", "--html", path), 2, str(path))


def test_a_document_that_is_removed_takes_what_is_held_of_it_along(held: Helpdesk) -> None:
    assert held("documents", "remove", "page.md").code == 0
    assert held("documents", "held", "--json").json == {"held": []}
    assert not list((held.data / "quarantine").glob("*/held.json"))
