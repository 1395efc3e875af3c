"""What is put before a person as a draft, and what is not."""

from dataclasses import replace
from pathlib import Path

from knowledge.answer import Inquiry
from knowledge.embedding import HashEmbedder
from knowledge.jurisdiction import Jurisdiction, Level
from knowledge.library import Library
from knowledge.passage import Audience, Trust
from knowledge.proposing import Proposal
from tests.unit.knowledge.asking import TODAY
from tests.unit.knowledge.judges import make_judge
from tests.unit.knowledge.stock import about, stock, text_document

QUESTION = "What is the fee in yuan?"
FEE = "The fee is 300 yuan."


def propose(folder: Path, text: str = QUESTION, audience: Audience = Audience.PUBLIC) -> Proposal:
    inquiry = Inquiry(text=text, readable=("en",), audience=audience, today=TODAY)
    return Library(folder, HashEmbedder(), make_judge()).propose(inquiry)


def test_a_proposal_quotes_what_it_cites(tmp_path: Path) -> None:
    stock(tmp_path, text_document("fees.md", FEE))
    found = propose(tmp_path).found
    assert found is not None
    (citation,) = found.citations
    assert citation.quote == FEE == citation.passage.text
    assert found.text == f"{FEE} [1]"


def test_what_may_not_answer_is_not_proposed_either(tmp_path: Path) -> None:
    recalled = replace(about(), trust=Trust.RECALLED)
    lapsed = about(ends="2024-12-31")
    stock(
        tmp_path,
        text_document("recalled.md", FEE, source=recalled),
        text_document("lapsed.md", "The fee is 200 yuan.", source=lapsed),
        text_document("other.md", "The office opens at nine."),
    )
    assert propose(tmp_path).found is None


def test_nobody_is_sent_what_they_may_not_see(tmp_path: Path) -> None:
    stock(
        tmp_path,
        text_document("fees.md", FEE, source=about(audience=Audience.STAFF)),
        text_document("other.md", "The office opens at nine."),
    )
    assert propose(tmp_path).found is None
    assert propose(tmp_path, audience=Audience.STAFF).found is not None


def test_what_differs_by_country_is_asked_for(tmp_path: Path) -> None:
    rules = [
        text_document(
            f"{code}.md",
            f"The fee for a game is {number} yuan.",
            source=replace(about(), jurisdiction=Jurisdiction(Level.ABROAD, (code,))),
        )
        for number, code in ((300, "KR"), (500, "BR"))
    ]
    stock(tmp_path, *rules)
    question = "What is the fee for a game in yuan?"
    assert propose(tmp_path, question).differs == {Level.ABROAD}
    assert propose(tmp_path, f"{question} In Brazil.").differs == frozenset()
