"""Scripts that are mixed as nobody mixes them, and text in two languages."""

import pytest

from ingest.mixture import find_mixture


@pytest.mark.parametrize(
    "text",
    [
        "Тhе асtоr must file.",  # Cyrillic letters that look like Latin ones
        "Кoмпaния пoдaёт зaявкy.",
        "企业应当ம备案ற材料。",
        "регисtрация и oплата",
        "regis中ter and sub中mit the form",
    ],
)
def test_mixtures_are_found(text: str) -> None:
    assert find_mixture(text)


@pytest.mark.parametrize(
    "text",
    [
        "企业应当在TikTok和ReelShort上架，资助α、β两类。",
        "Компания снимает сериал для iPhone'ов и iPadа, SMSки не нужны.",
        "IT-компания, Wi-Fi, 3D-принтер, VPN-сервис",
        "ビザのVISA申請、K팝",
        "ต้องมี Visa ประเภท Z",
        "外国演员 (иностранный актёр, ممثل أجنبي, นักแสดง) 须持Z字签证。",
        "企业в申请",  # once is an accident of typing
    ],
)
def test_two_languages_are_no_mixture(text: str) -> None:
    assert find_mixture(text) == []
