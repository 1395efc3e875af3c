"""What a second look at the best hits changes, and what it must not."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.answer import Found, Inquiry, NotFound
from knowledge.embedding import HashEmbedder
from knowledge.errors import RerankerError
from knowledge.library import Library
from knowledge.passage import Audience
from knowledge.reranking import Reranker
from tests.fakes.rerankers import SetReranker
from tests.unit.knowledge.judges import make_judge
from tests.unit.knowledge.stock import about, faq_document, stock, text_document

FEES = [f"The filing fee of class {name} is 300 yuan." for name in ("oak", "elm", "ash")]
OTHERS = [f"Something else, number {number}, about cats." for number in range(30)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    stock(tmp_path, text_document("fees.md", *FEES), text_document("others.md", *OTHERS))
    return tmp_path


def find(folder: Path, reranker: Reranker | None, limit: int = 50) -> list[str]:
    library = Library(folder, HashEmbedder(), make_judge(), reranker)
    found = library.search(
        "What is the filing fee?", language="en", audience=Audience.PUBLIC, limit=limit
    )
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    return [one.passage.text for one in found]


@pytest.mark.parametrize("first", range(3))
def test_what_it_finds_better_goes_first(folder: Path, first: int) -> None:
    name = FEES[first].split()[5]
    assert find(folder, None)[:3] != find(folder, SetReranker(oak=0.1, elm=0.1, ash=0.2))[::-1][:3]
    assert find(folder, SetReranker(**{name: 0.99}))[0] == FEES[first]


def test_it_reads_only_the_best_and_loses_none(folder: Path) -> None:
    reranker = SetReranker(cats=0.3)
    plain = find(folder, None)
    reranked = find(folder, reranker)
    assert sorted(reranked) == sorted(plain)
    assert len(reranker.read) == 16
    read = {text for text in plain if any(text in one for one in reranker.read)}
    assert {text for text in reranked[:13] if "cats" in text} <= read


def test_it_reads_nothing_that_the_asker_may_not_see(tmp_path: Path) -> None:
    stock(
        tmp_path,
        text_document("a.md", "The fee is 300 yuan."),
        text_document("b.md", "The secret fee is 3.", source=about(audience=Audience.STAFF)),
    )
    reranker = SetReranker(secret=0.99)
    assert find(tmp_path, reranker) == ["The fee is 300 yuan."]
    assert not any("secret" in text for text in reranker.read)


def consult(folder: Path, reranker: Reranker | None) -> Found | NotFound:
    stock(folder, faq_document("f.csv", {"en": ("What is the filing fee?", "300 yuan.")}))
    library = Library(folder, HashEmbedder(), make_judge(), reranker)
    inquiry = Inquiry(
        text="What is the filing fee?",
        readable=("en",),
        audience=Audience.PUBLIC,
        today=date(2026, 1, 1),
        spoken="en",
    )
    finding = library.consult(inquiry)
    assert isinstance(finding, Found | NotFound)
    return finding


def test_it_makes_no_answer_more_likely(tmp_path: Path) -> None:
    plain = consult(tmp_path / "plain", None)
    sure = consult(tmp_path / "sure", SetReranker(yuan=0.999))
    assert sure.confidence == plain.confidence


def test_it_makes_an_answer_less_likely(tmp_path: Path) -> None:
    plain = consult(tmp_path / "plain", None)
    doubting = consult(tmp_path / "doubting", SetReranker(yuan=0.2))
    assert doubting.confidence < plain.confidence


def test_it_is_tried_before_the_first_question(folder: Path) -> None:
    class Broken:
        def score(self, *_: object) -> object:
            raise RerankerError(model="broken", problem="It is not there.")

    library = Library(folder, HashEmbedder(), make_judge(), Broken())  # type: ignore[arg-type]  # it never scores
    with pytest.raises(RerankerError, match="HELPDESK_RERANKER"):
        library.warm_up()
