"""Found answers and models for tests."""

import json
from datetime import date
from pathlib import Path

from knowledge.answer import Citation, Found
from knowledge.breaker import CircuitBreaker
from knowledge.generation.budget import DailyBudget
from knowledge.generation.model import LanguageModel
from knowledge.generation.writer import Writer
from knowledge.passage import Passage, PassageKind, Provenance

TODAY = date(2026, 11, 22)


def passage(text: str, language: str, kind: PassageKind = PassageKind.FAQ) -> Passage:
    return Passage(
        id=f"p-{language}",
        document="faq.csv",
        ordinal=0,
        kind=kind,
        language=language,
        locator="FIL-01",
        text=text,
        provenance=Provenance(title="Filing"),
    )


def found(
    text: str,
    language: str,
    *,
    own: bool = False,
    kind: PassageKind = PassageKind.FAQ,
    quote: str = "",
) -> Found:
    """An answer that quotes a passage, or the ``quote`` in it; ``own``: in the asked language."""
    quote = quote or text
    return Found(
        text=f"{quote} [1]",
        language=language,
        citations=(Citation(number=1, quote=quote, passage=passage(text, language, kind)),),
        confidence=0.9,
        in_asked_language=own,
    )


def line(sentence: str, quote: str, source: object = 1) -> str:
    """One line of a reply."""
    return json.dumps({"sentence": sentence, "source": source, "quote": quote}) + "\n"


def make_model(
    writer: Writer, folder: Path, *, tokens: int = 1_000_000, seconds: float = 20.0
) -> LanguageModel:
    """A model without a real clock."""
    return LanguageModel(
        writer=writer,
        budget=DailyBudget(path=folder / "budget.json", tokens=tokens, today=lambda: TODAY),
        breaker=CircuitBreaker(lambda: 0.0),
        seconds=seconds,
    )
