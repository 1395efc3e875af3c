"""What production may connect to, and that nothing in the environment widens it."""

from ipaddress import ip_address
from pathlib import Path

import pytest

from ingest.web.archive import Archive
from ingest.web.assembly import make_client, make_fetcher, name_agent, open_gate
from ingest.web.connection import Gate
from ingest.web.fetcher import Order
from ingest.web.networks import PublicNetworks
from ingest.web.pacing import Pace
from ingest.web.problems import AddressRefused, NotFetched
from ingest.web.scope import Scope
from ingest.web.url import parse_url
from tests.fakes.clock import SetClock
from tests.web_server.server import HOST, Names, Reply, WebServer
from tests.web_server.stage import Stage

CLOSED = [
    "0.0.0.0",  # noqa: S104 - nothing binds here
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:53aa:64c:0:fbff:80ff:fffe",
    "2001:2::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "4000::1",
]
OPEN = ["1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "192.0.1.1", "100.63.0.1", "100.128.0.1"]
OPEN_SIX = ["2606:4700::1111", "2400:3200::1", "2001:4860:4860::8888", "2a00:1450::1"]


@pytest.mark.parametrize("number", CLOSED)
def test_what_is_not_public_is_closed(number: str) -> None:
    assert not PublicNetworks().allow(ip_address(number))


@pytest.mark.parametrize("number", [*OPEN, *OPEN_SIX])
def test_what_is_public_is_open(number: str) -> None:
    assert PublicNetworks().allow(ip_address(number))


@pytest.mark.parametrize("answers", [[number] for number in CLOSED] + [["8.8.8.8", "10.0.0.1"]])
def test_a_name_with_one_closed_number_is_not_asked(answers: list[str]) -> None:
    gate = Gate(PublicNetworks(), Names({"example.org": [answers]}))
    with pytest.raises(AddressRefused, match="not on the public internet"):
        gate.find("example.org", 80)


def test_the_server_next_door_is_never_asked(tmp_path: Path) -> None:
    """The real policy, and a server that would answer, whatever the name says."""
    with WebServer() as server:
        server.pages["/"] = Reply(b"secret")
        stage = Stage(server, tmp_path, networks=PublicNetworks())
        hosts = ["site.test", HOST, "[::1]", "[::ffff:127.0.0.1]"]
        for host in hosts:
            with pytest.raises(NotFetched, match="not on the public internet"):
                stage.fetcher().fetch(stage.order(server.url("/", host)))
        assert server.asked == []


def test_no_setting_and_no_proxy_opens_production(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with WebServer() as server:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, server.url("", HOST))
        monkeypatch.setenv("NO_PROXY", "")
        gate = open_gate()
        assert isinstance(gate.networks, PublicNetworks)
        clock = SetClock()
        client = make_client(gate, contact="")
        fetcher = make_fetcher(Archive(tmp_path), client, now=clock, pace=Pace(0.0))
        url = parse_url(server.url("/", HOST))
        with pytest.raises(NotFetched, match="not on the public internet"):
            fetcher.fetch(Order(url, Scope(url)))
        assert server.asked == []


def test_a_name_is_looked_up_once_and_what_was_checked_is_asked(tmp_path: Path) -> None:
    """DNS rebinding: the second answer would lead inside, and nobody asks for it."""
    with WebServer() as server:
        server.pages["/"] = Reply(b"<p>text</p>")
        names = Names({"site.test": [[HOST], ["10.0.0.1"]]})
        stage = Stage(server, tmp_path, names=names)
        response = stage.client().get(parse_url(server.url("/")), stage.client().begin())
        assert response.body == b"<p>text</p>"
        assert names.asked == ["site.test"]
        [asked] = server.asked
        assert asked.host == f"site.test:{server.port}"
        with pytest.raises(AddressRefused):
            stage.client().get(parse_url(server.url("/")), stage.client().begin())


@pytest.mark.parametrize("numbers", [["::1", HOST], [HOST, "::1"]])
def test_each_number_is_tried_until_one_answers(tmp_path: Path, numbers: list[str]) -> None:
    with WebServer() as server:
        server.pages["/"] = Reply(b"here")
        names = Names({"site.test": [numbers]})

        class Local:
            def allow(self, address: object) -> bool:
                return str(address) in {"::1", HOST}

        stage = Stage(server, tmp_path, names=names, networks=Local())
        client = stage.client()
        assert client.get(parse_url(server.url("/")), client.begin()).body == b"here"


def test_we_say_who_we_are() -> None:
    assert name_agent("").startswith("OutboundDesk/")
    assert name_agent("desk@example.org").endswith(" (+desk@example.org)")
