"""Whether the words of a claim stand in what it quotes, in its language or in another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.grounding.statement import Statement
from knowledge.grounding.tables import load_table
from knowledge.grounding.territories import adjective_codes, named_countries, territory_spans
from knowledge.grounding.vocabulary import Hit, function_words

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_HAN = re.compile(r"[\u4e00-\u9fff\u3005]+|[\u30a0-\u30ff]{2,}")
_THAI = re.compile(r"[\u0e00-\u0e7f]{3,}")
_LATIN = re.compile(r"[a-z]{2,}")
_PATTERNS = {"zh": (_HAN, _LATIN), "ja": (_HAN, _LATIN), "th": (_THAI, _LATIN), "ko": (_LATIN,)}
_HANGUL = re.compile(r"[가-힣]+")
_BRACKETS = re.compile(r"[(\[「『《“\"]([^()\[\]「」『』《》“”\"]{2,40})[)\]」』》”\"]")
_TIMES = frozenset({"before_w", "after_w"})
_KIN = 0.65
_KIN_LETTERS = 4
_THAI_WORD = 5


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a claim its source explains: words of content, and those that it does not.

    ``hard`` and ``soft`` are terms that we know and that the source does not have; a soft one is
    a verb or a noun that translators choose freely. ``unknown`` are words that we do not know and
    that do not stand there either.
    """

    content: int
    hard: tuple[str, ...]
    soft: tuple[str, ...]
    unknown: tuple[str, ...]


def cover(claim: Statement, source: Statement, *, also: frozenset[str] = frozenset()) -> Coverage:
    """Compare the words of ``claim`` with those of ``source``; ``also`` are more things it names."""
    named = with_kin(source.concepts | also)
    light = function_words(claim.wording.language)
    hits = [hit for hit in claim.hits if not says_nothing(claim, hit, light)]
    quoted = _quoted_spans(claim, source)
    foreign = [
        hit
        for hit in hits
        if not (
            hit.concepts & named or _stands_there(claim, hit, source) or _is_in(hit.start, quoted)
        )
        and not (claim.wording.language != source.wording.language and _is_syllable(hit, claim))
    ]
    rest = [word for start, word in leftover_words(claim) if not _is_in(start, quoted)]
    return Coverage(
        len(hits) + len(rest),
        tuple(_words(claim, hit) for hit in foreign if weight(hit) == "hard"),
        tuple(_words(claim, hit) for hit in foreign if weight(hit) == "soft"),
        tuple(word for word in rest if not _is_known(word, claim, source)),
    )


def _quoted_spans(claim: Statement, source: Statement) -> list[tuple[int, int]]:
    """Where brackets or quotation marks hold something that stands in the source as it is."""
    return [
        match.span()
        for match in _BRACKETS.finditer(claim.wording.lower)
        if len(match[1].strip()) > 1 and match[1].strip() in source.wording.lower
    ]


def _is_in(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _is_syllable(hit: Hit, claim: Statement) -> bool:
    """Whether a term is a single character, which is part of too many words to tell."""
    return claim.wording.unspaced and hit.end - hit.start == 1


def weight(hit: Hit) -> str:
    """How much a term says: ``light``, ``soft`` or ``hard``, by the least that it may mean."""
    table = load_table("concepts")
    if hit.concepts & set(table["light"]):
        return "light"
    return "soft" if hit.concepts & set(table["soft"]) else "hard"


def with_kin(concepts: frozenset[str]) -> frozenset[str]:
    """Return the concepts and those that may be named in their place."""
    groups = (set(group) for group in load_table("concepts")["kin"])
    return concepts.union(*(group for group in groups if group & concepts))


def _words(claim: Statement, hit: Hit) -> str:
    return claim.wording.lower[hit.start : hit.end]


def says_nothing(claim: Statement, hit: Hit, light: frozenset[str]) -> bool:
    """Whether a term is a function word, or part of a word that is compared as a mark."""
    if not hit.concepts:
        return True
    if weight(hit) != "hard" and claim.wording.lower[hit.start : hit.end] in light:
        return True
    if hit.concepts & _TIMES:
        return False
    return any(mark.start < hit.end and hit.start < mark.end for mark in claim.marks)


def _stands_there(claim: Statement, hit: Hit, source: Statement) -> bool:
    same = claim.wording.language == source.wording.language
    return same and claim.wording.lower[hit.start : hit.end] in source.wording.lower


def leftover_words(claim: Statement) -> Iterator[tuple[int, str]]:
    """The words that are no term of ours, no figure, no date and no mark, and where they begin."""
    text, language = _without_known(claim), claim.wording.language
    light = function_words(language)
    patterns = _PATTERNS.get(language, (_WORD,))
    if language == "ko":
        yield from _leftover_korean(claim, text, light)
    for pattern in patterns:
        for match in pattern.finditer(text):
            if not _is_light(match[0], light, language):
                yield match.start(), match[0]


def _is_light(word: str, light: frozenset[str], language: str) -> bool:
    if word in light:
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
            if stem and stem not in light:
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


def _is_known(word: str, claim: Statement, source: Statement) -> bool:
    codes = adjective_codes(word, claim.wording.language)
    if codes & named_countries(source.wording):
        return True
    bare = word.removesuffix("'s")
    if re.fullmatch(r"[a-z'-]+", bare) and re.search(
        rf"(?<![a-z]){re.escape(bare)}(?![a-z])", source.wording.lower
    ):
        return True
    if claim.wording.language != source.wording.language:
        return word in source.wording.lower and bool(_HAN.fullmatch(word))
    if claim.wording.unspaced:
        return word in source.wording.lower
    return any(is_kin(word, other) for other in _WORD.findall(source.wording.lower))


def is_kin(one: str, other: str) -> bool:
    """Whether two words are forms of one: agreed, agreement."""
    shared = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return one == other or (shared >= _KIN_LETTERS and shared >= _KIN * max(len(one), len(other)))
