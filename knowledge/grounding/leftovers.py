"""The words of a text that are no term of ours, no figure, no date and no mark."""

import re
from collections.abc import Iterator

from knowledge.grounding.statement import Statement
from knowledge.grounding.territories import territory_spans
from knowledge.grounding.vocabulary import function_words, plain_words

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
HAN = re.compile(r"[\u4e00-\u9fff\u3005]+|[\u30a0-\u30ff]{2,}")
LATIN = re.compile(r"[a-z]{2,}")
_THAI = re.compile(r"[\u0e00-\u0e7f]{3,}")
_PATTERNS = {"zh": (HAN, LATIN), "ja": (HAN, LATIN), "th": (_THAI, LATIN), "ko": (LATIN,)}
_HANGUL = re.compile(r"[가-힣]+")
_RESIDUE = 4
_GERMAN_PARTS = frozenset({"ungen", "keit", "schaft", "lichen", "liche", "licher", "inner"})
"""Letters of a German compound beside a term that is known."""


def leftover_words(claim: Statement) -> Iterator[tuple[int, str]]:
    """The words that are no term of ours, no figure, no date and no mark, and where they begin."""
    text, language = _without_known(claim), claim.wording.language
    light = function_words(language)
    patterns = _PATTERNS.get(language, (WORD,))
    if language == "ko":
        yield from _leftover_korean(claim, text, light)
    for pattern in patterns:
        for match in pattern.finditer(text):
            if language == "de" and _is_residue(match, text, claim):
                continue
            if not _is_light(match[0], light, language):
                yield match.start(), match[0]


def _is_residue(match: re.Match[str], text: str, claim: Statement) -> bool:
    """Whether letters are what a known term leaves of a German word: its ending, or a prefix."""
    whole = claim.wording.lower
    start, end = match.span()
    joined = whole[max(0, start - 1) : start].isalpha() or whole[end : end + 1].isalpha()
    return joined and (end - start <= _RESIDUE or text[start:end] in _GERMAN_PARTS)


def _is_light(word: str, light: frozenset[str], language: str) -> bool:
    if word in light or plain_words(language).fullmatch(word):
        return True
    if language in {"fr", "es", "pt", "en", "tr"}:
        parts = re.split(r"['-]", word)
        return len(parts) > 1 and all(part in light or len(part) <= 1 for part in parts)
    return False


def _leftover_korean(
    claim: Statement, text: str, light: frozenset[str]
) -> Iterator[tuple[int, str]]:
    """Korean words none of which is known; endings after a known part are no words."""
    for match in _HANGUL.finditer(claim.wording.lower):
        if text[match.start() : match.end()] == match[0] and match[0] not in light:
            stem = re.sub(r"(?:은|는|이|가|을|를|의|에|에서|로|으로|와|과|도|만|및)$", "", match[0])
            if stem and stem not in light and not plain_words("ko").fullmatch(match[0]):
                yield match.start(), stem


def _without_known(claim: Statement) -> str:
    text = list(claim.wording.lower)
    spans = [(hit.start, hit.end) for hit in claim.hits]
    spans += [(figure.start, figure.end) for figure in claim.figures]
    spans += [(date.start, date.end) for date in claim.dates]
    spans += [(mark.start, mark.end) for mark in claim.marks]
    spans += [(start, end) for _, start, end in claim.periods]
    spans += territory_spans(claim.wording)
    for start, end in (*spans, *claim.skipped):
        text[start:end] = " " * (end - start)
    return "".join(text)
