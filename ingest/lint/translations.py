"""Whether the answers of one entry say the same in each language, and in the language they should.

A question column without its answer is no fault by itself: the desk answers in the language that is
there and says so. But where a table's answers come in several further languages, an entry that
has some of them must have all.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ingest.lint.contents import Content
from ingest.lint.findings import Finding, Rule
from ingest.lint.stated_figures import StatedFigures
from ingest.problems import Problem
from knowledge.errors import N_
from knowledge.language import UNDETERMINED, base, identify
from knowledge.passage import Passage

_LONG_ENOUGH = 40
_MAIN = ("zh-Hans", "zh-Hant", "en")
_NOT_ASKED = N_(
    "it is answered in {language}, but nobody asks for it there; add question:{language}."
)
_NOT_ANSWERED = N_(
    "it is asked in {language} and answered in {others}, but not in {language}; "
    "add answer:{language}."
)
_OTHER_LANGUAGE = N_("it should be in {language} and reads like {found}; move or translate it.")
_FIGURES_DIFFER = N_(
    "the answers in {one} and {other} give different figures ({figures}); "
    "look into the source and correct one."
)


def check_translations(content: Content) -> Iterator[Finding]:
    """What is not translated, is in the wrong column, or was changed on the way."""
    further = _further_languages(content)
    for passages in content.entries.values():
        yield from _unasked(content, passages)
        yield from _unanswered(content, passages, further)
        yield from _different_figures(content, passages)


def check_languages(content: Content) -> Iterator[Finding]:
    """Texts that are long enough to tell, and are not in the language that they should be in."""
    for one in content.document.passages:
        found = identify(one.text)
        if len(one.text) < _LONG_ENOUGH or found == UNDETERMINED:
            continue
        wanted = one.language if base(one.language) == "zh" else base(one.language)
        if found != wanted and not (base(found) == "zh" and one.language == "zh"):
            problem = Problem(_OTHER_LANGUAGE, {"language": one.language, "found": found})
            yield content.place(one, Rule.LANGUAGE, problem)


def check_counterparts(contents: Sequence[Content]) -> Iterator[Finding]:
    """Guides of one name in the folders of several languages: guides/en/x.md, guides/fr/x.md."""
    groups: dict[tuple[str, str], list[Content]] = {}
    for content in contents:
        *folders, language, name = ("", *content.document.id.split("/"))
        if base(language) == base(content.document.language) and not content.entries:
            groups.setdefault(("/".join(folders), name), []).append(content)
    for some in groups.values():
        for other in some[1:]:
            yield from _compare_documents(some[0], other)


def _further_languages(content: Content) -> frozenset[str]:
    """The languages beside the main ones in which the table gives answers at all."""
    given = (one.language for passages in content.entries.values() for one in passages)
    return frozenset(given) - frozenset(_MAIN)


def _asked(passages: Sequence[Passage]) -> frozenset[str]:
    return frozenset(variant.language for one in passages for variant in one.questions)


def _unasked(content: Content, passages: Sequence[Passage]) -> Iterator[Finding]:
    asked = _asked(passages)
    for one in passages:
        if one.language not in asked:
            problem = Problem(_NOT_ASKED, {"language": one.language})
            yield content.place(one, Rule.UNTRANSLATED, problem)


def _unanswered(
    content: Content, passages: Sequence[Passage], further: frozenset[str]
) -> Iterator[Finding]:
    given = frozenset(one.language for one in passages)
    if not given & further:
        return
    for language in sorted((_asked(passages) & further) - given):
        others = ", ".join(sorted(given & further))
        problem = Problem(_NOT_ANSWERED, {"language": language, "others": others})
        yield content.place(passages[0], Rule.UNTRANSLATED, problem)


def _different_figures(content: Content, passages: Sequence[Passage]) -> Iterator[Finding]:
    first = passages[0]
    stated = StatedFigures.of(first.text, first.language)
    for one in passages[1:]:
        missing = stated.differences(StatedFigures.of(one.text, one.language))
        if missing:
            values = _named(first.language, one.language, missing)
            yield content.place(one, Rule.FIGURES, Problem(_FIGURES_DIFFER, values))


def _compare_documents(one: Content, other: Content) -> Iterator[Finding]:
    stated = [
        StatedFigures.of("\n".join(each.text for each in content.document.passages), language)
        for content in (one, other)
        for language in (content.document.language,)
    ]
    missing = stated[0].differences(stated[1], counts=False)
    if missing:
        values = _named(one.document.language, other.document.language, missing)
        yield Finding(other.path, 1, Rule.FIGURES, "", Problem(_FIGURES_DIFFER, values))


def _named(one: str, other: str, missing: Sequence[str]) -> Mapping[str, str]:
    return {"one": one, "other": other, "figures": ", ".join(Counter(missing))}
