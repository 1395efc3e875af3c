"""Words that a claim has and its source does not."""

import pytest

from knowledge.grounding import Fault
from tests.unit.knowledge.grounding.statements import faults

QUOTE = "外国演员短期拍摄，由聘用单位向市科技创新局申请工作许可，7个工作日内办结。"


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Globex solicita el permiso de trabajo y lo tramita en 7 días hábiles.", "es"),
        ("글로벡스 회사가 취업 허가를 신청하며 7영업일 안에 처리됩니다.", "ko"),
        ("グローベックスが就労許可を申請し、7営業日以内に処理されます。", "ja"),
    ],
)
def test_an_unknown_name_is_never_shown(sentence: str, language: str) -> None:
    assert faults(sentence, language, QUOTE, "zh-Hans")


def test_a_whole_item_that_is_not_explained_is_never_shown() -> None:
    added = "The employer applies for the work permit within 7 working days, and zymurgy."
    assert Fault.UNSUPPORTED in faults(added, "en", QUOTE, "zh-Hans")


def test_an_exception_is_not_the_rule() -> None:
    quote = "只有使用谷歌结算系统时才另加5%。"
    turned = faults("Another 5% is added unless Google's billing is used.", "en", quote, "zh-Hans")
    assert Fault.NEGATION in turned


def test_what_is_illegal_without_approval_is_not_allowed_without_it() -> None:
    quote = "业余兼职（包括教师周末演戏）未经批准属于非法就业。"
    sentence = "A teacher may act at weekends without approval."
    assert Fault.NEGATION in faults(sentence, "en", quote, "zh-Hans")


def test_a_sentence_ends_behind_a_year() -> None:
    quote = "The rule had its compliance date on 22 April 2026."
    more = f"{quote} It adds biometric data."
    from knowledge.grounding.quotation import sentences_around

    assert sentences_around(more, 0, len(quote)) == quote
