"""Embeddings from any service that speaks the OpenAI protocol (``POST …/v1/embeddings``).

The service is not trusted to be there, quick or right: what it sends is limited, checked and
brought to unit length, what may pass by itself is tried again, and everything else is one
``EmbeddingError`` that says what to do. While it keeps failing, questions are not sent to it: a
person answers them at once, instead of after the time that it takes to give up.
"""

import hashlib
import json
import math
import time
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from knowledge.breaker import CircuitBreaker
from knowledge.embedding import Vectors, prompts_of
from knowledge.errors import N_, EmbeddingError, EmbeddingServiceAway

if TYPE_CHECKING:
    import httpx

_LONGEST_QUESTION, _LONGEST_PASSAGE = 1500, 6000
"""Characters that are sent of a text; services refuse what is longer than their models read."""
_NOTHING = "-"
"""Stands for a text that is empty: services refuse those too."""
_MOST_BYTES = 64_000_000
_PASSING = frozenset({408, 409, 429, 500, 502, 503, 504})
_BAD_KEY = frozenset({401, 403})
_OK, _NOT_FOUND = 200, 404
_LONGEST_PAUSE, _LONGEST_WAIT = 20.0, 60.0
"""Seconds between two attempts: of ourselves, and as the service asks for."""

_UNREACHABLE = N_("the service cannot be reached; check HELPDESK_EMBEDDING_URL and the network.")
_OVERLOADED = N_("the service is overloaded or broken; try again later.")
_REFUSED = N_("the service refuses the key; check HELPDESK_EMBEDDING_KEY.")
_UNKNOWN = N_("the service does not know this address or model; check HELPDESK_EMBEDDING_URL.")
_NO_VECTORS = N_(
    "the service sends no list of vectors; check that HELPDESK_EMBEDDING_URL leads to one that "
    "speaks the OpenAI protocol."
)
_OTHER_LENGTH = N_("the service sends vectors of another length than before.")
_LEFT_ALONE = N_("the service has failed several times in a row; it is tried again in a while.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingEndpoint:
    """Where a model is: ``url`` ends before ``/embeddings``; ``timeout`` is in seconds a request.

    ``batch`` is how many texts are sent in one request.
    """

    url: str
    model: str
    key: str = ""
    timeout: float = 30.0
    batch: int = 32


@dataclass(frozen=True, slots=True)
class _Patience:
    """How often something is tried, and in how many seconds the last attempt must begin."""

    attempts: int
    seconds: float


_ONE, _MANY = _Patience(2, 5.0), _Patience(6, math.inf)
"""Somebody waits for the answer to one question; nobody while many texts are embedded."""


class EndpointEmbedder:
    """Embeds by asking a service; safe to share by threads."""

    def __init__(
        self,
        endpoint: EmbeddingEndpoint,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Remember the service; it is asked when the first text is embedded.

        ``clock`` gives seconds and never runs backwards.
        """
        self._endpoint = endpoint
        self._sleep = sleep
        self._clock = clock
        self._breaker = CircuitBreaker(clock)
        self._width = 0

    @property
    def fingerprint(self) -> str:
        """The model's name, and a hash of it with the service's host: keys and paths may change."""
        model = self._endpoint.model
        host = urlsplit(self._endpoint.url).netloc.lower()
        digest = hashlib.sha256(f"{host}\n{model}".encode()).hexdigest()[:8]
        name = "".join(c if c.isascii() and c.isalnum() else "-" for c in model.rsplit("/", 1)[-1])
        return f"api-{name[:24].strip('-').lower() or 'model'}-{digest}"

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed what people ask; what is said at great length counts at first."""
        prompt = prompts_of(self._endpoint.model)["query"]
        if len(texts) != 1:
            return self._embed(texts, prompt, longest=_LONGEST_QUESTION, patience=_MANY)
        if not self._breaker.lets_through():
            raise EmbeddingServiceAway(model=self._endpoint.model, problem=_LEFT_ALONE)
        works = True
        try:
            return self._embed(texts, prompt, longest=_LONGEST_QUESTION, patience=_ONE)
        except EmbeddingServiceAway:
            works = False
            raise
        finally:  # a service that refuses is there, and takes nobody's time
            (self._breaker.succeeded if works else self._breaker.failed)()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed what stands on the shelf."""
        prompt = prompts_of(self._endpoint.model)["passage"]
        return self._embed(texts, prompt, longest=_LONGEST_PASSAGE, patience=_MANY)

    def _embed(
        self, texts: Sequence[str], prompt: str, *, longest: int, patience: _Patience
    ) -> Vectors:
        sent = [f"{prompt}{text.replace(chr(0), ' ')[:longest]}".strip() for text in texts]
        sent = [text or _NOTHING for text in sent]
        parts = [
            self._ask(sent[start : start + self._endpoint.batch], patience)
            for start in range(0, len(sent), self._endpoint.batch)
        ]
        if not parts:  # its width is known only once it has embedded something
            width = self._width or self._ask([_NOTHING], patience).shape[1]
            return np.zeros((0, width), dtype=np.float32)
        return np.concatenate(parts)

    def _ask(self, texts: Sequence[str], patience: _Patience) -> Vectors:
        """Ask for the vectors of one batch, again and again where that may help."""
        deadline = self._clock() + patience.seconds
        pauses = [min(0.5 * 2**number, _LONGEST_PAUSE) for number in range(patience.attempts - 1)]
        for pause in (*pauses, math.inf):
            try:
                return self._check(self._post(texts), len(texts))
            except _Passing as passing:
                wait = max(pause, passing.wait)
                if wait == math.inf or self._clock() + wait > deadline:
                    model = self._endpoint.model
                    raise EmbeddingServiceAway(model=model, problem=passing.problem) from passing
                self._sleep(wait)
        raise AssertionError

    def _post(self, texts: Sequence[str]) -> object:
        import httpx

        body = {"model": self._endpoint.model, "input": list(texts), "encoding_format": "float"}
        try:
            with self._client.stream("POST", "/embeddings", json=body) as response:
                self._check_status(response)
                return json.loads(b"".join(_limited(response, self._endpoint.timeout)))
        except (httpx.TransportError, TimeoutError) as error:
            raise _Passing(_UNREACHABLE) from error
        except (ValueError, RecursionError, httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._fail(_NO_VECTORS) from error

    def _check_status(self, response: "httpx.Response") -> None:
        status = response.status_code
        if status in _PASSING:
            raise _Passing(_OVERLOADED, _wait_of(response.headers))
        if status in _BAD_KEY:
            raise self._fail(_REFUSED)
        if status == _NOT_FOUND:
            raise self._fail(_UNKNOWN)
        if status != _OK:
            problem = f"the service answers with HTTP {status}."
            raise self._fail(problem)

    def _check(self, answer: object, count: int) -> Vectors:
        """The vectors of an answer in the order of the texts, of unit length."""
        vectors = _read_vectors(answer, count)
        if vectors is None:
            raise self._fail(_NO_VECTORS)
        if self._width not in {0, vectors.shape[1]}:
            raise self._fail(_OTHER_LENGTH)
        self._width = vectors.shape[1]
        return vectors

    def _fail(self, problem: str) -> EmbeddingError:
        return EmbeddingError(model=self._endpoint.model, problem=problem)

    @cached_property
    def _client(self) -> "httpx.Client":
        """One connection for all requests: it follows no redirect."""
        import httpx

        key = self._endpoint.key
        client = httpx.Client(
            base_url=self._endpoint.url,
            timeout=self._endpoint.timeout,
            headers={"Authorization": f"Bearer {key}"} if key else {},
        )
        weakref.finalize(self, client.close)
        return client


class _Passing(Exception):
    """Something that may be over soon; ``wait``: how many seconds the service asks to wait."""

    def __init__(self, problem: str, wait: float = 0.0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.wait = wait


def _wait_of(headers: Mapping[str, str]) -> float:
    """What the service says in ``Retry-After``, as far as it is a number of seconds."""
    said = headers.get("Retry-After", "")
    return min(float(said), _LONGEST_WAIT) if said.isdecimal() else 0.0


def _limited(response: "httpx.Response", seconds: float) -> Iterator[bytes]:
    """The body, in so many seconds: the client itself waits as long for each part of it."""
    left, deadline = _MOST_BYTES, time.monotonic() + seconds
    for chunk in response.iter_bytes():
        if time.monotonic() > deadline:
            raise TimeoutError
        left -= len(chunk)
        if left < 0:
            message = "the answer is too long"
            raise ValueError(message)
        yield chunk


def _read_vectors(answer: Any, count: int) -> Vectors | None:  # noqa: ANN401 - it is JSON from outside
    """Shape (count, dimensions), rows of unit length; None where the answer holds no such thing."""
    try:
        rows = {int(row.get("index", n)): row["embedding"] for n, row in enumerate(answer["data"])}
        vectors = np.asarray([rows[number] for number in range(count)], dtype=np.float64)
    except (TypeError, AttributeError, LookupError, ValueError, OverflowError):
        return None
    if vectors.ndim != 2 or len(rows) != count or not np.isfinite(vectors).all():  # noqa: PLR2004 - rows of numbers
        return None
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not vectors.shape[1] or not (lengths > 0).all():
        return None
    unit: Vectors = (vectors / lengths).astype(np.float32)
    return unit
