"""The terms of the field: which of them a text uses, and what other languages call them.

glossary.json holds ``{"concepts": {"work-permit": {"zh": ["工作许可", …], "en": ["work permit",
"work permit*", …], …}, …}}``: each concept with a list of forms for every language of the desk
(``zh`` in Simplified characters, for both scripts). The first form is the usual name, in full; the
others are further ways of writing that tell the concept, and are never so short or so common that
they stand in a text about something else. ``matters`` holds in the same form what people ask such a
desk about although it is not of the field (a bank account, a driving licence), and parts of a year:
only a source that names it too can answer. ``circumstances`` lists the concepts that questions
name beside what they ask about: who asks, for what. A ``*`` at the end of a word stands for any
ending.

Compared are folded texts without case, accents and vowel signs (Vietnamese keeps them: without,
too many of its words look alike). Where words are written together (Chinese, Japanese, Korean,
Thai) a form may stand anywhere; elsewhere only as whole words, which in Arabic may carry an article
or a preposition.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from knowledge.language import base
from knowledge.normalisation import fold
from knowledge.wordings import lead_of, leads_in

_UNSPACED: Final = frozenset({"zh", "ja", "ko", "th"})
_MARKED: Final = frozenset({"vi"})
# People put English terms into every language, and Chinese ones into all but Japanese, where the
# same characters may mean something else (合同 is a contract in one and "joint" in the other).
_ALSO_ENGLISH: Final = ("en",)
_ALSO_BOTH: Final = ("en", "zh")
_MARKS: Final = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670]")
_WORDS: Final = re.compile(r"[\w'*]+")
_ARTICLE: Final = "ال"
_ARABIC_PREFIX: Final = "[وف]?[بلك]?ل?"
_LATIN: Final = "a-z0-9"
_LATIN_EDGE: Final = re.compile(f"^[{_LATIN}]|[{_LATIN}]$")


class _Form(NamedTuple):
    """A form as it is looked for: only where ``sign`` occurs is ``pattern`` worth a look.

    ``first``: what all that matches begins with; "" where something may be joined to its front.
    Without a pattern the sign says it all.
    """

    concept: str
    sign: str
    first: str
    pattern: str

    def stands_in(self, plain: str) -> bool:
        """Whether a text uses it."""
        if self.sign not in plain or not self.pattern:
            return self.sign in plain
        pattern = _compiled(self.pattern)
        if not self.first:
            return bool(pattern.search(plain))
        # Patterns look behind them first, which takes long everywhere in a text.
        start = plain.find(self.first)
        while start >= 0 and not pattern.match(plain, start):
            start = plain.find(self.first, start + 1)
        return start >= 0


@lru_cache(maxsize=16_384)
def concepts(text: str, language: str) -> frozenset[str]:
    """Return the keys of the concepts that a text in ``language`` uses."""
    return _used(text, language, "concepts")


@lru_cache(maxsize=16_384)
def matters(text: str, language: str) -> frozenset[str]:
    """Return the keys of the other matters that a text in ``language`` names."""
    return _used(text, language, "matters")


@lru_cache(maxsize=4096)
def used(text: str, language: str, wanted: frozenset[str]) -> frozenset[str]:
    """Return which of the ``wanted`` concepts a text in ``language`` uses; quicker than all."""
    own = base(language)
    plain = _plain(text, own)
    return frozenset(
        concept
        for concept in wanted
        if any(form.stands_in(plain) for form in _forms_of(concept, own))
    )


def _used(text: str, language: str, part: str) -> frozenset[str]:
    own = base(language)
    plain = _plain(text, own)
    leads = leads_in(plain)
    found: set[str] = set()
    for tongue in _tongues(own):
        forms = _forms(tongue, part)
        for form in (form for lead in forms.keys() & leads for form in forms[lead]):
            if form.concept not in found and form.stands_in(plain):
                found.add(form.concept)
    return frozenset(found)


def essentials(text: str, language: str) -> frozenset[str]:
    """Return the concepts of a question but for its circumstances: what it can be about."""
    return concepts(text, language) - _circumstances()


def names(concept: str, languages: Iterable[str]) -> tuple[str, ...]:
    """Return the usual names of a concept in ``languages``, each once, in their order.

    A language that the glossary does not have is left out; an unknown concept is a ``KeyError``.
    """
    forms = load_glossary()[concept]
    tongues = dict.fromkeys(map(base, languages))
    return tuple(dict.fromkeys(forms[tongue][0] for tongue in tongues if tongue in forms))


def expand(text: str, language: str, *, into: Iterable[str]) -> tuple[str, ...]:
    """Return what the terms of a text are called in the languages ``into``, without its own."""
    tongues = [tongue for tongue in into if base(tongue) != base(language)]
    found = sorted(concepts(text, language))
    return tuple(dict.fromkeys(name for concept in found for name in names(concept, tongues)))


@cache
def _circumstances() -> frozenset[str]:
    return frozenset(_stored()["circumstances"])


@cache
def load_glossary(part: str = "concepts") -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return the forms of every concept (or of all ``matters``) by language."""
    return {
        concept: {language: tuple(forms) for language, forms in languages.items()}
        for concept, languages in _stored()[part].items()
    }


@cache
def _stored() -> Mapping[str, Any]:
    stored = files("knowledge").joinpath("glossary.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = json.loads(stored)
    return loaded


def _tongues(own: str) -> tuple[str, ...]:
    """The languages whose terms stand in texts of a language."""
    return tuple(dict.fromkeys((own, *(_ALSO_ENGLISH if own == "ja" else _ALSO_BOTH))))


@cache
def _forms_of(concept: str, own: str) -> tuple[_Form, ...]:
    """The forms in which texts of a language use a concept."""
    return tuple(
        form
        for tongue in _tongues(own)
        for some in _forms(tongue, "concepts").values()
        for form in some
        if form.concept == concept
    )


@cache
def _forms(language: str, part: str) -> Mapping[str, tuple[_Form, ...]]:
    """The forms of a language by the first letters of their sign."""
    found: dict[str, list[_Form]] = {}
    for concept, languages in load_glossary(part).items():
        for written in languages.get(language, ()):
            form = _Form(concept, *_read(written, language))
            found.setdefault(lead_of(form.sign), []).append(form)
    return {lead: tuple(some) for lead, some in found.items()}


# Thousands of forms, of which a text needs a handful: compiled when their sign is met.
_compiled: Final = cache(re.compile)


def _read(form: str, language: str) -> tuple[str, str, str]:
    """Return a form's longest part, its first one, and a pattern for the whole if it needs one."""
    plain = _plain(form, language)
    if language in _UNSPACED:
        parts = plain.split()
        # "AI短剧" may follow any Chinese character, but not the letters of another word.
        inside = r"\s?".join(map(re.escape, parts))
        before, after = (
            f"(?:(?<![{_LATIN}])|(?=[^{_LATIN}]))",
            f"(?:(?![{_LATIN}])|(?<![{_LATIN}]))",
        )
        alone = len(parts) == 1 and not _LATIN_EDGE.search(plain)
        pattern = "" if alone else f"{before}{inside}{after}"
        return max(parts, key=len), parts[0], pattern
    words = _WORDS.findall(plain)
    inside = r"\W{1,3}".join(_word(word, language) for word in words)
    prefix = _ARABIC_PREFIX if language == "ar" else ""
    pattern = f"(?<!{_edge(words[0])}){prefix}{inside}(?!{_edge(words[-1])})"
    stems = [_stem(word, language) for word in words]
    return max(stems, key=len), "" if prefix else stems[0], pattern


def _edge(word: str) -> str:
    """Return what may not stand next to a word: beside one letter, not even an apostrophe."""
    return r"[\w']" if len(word) == 1 else r"\w"


def _word(word: str, language: str) -> str:
    article = f"(?:{_ARTICLE})?" if language == "ar" else ""
    return article + re.escape(_stem(word, language)) + (r"\w*" if word.endswith("*") else "")


def _stem(word: str, language: str) -> str:
    stem = word.removesuffix("*")
    return stem.removeprefix(_ARTICLE) if language == "ar" else stem


def _plain(text: str, language: str) -> str:
    lowered = fold(text).lower().replace("’", "'")
    if language in _MARKED:
        return lowered
    letters = unicodedata.normalize("NFD", lowered)
    return unicodedata.normalize("NFC", _MARKS.sub("", letters)).replace("ı", "i")
