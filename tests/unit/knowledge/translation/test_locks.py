"""What may not change is taken out before a model sees a text, and put back as it was."""

import pytest

from knowledge.translation.locks import lock


@pytest.mark.parametrize(
    ("text", "language", "into", "shown"),
    [
        ("请在2026年12月3日前缴纳300万元。", "zh-Hans", "en", ("3 December 2026", "3,000,000")),
        ("До 3 декабря 2026 года 5000 рублей.", "ru", "zh-Hans", ("2026年12月3日", "5,000")),
        ("R$ 1.500,50 até 3 de dezembro de 2026.", "pt-BR", "zh", ("1,500.50", "2026年12月3日")),
        ("2026年12月3日までに5万円を払ってください。", "ja", "en", ("3 December 2026", "50,000")),
        ("ชำระ 5,000 บาท ภายใน 3 ธันวาคม 2569", "th", "zh-Hans", ("5,000", "2026年12月3日")),
        ("2026년 12월 3일까지 100만 원을 내세요.", "ko", "de", ("3. Dezember 2026", "1.000.000")),
        ("ادفع 500 دولار قبل 3 ديسمبر 2026", "ar", "zh-Hans", ("500", "2026年12月3日")),
        ("Ödeme 3 Aralık 2026 tarihine kadar 250 euro.", "tr", "vi", ("3 tháng 12, 2026", "250")),
    ],
)
def test_dates_and_amounts_are_written_for_their_reader(
    text: str, language: str, into: str, shown: tuple[str, str]
) -> None:
    locked = lock(text, language, into=into)
    assert not any(
        character.isdigit() for character in locked.text.replace("⟦1⟧", "").replace("⟦2⟧", "")
    )
    for part, whole in zip(shown, locked.shown, strict=True):
        assert part in whole


@pytest.mark.parametrize(
    "kept",
    [
        "https://example.org/form?a=1",
        "li.na@example.org",
        "0755-12345678",
        "《外国人来华工作许可服务指南》",
        "粤网审字〔2024〕第12号",
        "E12345678",
        "9:30",
    ],
)
def test_addresses_rules_and_what_names_a_person_stay_letter_by_letter(kept: str) -> None:
    locked = lock(f"请看 {kept} ，谢谢您的配合。", "zh-Hans", into="fr")
    assert kept not in locked.text
    assert kept in (locked.restore(locked.text) or "")


def test_the_full_stop_after_an_address_is_none_of_it() -> None:
    locked = lock("See https://example.org.", "en", into="fr")
    assert locked.text == "See ⟦1⟧."
    assert locked.shown == ("https://example.org",)


def test_marks_may_change_their_places() -> None:
    locked = lock("Come on 3 December 2026 and pay 800 euro.", "en", into="de")
    assert locked.restore("Zahlen Sie ⟦2⟧ am ⟦1⟧.") == "Zahlen Sie 800\xa0Euro am 3. Dezember 2026."


@pytest.mark.parametrize(
    "written",
    ["Zahlen Sie ⟦2⟧.", "Am ⟦1⟧ ⟦1⟧ ⟦2⟧.", "Am ⟦1⟧ ⟦2⟧ ⟦3⟧.", "Am ⟦0⟧ ⟦1⟧ ⟦2⟧.", "Am [1] ⟦2⟧.", ""],
)
def test_what_lost_doubled_or_made_up_a_mark_is_refused(written: str) -> None:
    locked = lock("Come on 3 December 2026 and pay 800 euro.", "en", into="de")
    assert locked.restore(written) is None


def test_nobody_can_write_a_mark_of_their_own() -> None:
    locked = lock("⟦1⟧ is mine. Pay 800 euro.", "en", into="de")
    assert locked.text == "[1] is mine. Pay ⟦1⟧."
    whole = locked.restore("[1] gehört mir. Zahlen Sie ⟦1⟧.")
    assert whole == "[1] gehört mir. Zahlen Sie 800\xa0Euro."


def test_two_amounts_may_not_change_their_places() -> None:
    locked = lock("You pay 800 euro now and 300 euro in May.", "en", into="de")
    assert locked.restore("Sie zahlen ⟦1⟧ jetzt und ⟦2⟧ im Mai.")
    assert locked.restore("Sie zahlen ⟦2⟧ jetzt und ⟦1⟧ im Mai.") is None
