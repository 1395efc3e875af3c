"""A FAQ entry as a row of the table.

Its confidence is M: one source, which a colleague read and an editor approved. Where no source was
named, the centre itself is the source, on the day on which the colleague wrote it.
"""

from collections import defaultdict
from datetime import tzinfo
from typing import Final

from bot.desk.faq_entry import FaqEntry, is_address
from handlers.faq.table import Row
from knowledge.passage import Provenance, Trust

CONFIDENCE: Final = Trust.MEDIUM


def as_row(entry: FaqEntry, *, issuer: str, source: Provenance | None, zone: tzinfo) -> Row:
    """The row; ``issuer`` is how the centre calls itself, ``source`` what staff named.

    Its day is the one that it was in the centre's time ``zone``.
    """
    content, day = entry.content, entry.made_at.astimezone(zone).date().isoformat()
    questions: dict[str, list[str]] = defaultdict(list)
    for one in content.questions:
        questions[f"question:{one.language}"].append(one.text)
    return {
        "id": entry.key,
        "language": content.language,
        "audience": content.audience.value,
        "confidence": CONFIDENCE.value,
        "checked": day,
        "jurisdiction": content.jurisdiction,
        "review_by": content.review_by.isoformat(),
        "owner": content.owner,
        **_name_source(content.source, issuer=issuer, day=day, source=source),
        **{name: "\n".join(texts) for name, texts in questions.items()},
        **{f"answer:{language}": text for language, text in content.answers},
    }


def _name_source(named: str, *, issuer: str, day: str, source: Provenance | None) -> dict[str, str]:
    if source is not None:
        return {
            "issuer": source.issuer or source.title,
            "number": source.number,
            "url": source.url,
            "issued": str(source.issued or ""),
            "effective_from": str(source.effective_from or ""),
            "effective_to": str(source.effective_to or ""),
        }
    address = {"url": named} if is_address(named) else {}
    return {"issuer": issuer, "issued": day, **address}
