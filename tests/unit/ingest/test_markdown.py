"""Markdown to passages."""

from tests.unit.ingest.folders import Folder

GUIDE = """# Store fees

Every store takes a share.

## Google Play

The first million is charged at **15 %** (see [the page](https://example.org/fees)).

A second paragraph that is
wrapped over two lines.

### What you need

You need:

- a contract
- a *tax* form
  with a second line
  1. signed
- `W-8BEN`

## Prices

| Plan | Price |
|------|-------|
| Basic | 10 |
| Full | **20** |

## Empty

## Last

<!-- a note of the editor -->
Text of the last section.

Source: Example Ltd, 2025
"""


def test_passages_know_their_headings_and_places(folder: Folder) -> None:
    passages = folder.ingest("fees.md", GUIDE)
    assert [(passage.headings, passage.locator) for passage in passages] == [
        ((), "¶1"),
        (("Google Play",), "Google Play"),
        (("Google Play", "What you need"), "Google Play > What you need"),
        (("Prices",), "Prices"),
        (("Last",), "Last"),
    ]
    assert {passage.provenance.title for passage in passages} == {"Store fees"}
    assert [passage.ordinal for passage in passages] == [0, 1, 2, 3, 4]


def test_marks_go_and_words_stay(folder: Folder) -> None:
    texts = [passage.text for passage in folder.ingest("fees.md", GUIDE)]
    assert texts[1] == (
        "The first million is charged at 15 % (see the page (https://example.org/fees)).\n"
        "A second paragraph that is wrapped over two lines."
    )
    assert texts[2] == (
        "You need:\n- a contract\n- a tax form with a second line\n  1. signed\n- W-8BEN"
    )
    assert texts[3] == "Plan | Price\nBasic | 10\nFull | 20"


def test_a_source_line_is_no_passage_of_its_own(folder: Folder) -> None:
    last = folder.ingest("fees.md", GUIDE)[-1]
    assert last.text == "Text of the last section.\nSource: Example Ltd, 2025"


def test_a_title_of_its_own_keeps_the_first_heading_in_the_path(folder: Folder) -> None:
    passages = folder.ingest("fees.md", f"---\ntitle: Money\n---\n{GUIDE}")
    assert passages[1].locator == "Store fees > Google Play"
    assert passages[1].provenance.title == "Money"


def test_several_passages_of_a_section_are_numbered(folder: Folder) -> None:
    long = " ".join(["The store takes a share of every sale that is made."] * 16)
    passages = folder.ingest("a.md", f"# T\n\n## Fees\n\n{long}\n\n{long}\n\nShort.\n")
    assert [passage.locator for passage in passages] == ["Fees, ¶1", "Fees, ¶2–3"]


def test_code_quotes_escapes_and_html_read_as_text(folder: Folder) -> None:
    text = (
        "> A quoted rule.\n\n```\nkeep **this**\n```\n\n5 \\* 3, <b>bold</b>, AT&amp;T, a_b_c, "
        "2 * 3 * 4, ~~old~~, <https://example.org/x_y_z>\nline one<br>line two\n\n"
        "Setext\n------\n\nEnd."
    )
    first, last = folder.ingest("a.md", text)
    assert first.text == (
        "A quoted rule.\nkeep **this**\n5 * 3, bold, AT&T, a_b_c, 2 * 3 * 4, old, "
        "https://example.org/x_y_z line one\nline two"
    )
    assert last.headings == ("Setext",)


def test_chinese_wrapped_lines_meet(folder: Folder) -> None:
    [passage] = folder.ingest("a.md", "外籍演员来华拍摄，\n需要先办理工作许可。\n")
    assert passage.text == "外籍演员来华拍摄，需要先办理工作许可。"


def test_a_long_list_is_divided_between_items_with_its_lead_in(folder: Folder) -> None:
    items = "\n".join(f"- 第{number}项材料：{'证明文件' * 10}" for number in range(30))
    passages = folder.ingest("a.md", f"# 指南\n\n## 材料\n\n提交下列材料：\n\n{items}\n")
    assert len(passages) > 2
    assert all(passage.text.startswith("提交下列材料：\n- 第") for passage in passages)
    count = len(passages)
    assert passages[1].locator == f"材料, ¶1 (2/{count})"
    assert sum(passage.text.count("\n") for passage in passages) == 30


def test_a_long_table_repeats_its_header(folder: Folder) -> None:
    rows = "\n".join(f"| country {number} | {'text ' * 20} |" for number in range(40))
    passages = folder.ingest("a.md", f"| Country | Rule |\n|---|---|\n{rows}\n")
    assert all(passage.text.startswith("Country | Rule\ncountry ") for passage in passages)
