"""Documents for small shelves."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.dates import PartialDate
from knowledge.embedding import Embedder, HashEmbedder
from knowledge.passage import (
    Audience,
    Document,
    Passage,
    PassageKind,
    Provenance,
    QuestionVariant,
)
from knowledge.shelf import writing

Answers = Mapping[str, tuple[str, str]]
"""Question and answer of a FAQ entry, by language."""


def day(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def about(
    *, audience: Audience = Audience.PUBLIC, begins: str = "", ends: str = "", title: str = ""
) -> Provenance:
    return Provenance(
        title=title, audience=audience, effective_from=day(begins), effective_to=day(ends)
    )


def text_document(
    name: str, *texts: str, language: str = "en", source: Provenance | None = None
) -> Document:
    """A document whose passages are these texts."""
    provenance = _titled(source, name)
    passages = [
        Passage(
            id="",
            document=name,
            ordinal=0,
            kind=PassageKind.TEXT,
            language=language,
            locator=f"§ {number}",
            text=text,
            provenance=provenance,
        )
        for number, text in enumerate(texts, start=1)
    ]
    return _document(name, language, provenance, passages)


def faq_document(name: str, *entries: Answers, source: Provenance | None = None) -> Document:
    """A FAQ table: each entry has a question and an answer in every language that is given."""
    provenance = _titled(source, name)
    passages = [
        Passage(
            id="",
            document=name,
            ordinal=0,
            kind=PassageKind.FAQ,
            language=language,
            locator=f"E-{number}",
            text=answer,
            provenance=replace(provenance, title=question),
            questions=(QuestionVariant(question, language),),
            entry=f"E-{number}",
        )
        for number, entry in enumerate(entries, start=1)
        for language, (question, answer) in entry.items()
    ]
    return _document(name, passages[0].language, provenance, passages)


def stock(
    folder: Path, *documents: Document, embedder: Embedder | None = None, drop: Sequence[str] = ()
) -> list[int]:
    """Put and drop, publish, and return how many passages of each document were embedded."""
    with writing(folder, lambda: embedder or HashEmbedder()) as writer:
        embedded = [writer.put(document, root="tests") for document in documents]
        for name in drop:
            writer.drop(name)
        writer.publish()
    return embedded


def _titled(source: Provenance | None, name: str) -> Provenance:
    source = source or Provenance(title="")
    return replace(source, title=source.title or name)


def _document(
    name: str, language: str, provenance: Provenance, passages: Sequence[Passage]
) -> Document:
    placed = tuple(
        one.placed(ordinal=ordinal, identifier=f"{name}#{ordinal}-{_digest(one)}")
        for ordinal, one in enumerate(passages)
    )
    content = _digest(*placed)
    return Document(
        id=name, content_hash=content, provenance=provenance, language=language, passages=placed
    )


def _digest(*passages: Passage) -> str:
    return hashlib.sha256(repr(passages).encode()).hexdigest()[:8]
