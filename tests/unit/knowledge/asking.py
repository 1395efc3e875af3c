"""Asking a small shelf, and what every answer and every refusal keeps to."""

from datetime import date
from pathlib import Path

from knowledge.answer import Finding, Found, Inquiry, NotFound
from knowledge.decision import Judge
from knowledge.embedding import HashEmbedder
from knowledge.library import Library
from knowledge.passage import Audience
from tests.unit.knowledge.judges import make_judge

TODAY = date(2026, 11, 22)


def ask(
    folder: Path,
    text: str,
    *readable: str,
    audience: Audience = Audience.PUBLIC,
    judge: Judge | None = None,
) -> Finding:
    library = Library(folder, HashEmbedder(), judge or make_judge())
    inquiry = Inquiry(text=text, readable=readable or ("en",), audience=audience, today=TODAY)
    return library.consult(inquiry)


def answered(finding: Finding) -> Found:
    assert isinstance(finding, Found), finding
    for number, citation in enumerate(finding.citations, start=1):
        assert citation.number == number
        assert citation.quote in citation.passage.text
        assert f"[{number}]" in finding.text
    assert finding.citations
    assert 0 <= finding.confidence <= 1
    return finding


def refused(finding: Finding) -> NotFound:
    assert isinstance(finding, NotFound), finding
    assert not hasattr(finding, "citations")
    assert 0 <= finding.confidence <= 1
    return finding
