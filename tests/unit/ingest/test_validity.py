"""When a rule and its articles hold, in their own words."""

import pytest

from ingest.validity import Validity, read_articles, read_own, read_repealed, read_validity
from knowledge.dates import PartialDate
from knowledge.passage import Passage
from tests.unit.ingest.folders import Folder, page

ISSUED = PartialDate(2024, 3, 12)


def _day(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _read(text: str, issued: PartialDate | None = ISSUED) -> tuple[str, str]:
    found = read_validity(text, issued=issued)
    return str(found.begins or ""), str(found.ends or "")


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("本办法自2024年5月1日起施行。", "2024-05-01", ""),
        ("本办法自2024年5月1日起施行，有效期三年。", "2024-05-01", "2027-04-30"),
        ("第三条　本办法自2025年5月1日起施行，有效期3年。", "2025-05-01", "2028-04-30"),
        ("本办法自2024年2月29日起施行，有效期一年。", "2024-02-29", "2025-02-28"),
        ("本办法自2024年1月31日起施行，有效期6个月。", "2024-01-31", "2024-07-30"),
        ("本办法自2024年1月1日起施行。有效期5年。", "2024-01-01", "2028-12-31"),
        ("本办法自发布之日起施行。", "2024-03-12", ""),
        ("本办法自发布之日起30日后施行，有效期五年。", "2024-04-11", "2029-04-10"),
        ("本措施自印发之日起施行，试行两年。", "2024-03-12", "2026-03-11"),
        ("本规定自公布之日起试行两年。", "2024-03-12", "2026-03-11"),
        ("本办法有效期为2年。", "", "2026-03-11"),
        ("现予公布，自二〇二六年一月一日起施行。", "2026-01-01", ""),
        ("本办法自2024年5月1日起施行，有效期至2026年12月31日。", "2024-05-01", "2026-12-31"),
        ("本办法自2024年5月1日起施行，至2026年12月31日止。", "2024-05-01", "2026-12-31"),
        ("本政策有效期自2024年1月1日至2026年12月31日。", "2024-01-01", "2026-12-31"),
        ("本细则由市商务局解释，自2023年7月1日起实施，实施期限3年。", "2023-07-01", "2026-06-30"),
    ],
)
def test_the_phrases_of_rules_give_their_dates(text: str, begins: str, ends: str) -> None:
    assert _read(text) == (begins, ends)


@pytest.mark.parametrize(
    "text",
    [
        "许可证有效期为三年。",
        "依照本办法取得的证书，有效期三年。",
        "本通知自发布之日起三十个工作日后施行。",
        "第五条自2025年1月1日起施行。",
        "截至2025年12月31日，本办法已资助20家企业。",
        "《旧办法》自2020年1月1日起施行。",
        "本办法施行满一年后评估。",
        "自2025年1月1日起，在深圳备案的企业可以申请。",
    ],
)
def test_what_is_about_something_else_gives_none(text: str) -> None:
    assert _read(text) == ("", "")


def test_without_a_date_of_issue_nothing_is_counted_from_it() -> None:
    assert _read("本办法自发布之日起施行，有效期三年。", issued=None) == ("", "")


def test_an_end_before_the_beginning_is_none() -> None:
    text = "本办法自2026年1月1日起施行，有效期至2025年1月1日。"
    assert _read(text) == ("2026-01-01", "")


BASE = Validity(PartialDate(2024, 1, 1), PartialDate(2026, 12, 31))


def test_articles_that_are_named_end_on_their_own_days() -> None:
    text = "第九条　本办法有效期三年，第三条至第四条、第七条至2025年12月31日止。"
    found = read_articles(text, base=BASE, issued=ISSUED)
    ends = PartialDate(2025, 12, 31)
    assert dict.fromkeys((3, 4, 7), Validity(BASE.begins, ends)) == found


@pytest.mark.parametrize(
    "text",
    [
        "第五条　本办法自2025年5月1日起施行。",
        "依照《旧办法》第五条至2025年12月31日止的规定办理。",
        "符合第五条规定的企业可以申请。",
    ],
)
def test_the_head_of_an_article_and_other_rules_say_nothing_of_it(text: str) -> None:
    assert read_articles(text, base=BASE, issued=ISSUED) == {}


def test_an_article_says_when_it_holds_itself() -> None:
    own = read_own("第五条　本条自2026年1月1日起施行。", base=BASE, issued=ISSUED)
    assert own == Validity(PartialDate(2026, 1, 1), BASE.ends)
    assert read_own("第六条　每部20万元。", base=BASE, issued=ISSUED) == BASE


def test_what_a_rule_does_away_with() -> None:
    text = "《深圳市旧办法》（深府规〔2020〕1号）、《另一办法》同时废止。《新办法》自即日起施行。"
    assert read_repealed(text) == ("深圳市旧办法", "另一办法", "深府规〔2020〕1号")
    assert read_repealed("《某办法》尚未废止。") == ()


RULE = """深圳市商务局文件

深商务规〔2024〕3号

深圳市商务局关于印发《演播厅资助办法》的通知

第一条　每部作品最高资助200万元。

第二条　演播厅每小时最高资助300元。本条自2025年1月1日起施行。

第三条　配音每部最高资助10万元。

第四条　本办法自2024年5月1日起施行，有效期三年，其中第三条至2025年12月31日止。
《旧资助办法》同时废止。

深圳市商务局

2024年3月12日
"""


def _by_article(passages: tuple[Passage, ...]) -> dict[str, tuple[str, str]]:
    return {
        one.locator: (str(one.provenance.effective_from), str(one.provenance.effective_to))
        for one in passages
    }


def test_a_notice_gives_its_articles_their_dates_and_says_where_it_holds(folder: Folder) -> None:
    passages = folder.ingest("rule.txt", RULE)
    dates = _by_article(passages)
    assert dates["第一条"] == ("2024-05-01", "2027-04-30")
    assert dates["第二条"] == ("2025-01-01", "2027-04-30")
    assert dates["第三条"] == ("2024-05-01", "2025-12-31")
    assert str(passages[0].provenance.jurisdiction) == "city:深圳市"
    assert passages[0].provenance.replaces == ("旧资助办法",)


def test_the_front_matter_has_the_last_word_about_the_document(folder: Folder) -> None:
    body = "第一条　每部最高资助200万元。\n\n第二条　本办法自2024年5月1日起施行，有效期三年。"
    [first, *_] = folder.ingest("a.md", page(body, effective_to="2025-06-30"))
    said = first.provenance
    assert (str(said.effective_from), str(said.effective_to)) == ("2024-05-01", "2025-06-30")


def test_times_from_the_issue_use_the_date_in_the_front_matter(folder: Folder) -> None:
    body = "第一条　每部最高资助200万元。\n\n第二条　本办法自发布之日起施行，试行两年。"
    [first, *_] = folder.ingest("a.md", page(body, issued="2025-01-10"))
    said = first.provenance
    assert (str(said.effective_from), str(said.effective_to)) == ("2025-01-10", "2027-01-09")


def test_a_page_that_is_no_rule_is_given_no_dates(folder: Folder) -> None:
    text = "据介绍，本办法自2024年5月1日起施行，有效期三年。企业反响良好。"
    [passage] = folder.ingest("news.md", text)
    assert (passage.provenance.effective_from, passage.provenance.effective_to) == (None, None)
