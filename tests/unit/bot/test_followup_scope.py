"""A follow-up gets the answer to the question before only where that speaks of what it adds."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.desk.followup_scope import speaks_of
from knowledge.answer import Citation, Found
from knowledge.passage import Passage, PassageKind, Provenance, QuestionVariant

VISA = "Which visa do I need to act in China?"
TEXT = (
    "You need a Z visa with the work permit procedure. A shoot of up to 90 days goes through the "
    "short-term work procedure. A tourist visa or visa-free entry does not cover acting."
)


def found(text: str = TEXT, language: str = "en", asked: Sequence[str] = (VISA,)) -> Found:
    passage = Passage(
        id="p1",
        document="faq.csv",
        ordinal=0,
        kind=PassageKind.FAQ,
        language=language,
        locator="ACT-01",
        text=text,
        provenance=Provenance(title=asked[0]),
        questions=tuple(QuestionVariant(one, language) for one in asked),
    )
    citation = Citation(number=1, quote=text, passage=passage)
    return Found(
        text=f"{text} [1]",
        language=language,
        citations=(citation,),
        confidence=0.9,
        in_asked_language=True,
    )


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("and for games?", False),
        ("And for musicians?", False),
        ("And my husband?", False),
        ("and for extras?", False),
        ("And for a tourist visa?", True),
        ("And for four months?", True),
        ("and for a wedding shoot?", False),
        ("And for a short shoot?", True),
        ("And if I am from Brazil?", True),
        ("how long?", True),
    ],
)
def test_what_a_follow_up_adds_must_stand_in_the_answer(text: str, speaks: bool) -> None:  # noqa: FBT001
    assert speaks_of(found(), text, VISA, "en") is speaks


ZH = "外国演员来中国拍戏要办什么签证？"
ZH_TEXT = "需要Z字签证，外加相应的工作许可手续。旅游签证、商务签证和免签入境都不能用来拍戏。"


@pytest.mark.parametrize(
    ("text", "speaks"),
    [("那游戏呢？", False), ("那导演呢", False), ("旅游签证呢", True), ("四个月呢", True)],
)
def test_chinese_has_no_spaces(text: str, speaks: bool) -> None:  # noqa: FBT001
    assert speaks_of(found(ZH_TEXT, "zh-Hans", (ZH,)), text, ZH, "zh-Hans") is speaks


def test_terms_are_known_across_languages_and_other_words_are_not() -> None:
    chinese = found(ZH_TEXT, "zh-Hans", (ZH,))
    assert not speaks_of(chinese, "und für Spiele?", "Welches Visum?", "de")
    assert speaks_of(chinese, "und für ein Touristenvisum?", "Welche Papiere?", "de")
    assert speaks_of(chinese, "und für meinen Bruder?", "Welches Visum?", "de")


def test_every_citation_counts() -> None:
    games = found("Games need an age rating.", asked=("Do games need a rating?",)).citations[0]
    both = replace(found(), citations=(*found().citations, replace(games, number=2)))
    assert speaks_of(both, "and for games?", VISA, "en")
