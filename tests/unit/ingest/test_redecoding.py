"""Wrong decodings that can be undone, and text that only looks like one."""

import pytest

from ingest.quality import find_damage
from ingest.redecoding import mend_lines, undo

TEXTS = [
    "企业应当在拍摄以前备案，资助三十日内到账。",
    "A ação é obrigatória: não há opção.",
    "Компания обязана подать заявку до съёмок.",
    "يجب على الشركة تسجيل المسلسل القصير.",
    "会社は撮影の前に届け出なければならない。",
]


def _spoil(text: str, encoding: str) -> str:
    """UTF-8 that was read as something else; what has no sign there stands for itself."""
    return "".join(bytes((code,)).decode(encoding, "ignore") or chr(code) for code in text.encode())


@pytest.mark.parametrize("text", TEXTS)
def test_utf8_that_was_read_as_windows_is_given_back(text: str) -> None:
    assert undo(_spoil(text, "cp1252")) == text


def test_utf8_that_was_read_as_cyrillic_or_chinese_is_given_back() -> None:
    assert undo("Компания платит.".encode().decode("cp1251")) == "Компания платит."
    assert undo("企业应当备案。签".encode().decode("gb18030")) == "企业应当备案。签"


def test_where_a_byte_was_lost_nothing_is_given_back() -> None:
    spoilt = "Иностранный актёр платит.".encode().decode("cp1251", "replace")
    assert (undo(spoilt), bool(find_damage(spoilt))) == (spoilt, True)


@pytest.mark.parametrize("text", [*TEXTS, "SÃO PAULO", "café déjà vu", "Straße", "£5", "", "联通"])
def test_sound_text_stays(text: str) -> None:
    assert undo(text) == text


def test_lines_of_another_encoding_are_mended_in_a_file_of_utf8() -> None:
    one, other = TEXTS[0], "应当缴纳费用，二百元人民币。"
    data = one.encode() + b"\n" + other.encode("gb18030") + b"\n" + b"\xff\xfe\xfd odd"
    mended, count = mend_lines(data)
    assert mended.split(b"\n")[:2] == [one.encode(), other.encode()]
    assert (count, mended.split(b"\n")[2]) == (1, b"\xff\xfe\xfd odd")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "koi8_r"])
def test_a_file_of_one_encoding_is_left_to_the_decoder(encoding: str) -> None:
    data = ("Компания платит.\n" * 3).encode(encoding)
    assert mend_lines(data) == (data, 0)
