"""Passages as the bytes that a generation keeps of them, and back."""

import json
from typing import Any

from knowledge.dates import PartialDate
from knowledge.jurisdiction import Jurisdiction
from knowledge.passage import (
    Audience,
    Passage,
    PassageKind,
    Provenance,
    QuestionVariant,
    Trust,
)

_DATES = ("issued", "effective_from", "effective_to", "checked", "review_by")


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
            "jurisdiction": str(source.jurisdiction or ""),
            "owner": source.owner,
            "translation_of": source.translation_of,
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
    # What a shelf that was stocked by an earlier version does not say is empty.
    written = {name: about.get(name, "") for name in (*_DATES, "jurisdiction")}
    dates = {name: PartialDate.parse(written[name]) if written[name] else None for name in _DATES}
    place = written["jurisdiction"]
    return Provenance(
        title=about["title"],
        issuer=about["issuer"],
        number=about["number"],
        url=about["url"],
        trust=Trust(about["trust"]),
        topics=tuple(about["topics"]),
        replaces=tuple(about.get("replaces", ())),
        jurisdiction=Jurisdiction.parse(place) if place else None,
        owner=about.get("owner", ""),
        translation_of=about.get("translation_of", ""),
        audience=Audience(about["audience"]),
        **dates,
    )
