"""Names in a claim that must stand in its source as they are: brands, acronyms, visa classes."""

import re
from collections.abc import Iterator

from knowledge.grounding.addresses import address_spans, foreign_addresses
from knowledge.grounding.claim import Fault
from knowledge.grounding.rule_numbers import foreign_rules, rule_number_spans
from knowledge.grounding.statement import Statement
from knowledge.grounding.territories import adjective_codes, named_countries, territory_spans
from knowledge.grounding.vocabulary import function_words
from knowledge.grounding.wording import plain_form
from knowledge.subjects import subjects

_ACRONYM = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z0-9&-]*[A-Z])(?:[A-Z][A-Z0-9&-]+|[A-Za-z]*[a-z][A-Z][A-Za-z0-9]*|[A-Za-z]+\d+[A-Za-z0-9]*|\d+[A-Z][A-Za-z0-9]*)(?![A-Za-z])"
)
_LETTER = re.compile(
    r"(?<![A-Za-zÀ-ɏ\u1e00-\u1effА-я\d_'’.-])([A-Z])(?![A-Za-zÀ-ɏ\u1e00-\u1effА-я\d_'’]|\.\w)"
)
_CAPITAL = re.compile(r"(?<=[^\W\d_,;:«»“”\"()] )[A-ZА-ЯÀ-Þ][\wÀ-ÿ'’-]+")
_ARTICLES = {
    "en": "AI",
    "es": "AEOYU",
    "pt": "AEO",
    "fr": "AYÀ",
    "vi": "",
    "it": "AEIO",
    "ru": "АВИКОСУЯ",
}
_MONEY = frozenset(
    {"No", "NO", "RMB", "CNY", "USD", "JPY", "KRW", "EUR", "GBP", "BRL", "HKD", "US"}
)
_KINDS = ("place:", "name:", "visa:")
"""The kinds of subjects that are names; countries are read by territories.py, with adjectives."""
_VISA = re.compile(r"签证|visa|visado|visto|виз|ビザ|비자|vize|visum|วีซ่า|تاشير|thị thực|签")
_CASELESS = frozenset({"de", "zh", "ja", "ko", "th", "ar"})
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_HAN_WRITTEN = frozenset({"zh", "ja", "ko"})


def name_faults(claim: Statement, source: Statement, pool: str) -> Iterator[Fault]:
    """Yield faults for names that stand neither in the source nor in ``pool``, a plain text.

    ``pool`` is what the passage's text, headings and provenance say together.
    """
    if foreign_addresses(claim.wording.text, pool):
        yield Fault.ADDRESSES
    if foreign_rules(claim.wording.text, pool):
        yield Fault.RULE_NUMBERS
    if any(not _is_given(name, claim, source, pool) for name in _latin_names(claim)):
        yield Fault.NAMES
    if _foreign_subjects(claim, source) or _foreign_countries(claim, source):
        yield Fault.NAMES
    if claim.wording.language not in _HAN_WRITTEN and _foreign_han(claim, source, pool):
        yield Fault.NAMES


def required_subjects(source: Statement) -> frozenset[str]:
    """What a text is limited to: its countries and visa classes."""
    tags = subjects(source.wording.text, source.wording.language)
    visas = (
        {tag for tag in tags if tag.startswith("visa:")}
        if _VISA.search(source.wording.lower)
        else set()
    )
    return frozenset(visas | {f"country:{code}" for code in named_countries(source.wording)})


def named_subjects(statement: Statement) -> frozenset[str]:
    """The subjects of :mod:`knowledge.subjects` that a text names, with countries by adjective."""
    tags = subjects(statement.wording.text, statement.wording.language)
    kept = {tag for tag in tags if tag.startswith(_KINDS)}
    if _VISA.search(statement.wording.lower):
        words = _ARTICLES.get(statement.wording.language, "")
        letters = (match[1] for match in _LETTER.finditer(statement.wording.text))
        kept |= {f"visa:{letter.lower()}" for letter in letters if letter not in words}
    return frozenset(kept | {f"country:{code}" for code in named_countries(statement.wording)})


def _latin_names(claim: Statement) -> Iterator[str]:
    """Acronyms and names in Latin letters, single letters that name a class, capitalised words."""
    text = _without_spans(claim)
    for match in _ACRONYM.finditer(text):
        if match[0] not in _MONEY:
            yield match[0]
    vowels = _ARTICLES.get(claim.wording.language, "")
    for match in _LETTER.finditer(text):
        begins = not text[: match.start()].strip() or text[: match.start()].rstrip().endswith(
            (".", ":", "!", "?", "«", "“")
        )
        if match[1] not in vowels or (not begins and match[1] not in "AEIOYÀ"):
            yield match[1]
    if claim.wording.language not in _CASELESS:
        yield from _capitalised(claim, text)


def _capitalised(claim: Statement, text: str) -> Iterator[str]:
    """Words with a capital inside the sentence that are no term, no country and no month."""
    light = function_words(claim.wording.language)
    known = [(hit.start, hit.end) for hit in claim.hits]
    for match in _CAPITAL.finditer(text):
        word = match[0]
        covered = any(start < match.end() and match.start() < end for start, end in known)
        if word in _MONEY:
            continue
        if not covered and word.lower() not in light and not _ACRONYM.fullmatch(word):
            yield word.removesuffix("'s").removesuffix("’s")


def _without_spans(claim: Statement) -> str:
    text = list(claim.wording.text)
    spans = [*address_spans(claim.wording.text), *rule_number_spans(claim.wording.text)]
    spans += [(date.start, date.end) for date in claim.dates]
    spans += [(one.start, one.end) for one in claim.figures if one.end - one.start > 1]
    spans += list(territory_spans(claim.wording))
    for start, end in spans:
        text[start:end] = " " * (end - start)
    return "".join(text)


def _is_given(name: str, claim: Statement, source: Statement, pool: str) -> bool:
    if re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", pool, re.IGNORECASE):
        return True
    if len(name) > 1:
        lowered = name.lower()
        supported = any(
            hit.concepts & source.concepts
            for hit in claim.hits
            if claim.wording.lower[hit.start : hit.end].startswith(
                lowered[: max(2, hit.end - hit.start)]
            )
        )
        return supported or bool(
            adjective_codes(lowered, claim.wording.language) & named_countries(source.wording)
        )
    return False


def _foreign_subjects(claim: Statement, source: Statement) -> bool:
    """Places, platforms and visa classes that the source does not name."""
    named = named_subjects(claim) - named_subjects(source)
    literal = source.wording.lower
    return any(
        not tag.startswith("country:")
        and tag.split(":")[1].replace("-", " ") not in literal
        and not _named_by_concept(tag, source)
        for tag in named
    )


def _named_by_concept(tag: str, source: Statement) -> bool:
    return tag.split(":")[1].replace("-", "_") in source.concepts


def _foreign_countries(claim: Statement, source: Statement) -> bool:
    mine = named_countries(claim.wording)
    theirs = named_countries(source.wording)
    return any(code not in theirs for code in mine if not _shares_name(code, theirs))


def _shares_name(code: str, others: frozenset[str]) -> bool:
    """The two Koreas share a name in most languages."""
    return {code} | (others & {"KR", "KP"}) == {"KR", "KP"}


def _foreign_han(claim: Statement, source: Statement, pool: str) -> bool:
    """Whether a Chinese name in brackets does not stand in the passage.

    A name may leave out what stands between its parts: 审核备案 for 审核和备案.
    """
    squeezed = re.sub(r"\s", "", pool)
    return any(
        match[0] not in squeezed and not _is_spread(match[0], source.wording.text)
        for match in _HAN_RUN.finditer(plain_form(claim.wording.text))
    )


def _is_spread(name: str, text: str) -> bool:
    rest = iter(text)
    return all(character in rest for character in name)
