"""Numbers in a text, in figures and in words; scales such as million are applied elsewhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from knowledge.grounding.han_numerals import read_han, read_korean
from knowledge.grounding.tables import load_table
from knowledge.grounding.wording import Wording, pattern_form

_FIGURES = re.compile(
    r"(?<![a-z\d])\d{1,3}(?: \d{3})+(?![\d])(?:[.,]\d+)?|(?<![a-z\d])\d+(?:[.,]\d+)*"
)
_COMMA_IS_POINT = frozenset({"de", "es", "fr", "id", "pt", "ru", "tr", "vi"})
"""Languages that write 1,5 for one and a half, and 1.500 for fifteen hundred."""
_SPACE_GROUPS = frozenset({"ru", "fr", "es", "pt", "de", "vi", "tr", "id"})
_GROUP = 3
_COUNTERS = r"(?=\s?(?:달|번|개|명|주|시간|살|가지|편|곳|배|건|차례|군데|해|종|권|나라|회사|사람))"
_AND = {"en": "and", "es": "y", "pt": "e", "fr": "et", "ar": "و", "vi": "linh|lẻ", "de": "und"}
_HUNDRED, _THOUSAND, _TWO = 100, 1000, 2


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number: its value, where it stands, and whether it is a word that may be an article."""

    value: Decimal
    start: int
    end: int
    article: bool = False
    written: bool = False


def read_numerals(wording: Wording) -> tuple[Numeral, ...]:
    """Return the numbers of a text in order and not overlapping."""
    found = sorted((*_figures(wording), *_words(wording)), key=lambda one: (one.start, -one.end))
    kept: list[Numeral] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def number_value(written: str, language: str) -> Decimal:
    """Read figures as a language groups them: ``1.500`` is 1500 in Spanish, 1.5 in English."""
    parts = re.split(r"[.,]", written.replace(" ", ""))
    marks = re.findall(r"[.,]", written)
    if not marks:
        return Decimal(parts[0])
    if len(set(marks)) == _TWO and marks.count(marks[-1]) == 1:
        return Decimal(f"{''.join(parts[:-1])}.{parts[-1]}")
    groups = all(len(part) == _GROUP for part in parts[1:]) and 1 <= len(parts[0]) <= _GROUP
    grouping = "." if language in _COMMA_IS_POINT else ","
    if groups and parts[0] != "0" and (len(marks) > 1 or marks[0] == grouping):
        return Decimal("".join(parts))
    if len(marks) > 1:
        return Decimal(parts[0])  # 1.2.3 is a version or a clause: its first part stands for it
    return Decimal(f"{parts[0]}.{parts[1]}")


def _figures(wording: Wording) -> Iterator[Numeral]:
    for match in _FIGURES.finditer(wording.lower):
        written = match[0]
        if " " in written and wording.language not in _SPACE_GROUPS:
            written = written.split(" ")[0]
        end = match.start() + len(written)
        yield Numeral(number_value(written, wording.language), match.start(), end)


def _words(wording: Wording) -> Iterator[Numeral]:
    if wording.language in {"zh", "ja"}:
        for value, start, end in read_han(wording.lower):
            yield Numeral(Decimal(value), start, end, article=value == 1, written=True)
        return
    if wording.language == "ko":
        for value, start, end in read_korean(wording.lower):
            yield Numeral(Decimal(value), start, end, written=True)
    yield from _spelled(wording.lower, wording.language)


def _spelled(text: str, language: str) -> Iterator[Numeral]:
    """Runs of number words: twenty-one, treinta y uno, einundzwanzig, ba mươi."""
    run: list[re.Match[str]] = []
    gap = re.compile(rf"[ -]?(?:(?:{_AND.get(language, 'and')})[ -]?)?")
    for match in _number_words(language).finditer(text):
        if run and not gap.fullmatch(text[run[-1].end() : match.start()]):
            yield _sum_up(run, language)
            run = []
        run.append(match)
    if run:
        yield _sum_up(run, language)


def _sum_up(run: list[re.Match[str]], language: str) -> Numeral:
    written = [_word_values(language)[match["word"]] for match in run]
    total = current = last = 0
    for value in written:
        number = int(value.strip("*+"))
        if value.startswith("*"):
            current += (last or 1) * number - last  # hai trăm năm mươi: 200 and 5 times 10
        elif number >= _THOUSAND and not value.startswith("+"):
            total, current = total + (current or 1) * number, 0
        elif number == _HUNDRED and 0 < current < _HUNDRED:
            current *= number
        else:
            current += number
        last = number
    article = written == ["1"]
    return Numeral(
        Decimal(total + current), run[0].start("word"), run[-1].end(), article, written=True
    )


@cache
def _word_values(language: str) -> dict[str, str]:
    tables = load_table("quantities")
    words = {
        pattern_form(word.split("(")[0], language): value
        for word, value in tables["words"].get(language, {}).items()
    }
    if language == "de":
        words |= _german_compounds(words)
    if language not in {"th", "ko"}:
        scales = tables["scales"].get(language, {}).items()
        words = {pattern_form(w, language): str(v) for w, v in scales if v == _HUNDRED} | words
    return words


def _german_compounds(words: dict[str, str]) -> dict[str, str]:
    """Einundzwanzig to neunundneunzig."""
    ones = {word: int(value) for word, value in words.items() if 1 <= int(value) <= 9}  # noqa: PLR2004
    tens = {word: int(value) for word, value in words.items() if int(value) in range(20, 100, 10)}
    return {f"{one}und{ten}": str(a + b) for one, a in ones.items() for ten, b in tens.items()}


@cache
def _number_words(language: str) -> re.Pattern[str]:
    words = sorted(_word_values(language), key=lambda word: (-len(word), word))
    if not words:
        return re.compile(r"(?P<word>(?!))")
    guards = _guards(language)
    listed = "|".join(re.escape(word) + guards.get(word, "") for word in words)
    if language == "th":
        return re.compile(f"(?P<word>{listed})")
    if language == "ko":
        return re.compile(rf"(?<![가-힣])(?P<word>{listed}){_COUNTERS}")
    lead = "[وف]?[بل]?(?:ال)?" if language == "ar" else ""
    return re.compile(rf"(?<!\w){lead}(?P<word>{listed})(?!\w)")


def _guards(language: str) -> dict[str, str]:
    """What may follow a word: Thai five begins forbidden, Vietnamese five is a year as well."""
    listed = load_table("quantities")["words"].get(language, {})
    split = [word.partition("(") for word in listed]
    return {
        pattern_form(stem, language): pattern_form(bracket + rest, language)
        for stem, bracket, rest in split
    }
