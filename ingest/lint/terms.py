"""Whether names and terms are written alike everywhere.

A Chinese term that stands in brackets in a text of another language must be known: to the glossary,
or from a Chinese text among the documents. Titles of rules that differ by a character or two, the
brackets of their numbers, and the capitals of names are compared over all documents.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from ingest.lint.contents import Content
from ingest.lint.findings import Finding, Rule
from ingest.problems import Problem
from knowledge.errors import N_
from knowledge.glossary import load_glossary
from knowledge.language import base
from knowledge.normalisation import fold
from knowledge.passage import Passage

_HAN = r"\u3400-\u9fff"
_GLOSS = re.compile(rf"[(（][《“]?([{_HAN}][{_HAN}·、]{{1,19}})[》”]?[)）]")
_TITLE = re.compile(r"《([^《》]{4,60})》")
_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,12})\s*[〔\[［(（]((?:19|20)\d{2})[〕\]］)）]\s*第?(\d{1,5})\s*[号號]"
)
_NAME = re.compile(
    r"(?<![\w@./-])([A-Z][a-z]+(?:[A-Z][a-z]*)+|[A-Z][a-z]{3,}[A-Z]?[a-z]*)(?![\w@/-])"
)
_INNER = re.compile(r"[a-z][A-Z]")
_ALIKE = 0.88
_UNKNOWN = N_(
    "{term} is in no glossary and in no Chinese text here; "
    "correct it, or write the Chinese text that has it."
)
_SPELT = N_("{name} is written {usual} elsewhere; write it in one way.")


def check_terms(contents: Sequence[Content]) -> Iterator[Finding]:
    """Terms that nothing explains, and names that are written in two ways."""
    yield from _unknown(contents)
    yield from _other_titles(contents)
    yield from _other_numbers(contents)
    yield from _other_capitals(contents)


def _unknown(contents: Sequence[Content]) -> Iterator[Finding]:
    passages = [(content, one) for content in contents for one in content.document.passages]
    chinese = fold("\n".join(_said(one) for _, one in passages if base(one.language) == "zh"))
    chinese += "\n".join(form for forms in load_glossary().values() for form in forms.get("zh", ()))
    for content, one in passages:
        if base(one.language) in {"zh", "ja"} or not chinese:
            continue
        for term in dict.fromkeys(_GLOSS.findall(one.text)):
            if fold(term) not in chinese:
                yield content.place(one, Rule.TERM, Problem(_UNKNOWN, {"term": term}))


def _said(passage: Passage) -> str:
    source = passage.provenance
    asked = (variant.text for variant in passage.questions)
    return "\n".join((source.title, source.issuer, *passage.headings, *asked, passage.text))


def _other_titles(contents: Sequence[Content]) -> Iterator[Finding]:
    """Titles of the same length, or a character longer, that are nearly the same."""
    used = _uses(contents, lambda text: [fold(title) for title in _TITLE.findall(text)])
    for one, other in combinations(sorted(used), 2):
        figures = [re.findall(r"\d+", title) for title in (one, other)]
        if figures[0] != figures[1] or one in other or other in one:
            continue
        if SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE:
            yield from _name_rarer(used, one, other)


def _other_numbers(contents: Sequence[Content]) -> Iterator[Finding]:
    """广电办发[2024]35号 for 广电办发〔2024〕35号, where both are written."""
    used = _uses(contents, lambda text: [match.group() for match in _NUMBER.finditer(text)])
    forms: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for written in used:
        match = _NUMBER.fullmatch(written)
        if match:
            forms[match.groups()].add(written)
    for some in forms.values():
        for one, other in combinations(sorted(some), 2):
            yield from _name_rarer(used, one, other)


def _other_capitals(contents: Sequence[Content]) -> Iterator[Finding]:
    """Dramabox for DramaBox; only names that have a capital inside somewhere."""
    used = _uses(contents, _NAME.findall)
    forms: dict[str, set[str]] = defaultdict(set)
    for written in used:
        forms[written.lower()].add(written)
    for some in forms.values():
        if any(_INNER.search(one) for one in some):
            for one, other in combinations(sorted(some), 2):
                yield from _name_rarer(used, one, other)


_Uses = dict[str, list[tuple[Content, Passage]]]


def _uses(contents: Sequence[Content], find: Callable[[str], Sequence[str]]) -> _Uses:
    """Where each name stands, in answers and texts: questions are written as people type."""
    used: _Uses = defaultdict(list)
    for content in contents:
        for one in content.document.passages:
            for name in dict.fromkeys(find(one.text)):
                used[name].append((content, one))
    return used


def _name_rarer(used: _Uses, one: str, other: str) -> Iterator[Finding]:
    """The places of the form that is used less."""
    counts = Counter({name: len(used[name]) for name in (one, other)})
    usual, rarer = (name for name, _ in counts.most_common())
    for content, passage in used[rarer]:
        problem = Problem(_SPELT, {"name": rarer, "usual": usual})
        yield content.place(passage, Rule.TERM, problem)
