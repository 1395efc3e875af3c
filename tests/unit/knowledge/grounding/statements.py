"""Claims and what they are held against."""

from knowledge.grounding import Claim, Fault, examine
from knowledge.grounding.statement import Statement, read_statement
from knowledge.passage import Passage, PassageKind, Provenance


def read(text: str, language: str) -> Statement:
    return read_statement(text, language)


def passage(text: str, language: str) -> Passage:
    return Passage(
        id="p-1",
        document="notice.md",
        ordinal=0,
        kind=PassageKind.FAQ,
        language=language,
        locator="1",
        text=text,
        provenance=Provenance(title="Notice"),
    )


def faults(
    sentence: str, language: str, quote: str, quote_language: str, *, near: float = 0.95
) -> tuple[Fault, ...]:
    """What speaks against a sentence below a quote, however near the two are said to be."""
    claim = Claim(text=sentence, language=language, source=1, quote=quote)
    source = passage(quote, quote_language)
    return examine(claim, [source], question="", nearness=lambda _one, _other: near)
