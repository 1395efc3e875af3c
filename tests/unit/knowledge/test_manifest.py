"""What the manifest remembers of a document."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from knowledge.embedding import HashEmbedder, Vectors
from knowledge.manifest import REMEMBERED, DocumentState, Ending, ManifestEntry
from knowledge.origin import Origin
from knowledge.passage import Audience, Document
from knowledge.shelf import ShelfReader, writing
from tests.unit.knowledge.stock import about, faq_document, text_document


def document(text: str, *, parser: str = "p1", audience: Audience = Audience.PUBLIC) -> Document:
    made = text_document("a.md", text, "Same.", source=about(begins="2025-01", audience=audience))
    origin = Origin(source_hash=f"hash of {text}", parser=parser, splitter="s1")
    return replace(made, origin=origin, content_hash=f"{text} {parser} {audience}")


def put(folder: Path, *documents: Document, moment: int = 0) -> ManifestEntry:
    def now() -> datetime:
        return datetime(2026, 1, 1 + moment, tzinfo=UTC)

    with writing(folder, HashEmbedder, now=now) as writer:
        for one in documents:
            writer.put(one, root="tests")
        writer.publish()
    return ShelfReader(folder, HashEmbedder.fingerprint).current()[0].documents["a.md"]


def test_everything_is_read_back(tmp_path: Path) -> None:
    entry = put(tmp_path, document("One."))
    assert entry.origin == Origin(source_hash="hash of One.", parser="p1", splitter="s1")
    assert (entry.version, entry.since, entry.history) == (1, "2026-01-01T00:00:00+00:00", ())
    assert (str(entry.effective_from), entry.issued) == ("2025-01", None)
    assert entry.state is DocumentState.COMPLETE


def test_each_version_says_what_ended_it(tmp_path: Path) -> None:
    put(tmp_path, document("One."))
    put(tmp_path, document("Two."), moment=1)
    put(tmp_path, document("Two.", parser="p2"), moment=2)
    entry = put(tmp_path, document("Two.", parser="p2", audience=Audience.STAFF), moment=3)
    assert [past.ended for past in entry.history] == [
        Ending.CHANGED,
        Ending.REREAD,
        Ending.AUDIENCE,
    ]
    assert [past.number for past in entry.history] == [1, 2, 3]
    assert entry.history[0].since == "2026-01-01T00:00:00+00:00"
    assert entry.history[0].until == entry.history[1].since == "2026-01-02T00:00:00+00:00"
    assert entry.history[0].source_hash == "hash of One."
    assert entry.version == 4


def test_the_same_again_is_the_same_version(tmp_path: Path) -> None:
    first = put(tmp_path, document("One."))
    again = put(tmp_path, document("One."), moment=5)
    assert (again.version, again.since, again.history) == (1, first.since, ())


def test_only_the_last_versions_are_remembered(tmp_path: Path) -> None:
    for number in range(REMEMBERED + 3):
        entry = put(tmp_path, document(f"Text {number}."), moment=number)
    assert entry.version == REMEMBERED + 3
    assert [past.number for past in entry.history] == list(range(3, REMEMBERED + 3))


def test_what_is_not_all_there_says_so(tmp_path: Path) -> None:
    lacking = document("One.")
    lacking = replace(lacking, origin=replace(lacking.origin, complete=False))
    assert put(tmp_path, lacking).state is DocumentState.INCOMPLETE


class Counting(HashEmbedder):
    """Remembers what it had to embed."""

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return super().embed_questions(texts)


def embed(folder: Path, made: Document) -> tuple[int, list[str]]:
    """How many passages are told to have been embedded, and what was."""
    embedder = Counting()
    with writing(folder, lambda: embedder) as writer:
        count = writer.put(made, root="tests")
        writer.publish()
    return count, embedder.embedded


def test_one_changed_paragraph_embeds_only_what_changed(tmp_path: Path) -> None:
    embed(tmp_path, text_document("a.md", "One.", "Two.", "Three."))
    count, embedded = embed(tmp_path, text_document("a.md", "One.", "Zwei.", "Three."))
    assert count == len(embedded) == 1
    assert "zwei" in embedded[0].lower()


def test_a_changed_date_embeds_nothing(tmp_path: Path) -> None:
    embed(tmp_path, text_document("a.md", "One.", source=about(ends="2026")))
    assert embed(tmp_path, text_document("a.md", "One.", source=about(ends="2027"))) == (0, [])


def test_a_changed_answer_does_not_embed_its_questions_again(tmp_path: Path) -> None:
    embed(tmp_path, faq_document("f.csv", {"en": ("What is the fee?", "300 yuan.")}))
    count, embedded = embed(
        tmp_path, faq_document("f.csv", {"en": ("What is the fee?", "400 yuan.")})
    )
    assert (count, len(embedded)) == (1, 1)


def test_a_file_of_another_name_embeds_nothing(tmp_path: Path) -> None:
    source = replace(about(), title="Rule")
    moved = [
        replace(text_document(name, "One.", source=source), origin=Origin(source_hash="same"))
        for name in ("a.md", "b.md")
    ]
    embed(tmp_path, moved[0])
    assert embed(tmp_path, moved[1]) == (0, [])
