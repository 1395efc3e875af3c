from collections.abc import Generator, Iterator
from dataclasses import dataclass

import pytest

from knowledge.errors import LanguageModelFailure
from knowledge.generation.openai_writer import MOST_BYTES, Endpoint, OpenAIWriter, load_client
from knowledge.generation.writer import Prompt
from tests.contracts.writer import ASKED, PATIENCE, PROMPT, REPLY, WriterContract, WriterStage
from tests.fakes.writers import ScriptedWriter
from tests.model_server.faults import Fault
from tests.model_server.server import ModelServer

_KEY = "sk-a-secret"
_NO_ERRORS = {Fault.NONE, Fault.DRIP, Fault.NO_STREAM, Fault.HTML}


@dataclass
class Recited:
    """What the server's model writes: one text, in pieces."""

    text: str = ""

    def write(self, prompt: Prompt, *, seconds: float) -> Generator[str, None, None]:
        del prompt, seconds
        for start in range(0, len(self.text), 7):
            yield self.text[start : start + 7]


class TestScriptedWriter(WriterContract):
    @pytest.fixture
    def stage(self) -> WriterStage:
        writer = ScriptedWriter()

        def reply(text: str) -> None:
            writer.pieces = [text[start : start + 5] for start in range(0, len(text), 5)]

        def fail() -> None:
            writer.failure = "it broke off."

        return WriterStage(writer, replies=reply, breaks_off=fail, hangs=fail)


class TestOpenAIWriter(WriterContract):
    @pytest.fixture
    def server(self) -> Iterator[ModelServer]:
        load_client()
        with ModelServer() as server:
            yield server

    @pytest.fixture
    def writer(self, server: ModelServer) -> OpenAIWriter:
        return OpenAIWriter(Endpoint(url=server.url, model="test", key=_KEY))

    @pytest.fixture
    def stage(self, server: ModelServer, writer: OpenAIWriter) -> WriterStage:
        recited = Recited()
        server.script.writer = recited

        def reply(text: str) -> None:
            recited.text = text

        def set_fault(fault: Fault) -> None:
            recited.text, server.script.fault = REPLY, fault

        return WriterStage(
            writer,
            replies=reply,
            breaks_off=lambda: set_fault(Fault.HALF_STREAM),
            hangs=lambda: set_fault(Fault.SILENCE),
        )

    def test_pieces_come_before_the_end(self, server: ModelServer, stage: WriterStage) -> None:
        stage.replies("x" * 7_000)
        server.script.fault = Fault.DRIP
        reply = stage.writer.write(PROMPT, seconds=PATIENCE)
        assert next(reply)
        reply.close()

    def test_a_drip_ends_in_time(self, server: ModelServer, stage: WriterStage) -> None:
        stage.replies("x" * 7_000)
        server.script.fault = Fault.DRIP
        pieces: list[str] = []
        with pytest.raises(LanguageModelFailure, match="in time"):
            pieces.extend(stage.writer.write(PROMPT, seconds=0.5))

    def test_what_is_asked(self, server: ModelServer, stage: WriterStage) -> None:
        stage.replies("yes")
        list(stage.writer.write(PROMPT, seconds=PATIENCE))
        [asked] = server.script.requests
        assert server.script.keys == [_KEY]
        assert (asked["model"], asked["stream"], asked["max_tokens"]) == ("test", True, 100)
        assert asked["messages"] == [
            {"role": "system", "content": PROMPT.instructions},
            {"role": "user", "content": PROMPT.data},
        ]

    @pytest.mark.parametrize("fault", sorted(set(Fault) - _NO_ERRORS))
    def test_every_fault_is_one_error(
        self, server: ModelServer, stage: WriterStage, fault: Fault
    ) -> None:
        stage.replies(REPLY)
        server.script.fault = fault
        with pytest.raises(LanguageModelFailure) as caught:
            list(stage.writer.write(PROMPT, seconds=2))
        assert fault.status == 200 or f"HTTP {fault.status}" in str(caught.value)
        assert ASKED not in str(caught.value)
        assert _KEY not in str(caught.value)
        assert len(server.script.requests) == 1, "it must not be asked twice"

    @pytest.mark.parametrize("fault", [Fault.NO_STREAM, Fault.HTML])
    def test_what_is_no_stream_says_nothing(
        self, server: ModelServer, stage: WriterStage, fault: Fault
    ) -> None:
        stage.replies(REPLY)
        server.script.fault = fault
        assert list(stage.writer.write(PROMPT, seconds=5)) == []

    def test_what_never_ends_is_cut_off(self, server: ModelServer, stage: WriterStage) -> None:
        server.script.fault = Fault.ENDLESS_LINE
        with pytest.raises(LanguageModelFailure, match="too much"):
            list(stage.writer.write(PROMPT, seconds=PATIENCE))
        assert MOST_BYTES < 10_000_000

    def test_nobody_listens(self) -> None:
        writer = OpenAIWriter(Endpoint(url="http://127.0.0.1:9/v1", model="test"))
        with pytest.raises(LanguageModelFailure, match="cannot be used"):
            list(writer.write(PROMPT, seconds=2))

    def test_the_environment_of_other_programs_is_not_used(
        self, stage: WriterStage, server: ModelServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
        monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:9/v1")
        stage.replies("yes")
        keyless = OpenAIWriter(Endpoint(url=server.url, model="test"))
        assert "".join(keyless.write(PROMPT, seconds=PATIENCE)) == "yes"
        assert server.script.keys == ["none"]
