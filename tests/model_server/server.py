"""The server: one route, each request in a thread of its own, in plain HTTP/1.1."""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, cast

from knowledge.generation.adversary import Adversary, Attack
from knowledge.generation.writer import Prompt, Writer
from tests.local_server import LocalServer, QuietHandler
from tests.model_server.faults import Fault

_PATH = "/v1/chat/completions"
_DRIP_SECONDS = 0.05
_ENDLESS = b"x" * 65_536


@dataclass(slots=True)
class Script:
    """What the server does, and what it was asked; tests change it while it runs."""

    writer: Writer = field(default_factory=lambda: Adversary(Attack.NONE))
    fault: Fault = Fault.NONE
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


class ModelServer(LocalServer):
    """The server in a thread, on a free port unless one is given, as a context manager."""

    def __init__(self, *, port: int = 0, script: Script | None = None) -> None:
        self.script = script or Script()
        super().__init__(_Handler, port=port)

    @property
    def url(self) -> str:
        """What HELPDESK_MODEL_URL is set to."""
        return f"{self.origin}/v1"

    def serve(self) -> None:
        """Serve in the foreground until interrupted."""
        with suppress(KeyboardInterrupt):
            self.serve_forever()
        self.server_close()

    def __exit__(self, *error: object) -> None:
        """End what hangs, and stop."""
        self.script.over.set()
        super().__exit__(*error)


class _Handler(QuietHandler):
    def answer(self, body: bytes) -> None:
        """Answer one request for a completion."""
        script = cast("ModelServer", self.server).script
        self.close_connection = True
        if self.path != _PATH:
            self._send(404, b"no such path", "text/plain")
            return
        asked = json.loads(body)
        script.requests.append(asked)
        script.keys.append(self.bearer())
        self._answer(script, _prompt(asked))

    def _answer(self, script: Script, prompt: Prompt) -> None:
        fault = script.fault
        if fault is Fault.SILENCE:
            script.over.wait()
        elif fault is Fault.CLOSED:
            return
        elif fault.status != 200:  # noqa: PLR2004 - the one that is no fault
            error = {"message": f"told: {prompt.data[:200]}", "type": "test"}
            self._send(fault.status, json.dumps({"error": error}).encode(), "application/json")
        elif fault in _WHOLE:
            self._send(*_WHOLE[fault])
        elif fault is Fault.NO_STREAM:
            text = "".join(script.writer.write(prompt, seconds=0))
            message = {"choices": [{"message": {"role": "assistant", "content": text}}]}
            self._send(200, json.dumps(message).encode(), "application/json")
        elif fault is Fault.COMPRESSED:
            self._compressed()
        else:
            self._stream(script, prompt)

    def _stream(self, script: Script, prompt: Prompt) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for chunk in _events(script, prompt):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            self.wfile.flush()
        if script.fault is not Fault.HALF_STREAM:
            self.wfile.write(b"0\r\n\r\n")

    def _compressed(self) -> None:
        """A small body that would become a very large one."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Content-Encoding", "gzip")
        body = gzip.compress(b"data: " + b"0" * 50_000_000)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status == 302:  # noqa: PLR2004 - found elsewhere
            self.send_header("Location", "http://127.0.0.1:9/v1/chat/completions")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


_WHOLE = {
    Fault.HTML: (200, b"<html><body>Please log in</body></html>", "text/html"),
    Fault.REDIRECT: (302, b"", "text/plain"),
    Fault.INVALID_JSON: (200, b'data: {"choices": [{"delta"\n\n', "text/event-stream"),
    Fault.INVALID_SSE: (200, b"\xff\xfe\x00: :\n\ndata\n\n:::", "text/event-stream"),
    Fault.WRONG_SHAPE: (200, b'data: {"choices": null}\n\ndata: []\n\n', "text/event-stream"),
    Fault.ERROR_IN_STREAM: (
        200,
        b'data: {"error": {"message": "overloaded", "code": 503}}\n\n',
        "text/event-stream",
    ),
}


def _events(script: Script, prompt: Prompt) -> Iterator[bytes]:
    """The stream, in parts of the protocol."""
    if script.fault is Fault.ENDLESS_LINE:
        yield b'data: {"choices": [{"delta": {"content": "'
        while not script.over.is_set():
            yield _ENDLESS
    pieces = list(script.writer.write(prompt, seconds=0))
    if script.fault is Fault.HALF_STREAM:
        pieces = pieces[: len(pieces) // 2]
    for piece in pieces:
        yield _event({"choices": [{"index": 0, "delta": {"content": piece}}]})
        if script.fault is Fault.DRIP and script.over.wait(_DRIP_SECONDS):
            return
    if script.fault is not Fault.HALF_STREAM:
        yield _event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        yield b"data: [DONE]\n\n"


def _event(fields: dict[str, Any]) -> bytes:
    whole = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "test", **fields}
    return b"data: " + json.dumps(whole).encode() + b"\n\n"


def _prompt(asked: dict[str, Any]) -> Prompt:
    texts = {str(one["role"]): str(one["content"]) for one in asked["messages"]}
    return Prompt(
        instructions=texts.get("system", ""),
        data=texts.get("user", "{}"),
        longest=int(asked.get("max_tokens") or 0),
    )
