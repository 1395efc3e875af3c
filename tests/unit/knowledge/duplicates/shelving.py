"""The links of small shelves, without files."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from knowledge.duplicates.links import Links
from knowledge.duplicates.register import Register
from knowledge.embedding import Embedder, HashEmbedder, Vectors
from knowledge.passage import Audience, Document, Passage, Provenance
from knowledge.passage_table import LivePassage, PassageTable
from knowledge.shelf import searchable
from tests.unit.knowledge.stock import day, text_document

TODAY = date(2026, 11, 22)
EVERYBODY = (Audience.PUBLIC,)
STAFF = tuple(Audience)


def source(
    title: str,
    *,
    issuer: str = "Lantern Harbour",
    number: str = "",
    audience: Audience = Audience.PUBLIC,
    **days: str,
) -> Provenance:
    """A source; ``days`` are ``issued``, ``begins``, ``ends`` and ``checked``."""
    return Provenance(
        title=title,
        issuer=issuer,
        number=number,
        issued=day(days.get("issued", "")),
        effective_from=day(days.get("begins", "")),
        effective_to=day(days.get("ends", "")),
        checked=day(days.get("checked", "")),
        audience=audience,
    )


def link(
    *documents: Document,
    known: Links | None = None,
    before: Sequence[Document] = (),
    embedder: Embedder | None = None,
) -> Links:
    """The links of a shelf with these documents; ``known`` are those of the shelf before."""
    passages = [one for document in documents for one in document.passages]
    table = _table(documents)
    model = embedder or HashEmbedder()

    def embed(rows: Sequence[int]) -> Vectors:
        texts = [searchable(passages[row]) for row in rows]
        return np.asarray(model.embed_passages(texts), dtype=np.float32)

    def mean(_: str) -> Vectors:
        return np.zeros(1, dtype=np.float32)

    return Register(
        known or Links(), _table(before), table, lambda row: passages[row], embed, mean
    ).update()


def hidden(links: Links, *audiences: Audience, on: date | None = TODAY) -> set[str]:
    """The documents of the passages that these readers get no hit on."""
    served = links.give_way(audiences or EVERYBODY, on)
    return {name.partition("#")[0] for name in served}


def with_passages(document: Document, **changes: object) -> Document:
    """The document, each passage with these values."""
    changed: list[Passage] = [replace(one, **changes) for one in document.passages]  # type: ignore[arg-type]
    return replace(document, passages=tuple(changed))


def _table(documents: Sequence[Document]) -> PassageTable:
    return PassageTable.of([LivePassage.of(one) for each in documents for one in each.passages])


__all__ = ["EVERYBODY", "STAFF", "TODAY", "hidden", "link", "source", "text_document"]
