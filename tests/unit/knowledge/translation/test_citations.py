"""What of a draft reply is translated, and what stays in the words of its source."""

from knowledge.translation.citations import foreign_words, quotations
from knowledge.translation.locks import lock

LEAD = "La source est en chinois simplifié."
QUOTE = "工作许可由用人单位申请。 [1]"
NOTICE = "Valable au 23 novembre 2026."
SOURCES = (
    "Sources\n[1] 外国人来华工作许可服务指南 · 国家外国专家局 · 2017年3月\n"
    "    “用人单位应当申请。”\n    https://example.org/guide?a=1"
)
DRAFT = f"{LEAD}\n\n{QUOTE}\n\n{NOTICE}\n\n{SOURCES}"


def test_only_the_words_of_the_source_are_translated() -> None:
    assert foreign_words(DRAFT, "fr") == QUOTE
    assert quotations(DRAFT, "fr") == QUOTE


def test_a_draft_in_the_customers_language_has_nothing_to_translate() -> None:
    french = "L'employeur demande le permis de travail avant le début. [1]"
    draft = f"{french}\n\n{NOTICE}\n\n{SOURCES}"
    assert foreign_words(draft, "fr") == ""
    assert quotations(draft, "fr") == ""


def test_sources_and_notices_never_reach_the_model_and_come_back_as_they_were() -> None:
    locked = lock(DRAFT, "zh-Hans", into="fr")
    assert locked.text == "⟦1⟧\n\n工作许可由用人单位申请。 ⟦2⟧\n\n⟦3⟧\n\n⟦4⟧"
    assert locked.restore(locked.text) == DRAFT
    assert locked.restore("⟦1⟧\n\nL'employeur. ⟦2⟧\n\n⟦4⟧\n\n⟦3⟧") is not None


def test_a_list_of_ones_own_is_no_list_of_sources() -> None:
    written = "请准备：\n[1] 护照\n[2] 照片"
    assert foreign_words(written, "fr") == written
    assert lock(written, "zh-Hans", into="fr").text == written


def test_two_sources_are_one_block_each_with_its_quotation() -> None:
    two = (
        f"{QUOTE}\n\n{SOURCES}\n[2] 条例 · 国务院\n    “第一行\n第二行”\n    https://example.org/2"
    )
    assert foreign_words(two, "fr") == QUOTE


def test_what_is_fixed_stays_as_it_is() -> None:
    locked = lock("代码 ABC 和 ABC 请保留", "zh-Hans", into="fr", fixed=("ABC", "ABC", "nowhere"))
    assert locked.text == "代码 ⟦1⟧ 和 ⟦2⟧ 请保留"
