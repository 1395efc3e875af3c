"""Names that stand in no list of ours: GRAC, ReelShort, Lyon.

In a question of another script a Latin word with a capital is a name, in Latin script a word with a
capital inside it, and one with a capital behind "in": they stay as they are in every language.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import filterfalse

from knowledge.language import base
from knowledge.normalisation import fold
from knowledge.passage import Passage
from knowledge.policy_time import months
from knowledge.subjects import name_subjects

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*[A-Za-z]")
_ANY_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL_INSIDE = re.compile(r"[a-z][A-Z]")
_OTHER_SCRIPT = re.compile(
    r"[\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
)
_PLACE = re.compile(
    r"(?<!\w)(?P<lead>(?:(?i:estoy|estamos|vivo|estou|moro|am|are|live|based|suis|saya|tinggal)\s)?"
    r"(?:in|at|near|en|em|à|di|ở|tại|(?:consul|emb|amb)\w+ (?:de|of|in|en|em|à|di)))"
    r"\s(?P<name>[A-ZÀ-Þ][a-zà-ỹ]{3,}(?: [A-ZÀ-Þ][a-zà-ỹ]+){0,2})"
)
_FIRST_PERSON = re.compile(
    r"(?:estoy|estamos|vivo|estou|moro|am|are|live|based|suis|saya|tinggal)\s", re.IGNORECASE
)
_SHORTEST = 3
_NUMERAL = re.compile(r"[IVXL]+")
"""What follows a king or a final, and is written otherwise in other scripts."""
_COMMON = frozenset(
    ["app", "apps", "bot", "ceo", "cny", "drama", "faq", "game", "hello", "pdf", "rmb", "the"]
) | frozenset(["url", "usd", "vip", "visa", "web", "wifi", "yes"])
_NO_PLACES = re.compile(
    r"chin|tiongkok|trung|english|spanish|russian|french|german|japanese|korean|arabic|thai|vietnam"
    r"|indonesian|portuguese|turkish|mandarin|cantonese"
)
_CAPITALISED = frozenset({"de"})
"""Languages that write every noun with a capital."""


def asked_words(question: str, language: str) -> frozenset[str]:
    """The names in a question, in lower case and without accents."""
    text = fold(question)
    foreign = len(_OTHER_SCRIPT.findall(text)) > 1
    found = (word for word in _WORD.findall(text) if not _NUMERAL.fullmatch(word))
    words = (word for word in found if len(word) >= _SHORTEST)
    named = {
        _plain(word)
        for word in words
        if _CAPITAL_INSIDE.search(word) or (foreign and word[0].isupper())
    }
    return frozenset((named - _COMMON) | set(_places(text, language)))


def words_of(passages: Sequence[Passage]) -> frozenset[str]:
    """All words of a candidate in the same form; its issuer and number included."""
    texts = [variant.text for passage in passages for variant in passage.questions]
    for one in passages:
        source = one.provenance
        texts += [one.text, source.title, source.issuer, source.number, *one.headings]
    joined = _plain(fold(" ".join(texts)))
    return frozenset((*_WORD.findall(joined), *_ANY_WORD.findall(joined)))


def _places(text: str, language: str) -> Iterator[str]:
    """Places that only their capital tells; not where the asker is."""
    if base(language) in _CAPITALISED:
        return
    for match in _PLACE.finditer(text):
        name = _plain(match.group("name"))
        word = name.split()[0]
        if _FIRST_PERSON.match(match.group("lead")) or _NO_PLACES.match(name) or word in months():
            continue
        if not name_subjects(match.group(), language).tags:
            yield word


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(filterfalse(unicodedata.combining, decomposed))
