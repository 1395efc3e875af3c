"""A service for embeddings that is slow, broken, absent, or not what it was taken for."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from knowledge import endpoint_embedding
from knowledge.breaker import FAILURES, SHORTEST_PAUSE
from knowledge.embedding import Embedder, HashEmbedder
from knowledge.endpoint_embedding import EmbeddingEndpoint, EndpointEmbedder
from knowledge.errors import EmbeddingError, EmbeddingServiceAway
from knowledge.models import load_embedder
from tests.embedding_server.server import KEY, MODEL, EmbeddingServer, Failure, Rows

BUSY = Failure(429, headers={"Retry-After": "7"})
BRIEFLY = Failure(429, headers={"Retry-After": "1"})


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    with EmbeddingServer() as running:
        yield running


def embedder_of(server: EmbeddingServer, *, url: str = "", **changed: object) -> EndpointEmbedder:
    chosen: dict[str, object] = {"url": url or server.url, "model": MODEL, "key": KEY} | changed
    return EndpointEmbedder(EmbeddingEndpoint(**chosen), sleep=lambda _: None)  # type: ignore[arg-type]  # tests change one field each


def test_the_setting_chooses_it(server: EmbeddingServer) -> None:
    embedder = load_embedder(MODEL, EmbeddingEndpoint(url=server.url, model=MODEL, key=KEY))
    np.testing.assert_allclose(
        embedder.embed_passages(["fee", "visa"]),
        HashEmbedder().embed_passages(["fee", "visa"]),
        atol=1e-6,
    )


def test_texts_are_sent_in_batches_and_come_back_in_order(server: EmbeddingServer) -> None:
    server.script.bend = lambda rows: rows[::-1]
    texts = [f"text {number}" for number in range(10)]
    vectors = embedder_of(server, batch=4).embed_passages(texts)
    assert server.asked == [texts[:4], texts[4:8], texts[8:]]
    np.testing.assert_allclose(vectors, HashEmbedder().embed_passages(texts), atol=1e-6)


def test_models_of_the_e5_family_are_told_what_they_read(server: EmbeddingServer) -> None:
    embedder = embedder_of(server, model="intfloat/multilingual-e5-base")
    for embed in (embedder.embed_questions, embedder.embed_passages):
        with pytest.raises(EmbeddingError):
            embed(["fee"])
    assert server.asked == [["query: fee"], ["passage: fee"]]


@pytest.mark.parametrize(
    "failure", [BRIEFLY, Failure(500), Failure(503), Failure(closed=True)], ids=str
)
def test_what_passes_is_tried_again(server: EmbeddingServer, failure: Failure) -> None:
    server.script.failures = [failure]
    assert embedder_of(server).embed_questions(["fee"]).shape == (1, 256)
    server.script.failures = [failure] * 5
    assert embedder_of(server).embed_passages(["fee"]).shape == (1, 256)


def test_it_waits_as_long_as_it_is_told_and_longer_each_time(server: EmbeddingServer) -> None:
    waited: list[float] = []
    endpoint = EmbeddingEndpoint(url=server.url, model=MODEL, key=KEY)
    embedder = EndpointEmbedder(endpoint, sleep=waited.append)
    server.script.failures = [Failure(500), Failure(500), BUSY]
    embedder.embed_passages(["fee"])
    assert waited == [0.5, 1.0, 7.0]


@pytest.mark.parametrize(("failure", "times"), [(BUSY, 1), (BRIEFLY, 2)])
def test_a_question_does_not_wait_for_ever(
    server: EmbeddingServer, failure: Failure, times: int
) -> None:
    server.script.failures = [failure] * 9
    with pytest.raises(EmbeddingServiceAway, match="try again later"):
        embedder_of(server).embed_questions(["fee"])
    assert len(server.asked) == times


def test_the_questions_of_documents_may_wait(server: EmbeddingServer) -> None:
    server.script.failures = [BUSY] * 5
    assert embedder_of(server).embed_questions(["fee", "visa"]).shape == (2, 256)


def test_one_that_keeps_failing_is_left_alone_for_a_while(server: EmbeddingServer) -> None:
    seconds = [0.0]
    endpoint = EmbeddingEndpoint(url=server.url, model=MODEL, key=KEY)
    embedder = EndpointEmbedder(endpoint, sleep=lambda _: None, clock=lambda: seconds[0])
    server.script.failures = [BUSY] * FAILURES
    for _ in range(FAILURES + 5):
        with pytest.raises(EmbeddingServiceAway):
            embedder.embed_questions(["fee"])
    assert len(server.asked) == FAILURES, "the others did not wait for it"
    seconds[0] += SHORTEST_PAUSE
    assert embedder.embed_questions(["fee"]).shape == (1, 256)
    assert embedder.embed_questions(["visa"]).shape == (1, 256)


def test_one_that_refuses_is_there(server: EmbeddingServer) -> None:
    embedder = embedder_of(server)
    server.script.failures = [Failure(400)] * (FAILURES + 1)
    for _ in range(FAILURES + 1):
        with pytest.raises(EmbeddingError, match="HTTP 400"):
            embedder.embed_questions(["fee"])
    assert embedder.embed_questions(["fee"]).shape == (1, 256)


REFUSALS: dict[str, tuple[Failure, str]] = {
    "key": (Failure(401), "HELPDESK_EMBEDDING_KEY"),
    "forbidden": (Failure(403), "HELPDESK_EMBEDDING_KEY"),
    "unknown": (Failure(404), "HELPDESK_EMBEDDING_URL"),
    "too long": (Failure(400), "HTTP 400"),
    "moved": (Failure(302, headers={"Location": "http://127.0.0.1:9/"}), "HTTP 302"),
    "no JSON": (Failure(body=b"<html>Please log in</html>"), "OpenAI protocol"),
    "half": (Failure(body=b'{"data": [{"index": 0, "embedding": [0.1,'), "OpenAI protocol"),
    "no text": (Failure(body=b"\xff\xfe\x00"), "OpenAI protocol"),
    "deep": (Failure(body=b"[" * 100_000), "OpenAI protocol"),
    "null": (Failure(body=b"null"), "OpenAI protocol"),
    "no number": (
        Failure(body=b'{"data": [{"index": 0, "embedding": [NaN, 1.0]}]}'),
        "OpenAI protocol",
    ),
    "no data": (Failure(body=b'{"data": null}'), "OpenAI protocol"),
}


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize("name", REFUSALS)
def test_what_does_not_pass_is_said_at_once(server: EmbeddingServer, name: str) -> None:
    failure, said = REFUSALS[name]
    server.script.failures = [failure]
    with pytest.raises(EmbeddingError, match=said) as caught:
        embedder_of(server).embed_passages(["a very secret text"])
    assert len(server.asked) == 1
    assert KEY not in str(caught.value)
    assert "secret text" not in str(caught.value)


def _scaled(rows: Rows, factor: float) -> Rows:
    return [{**row, "embedding": [factor * x for x in row["embedding"]]} for row in rows]


BENT: dict[str, Callable[[Rows], object]] = {
    "one is missing": lambda rows: rows[:-1],
    "one too many": lambda rows: [*rows, {**rows[0], "index": len(rows)}],
    "all the first": lambda rows: [{**row, "index": 0} for row in rows],
    "of two lengths": lambda rows: [{**rows[0], "embedding": [1.0]}, *rows[1:]],
    "none": lambda rows: [{**row, "embedding": []} for row in rows],
    "nothing but zeros": lambda rows: _scaled(rows, 0.0),
    "not finite": lambda rows: _scaled(rows, float("inf")),
    "words": lambda rows: [{**row, "embedding": "AAAA"} for row in rows],
    "no rows": lambda rows: [row["embedding"] for row in rows],
    "one number": lambda rows: [{**row, "embedding": 0.5} for row in rows],
}


@pytest.mark.parametrize("name", BENT)
def test_what_are_no_vectors_is_not_taken_for_any(server: EmbeddingServer, name: str) -> None:
    server.script.bend = BENT[name]
    with pytest.raises(EmbeddingError, match="no list of vectors"):
        embedder_of(server).embed_passages(["fee", "visa"])


def test_what_is_too_long_is_not_read_to_the_end(
    server: EmbeddingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint_embedding, "_MOST_BYTES", 100_000)
    server.script.failures = [Failure(body=b" " * 200_000)]
    with pytest.raises(EmbeddingError, match="OpenAI protocol"):
        embedder_of(server).embed_passages(["fee"])


def test_another_model_behind_the_same_name_is_noticed(server: EmbeddingServer) -> None:
    embedder = embedder_of(server)
    embedder.embed_passages(["fee"])
    server.script.bend = lambda rows: [{**row, "embedding": row["embedding"][:8]} for row in rows]
    with pytest.raises(EmbeddingError, match="another length"):
        embedder.embed_passages(["fee"])


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/v1", "http://127.0.0.1:99999/v1", "http://no such host/v1"]
)
def test_nobody_is_there(server: EmbeddingServer, url: str) -> None:
    with pytest.raises(EmbeddingError, match="HELPDESK_EMBEDDING_URL"):
        embedder_of(server, url=url).embed_questions(["fee"])


def test_one_that_says_nothing_is_left_in_time(server: EmbeddingServer) -> None:
    server.script.failures = [Failure(body=b"", headers={"Transfer-Encoding": "chunked"})] * 2
    with pytest.raises(EmbeddingError, match="cannot be reached"):
        embedder_of(server, timeout=0.2).embed_questions(["fee"])


def test_the_fingerprint_tells_services_and_models_apart_but_not_keys() -> None:
    def fingerprint(**changed: str) -> str:
        chosen = {"url": "https://a.example/v1", "model": "m3", "key": "1"} | changed
        embedder: Embedder = EndpointEmbedder(EmbeddingEndpoint(**chosen))  # type: ignore[arg-type]  # tests change one field each
        return embedder.fingerprint

    assert fingerprint() == fingerprint(key="2") == fingerprint(url="https://A.example/v2")
    others = {fingerprint(url="https://b.example/v1"), fingerprint(model="m4")}
    assert len({fingerprint(), *others, fingerprint(model="模型" * 200)}) == 4
