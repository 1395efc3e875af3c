"""Pages that do harm: the limits hold, and the error says what happened."""

import gzip
import ssl
import time
import zlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from ingest.web.client import Client, Limits, Response
from ingest.web.inflation import TooLarge, Torn, gather
from ingest.web.problems import AddressAway, AddressRefused
from ingest.web.url import parse_url
from tests.web_server import faults
from tests.web_server.server import Reply, WebServer
from tests.web_server.stage import Stage

PEM = Path(faults.__file__).with_name("site.pem")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with WebServer() as server:
        yield Stage(server, tmp_path)


def get(stage: Stage, target: str, client: Client | None = None) -> Response:
    client = client or stage.client()
    return client.get(parse_url(stage.server.url(target)), client.begin())


@pytest.mark.parametrize(
    "reply",
    [faults.gzip_bomb(200), faults.double_gzip_bomb(40), faults.endless(), faults.hollow()],
)
def test_what_is_too_large_is_cut_off(stage: Stage, reply: Reply) -> None:
    stage.server.pages["/big"] = reply
    with pytest.raises(AddressRefused, match="more than 1 MB"):
        get(stage, "/big")


def test_what_says_that_it_is_too_large_is_not_read(stage: Stage) -> None:
    headers = {"Content-Length": str(faults.MEGABYTE + 1)}
    stage.server.pages["/big"] = Reply(headers=headers, pieces=faults.silence().pieces)
    with pytest.raises(AddressRefused, match="more than 1 MB"):
        get(stage, "/big")
    stage.server.pages["/fits"] = Reply(b"x" * faults.MEGABYTE)
    assert len(get(stage, "/fits").body) == faults.MEGABYTE


@pytest.mark.parametrize("reply", [faults.drip(), faults.silence()])
def test_what_is_slow_ends_in_time(stage: Stage, reply: Reply) -> None:
    stage.server.pages["/slow"] = reply
    client = stage.client(limits=Limits(seconds=0.4, silence=10.0))
    began = time.monotonic()
    with pytest.raises(AddressAway, match="within 0 seconds"):
        get(stage, "/slow", client)
    assert time.monotonic() - began < 3


def test_silence_ends_before_the_whole_time(stage: Stage) -> None:
    stage.server.pages["/slow"] = faults.silence()
    began = time.monotonic()
    with pytest.raises(AddressAway):
        get(stage, "/slow", stage.client(limits=Limits(seconds=60.0, silence=0.2)))
    assert time.monotonic() - began < 3


def test_the_limit_is_one_for_the_whole_page(stage: Stage) -> None:
    """Each wait is short enough; together they are not. The clock is ours."""
    stage.server.pages["/slow"] = faults.drip(0.001)
    seconds = count(0.0, 0.5)
    client = stage.client(clock=lambda: next(seconds), limits=Limits(seconds=20.0))
    with pytest.raises(AddressAway, match="within 20 seconds"):
        get(stage, "/slow", client)


def test_a_body_that_breaks_off_is_no_body(stage: Stage) -> None:
    stage.server.pages["/torn"] = faults.torn(b"<p>half</p>")
    with pytest.raises(AddressAway):
        get(stage, "/torn")


def test_a_flood_of_headers_is_no_answer(stage: Stage) -> None:
    stage.server.pages["/flood"] = faults.flood_of_headers()
    with pytest.raises(AddressAway):
        get(stage, "/flood")


def test_nobody_listens(stage: Stage) -> None:
    client = stage.client()
    with pytest.raises(AddressAway, match="cannot be reached"):
        client.get(parse_url("http://site.test:9/"), client.begin())
    with pytest.raises(AddressAway, match=r"no server with the name other\.test"):
        client.get(parse_url("http://other.test/"), client.begin())


@pytest.mark.parametrize(
    "reply",
    [
        Reply(gzip.compress(b"text"), headers={"Content-Encoding": "gzip"}),
        Reply(gzip.compress(b"te") + gzip.compress(b"xt"), headers={"Content-Encoding": "x-gzip"}),
        Reply(zlib.compress(b"text"), headers={"Content-Encoding": "deflate"}),
        faults.raw_deflate(b"text"),
        Reply(b"text", headers={"Content-Encoding": "identity"}),
    ],
)
def test_packed_bodies(stage: Stage, reply: Reply) -> None:
    stage.server.pages["/packed"] = reply
    assert get(stage, "/packed").body == b"text"
    assert stage.server.asked[0].headers["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"no gzip", headers={"Content-Encoding": "gzip"}),
        Reply(gzip.compress(b"text" * 1000)[:-9], headers={"Content-Encoding": "gzip"}),
        Reply(b"?", headers={"Content-Encoding": "br"}),
    ],
)
def test_what_is_packed_wrongly(stage: Stage, reply: Reply) -> None:
    stage.server.pages["/packed"] = reply
    with pytest.raises(AddressAway, match="packed wrongly"):
        get(stage, "/packed")


def test_a_bomb_is_not_unpacked_beyond_the_limit() -> None:
    packed = gzip.compress(b"x" * 50_000_000)
    with pytest.raises(TooLarge) as caught:
        gather([packed], "gzip", largest=1000)
    assert caught.value.start == b"x" * 1000
    with pytest.raises(Torn):
        gather([], "gzip", largest=1000)


def test_no_cookie_is_kept_and_no_secret_is_told(stage: Stage) -> None:
    stage.server.pages["/"] = Reply(b"x", headers={"Set-Cookie": "a=b"})
    client = stage.client()
    for _ in range(2):
        get(stage, "/", client)
    for asked in stage.server.asked:
        usual = {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
        assert set(asked.headers) == usual
        assert asked.headers["User-Agent"] == "OutboundDesk/test"


def test_tls_is_checked_for_the_name_and_not_for_the_number(tmp_path: Path) -> None:
    def trust() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=PEM)

    with WebServer(PEM) as server:
        server.pages["/"] = Reply(b"secure")
        stage = Stage(server, tmp_path)
        stage.names.book["other.test"] = [["127.0.0.1"]]
        client = stage.client(trust=trust)
        assert client.get(parse_url(server.url("/")), client.begin()).body == b"secure"
        for url, stranger in (
            (server.url("/", "other.test"), client),
            (server.url("/", "127.0.0.1"), client),
            (server.url("/"), stage.client()),
        ):
            with pytest.raises(AddressAway, match="certificate"):
                stranger.get(parse_url(url), stranger.begin())
        assert len(server.asked) == 1
