"""Passages as the strings that the vector store keeps beside their text, and back."""

import json
from collections.abc import Mapping
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


def encode(passage: Passage) -> dict[str, str]:
    """Return everything of a passage but its id and text, as metadata of strings."""
    source = passage.provenance
    about: dict[str, object] = {
        "title": source.title,
        "issuer": source.issuer,
        "number": source.number,
        "url": source.url,
        "trust": source.trust,
        "topics": list(source.topics),
        **{name: str(getattr(source, name) or "") for name in _DATES},
    }
    return {
        "document": passage.document,
        "ordinal": str(passage.ordinal),
        "kind": passage.kind,
        "language": passage.language,
        "locator": passage.locator,
        "entry": passage.entry,
        "audience": source.audience,
        "headings": json.dumps(passage.headings, ensure_ascii=False),
        "questions": json.dumps(
            [[variant.text, variant.language] for variant in passage.questions], ensure_ascii=False
        ),
        "provenance": json.dumps(about, ensure_ascii=False),
    }


def decode(identifier: str, text: str, stored: Mapping[str, str]) -> Passage:
    """Return the passage that :func:`encode` described."""
    return Passage(
        id=identifier,
        document=stored["document"],
        ordinal=int(stored["ordinal"]),
        kind=PassageKind(stored["kind"]),
        language=stored["language"],
        locator=stored["locator"],
        entry=stored["entry"],
        text=text,
        headings=tuple(json.loads(stored["headings"])),
        questions=tuple(QuestionVariant(*pair) for pair in json.loads(stored["questions"])),
        provenance=_provenance(json.loads(stored["provenance"]), Audience(stored["audience"])),
    )


def _provenance(about: dict[str, Any], audience: Audience) -> Provenance:
    dates = {name: PartialDate.parse(about[name]) if about[name] else None for name in _DATES}
    return Provenance(
        title=about["title"],
        issuer=about["issuer"],
        number=about["number"],
        url=about["url"],
        trust=Trust(about["trust"]),
        topics=tuple(about["topics"]),
        audience=audience,
        **dates,
    )
