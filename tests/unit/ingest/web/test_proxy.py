"""What a proxy is asked for, and what is refused before it is asked."""

import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.web.client import Client, Response
from ingest.web.connection import Gate
from ingest.web.networks import PublicNetworks
from ingest.web.problems import AddressAway, AddressRefused
from ingest.web.proxy import Proxy, parse_proxy
from ingest.web.url import parse_url
from tests.web_server import faults
from tests.web_server.server import HOST, Names, Reply, WebServer
from tests.web_server.stage import Stage
from tests.web_server.tunnel import Tunnel

PEM = Path(faults.__file__).with_name("site.pem")


@pytest.fixture
def proxy() -> Iterator[WebServer]:
    """A server that answers as a proxy is answered: by whole addresses."""
    with WebServer() as server:
        yield server


def behind(proxy: str, names: Names | None = None) -> Client:
    """A client of production's networks, and of a phone book that knows no name by itself."""
    gate = Gate(PublicNetworks(), names or Names({}))
    return Client(gate, "OutboundDesk/test", proxy=parse_proxy(proxy))


def get(client: Client, url: str) -> Response:
    return client.get(parse_url(url), client.begin())


def test_a_name_that_only_the_proxy_knows_is_asked_for(proxy: WebServer) -> None:
    proxy.pages["http://site.test/fees?a=1"] = Reply(b"no fee")
    client = behind(proxy.url("", f"desk:s%3Acret@{HOST}"))
    assert get(client, "http://site.test/fees?a=1").body == b"no fee"
    [asked] = proxy.asked
    assert asked.host == "site.test"
    assert asked.headers["Proxy-Authorization"] == "Basic ZGVzazpzOmNyZXQ="
    assert "Authorization" not in asked.headers


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost/",
        "http://intranet/",
        "http://router.lan/",
        "http://metadata.google.internal/",
        "http://known.test/",
        "http://half.test/",
    ],
)
def test_what_is_known_to_be_inside_is_not_asked_for(proxy: WebServer, url: str) -> None:
    names = Names({"known.test": [["10.0.0.7"]], "half.test": [["8.8.8.8", "192.168.0.1"]]})
    with pytest.raises(AddressRefused, match=r"public internet|network of one's own"):
        get(behind(proxy.url("", HOST), names), url)
    assert proxy.asked == []


def test_a_redirect_inside_is_not_followed(proxy: WebServer, tmp_path: Path) -> None:
    proxy.pages["http://site.test/a"] = faults.redirect("http://169.254.169.254/latest/")
    proxy.pages["http://site.test/robots.txt"] = Reply(status=404)
    stage = Stage(proxy, tmp_path, names=Names({}), networks=PublicNetworks())
    fetcher = stage.fetcher(proxy=parse_proxy(proxy.url("", HOST)))
    with pytest.raises(AddressRefused):
        fetcher.fetch(stage.order("http://site.test/a"))
    assert "169.254" not in str(proxy.targets())


def test_tls_is_checked_through_the_proxy(tmp_path: Path) -> None:
    def trust() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=PEM)

    with WebServer(PEM) as server, Tunnel(server.port) as tunnel:
        server.pages["/"] = Reply(b"secure")
        stage = Stage(server, tmp_path, names=Names({}))
        client = stage.client(trust=trust, proxy=parse_proxy(tunnel.url))
        assert get(client, "https://site.test/").body == b"secure"
        assert tunnel.asked[0].startswith("CONNECT site.test:443 ")
        assert "/" not in tunnel.asked[0].split()[1]
        for url, stranger in (
            ("https://other.test/", client),
            ("https://site.test/", stage.client(proxy=parse_proxy(tunnel.url))),
        ):
            with pytest.raises(AddressAway, match="certificate"):
                get(stranger, url)


def test_a_proxy_that_wants_a_password_is_named(proxy: WebServer) -> None:
    proxy.pages["http://site.test/"] = Reply(status=407)
    with pytest.raises(AddressAway, match="HELPDESK_WEB_PROXY"):
        get(behind(proxy.url("", HOST)), "http://site.test/")
    with (
        Tunnel(proxy.port, b"HTTP/1.1 403 Forbidden\r\n\r\n") as tunnel,
        pytest.raises(AddressAway, match=r"403 Forbidden.*HELPDESK_WEB_PROXY"),
    ):
        get(behind(tunnel.url), "https://site.test/")


def test_without_a_proxy_a_name_that_is_not_known_is_not_asked_for(proxy: WebServer) -> None:
    client = replace(behind(proxy.url("", HOST)), proxy=None)
    with pytest.raises(AddressAway, match="no server with the name"):
        get(client, "http://site.test/")
    assert proxy.asked == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("http://proxy.test", Proxy("proxy.test", 3128)),
        ("http://a:b%40c@10.0.0.1:8080/", Proxy("10.0.0.1", 8080, "a", "b@c")),
        ("http://[fd00::1]:8080", Proxy("fd00::1", 8080)),
    ],
)
def test_the_setting(text: str, expected: Proxy | None) -> None:
    assert parse_proxy(text) == expected
