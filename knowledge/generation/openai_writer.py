"""A writer behind any endpoint that speaks the OpenAI protocol, through llama-index.

The endpoint is not trusted: it may say nothing, drip, never end, or send what is no protocol at
all. A thread reads from it, so that no way of waiting (name lookup, handshake, body) holds the
question longer than it may take; what it sends is limited before anything parses it.
"""

import queue
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge.errors import LanguageModelFailure
from knowledge.generation.writer import Prompt

if TYPE_CHECKING:
    import ssl

    import httpx

MOST_BYTES = 2_000_000
"""Of one response, before it is parsed. A reply of 2,000 tokens takes about 600,000 as a stream."""
_NO_KEY = "none"
"""What local servers are sent, because the client insists on a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a model is: ``url`` ends before ``/chat/completions``."""

    url: str
    model: str
    key: str = ""


def load_client() -> None:
    """Import what a first prompt would wait for: some seconds on a small machine."""
    import llama_index.llms.openai_like  # noqa: F401 - being there is enough


class OpenAIWriter:
    """Asks the endpoint anew for each prompt and never twice; see ``Writer``."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Use the endpoint; nothing is loaded or opened before the first prompt."""
        self._endpoint = endpoint

    def write(self, prompt: Prompt, *, seconds: float) -> Generator[str, None, None]:
        """Yield the reply in pieces, all within ``seconds``; see ``Writer``."""
        deadline = time.monotonic() + seconds
        reading = _Reading(self._stream(prompt, seconds))
        reading.start()
        try:
            while True:
                piece = reading.next(deadline - time.monotonic())
                if piece is None:
                    return
                yield piece
        finally:
            reading.stopped.set()

    def _stream(self, prompt: Prompt, seconds: float) -> Generator[str, None, None]:
        """Yield the pieces as llama-index gives them, every kind of trouble as one error."""
        # The client, the parser and the validation each have errors of their own, and a malformed
        # chunk meets none of them: it ends in a TypeError or an AttributeError somewhere inside.
        try:
            yield from self._ask(prompt, seconds)
        except Exception as error:
            raise LanguageModelFailure(problem=_problem(error)) from error

    def _ask(self, prompt: Prompt, seconds: float) -> Iterator[str]:
        from llama_index.core.base.llms.types import ChatMessage, MessageRole
        from llama_index.llms.openai_like import OpenAILike

        with self._client(seconds) as client:
            model = OpenAILike(
                model=self._endpoint.model,
                api_base=self._endpoint.url,
                api_key=self._endpoint.key or _NO_KEY,
                is_chat_model=True,
                temperature=0.0,
                max_tokens=prompt.longest,
                max_retries=0,
                timeout=seconds,
                http_client=client,
            )
            messages = [
                ChatMessage(role=MessageRole.SYSTEM, content=prompt.instructions),
                ChatMessage(role=MessageRole.USER, content=prompt.data),
            ]
            for reply in model.stream_chat(messages):
                if reply.delta:
                    yield str(reply.delta)

    def _client(self, seconds: float) -> "httpx.Client":
        """A connection for one request: it follows no redirect and unpacks nothing."""
        import httpx

        return httpx.Client(
            verify=self._certificates,
            timeout=seconds,
            headers={"Accept-Encoding": "identity"},
            event_hooks={"response": [_limit]},
        )

    @cached_property
    def _certificates(self) -> "ssl.SSLContext":
        import httpx

        return httpx.create_ssl_context()


class _Reading:
    """A stream that is read by a thread of its own, which may outlive the reader for a while."""

    def __init__(self, stream: Generator[str, None, None]) -> None:
        self.stopped = threading.Event()
        self._stream = stream
        self._pieces: queue.SimpleQueue[str | LanguageModelFailure | None] = queue.SimpleQueue()

    def start(self) -> None:
        """Begin to read. A thread that hangs must not keep the program from ending."""
        threading.Thread(target=self._read, name="language-model", daemon=True).start()

    def next(self, seconds: float) -> str | None:
        """The next piece, None at the end; raises ``LanguageModelFailure``."""
        try:
            piece = self._pieces.get(timeout=max(seconds, 0.0))
        except queue.Empty:
            raise LanguageModelFailure(problem="it did not end in time.") from None
        if isinstance(piece, LanguageModelFailure):
            raise piece
        return piece

    def _read(self) -> None:
        try:
            with closing(self._stream) as stream:
                for piece in stream:
                    if self.stopped.is_set():
                        return
                    self._pieces.put(piece)
            self._pieces.put(None)
        except LanguageModelFailure as failure:
            self._pieces.put(failure)


def _limit(response: "httpx.Response") -> None:
    """Put a limit on a response before anybody reads it."""
    import httpx

    class Limited(httpx.SyncByteStream):
        def __init__(self, stream: httpx.SyncByteStream) -> None:
            self._stream = stream

        def __iter__(self) -> Iterator[bytes]:
            left = MOST_BYTES
            for chunk in self._stream:
                left -= len(chunk)
                if left < 0:
                    raise LanguageModelFailure(problem="it sent too much.")
                yield chunk

        def close(self) -> None:
            self._stream.close()

    if response.headers.get("content-encoding", "identity") != "identity":
        raise LanguageModelFailure(problem="it sent a compressed answer.")
    if isinstance(response.stream, httpx.SyncByteStream):
        response.stream = Limited(response.stream)


def _problem(error: Exception) -> str:
    """What went wrong, in words of ours: an error's own text may repeat what was asked."""
    known: BaseException | None = error
    while known is not None:
        if isinstance(known, LanguageModelFailure):
            return str(known.fields["problem"])
        status = getattr(known, "status_code", None)
        if isinstance(status, int):
            return f"it answered with HTTP {status}."
        known = known.__cause__ or known.__context__
    return f"{type(error).__name__}."
