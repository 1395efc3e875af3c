"""Whether the words of a claim stand in what it quotes, in its language or in another."""

import itertools
import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge.grounding.leftovers import HAN, LATIN, WORD, leftover_words
from knowledge.grounding.statement import Statement
from knowledge.grounding.tables import concept_group, load_table
from knowledge.grounding.territories import adjective_codes, named_countries
from knowledge.grounding.vocabulary import Hit, function_words

_ITEM = re.compile(
    r"(?<!\d)[,;:。、]|[,;:。、](?!\d)"
    r"|(?<=\s)(?:and|or|и|или|y|o|e|ou|et|und|oder|dan|atau|và|hoặc|ve|veya)(?=\s)|(?<=\s)و"
    r"|และ|หรือ|和|以及|或|および|また"
)
_BRACKETS = re.compile(r"[(\[「『《“\"]([^()\[\]「」『』《》“”\"]{2,40})[)\]」』》”\"]")
_TIMES = frozenset({"before_w", "after_w"})
_MEASURES = {
    "year": ("annual", "calendar"),
    "month": ("month",),
    "week": ("week",),
    "hour": ("hour",),
    "minute": ("minute",),
    "wday": ("working_day",),
    "percent": ("rate",),
    "age": ("age",),
}
"""What a unit, or what an amount is per, is called where it stands as a word."""
_TIMES_AS: dict[tuple[str, Decimal], tuple[str, ...]] = {
    ("times", Decimal(2)): ("double",),
    ("times", Decimal(3)): ("triple",),
    ("percent", Decimal(50)): ("half",),
    ("", Decimal(3)): ("third_order",),
}
_IMPLIES = {
    "visa_free": ("visa", "entry"),
    "exit_entry": ("entry", "exit"),
    "nonresident": ("resident",),
    "deport": ("exit",),
    "withhold": ("tax",),
    "student": ("study",),
    "short": ("term",),
    "long": ("term",),
}
"""What a source names along with a thing; a claim that names it does not name the thing."""
_HOME = frozenset({"china"})
_ELSEWHERE = frozenset(
    {"overseas", "export", "world", "country", "hong_kong", "macao", "taiwan", "europe", "asia"}
    | {"latin_america", "middle_east", "africa", "california", "tokyo", "embassy"}
)
_KATAKANA = re.compile(r"[\u30a0-\u30ff]{3,}")
_CASELESS = frozenset({"zh", "ja", "ko", "th", "ar"})
_NAMED = frozenset(
    {"company", "platform", "app", "authority", "ministry", "office", "government", "law"}
    | {
        "producer",
        "agent",
        "city",
        "province",
        "country",
        "place",
        "publisher_issuer",
        "university",
    }
)
"""Terms beside which a word that is not known may be a name."""
_KIN = 0.65
_KIN_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a claim its source explains: words of content, and those that it does not.

    ``hard`` and ``soft`` are terms that we know and that the source does not have; a soft one is
    a verb or a noun that translators choose freely. ``unknown`` are words that we do not know and
    that do not stand there either. ``invented`` is whether an item of a list has no word that the
    source explains.
    """

    content: int
    hard: tuple[str, ...]
    soft: tuple[str, ...]
    unknown: tuple[str, ...]
    invented: bool = False


def cover(claim: Statement, source: Statement, *, also: frozenset[str] = frozenset()) -> Coverage:
    """Compare the words of ``claim`` with those of ``source``; ``also`` are more things it names."""
    implied = {more for one in source.concepts for more in _IMPLIES.get(one, ())}
    told = source.concepts | implied | also | _measured(source) | _at_home(claim, source)
    named = with_kin(frozenset(told))
    light = function_words(claim.wording.language)
    hits = [hit for hit in claim.hits if not says_nothing(claim, hit, light)]
    quoted = _quoted_spans(claim, source)
    foreign = [
        hit
        for hit in hits
        if not (
            hit.concepts & named
            or _is_short_drama(hit, claim, named)
            or _stands_there(claim, hit, source)
            or _is_in(hit.start, quoted)
        )
        and not (claim.wording.language != source.wording.language and _is_syllable(hit, claim))
    ]
    rest = [one for one in leftover_words(claim) if not _is_in(one[0], quoted)]
    strange = [one for one in rest if not _is_known(one[1], claim, source)]
    lost = {hit.start for hit in foreign if weight(hit) != "light"} | {
        start for start, _ in strange
    }
    places = {hit.start for hit in hits if weight(hit) != "light"} | {start for start, _ in rest}
    places |= {figure.start for figure in claim.figures} | {date.start for date in claim.dates}
    return Coverage(
        len(hits) + len(rest),
        (
            *(_words(claim, hit) for hit in foreign if weight(hit) == "hard"),
            *(word for start, word in strange if _may_be_name(start, word, claim)),
        ),
        tuple(_words(claim, hit) for hit in foreign if weight(hit) == "soft"),
        tuple(word for _, word in strange),
        _has_lost_item(claim, lost, places),
    )


def _at_home(claim: Statement, source: Statement) -> frozenset[str]:
    """China, where neither text names another place: the rules of the shelf are China's then."""
    elsewhere = (claim.concepts | source.concepts) & _ELSEWHERE
    abroad = named_countries(source.wording) | named_countries(claim.wording)
    return frozenset() if elsewhere or abroad else _HOME


def _may_be_name(start: int, word: str, claim: Statement) -> bool:
    """Whether an unknown word may name somebody, who then would have to stand in the source.

    It has a capital, or foreign letters; without capitals, it stands beside a word such as company.
    """
    if claim.wording.text[start].isupper() or _KATAKANA.fullmatch(word):
        return True
    if claim.wording.language not in _CASELESS:
        return False
    if LATIN.match(word):
        return True
    end = start + len(word)
    return any(
        hit.concepts & _NAMED and -1 <= max(start - hit.end, hit.start - end) <= 1
        for hit in claim.hits
    )


def _has_lost_item(claim: Statement, lost: set[int], told: set[int]) -> bool:
    """Whether a part between commas, and, or says things none of which is explained."""
    text = claim.wording.lower
    places = sorted({0, len(text), *(match.end() for match in _ITEM.finditer(text))})
    return any(
        any(start <= one < end for one in lost)
        and not any(start <= one < end for one in told - lost)
        for start, end in itertools.pairwise(places)
    )


def _is_short_drama(hit: Hit, claim: Statement, named: frozenset[str]) -> bool:
    """Whether a "short" is part of the name of micro-dramas, which some languages call short."""
    return hit.concepts == {"short"} and any(
        other.concepts & named & {"drama"}
        and max(hit.start - other.end, other.start - hit.end) <= 1
        for other in claim.hits
    )


def _measured(source: Statement) -> frozenset[str]:
    """What the figures and dates of a source name: "per year" is annual, twice is double."""
    named = {
        concept
        for figure in source.figures
        for measure in (figure.unit, *figure.per)
        for concept in _MEASURES.get(measure, ())
    }
    named |= {c for one in source.figures for c in _TIMES_AS.get((one.unit, one.value), ())}
    return frozenset(named | ({"date", "month", "annual"} if source.dates else set()))


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
    if hit.concepts & concept_group("light"):
        return "light"
    return "soft" if hit.concepts & concept_group("soft") else "hard"


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
    word = claim.wording.lower[hit.start : hit.end]
    if claim.wording.language == source.wording.language:
        return word in source.wording.lower
    return bool(LATIN.match(word)) and bool(
        re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", source.wording.lower)
    )


def _is_known(word: str, claim: Statement, source: Statement) -> bool:
    codes = adjective_codes(word, claim.wording.language)
    if codes & named_countries(source.wording):
        return True
    bare = (
        word.split("'", maxsplit=1)[0]
        if claim.wording.language == "tr"
        else word.removesuffix("'s")
    )
    if re.fullmatch(r"[a-z'-]+", bare) and re.search(
        rf"(?<![a-z]){re.escape(bare)}(?![a-z])", source.wording.lower
    ):
        return True
    if claim.wording.language != source.wording.language:
        return word in source.wording.lower and bool(HAN.fullmatch(word))
    if claim.wording.unspaced:
        return word in source.wording.lower or _is_abbreviated(word, source.wording.lower)
    return any(is_kin(word, other) for other in WORD.findall(source.wording.lower))


def _is_abbreviated(word: str, text: str) -> bool:
    """Whether a Chinese word is a shorter form of one in a text: 科创 for 科技创新."""
    spread = ".{0,2}".join(map(re.escape, word))
    return len(word) > 1 and bool(HAN.fullmatch(word)) and bool(re.search(spread, text))


def is_kin(one: str, other: str) -> bool:
    """Whether two words are forms of one: agreed, agreement."""
    shared = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return one == other or (shared >= _KIN_LETTERS and shared >= _KIN * max(len(one), len(other)))
