"""Whether an answer speaks of what a follow-up adds to the question before it.

"And for games?" after a question about visas, read together with it, is still mostly the question
about visas, and finds its answer again. It is one to the follow-up only if it speaks of games.
"""

import re
from collections.abc import Iterator, Sequence

from bot.desk.continuation import fold_words, is_form_of_any, light_words
from knowledge.answer import Found
from knowledge.glossary import concepts, matters
from knowledge.language import base
from knowledge.normalisation import fold
from knowledge.passage import Passage
from knowledge.subjects import name_subjects

_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u3400-\u9fff\u30a0-\u30ff]+")
_NUMERAL = re.compile("[一二三四五六七八九十百千万两半零]+")
_UNSPACED = frozenset({"zh", "ja", "th"})
_MAIN = ("zh", "en")
_SHORTEST = 2


def speaks_of(found: Found, text: str, before: str, language: str) -> bool:
    """Whether what is cited uses each term and word that ``text`` adds to ``before``.

    Terms of the field are known in every language, other words only in that of the message: where
    the sources have nothing in it, terms alone decide. Countries, places and numbers are held
    against the sources elsewhere.
    """
    passages = [citation.passage for citation in found.citations]
    units = [unit for one in passages for unit in _units(one)]
    terms = _terms(text, language) - _terms(before, language)
    if terms:
        read = {*_MAIN, base(language)}
        known = (_terms(unit, tongue) for unit, tongue in units if base(tongue) in read)
        return terms <= frozenset[str]().union(*known)
    own = [unit for unit, tongue in units if base(tongue) == base(language)]
    return not own or not any(_strange(text, [before, *own], language))


def _units(passage: Passage) -> Iterator[tuple[str, str]]:
    """The texts of a passage, each with its language; the title of a guide is that of all of it."""
    yield "\n".join((*passage.headings, passage.text)), passage.language
    yield from ((one.text, one.language) for one in passage.questions)


def _terms(text: str, language: str) -> frozenset[str]:
    return concepts(text, language) | matters(text, language)


def _strange(text: str, known: Sequence[str], language: str) -> Iterator[str]:
    """The words of content in a text that stand in no form in what is known."""
    if name_subjects(text, language).tags:
        return
    said = fold_words(fold("\n".join(known)))
    light = light_words(language)
    if base(language) in _UNSPACED:
        pattern = "|".join(map(re.escape, sorted(light, key=len, reverse=True)))
        left = _NUMERAL.sub(" ", re.sub(pattern, " ", fold_words(fold(text))))
        runs = (run for run in _HAN.findall(left) if len(run) >= _SHORTEST)
        yield from (run for run in runs if run not in said)
        return
    words = set(_WORD.findall(said))
    idle = {word.rstrip("*") for entry in light for word in entry.split()}
    for word in _WORD.findall(fold_words(text)):
        if word not in idle and not is_form_of_any(word, words | idle):
            yield word
