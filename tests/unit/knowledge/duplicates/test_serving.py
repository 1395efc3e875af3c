"""Which copy is served, to whom and when; and what is no copy."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from knowledge.passage import Audience, Document, Provenance, Trust
from tests.unit.knowledge.duplicates.shelving import (
    EVERYBODY,
    STAFF,
    hidden,
    link,
    source,
    with_passages,
)
from tests.unit.knowledge.stock import about, faq_document, text_document

TITLE = "南山区微短剧出海扶持办法"
GRANT = (
    "符合条件的企业每部作品最高可获得50万元资助，申请截止日期为2025年9月30日，"
    "由区文化广电旅游体育局负责受理，企业须在注册满一年后申请。"
)
PAPERS = (
    "申请人应当提交下列材料：营业执照、作品备案登记表、出海平台合同以及项目收入证明，"
    "材料应当真实有效，由法定代表人签字。"
)


def rule(
    name: str,
    *texts: str,
    title: str = TITLE,
    audience: Audience = Audience.PUBLIC,
    **about_it: str,
) -> Document:
    said = source(title, audience=audience, **about_it)
    return text_document(name, *(texts or (GRANT, PAPERS)), language="zh-Hans", source=said)


def test_the_later_checked_of_two_copies_is_served_and_then_the_lower_id() -> None:
    assert hidden(link(rule("a.md"), rule("b.md"))) == {"b.md"}
    assert hidden(link(rule("a.md"), rule("b.md", checked="2026-01"))) == {"a.md"}


def test_the_original_goes_before_its_reprint_and_before_what_was_checked_later() -> None:
    reprint = rule(
        "a.md",
        f"来源：深圳商报 2025-06-01\n{GRANT}",
        PAPERS,
        issuer="深圳商报",
        checked="2026-11-01",
    )
    links = link(reprint, rule("b.md"))
    assert hidden(links) == {"a.md"}
    assert len(links.give_way(EVERYBODY)) == 2, "also what does not say that it is a reprint"
    assert hidden(link(rule("a.md", issuer=""), rule("z.md"))) == {"a.md"}


def test_what_is_better_supported_goes_first() -> None:
    weak = with_passages(rule("a.md"), provenance=_with_trust(Trust.MEDIUM))
    assert hidden(link(weak, rule("b.md"))) == {"a.md"}


def _with_trust(trust: Trust) -> Provenance:
    return replace(source(TITLE), trust=trust)


@pytest.mark.parametrize(
    "other",
    [
        rule("b.md", GRANT.replace("2025", "2024"), PAPERS),
        rule("b.md", GRANT.replace("50", "60"), PAPERS),
        rule("b.md", GRANT.replace("可获得", "不可获得"), PAPERS),
        rule("b.md", GRANT.replace("申请截止", "福田区申请截止"), PAPERS),
        rule("b.md", begins="2024"),
        rule("b.md", ends="2024-12-31"),
        rule("b.md", issued="2024-02"),
        rule("b.md", number="深府〔2024〕7号"),
        rule("b.md", title=TITLE.replace("南山", "福田")),
        rule("b.md", title=TITLE.replace("南山", "大亚湾")),
        rule("b.md", title=f"2024年{TITLE}"),
        rule("b.md", title=f"{TITLE}实施细则问答与材料清单汇编"),
    ],
    ids=[
        *("year", "amount", "denial", "place", "begins", "ends", "issued", "number"),
        *("district", "unknown district", "title's year", "other title"),
    ],
)
def test_another_edition_never_gives_way(other: Document) -> None:
    first = rule(
        "a.md", begins="2025", ends="2025-12-31", issued="2025-02", number="深府〔2025〕7号"
    )
    links = link(first, other)
    assert hidden(links) == set()
    assert not links.editions.copies


def test_unchanged_paragraphs_of_another_edition_stay_too() -> None:
    links = link(rule("a.md"), rule("b.md", GRANT.replace("50", "60"), PAPERS))
    assert hidden(links) == set()
    assert links.versions_of("a.md") == ("b.md",)
    assert not links.editions.alike, "nor are they said to be the same"


def test_an_edition_from_the_same_form_for_another_trade() -> None:
    texts = [text.replace("作品", "展位").replace("平台", "展会") for text in (GRANT, PAPERS)]
    assert hidden(link(rule("a.md"), rule("b.md", *texts))) == set()


def test_headings_that_differ_make_another_rule() -> None:
    one = with_passages(rule("a.md", PAPERS), headings=("需要备案的情形有哪些",))
    other = with_passages(rule("b.md", PAPERS), headings=("不需要备案的情形有哪些",))
    assert hidden(link(one, other)) == set()
    same = with_passages(rule("b.md", PAPERS), headings=("需要备案的情形有哪些",))
    assert hidden(link(one, same)) == {"b.md"}


def test_the_same_hours_of_two_offices() -> None:
    hours = "Monday to Friday from 9 to 18 o'clock, closed on public holidays."
    office = text_document("office.md", hours, source=source("Hours of the visa office"))
    library = text_document("library.md", hours, source=source("Hours of the film library"))
    assert hidden(link(office, library)) == set()


def test_a_copy_without_a_title_must_be_a_copy_of_the_whole() -> None:
    assert hidden(link(rule("a.md"), rule("b.md", title="b"))) == {"b.md"}
    assert (
        hidden(link(rule("a.md"), rule("b.md", "另一件事，与此无关。" * 20, PAPERS, title="b")))
        == set()
    )


def test_passages_that_are_divided_otherwise() -> None:
    assert hidden(link(rule("a.md", GRANT + PAPERS), rule("b.md"))) == {"b.md"}
    assert hidden(link(rule("a.md"), rule("b.md", GRANT + PAPERS))) == {"b.md"}


def test_a_part_gives_way_to_a_collection_unless_it_is_the_original() -> None:
    more = "编者附注，讲述其他事项的一段文字，与本办法没有任何关系，只是收集者自己的评论。"
    collection = rule("all.md", GRANT, PAPERS, more)
    links = link(rule("z.md"), collection)
    assert hidden(links) == {"z.md"}
    collected = rule("all.md", GRANT, PAPERS, more, issuer="")
    assert {
        name.partition("-")[0] for name in link(rule("z.md"), collected).give_way(EVERYBODY)
    } == {
        "all.md#0",
        "all.md#1",
    }


@pytest.mark.parametrize(
    ("readers", "gone"),
    [
        (EVERYBODY, set()),
        ((Audience.PUBLIC, Audience.COMPANY), {"public.md"}),
        (STAFF, {"public.md"}),
    ],
)
def test_nobody_gets_or_loses_what_is_for_others(
    readers: Sequence[Audience], gone: set[str]
) -> None:
    links = link(
        rule("company.md", audience=Audience.COMPANY, checked="2026-10"), rule("public.md")
    )
    assert hidden(links, *readers) == gone


def test_staffs_copies_give_way_to_each_other_only_for_staff() -> None:
    links = link(*(rule(f"{one}.md", audience=one) for one in Audience))
    assert hidden(links) == set()
    for reader in Audience:
        seen = {f"{one}.md" for one in reader.readable}
        assert len(seen - hidden(links, *reader.readable)) == 1, reader


def test_when_the_served_one_ends_or_is_replaced_the_other_takes_its_place() -> None:
    ending = rule("a.md", ends="2026-06-30")
    links = link(ending, rule("b.md", checked=""))
    assert hidden(links, on=date(2026, 6, 30)) == {"b.md"}
    assert hidden(links, on=date(2026, 7, 1)) == set()
    new = with_passages(
        rule(
            "new.md",
            "新办法的全部内容在此，与旧办法不同，另行规定了资助的条件和程序。",
            title="新办法",
        ),
        provenance=_replacing("深府〔2025〕7号"),
    )
    replaced = link(rule("a.md", number="深府〔2025〕7号"), rule("b.md"), new)
    assert hidden(link(rule("a.md", number="深府〔2025〕7号"), rule("b.md"))) == {"b.md"}
    assert hidden(replaced) == set()


def _replacing(number: str) -> Provenance:
    return replace(source("新办法"), replaces=(number,))


def test_faq_entries_are_the_same_when_they_answer_the_same_question() -> None:
    hours = "The desk answers within two working days, and on the same day where there is danger."
    entry = {"en": ("When does the desk answer?", hours)}
    one, other = faq_document("a.csv", entry), faq_document("b.csv", entry)
    assert hidden(link(one, other)) == {"b.csv"}
    asked = faq_document("b.csv", {"en": ("When does the visa office answer?", hours)})
    assert hidden(link(one, asked)) == set()


def test_a_faq_entry_gives_way_in_all_its_languages_or_not_at_all() -> None:
    english = ("When does the desk answer?", "Within two working days after the question came in.")
    chinese = ("多久答复？", "收到问题以后两个工作日以内答复，有危险的当天答复。")
    both, one = {"en": english, "zh-Hans": chinese}, {"en": english}
    assert hidden(link(faq_document("a.csv", one), faq_document("b.csv", both))) == set()
    assert hidden(link(faq_document("a.csv", both), faq_document("b.csv", one))) == {"b.csv"}


def test_an_answer_that_a_guide_repeats_is_linked_and_both_are_served() -> None:
    answer = "Filing a micro-drama is free, and the bureau decides within 20 working days."
    entry = faq_document("faq.csv", {"en": ("What does filing cost?", answer)})
    guide = text_document("guide.md", f"First of all. {answer} Then it may be shown.")
    links = link(entry, guide)
    assert hidden(links) == set()
    [one], [other] = entry.passages, guide.passages
    assert links.same(one.id, other.id)
    assert links.same(other.id, one.id)


def test_only_what_is_new_is_read_again() -> None:
    first = [rule("a.md"), text_document("c.md", "Something else, of some length, and in English.")]
    links = link(*first)
    later = link(*first, rule("b.md"), known=links, before=first)
    assert later.editions == link(*first, rule("b.md")).editions
    assert hidden(later) == {"b.md"}
    gone = link(first[1], rule("b.md"), known=later, before=[*first, rule("b.md")])
    assert hidden(gone) == set()
    assert not gone.found.matches


def test_a_hundred_copies_leave_one() -> None:
    links = link(*(rule(f"{number:03}.md") for number in range(100)))
    assert len(hidden(links)) == 99
    assert "000.md" not in hidden(links)


def test_an_empty_shelf_and_one_without_letters() -> None:
    assert hidden(link()) == set()
    assert hidden(link(text_document("a.md", "—"), text_document("b.md", "…"))) == set()
    assert hidden(link(text_document("a.md", "—", source=about(title="T")))) == set()
