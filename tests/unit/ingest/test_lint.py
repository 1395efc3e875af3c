"""Checks of the content of documents: each fault is found at its place, and good content passes."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from ingest.lint.findings import Finding, Rule
from ingest.lint.linter import lint
from ingest.sync import find_starter
from knowledge.errors import UsageError

TODAY = date(2026, 11, 23)
HEAD = {
    "title": "Guide",
    "issuer": "An office",
    "issued": "2026-01-01",
    "checked": "2026-11-01",
    "review_by": "2027-05-01",
    "owner": "filing officer",
}
ROW = {
    "id": "FIL-01",
    "confidence": "H",
    "issuer": "An office",
    "issued": "2026-01-01",
    "checked": "2026-11-01",
    "review_by": "2027-05-01",
    "owner": "filing officer",
    "question:zh-Hans": "备案要多久？",
    "question:en": "How long does filing take?",
    "answer:zh-Hans": "备案一般要15个工作日，由广东省广播电视局（省局）办理，费用是200元。",
    "answer:en": "Filing usually takes 15 working days at the Guangdong office and costs RMB 200.",
}


def write_page(folder: Path, name: str, body: str, **values: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    head = "".join(f"{key}: {value}\n" for key, value in {**HEAD, **values}.items() if value)
    path.write_text(f"---\n{head}---\n\n{body}\n", encoding="utf-8")
    return path


def write_table(folder: Path, *rows: Mapping[str, str]) -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, names, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    path = folder / "faq.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def run(*paths: Path) -> list[Finding]:
    return lint(paths, today=TODAY)[0]


def messages(found: Sequence[Finding]) -> list[tuple[Rule, str]]:
    return [(one.rule, str(one.problem)) for one in found]


def test_the_knowledge_that_comes_with_the_program_passes() -> None:
    found, count = lint([find_starter()], today=TODAY)
    assert [(one.path, one.line, str(one.problem)) for one in found] == []
    assert count > 50


def test_good_content_passes(tmp_path: Path) -> None:
    write_page(tmp_path, "guide.md", "Filing takes 15 working days. More in [the table](faq.csv).")
    write_table(tmp_path, ROW)
    assert run(tmp_path) == []


@pytest.mark.parametrize(
    ("missing", "rule", "said"),
    [
        ("issuer", Rule.SOURCE, "issuer or url"),
        ("checked", Rule.DATE, "fill in checked"),
        ("review_by", Rule.REVIEW, "fill in review_by"),
        ("owner", Rule.REVIEW, "fill in owner"),
    ],
)
def test_missing_facts_are_named_for_documents_and_rows(
    tmp_path: Path, missing: str, rule: Rule, said: str
) -> None:
    write_page(tmp_path, "guide.md", "Filing takes 15 working days.", **{missing: ""})
    write_table(tmp_path, ROW, {**ROW, "id": "FIL-02", missing: ""})
    row, page = run(tmp_path)
    assert (page.rule, page.line, page.place) == (rule, 1, "")
    assert (row.rule, row.line, row.place) == (rule, 3, "FIL-02")
    assert said in str(page.problem)


def test_a_review_after_the_end_or_before_the_check_is_wrong(tmp_path: Path) -> None:
    write_page(tmp_path, "end.md", "One.", effective_to="2027-01-31")
    write_page(tmp_path, "past.md", "One.", review_by="2026-10-01")
    write_page(tmp_path, "history.md", "One.", effective_to="2025-12-31")
    late, early = run(tmp_path)
    assert "ends on 2027-01-31" in str(late.problem)
    assert "not after checked" in str(early.problem)


def test_references_that_lead_nowhere(tmp_path: Path) -> None:
    write_table(tmp_path, {**ROW, "answer:en": "See FIL-09; filing takes 15 days and RMB 200."})
    body = "Read [the guide](other.md), not [the table](faq.csv).\n\nSee guides/gone.md, too."
    write_page(tmp_path, "guide.md", body, replaces="[某发〔2019〕3号]")
    found = [one for one in run(tmp_path) if one.rule is Rule.REFERENCE]
    named = {str(one.problem).split(",", maxsplit=1)[0]: one.line for one in found}
    assert named == {
        "it refers to FIL-09": 2,
        "it refers to the file other.md": 11,
        "it refers to the file guides/gone.md": 13,
        "it says that it replaces 某发〔2019〕3号": 8,
    }


def test_a_replaced_rule_that_is_there_is_no_dead_reference(tmp_path: Path) -> None:
    write_page(tmp_path, "old.md", "The fee was RMB 100.", number="某发〔2019〕3号")
    write_page(tmp_path, "new.md", "The fee is RMB 200.", replaces="[某发〔2019〕3号]")
    assert run(tmp_path) == []


def test_different_amounts_for_one_thing(tmp_path: Path) -> None:
    write_page(tmp_path, "a.md", "The permit takes 7 working days in Shenzhen.")
    other = "Fees are paid later.\n\nThe permit takes 10 working days in Shenzhen."
    write_page(tmp_path, "b.md", other)
    [found] = run(tmp_path)
    assert (found.rule, found.line) == (Rule.AMOUNT, 10)
    assert "10 working days" in str(found.problem)
    assert "b.md" in str(found.problem)


def test_an_answer_that_nobody_asks_for_in_its_language(tmp_path: Path) -> None:
    write_table(tmp_path, {**ROW, "question:en": ""})
    [found] = run(tmp_path)
    assert (found.rule, found.place) == (Rule.UNTRANSLATED, "FIL-01 answer:en")
    assert "add question:en" in str(found.problem)


def test_an_entry_that_is_translated_in_part(tmp_path: Path) -> None:
    french = {
        "question:fr": "Combien de temps ?",
        "answer:fr": "Le dépôt prend en général 15 jours ouvrables et coûte 200 yuans.",
        "question:de": "Wie lange dauert die Registrierung?",
        "answer:de": "Die Registrierung dauert meist 15 Arbeitstage und kostet 200 Yuan.",
    }
    whole = {**ROW, **french}
    part = {**whole, "id": "FIL-02", "answer:de": ""}
    untouched = {**ROW, "id": "FIL-03", "question:de": "Was kostet das?"}
    write_table(tmp_path, whole, part, untouched)
    [found] = run(tmp_path)
    assert found.place.startswith("FIL-02")
    assert "asked in de and answered in fr, but not in de" in str(found.problem)


def test_an_answer_in_another_language_than_its_column(tmp_path: Path) -> None:
    write_table(tmp_path, {**ROW, "answer:zh-Hans": ROW["answer:en"]})
    [found] = run(tmp_path)
    assert (found.rule, found.place) == (Rule.LANGUAGE, "FIL-01 answer:zh-Hans")
    assert "reads like en" in str(found.problem)


@pytest.mark.parametrize(
    ("translated", "missing"),
    [
        ("Filing usually takes 10 working days in Guangdong and costs RMB 200.", "15"),
        ("Filing usually takes 15 working days in Guangdong and costs RMB 2,000.", "200"),
        ("Filing usually takes 15 working days in Guangdong since 1 May 2026.", "200"),
    ],
)
def test_figures_that_differ_between_translations(
    tmp_path: Path, translated: str, missing: str
) -> None:
    write_table(tmp_path, {**ROW, "answer:en": translated})
    [found] = run(tmp_path)
    assert (found.rule, found.place) == (Rule.FIGURES, "FIL-01 answer:en")
    assert missing in str(found.problem)


def test_guides_of_one_name_are_compared_between_their_languages(tmp_path: Path) -> None:
    write_page(tmp_path, "guides/en/x.md", "Filing takes 15 working days.", language="en")
    write_page(tmp_path, "guides/zh-Hans/x.md", "备案要20个工作日。", language="zh-Hans")
    [found] = run(tmp_path)
    assert (found.rule, found.path.endswith("zh-Hans/x.md")) == (Rule.FIGURES, True)


@pytest.mark.parametrize(
    ("one", "other", "rarer"),
    [
        ("DramaBox pays monthly. ", "Dramabox pays later.", "Dramabox"),
        ("《深圳市微短剧扶持计划》已公布。", "《深圳市微短剧扶助计划》已公布。", "扶助"),
        ("见广电办发〔2024〕35号。", "见广电办发[2024]35号。", "广电办发"),
    ],
)
def test_names_that_are_written_in_two_ways(
    tmp_path: Path, one: str, other: str, rarer: str
) -> None:
    write_page(tmp_path, "a.md", one)
    write_page(tmp_path, "b.md", one, title="Second")
    write_page(tmp_path, "c.md", other, title="Third")
    [found] = run(tmp_path)
    assert (found.rule, found.path.endswith("c.md")) == (Rule.TERM, True)
    assert rarer in str(found.problem)


def test_a_chinese_term_that_nothing_explains(tmp_path: Path) -> None:
    wrong = "Filing takes 15 working days at the office (广东省广播电视台局) and costs RMB 200."
    write_table(tmp_path, {**ROW, "answer:en": wrong})
    [found] = run(tmp_path)
    assert (found.rule, found.place) == (Rule.TERM, "FIL-01 answer:en")
    assert "广东省广播电视台局" in str(found.problem)


def test_a_file_that_cannot_be_used_is_named_and_the_others_are_checked(tmp_path: Path) -> None:
    write_page(tmp_path, "bad.md", "One.", issued="soon")
    write_page(tmp_path, "good.md", "One.", owner="")
    bad, good = run(tmp_path)
    assert (bad.rule, good.rule) == (Rule.UNREADABLE, Rule.REVIEW)
    assert "issued is “soon”" in str(bad.problem)


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        run(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("closing", "title"),
    [
        ("收费办法自2026年3月1日起施行，《微短剧资助办法》同时废止。", "微短剧资助办法"),
        ("This notice takes effect on 1 March 2026 and supersedes “Filing fees of 2019”.", ""),
        ("Filing Order 2019-7 is hereby repealed.", ""),
    ],
)
def test_a_rule_that_a_later_one_ends_in_its_last_article(
    tmp_path: Path, closing: str, title: str
) -> None:
    old = {"title": title or "Filing fees of 2019", "number": "Filing Order 2019-7"}
    write_page(tmp_path, "old.md", "The fee is RMB 100.", **old)
    new = write_page(tmp_path, "new.md", f"Filing is free.\n\n{closing}", title="New fees")
    found = [one for one in run(tmp_path) if one.rule is Rule.REFERENCE]
    assert [(Path(one.path).name, one.line) for one in found] == [("new.md", 12)]
    assert "old.md" in str(found[0].problem)
    write_page(tmp_path, "old.md", "The fee is RMB 100.", effective_to="2026-02-28", **old)
    assert Rule.REFERENCE not in {one.rule for one in run(tmp_path)}
    write_page(tmp_path, "old.md", "The fee is RMB 100.", **old)
    named = new.read_text().replace("title: New fees", f"title: New\nreplaces: [{old['number']}]")
    new.write_text(named, encoding="utf-8")
    assert Rule.REFERENCE not in {one.rule for one in run(tmp_path)}


@pytest.mark.parametrize(
    "closing",
    [
        "《微短剧资助办法（试行）》同时废止。",
        "本通知与《微短剧资助办法》一并执行。",
        "This guide was superseded by 微短剧资助办法.",
    ],
)
def test_what_ends_no_rule_that_is_here(tmp_path: Path, closing: str) -> None:
    write_page(tmp_path, "old.md", "The fee is RMB 100.", title="微短剧资助办法")
    write_page(tmp_path, "new.md", f"Filing is free.\n\n{closing}", title="New fees")
    assert Rule.REFERENCE not in {one.rule for one in run(tmp_path)}
