"""Marks of unlike parts that have changed places, and marks that may stand elsewhere."""

import pytest

from knowledge.translation.locks import lock
from knowledge.translation.placing import misplaced

CHINESE = "请在2026年12月3日前缴纳5000元。"


def is_misplaced(text: str, language: str, written: str, into: str) -> bool:
    locked = lock(text, language, into=into)
    assert locked.restore(written) is not None, "each mark stands there once"
    return misplaced(locked.text, written, locked.kinds, into)


@pytest.mark.parametrize(
    ("into", "right", "wrong"),
    [
        ("en", "Please pay ⟦2⟧ by ⟦1⟧.", "Please pay ⟦1⟧ by ⟦2⟧."),
        ("en", "By ⟦1⟧, please pay ⟦2⟧.", "By ⟦2⟧, please pay ⟦1⟧."),
        ("ja", "⟦1⟧までに⟦2⟧をお支払いください。", "⟦2⟧までに⟦1⟧をお支払いください。"),
        ("ko", "⟦1⟧까지 ⟦2⟧을 납부하세요.", "⟦2⟧까지 ⟦1⟧을 납부하세요."),
        ("th", "กรุณาชำระ ⟦2⟧ ก่อนวันที่ ⟦1⟧", "กรุณาชำระ ⟦1⟧ ก่อนวันที่ ⟦2⟧"),
        ("ar", "يرجى دفع ⟦2⟧ قبل ⟦1⟧.", "يرجى دفع ⟦1⟧ قبل ⟦2⟧."),
    ],
)
def test_the_words_around_a_mark_say_what_belongs_there(into: str, right: str, wrong: str) -> None:
    assert not is_misplaced(CHINESE, "zh-Hans", right, into)
    assert is_misplaced(CHINESE, "zh-Hans", wrong, into)


def test_a_mark_stays_in_its_sentence_where_both_sides_have_as_many() -> None:
    text = "Mein Visum endet am 15. März 2027. Meine Nummer ist +86 138 0013 8000."
    assert not is_misplaced(text, "de", "我的签证⟦1⟧结束。我的号码是⟦2⟧。", "zh-Hans")
    assert is_misplaced(text, "de", "我的签证⟦2⟧结束。我的号码是⟦1⟧。", "zh-Hans")
    assert not is_misplaced(text, "de", "我的签证⟦1⟧结束，我的号码是⟦2⟧。", "zh-Hans")


def test_what_no_word_speaks_for_is_left_alone() -> None:
    assert not is_misplaced(CHINESE, "zh-Hans", "⟦2⟧ – ⟦1⟧", "en")
    assert not is_misplaced(CHINESE, "zh-Hans", "⟦1⟧ – ⟦2⟧", "fi")


def test_an_hour_stands_where_a_date_could() -> None:
    text = "2026年12月3日9:30来。"
    assert not is_misplaced(text, "zh-Hans", "Venez le ⟦1⟧ à partir de ⟦2⟧.", "fr")
    assert not is_misplaced(text, "zh-Hans", "Приходите с ⟦2⟧ ⟦1⟧.", "ru")


def test_a_reference_belongs_to_no_kind() -> None:
    text = (
        "2026年12月3日前申请。[1]\n\nSources\n[1] 指南 · 国家移民管理局\n    https://example.org/1"
    )
    written = "Faites la demande avant le ⟦1⟧ ⟦2⟧.\n\n⟦3⟧"
    assert not is_misplaced(text, "zh-Hans", written, "fr")
