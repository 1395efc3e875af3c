"""The encodings in which documents come."""

import random

import pytest

from ingest.decoding import decode
from ingest.problems import EncodingUnknown
from knowledge.errors import DocumentUnreadable

SIMPLIFIED = (
    "编号",
    "资助",
    "演员签证",
    "短剧出海要备案吗？",
    "外籍演员来华拍摄，需要先办工作许可。",
    "Fee: 费用为100元，由公司承担。",
)
TRADITIONAL = (
    "國際",
    "演員簽證",
    "問題與答案",
    "短劇出海要備案嗎？",
    "外籍演員來華拍攝，需要先辦工作許可。",
)


@pytest.mark.parametrize("text", SIMPLIFIED)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_simplified_chinese_is_read_even_when_short(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), document="x").text == text


@pytest.mark.parametrize("text", TRADITIONAL)
@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030", "utf-16-le", "utf-16-be"])
def test_traditional_chinese_is_read_even_when_short(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), document="x").text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_at_the_head_decides_and_is_not_part_of_the_text(encoding: str) -> None:
    assert decode("签证 visa".encode(encoding), document="x").text == "签证 visa"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Привет, как получить визу для съёмок?", "cp1251"),
        ("Привет, как получить визу для съёмок?", "koi8_r"),
        ("¿Cómo obtener un visado de trabajo para rodar en España?", "cp1252"),
        ("déjà vu au café", "cp1252"),
        ("ビザの申請方法を教えてください。", "shift_jis"),
        ("What does the visa cost?", "utf-16-le"),
    ],
)
def test_other_alphabets_are_read(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), document="x").text == text


def test_what_a_page_says_about_itself_is_believed_if_it_fits() -> None:
    data = "簽證".encode("big5")
    assert decode(data, document="x", declared="big5").encoding == "big5"
    assert decode("签证和备案".encode(), document="x", declared="big5").text == "签证和备案"
    assert decode("签证和备案".encode("gb18030"), document="x", declared="nonsense").text == (
        "签证和备案"
    )


@pytest.mark.parametrize("seed", range(40))
def test_bytes_that_are_no_text_are_refused(seed: int) -> None:
    with pytest.raises(DocumentUnreadable, match="not text"):
        decode(random.Random(seed).randbytes(400), document="noise.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_broken_bytes_cost_no_more_than_their_characters(encoding: str) -> None:
    text = "外籍演员来华拍摄，需要先办工作许可。\n" * 20
    data = text.encode(encoding)
    decoded = decode(data[:-1] + b"\xff\n", document="x").text
    assert decoded.startswith(text[:300])
    assert "\ufffd" in decoded


def test_text_that_breaks_off_behind_its_mark_is_refused() -> None:
    with pytest.raises(DocumentUnreadable, match="UTF-8"):
        decode(b"\xef\xbb\xbfvisa \xff\xff", document="x")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("يجب على الشركة تسجيل المسلسل القصير قبل التصوير.", "cp1256"),
        ("บริษัทต้องลงทะเบียนละครสั้นก่อนถ่ายทำ ค่าธรรมเนียมสองร้อยหยวน", "cp874"),
        ("Η εταιρεία πρέπει να δηλώσει τη σειρά πριν από τα γυρίσματα.", "cp1253"),
        ("החברה חייבת לרשום את הסדרה לפני הצילומים.", "cp1255"),
        ("Компания обязана подать заявку до начала съёмок.", "cp866"),
        ("Şirket dizi için başvurmalı ve ücreti ödemelidir. Görüşme ile ilgili.", "cp1254"),
        ("会社は撮影の前に届け出なければならない。手数料は二百元です。", "euc_jp"),
        ("会社は撮影の前に届け出なければならない。", "iso2022_jp"),
        ("企业应当在拍摄以前备案。", "hz"),
    ],
)
def test_encodings_of_the_languages_that_are_spoken_here(text: str, encoding: str) -> None:
    assert decode((text * 3).encode(encoding), document="a.txt").text == text * 3


def test_text_of_no_known_encoding_is_told_from_what_is_no_text() -> None:
    with pytest.raises(EncodingUnknown, match="save it as UTF-8"):
        decode(("Register the film. " * 9).encode("cp037"), document="a.txt")
    with pytest.raises(DocumentUnreadable, match="it is not text") as refused:
        decode(bytes(range(256)) * 4, document="a.txt")
    assert not isinstance(refused.value, EncodingUnknown)
