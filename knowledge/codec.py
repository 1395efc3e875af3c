"""Passages as the bytes that a generation keeps of them, and back."""

import json
from typing import Any

from knowledge.dates import PartialDate
from knowledge.passage import (
    Audience,
    Passage,
    PassageKind,
    Provenance,
    QuestionVariant,
    Trust,
)

_DATES = ("issued", "effective_from", "effective_to", "checked")


def encode(passage: Passage) -> bytes:
    """Return everything of a passage, as JSON."""
    source = passage.provenance
    stored = {
        "id": passage.id,
        "document": passage.document,
        "ordinal": passage.ordinal,
        "kind": passage.kind,
        "language": passage.language,
        "locator": passage.locator,
        "entry": passage.entry,
        "text": passage.text,
        "headings": passage.headings,
        "questions": [[variant.text, variant.language] for variant in passage.questions],
        "provenance": {
            "title": source.title,
            "issuer": source.issuer,
            "number": source.number,
            "url": source.url,
            "trust": source.trust,
            "audience": source.audience,
            "topics": source.topics,
            "replaces": source.replaces,
            **{name: str(getattr(source, name) or "") for name in _DATES},
        },
    }
    return json.dumps(stored, ensure_ascii=False).encode()


def decode(stored: bytes) -> Passage:
    """Return the passage that :func:`encode` described."""
    about = json.loads(stored)
    return Passage(
        id=about["id"],
        document=about["document"],
        ordinal=about["ordinal"],
        kind=PassageKind(about["kind"]),
        language=about["language"],
        locator=about["locator"],
        entry=about["entry"],
        text=about["text"],
        headings=tuple(about["headings"]),
        questions=tuple(QuestionVariant(*pair) for pair in about["questions"]),
        provenance=_provenance(about["provenance"]),
    )


def _provenance(about: dict[str, Any]) -> Provenance:
    dates = {name: PartialDate.parse(about[name]) if about[name] else None for name in _DATES}
    return Provenance(
        title=about["title"],
        issuer=about["issuer"],
        number=about["number"],
        url=about["url"],
        trust=Trust(about["trust"]),
        topics=tuple(about["topics"]),
        replaces=tuple(about.get("replaces", ())),  # a shelf that was stocked before has none
        audience=Audience(about["audience"]),
        **dates,
    )
