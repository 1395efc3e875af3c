"""Two sources that both answer, and say different things."""

from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import pytest

from benchmarks.fit_decision import read_starter
from knowledge.answer import Conflicting
from knowledge.conflicts import find_disagreement
from knowledge.language import base
from knowledge.lexical import LexicalIndex, tokenise
from knowledge.passage import Audience, Document, Passage, Provenance, Trust
from knowledge.policy_time import Period, held
from tests.unit.knowledge.asking import TODAY, answered, ask
from tests.unit.knowledge.stock import about, stock, text_document

STAY = "A foreign actor may stay in China for up to {} days for a short shoot."

QUESTION = "How many days may a foreign actor stay for a short shoot?"


def _stay(name: str, days: str, source: Provenance | None = None) -> Document:
    return text_document(name, STAY.format(days), source=source)


def test_two_sources_that_disagree_are_not_chosen_between(tmp_path: Path) -> None:
    stock(tmp_path, _stay("one.md", "90"), _stay("two.md", "60"))
    finding = ask(tmp_path, QUESTION)
    assert isinstance(finding, Conflicting)
    assert {citation.quote for citation in finding.citations} == {
        STAY.format("90"),
        STAY.format("60"),
    }
    for citation in finding.citations:
        assert citation.quote in citation.passage.text


def test_sources_that_agree_do_not_disagree(tmp_path: Path) -> None:
    stock(tmp_path, _stay("one.md", "90"), _stay("two.md", "ninety"))
    answered(ask(tmp_path, QUESTION))


@pytest.mark.parametrize(
    "other",
    [
        replace(about(ends="2025-12-31"), title="Old"),
        replace(about(begins="2027-01-01"), title="Coming"),
        replace(about(), trust=Trust.LOW),
        about(audience=Audience.STAFF),
    ],
)
def test_only_what_may_answer_can_disagree(tmp_path: Path, other: Provenance) -> None:
    stock(tmp_path, _stay("one.md", "90"), _stay("two.md", "60", other))
    found = answered(ask(tmp_path, QUESTION))
    assert found.text == f"{STAY.format('90')} [1]"


def test_a_rule_that_says_what_it_replaces_wins(tmp_path: Path) -> None:
    new = replace(about(), title="New", replaces=("Notice 7",))
    old = replace(about(), title="Old", number="Notice 7")
    stock(tmp_path, _stay("old.md", "90", old), _stay("new.md", "60", new))
    found = answered(ask(tmp_path, "How long may a foreign actor stay in China?"))
    assert found.text == f"{STAY.format('60')} [1]"


def test_two_places_may_have_two_rules(tmp_path: Path) -> None:
    sources = [
        replace(about(), title=city, issuer=f"Bureau of {city}") for city in ("Shenzhen", "Beijing")
    ]
    fee = "The filing of a drama takes {} working days at the bureau."
    stock(
        tmp_path,
        *(
            text_document(f"{source.title}.md", fee.format(days), source=source)
            for source, days in zip(sources, ("five", "nine"), strict=True)
        ),
    )
    found = answered(ask(tmp_path, "How many working days does the filing of a drama take?"))
    assert found.by_place
    assert {citation.quote for citation in found.citations} == {
        fee.format("five"),
        fee.format("nine"),
    }
    assert {citation.passage.provenance.issuer for citation in found.citations} == {
        "Bureau of Shenzhen",
        "Bureau of Beijing",
    }


FEES = {
    "zh-Hans": ("深圳的备案费用是每部剧{}元，由公司向主管部门缴纳。", "300", "500"),
    "ru": ("Регистрация драмы в бюро стоит {} юаней за каждую серию.", "300", "500"),
    "ja": ("ドラマの届出には窓口で{}営業日かかります。", "5", "9"),
}


@pytest.mark.parametrize("language", FEES)
def test_figures_disagree_in_any_language(language: str) -> None:
    text, one, other = FEES[language]
    assert _disagree(text.format(one), text.format(other), language)
    assert not _disagree(text.format(one), text.format(one), language)


@pytest.mark.parametrize(
    ("one", "other", "disagree"),
    [
        (
            "A child may act in the drama at night.",
            "A child may not act in the drama at night.",
            True,
        ),
        ("The stay is 30 days in Japan.", "The stay is 60 days in Korea.", False),
        ("The fee of the office is 300 yuan.", "Dogs over 500 yuan stay outside.", False),
        (
            "In 2024 the firms earned 12 million yuan.",
            "In 2025 the firms earned 15 million yuan.",
            False,
        ),
        ("The fine is 5,000 to 20,000 yuan.", "The fine is 5,000 to 30,000 yuan.", True),
        ("The permit is valid for two weeks.", "The permit is valid for 14 days.", False),
        (
            "The rule of 5 May 2024 asks for a form.",
            "The rule of 6 May 2024 asks for a form.",
            False,
        ),
    ],
)
def test_only_what_cannot_both_be_right_disagrees(one: str, other: str, disagree: bool) -> None:  # noqa: FBT001
    assert _disagree(one, other, "en") is disagree


def test_a_translation_is_compared_by_what_it_names() -> None:
    chinese = _document("zh.md", "雇主申请外国演员的工作许可，承诺7个工作日办结。", "zh-Hans")
    english = (
        "The employer applies for the foreign actor's work permit, promised in {} working days."
    )
    for days, disagrees in (("7", False), ("45", True)):
        other = _document("en.md", english.format(days), "en")
        found = find_disagreement(chinese, [other], "How long does it take?", _likeness)
        assert bool(found) is disagrees


def test_the_starter_knowledge_does_not_contradict_itself() -> None:
    """Every live source against every other one, whatever is asked."""
    entries: dict[tuple[str, str], list[Passage]] = {}
    for document in read_starter():
        for one in document.passages:
            source = one.provenance
            if source.trust.answers and held(source, Period(TODAY, TODAY)):
                entries.setdefault((document.id, one.entry or one.id), []).append(one)
    candidates = [
        SimpleCandidate(tuple(one for one in some if base(one.language) == "zh"))
        for some in entries.values()
    ]
    live = [one for one in candidates if one.passages]
    index = LexicalIndex.build([one.text for each in live for one in each.passages])

    def likeness(one: str, other: str) -> float:
        return min(index.share(one, [other]), index.share(other, [one]))

    found = [
        (one.passage.locator, other.passage.locator)
        for one, other in combinations(live, 2)
        if find_disagreement(one, [other], "能不能，多久，多少钱，比例是多少？", likeness)
    ]
    assert len(live) > 200
    assert found == []


@dataclass(frozen=True)
class SimpleCandidate:
    passages: tuple[Passage, ...]

    @property
    def passage(self) -> Passage:
        return self.passages[0]


def _document(name: str, text: str, language: str) -> SimpleCandidate:
    return SimpleCandidate(text_document(name, text, language=language).passages)


def _disagree(one: str, other: str, language: str) -> bool:
    pair = [_document(f"{name}.md", text, language) for name, text in (("a", one), ("b", other))]
    return bool(find_disagreement(pair[0], pair[1:], "May I?", _likeness))


def _likeness(one: str, other: str) -> float:
    mine, theirs = set(tokenise(one)), set(tokenise(other))
    return len(mine & theirs) / max(len(mine), len(theirs), 1)
