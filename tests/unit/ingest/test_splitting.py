"""Where texts are divided: nothing is lost, nothing is too long, sentences stay whole."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cleaning import clean
from ingest.documents import Filing
from ingest.loaders.text import parse_text
from ingest.measure import DIVIDE_OVER, weigh
from ingest.numbering import find_article, find_heading_level, read_numeral
from ingest.reading import read_document
from ingest.sentences import divide, split_sentences
from ingest.splitting import split
from ingest.structure import promote

CHINESE = st.text("外籍演员签证备案微短剧出海资助，、（）", min_size=1, max_size=60).map(
    lambda t: t + "。"
)
LATIN = st.lists(
    st.sampled_from(
        ["the", "actor", "needs", "a", "visa", "Visa", "12", "No.", "e.g.", "(see)", "fee"]
    ),
    min_size=1,
)
SENTENCES = CHINESE | LATIN.map(lambda words: " ".join(words) + ".")
NUMBERED = st.sampled_from(
    ["一、申报条件", "第一章 总则", "（一）条件", "1. Passport", "第三条　内容。", "- item"]
)
LINES = st.lists(SENTENCES | NUMBERED, min_size=1, max_size=30).map("\n".join)


def visible(text: str) -> str:
    return re.sub(r"\s", "", text)


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_no_sentence_is_lost(text: str) -> None:
    blocks = promote(list(parse_text(clean(text))))
    pieces = list(split(blocks, title=""))
    kept = "".join(visible("".join((*piece.headings, piece.text))) for piece in pieces)
    for line in text.split("\n"):
        assert visible(line) in kept or all(part in kept for part in map(visible, divide(line)))


@settings(max_examples=50, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=120).map(" ".join))
def test_a_divided_paragraph_joined_again_is_the_paragraph(text: str) -> None:
    parts = divide(text)
    assert visible("".join(parts)) == visible(text)
    assert all(part in text for part in parts)
    assert all(weigh(part) <= DIVIDE_OVER for part in parts)


@given(st.text())
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(split_sentences(text)) == text


def test_sentences_end_where_a_reader_ends_them() -> None:
    assert split_sentences("先备案。再上线！“可以吗？”可以。") == [
        "先备案。",
        "再上线！",
        "“可以吗？”",
        "可以。",
    ]
    text = "See No. 5, i.e. the fee of 3.5 % in the U.S. market. Then ask Mr. Li. Done?"
    assert split_sentences(text) == [
        "See No. 5, i.e. the fee of 3.5 % in the U.S. market.",
        " Then ask Mr. Li.",
        " Done?",
    ]


def test_a_sentence_without_an_end_is_cut_all_the_same() -> None:
    parts = divide("备案" * 2000)
    assert len(parts) > 5
    assert "".join(parts) == "备案" * 2000


def test_a_long_paragraph_says_which_portion_it_is() -> None:
    text = "公司应当在开拍以前向主管部门备案，并对内容负责。" * 60
    reading = read_document(text.encode(), Filing("a.txt", "hash", None))
    locators = [passage.locator for passage in reading.document.passages]
    assert locators == [f"¶1 ({number}/{len(locators)})" for number in range(1, len(locators) + 1)]
    assert all(passage.text.endswith("。") for passage in reading.document.passages)


def test_paragraphs_in_other_scripts_are_passages_of_their_own() -> None:
    chinese = "外籍演员来华拍摄微短剧，应当先取得工作许可和签证，公司负责提交全部材料并如实说明。"
    english = "Foreign actors need a work permit and a visa before shooting begins in China."
    text = f"{chinese}\n\n{english}\n\n{chinese}"
    passages = read_document(text.encode(), Filing("a.md", "hash", None)).document.passages
    assert [passage.language for passage in passages] == ["zh-Hans", "en", "zh-Hans"]


def test_a_short_foreign_phrase_does_not_change_the_language() -> None:
    text = "平台收取费用。\n\nApp Store: 30 %\n\n公司承担。"
    [passage] = read_document(text.encode(), Filing("a.md", "hash", None)).document.passages
    assert passage.language == "zh-Hans"


def test_an_article_of_several_paragraphs_stays_one_passage() -> None:
    paragraph = "申报单位应当具备独立法人资格，并依法缴纳税款。" * 5
    text = f"第十二条　{paragraph}\n{paragraph}\n{paragraph}\n{paragraph}"
    [passage] = read_document(text.encode(), Filing("a.txt", "hash", None)).document.passages
    assert passage.locator == "第十二条"


def test_numerals_are_read() -> None:
    numerals = ("十二", "一百零三", "二十", "12", "一千二百", "十")
    assert [read_numeral(one) for one in numerals] == [12, 103, 20, 12, 1200, 10]


def test_an_article_is_told_from_a_mention() -> None:
    assert find_article("第三条　申报", after=0)
    assert find_article("第三条申报单位", after=2)
    assert find_article("第三条规定的条件", after=2) is None
    assert find_article("第三条申报单位", after=7) is None
    assert find_article("Article 5. Fees", after=0)
    assert find_article("Articles of association", after=0) is None


def test_a_sentence_that_begins_with_a_number_is_no_heading() -> None:
    assert find_heading_level("一、申报条件") == 13
    assert find_heading_level("一、申报单位应当在深圳市注册。") == 0
    assert find_heading_level("2026 was a good year") == 0
    assert find_heading_level("第一章 总则") > 0
    assert find_heading_level("") == 0
