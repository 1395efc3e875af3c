"""Which of a question's words a candidate has is read off the index, and is true of its texts."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from knowledge.embedding import HashEmbedder
from knowledge.lexical import tokenise
from knowledge.passage import Document, Passage
from knowledge.shared_words import SharedWords, Shares
from knowledge.shelf import ShelfReader
from knowledge.snapshot import Snapshot
from tests.unit.knowledge.stock import about, faq_document, stock, text_document

FAQ = faq_document(
    "faq.csv",
    {
        "en": ("Which visa does an actor need?", "A work permit comes first."),
        "zh-Hans": ("演员要办什么签证？", "先办工作许可。"),
    },
    {"en": ("What is the filing fee?", "It is 300 yuan.")},
)
TEXT = text_document(
    "rule.md",
    "The permit of an actor\nis issued in ten days.",
    "Contracts have two languages.",
    source=about(title="Visa rules"),
)
QUESTIONS = (
    "Which visa does an actor need for ten days?",
    "演员签证",
    "permit",
    "visa",
    "Is the filing fee 300 yuan?",
    "unheard of",
)


def read(folder: Path, *documents: Document) -> Snapshot:
    stock(folder, *documents)
    return ShelfReader(folder, HashEmbedder.fingerprint).current()[0]


def shares(snapshot: Snapshot, question: str, passages: Sequence[Passage]) -> Shares:
    live = [snapshot.table.passage(snapshot.table.rows[one.id]) for one in passages]
    words = SharedWords.of(question, snapshot.lexical, snapshot.table, live)
    return words.shares(passages)


def read_all(snapshot: Snapshot) -> list[Passage]:
    return snapshot.read([snapshot.table.passage(row) for row in range(len(snapshot.table))])


def share_in(snapshot: Snapshot, question: str, texts: Sequence[str]) -> float:
    """The share as it is defined: of the question's IDF mass, what the texts' tokens have."""
    idf = snapshot.lexical.idf_of(question)
    found = {token for text in texts for line in text.split("\n") for token in tokenise(line)}
    return sum(weight for token, weight in idf.items() if token in found) / sum(idf.values())


@pytest.mark.parametrize("question", QUESTIONS)
def test_shares_are_those_of_the_texts(tmp_path: Path, question: str) -> None:
    snapshot = read(tmp_path, FAQ, TEXT)
    for passage in read_all(snapshot):
        title = "\n".join((passage.provenance.title, *passage.headings))
        variants = [variant.text for variant in passage.questions]
        found = shares(snapshot, question, [passage])
        assert found.whole == pytest.approx(
            share_in(snapshot, question, [passage.text, title, *variants])
        )
        assert found.answer == pytest.approx(share_in(snapshot, question, [passage.text]))
        best = max((share_in(snapshot, question, [one]) for one in variants), default=0.0)
        assert found.asked == pytest.approx(best)


def test_a_title_is_no_part_of_the_answer(tmp_path: Path) -> None:
    snapshot = read(tmp_path, TEXT)
    found = shares(snapshot, "visa", read_all(snapshot)[:1])
    assert (found.whole, found.answer, found.asked) == (1.0, 0.0, 0.0)


def test_the_answers_of_an_entry_count_together_and_its_questions_one_by_one(
    tmp_path: Path,
) -> None:
    snapshot = read(tmp_path, FAQ)
    entry = [one for one in read_all(snapshot) if one.entry == read_all(snapshot)[0].entry]
    assert {one.language for one in entry} == {"en", "zh-Hans"}
    question = "visa 工作许可 签证"
    together = shares(snapshot, question, entry)
    assert together.whole == pytest.approx(1.0)
    assert together.answer == pytest.approx(
        share_in(snapshot, question, [one.text for one in entry])
    )
    # "visa" stands in one question and 签证 in the other.
    assert together.asked < share_in(snapshot, question, ["visa 签证"])


def test_a_question_without_words_shares_nothing(tmp_path: Path) -> None:
    snapshot = read(tmp_path, FAQ)
    assert shares(snapshot, "?!", read_all(snapshot)) == Shares(0.0, 0.0, 0.0)
