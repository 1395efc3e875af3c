"""Numbers in Han numerals and in Korean syllables."""

import re
from collections.abc import Iterator, Mapping

_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_RUN = re.compile(
    r"[〇零一二三四五六七八九两十百千][〇零一二三四五六七八九两十百千万亿兆]*"
    r"|(?<![\u4e00-\u9fff\d])[万亿](?=元)"
)
_WORDS = re.compile(
    r"十分|千万(?=不|要|别|勿)|统一|唯一|一般|一律|一定|一样|一致|一并|一切|一起|一旦|一站|一直|一些|一方"
    r"|之一|另一|同一|单一|进一步|万一|二手|双方|三方|百分之|一经|一同|一点|一人|一目|一次性|二维码|四川|九州"
    r"|三星|一手|一概|任一|某一|一贯|一向|一体|一带|万维|百度|一足|一番|一览|三亚|一步|一员|一系列|一二三|上一年|一年度|近一年"
    r"|一举|一线|一流|一时|一不|不一|各一|第二天|一半|一倍|统一战线|一键|一经|二次|一如|任何一|一者|一边|一名"
)
"""Words in which a numeral counts nothing. One half and once more are told by other words."""

_KOREAN_DIGITS = {c: n for n, c in enumerate("영일이삼사오육칠팔구")}
_KOREAN_TENS = {"십": 10, "백": 100, "천": 1000}
_KOREAN_RUN = re.compile(
    r"(?<![가-힣])(?:[일이삼사오육칠팔구]?[십백천])+[일이삼사오육칠팔구]?"
    r"(?=\s?(?:일|개|년|주|시간|분|초|위안|달러|원|명|만|억|조|회|편|건|배|세|살|퍼센트|점|호))"
    r"|(?<![가-힣])[일이삼사오육칠팔구](?=개월|년(?!도|간의)|주일|\s?(?:만|억)\s?(?:위안|달러|원|엔))"
)


def read_han(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield value, start and end of the Han numerals of a Chinese or Japanese text."""
    words = [(match.start(), match.end()) for match in _WORDS.finditer(text)]
    for match in _RUN.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in words):
            continue
        if _is_either(match[0]):  # 一两天, a day or two
            yield _DIGITS[match[0][0]], match.start(), match.start() + 1
            yield _DIGITS[match[0][1]], match.start() + 1, match.end()
        else:
            yield _han_value(match[0]), match.start(), match.end()


def read_korean(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield value, start and end of the numbers that a Korean text spells in Sino-Korean."""
    for match in _KOREAN_RUN.finditer(text):
        value = _add_up(match[0], _KOREAN_DIGITS, _KOREAN_TENS, {})
        yield value, match.start(), match.end()


def _is_either(written: str) -> bool:
    digits = [_DIGITS.get(character, -9) for character in written]
    return len(digits) == 2 and digits[0] > 0 and digits[1] == digits[0] + 1  # noqa: PLR2004


def _han_value(written: str) -> int:
    if len(written) > 1 and all(character in _DIGITS for character in written):
        return int("".join(str(_DIGITS[character]) for character in written))  # 二〇二五, a year
    return _add_up(written, _DIGITS, _TENS, _SCALES)


def _add_up(
    written: str, digits: Mapping[str, int], tens: Mapping[str, int], scales: Mapping[str, int]
) -> int:
    total = section = digit = 0
    for character in written:
        if character in digits:
            digit = digits[character]
        elif character in tens:
            section += (digit or 1) * tens[character]
            digit = 0
        else:
            total = (total + section + digit or 1) * scales[character]
            section = digit = 0
    return total + section + digit
