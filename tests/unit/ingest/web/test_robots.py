"""What sites ask of us is done."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.web.fetcher import Fetched
from ingest.web.problems import AddressAway, AddressRefused, RobotsRefuse
from ingest.web.robots import LARGEST, LONGEST_DELAY
from tests.web_server import faults
from tests.web_server.server import Reply, WebServer
from tests.web_server.stage import Stage

PAGE = Reply(b"<p>text</p>")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with WebServer() as server:
        for target in ("/", "/a", "/b", "/private/a", "/list?page=2", "/x.pdf"):
            server.pages[target] = PAGE
        yield Stage(server, tmp_path)


def set_rules(stage: Stage, text: str, status: int = 200) -> None:
    stage.server.pages["/robots.txt"] = Reply(text.encode(), status, kind="text/plain")


def is_open(stage: Stage, target: str) -> bool:
    try:
        return isinstance(stage.fetch(target), Fetched)
    except RobotsRefuse:
        return False


@pytest.mark.parametrize(
    ("rules", "closed"),
    [
        ("", set()),
        ("User-agent: *\nDisallow:", set()),
        ("User-agent: *\nDisallow: /private/", {"/private/a"}),
        ("User-agent: outbounddesk\nDisallow: /a\n\nUser-agent: *\nDisallow: /", {"/a"}),
        ("User-agent: otherbot\nDisallow: /", set()),
        ("User-agent: *\nDisallow: /\nAllow: /a$", {"/b", "/private/a"}),
        ("User-agent: *\nDisallow: /*?\nDisallow: /*.pdf$", {"/list?page=2", "/x.pdf"}),
        ("User-agent: *\nDisallow: /private\nAllow: /private/a", set()),
        ("\ufeffUser-agent: *\r\nDisallow: /b\r\n", {"/b"}),
        ("<html><body>no rules here</body></html>", set()),
    ],
)
def test_rules(stage: Stage, rules: str, closed: set[str]) -> None:
    set_rules(stage, rules)
    asked = {"/a", "/b", "/private/a", "/list?page=2", "/x.pdf"}
    if closed == {"/b", "/private/a"}:
        asked = {"/a", "/b", "/private/a"}
    assert {target for target in asked if not is_open(stage, target)} == closed
    assert not {*stage.server.targets()} & closed


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_site_without_the_file_is_open(stage: Stage, status: int) -> None:
    set_rules(stage, "User-agent: *\nDisallow: /", status)
    assert is_open(stage, "/a")


@pytest.mark.parametrize(
    "reply",
    [Reply(status=500), Reply(status=503), Reply(status=429), faults.drip(), faults.torn(b"User")],
)
def test_a_site_whose_file_cannot_be_had_is_closed_for_now(stage: Stage, reply: Reply) -> None:
    stage.server.pages["/robots.txt"] = reply
    fetcher = stage.fetcher(limits=stage.limits.__class__(seconds=0.5))
    for target in ("/a", "/b"):
        with pytest.raises(AddressAway, match="nothing is asked of its server for now"):
            stage.fetch(target, fetcher.fetch)
    assert [one.target for one in stage.server.asked] == ["/robots.txt"]
    set_rules(stage, "")
    assert is_open(stage, "/a"), "the next run asks again"


def test_the_file_is_kept_for_a_day(stage: Stage) -> None:
    set_rules(stage, "User-agent: *\nDisallow: /a")
    assert not is_open(stage, "/a")
    set_rules(stage, "")
    stage.clock.advance(timedelta(hours=23).total_seconds())
    assert not is_open(stage, "/a")
    assert [one.target for one in stage.server.asked] == ["/robots.txt"]
    stage.clock.advance(timedelta(hours=2).total_seconds())
    assert is_open(stage, "/a")


def test_a_file_that_is_empty_is_kept_as_well(stage: Stage) -> None:
    for _ in range(3):
        assert is_open(stage, "/a")
    assert [one.target for one in stage.server.asked].count("/robots.txt") == 1


def test_what_was_kept_is_damaged(stage: Stage, tmp_path: Path) -> None:
    set_rules(stage, "User-agent: *\nDisallow: /a")
    assert not is_open(stage, "/a")
    [kept] = tmp_path.glob("*.json")
    kept.write_text("{")
    assert not is_open(stage, "/a")
    assert len(stage.server.asked) == 2


def test_only_the_beginning_of_a_long_file_counts(stage: Stage) -> None:
    head = "User-agent: *\nDisallow: /a\n"
    set_rules(stage, head + "#" * LARGEST + "\nDisallow: /b\n")
    assert not is_open(stage, "/a")
    assert is_open(stage, "/b")
    stage.server.pages["/robots.txt"] = faults.endless()
    stage.clock.advance(90_000)
    assert is_open(stage, "/a")


def test_the_file_may_be_elsewhere_on_the_site_and_nowhere_else(stage: Stage) -> None:
    stage.server.pages["/robots.txt"] = faults.redirect("/rules")
    stage.server.pages["/rules"] = Reply(b"User-agent: *\nDisallow: /a", kind="text/plain")
    assert not is_open(stage, "/a")
    stage.clock.advance(90_000)
    for target in ("http://127.0.0.1/robots.txt", "http://stranger.test/robots.txt"):
        stage.server.pages["/robots.txt"] = faults.redirect(target)
        with pytest.raises(AddressRefused, match="not listed"):
            stage.fetch("/a")


def test_the_rules_of_each_server_on_the_way_count(stage: Stage) -> None:
    stage.names.book["other.test"] = [["127.0.0.1"]]
    stage.listed = (stage.server.url("/", "other.test"),)
    stage.server.pages["/a"] = faults.redirect(stage.server.url("/b", "other.test"))
    stage.server.pages["other.test/robots.txt"] = Reply(b"User-agent: *\nDisallow: /b")
    with pytest.raises(RobotsRefuse):
        stage.fetch("/a")
    assert stage.server.targets() == ["/a"]


def test_there_is_time_between_requests(stage: Stage) -> None:
    fetch = stage.fetcher().fetch
    for target in ("/a", "/b"):
        stage.fetch(target, fetch)
    assert stage.sleeper.slept == [2.0, 2.0]


def test_another_server_need_not_be_waited_for(stage: Stage) -> None:
    stage.names.book["other.test"] = [["127.0.0.1"]]
    fetch = stage.fetcher().fetch
    stage.fetch("/a", fetch)
    fetch(stage.order(stage.server.url("/b", "other.test")))
    assert len(stage.sleeper.slept) == 2, "one for each page, after each robots.txt"


@pytest.mark.parametrize(
    ("asked", "kept"), [("7", 7.0), ("0.5", 2.0), ("86400", LONGEST_DELAY), ("often", 2.0)]
)
def test_a_site_may_ask_for_more_time(stage: Stage, asked: str, kept: float) -> None:
    set_rules(stage, f"User-agent: *\nCrawl-delay: {asked}\n")
    fetch = stage.fetcher().fetch
    for target in ("/a", "/b"):
        stage.fetch(target, fetch)
    assert stage.sleeper.slept[-1] == kept


@pytest.mark.parametrize("status", [429, 503])
def test_a_short_rest_is_waited_for(stage: Stage, status: int) -> None:
    replies = [Reply(status=status, headers={"Retry-After": "20"}), PAGE]
    stage.server.pages["/a"] = lambda asked: replies.pop(0)  # noqa: ARG005 - the form of the server
    assert isinstance(stage.fetch("/a"), Fetched)
    assert stage.sleeper.slept[-1] == 20.0


def test_a_date_is_a_rest_as_well(stage: Stage) -> None:
    when = stage.clock.now + timedelta(hours=3)
    said = when.strftime("%a, %d %b %Y %H:%M:%S GMT")
    stage.server.pages["/a"] = Reply(status=503, headers={"Retry-After": said})
    with pytest.raises(AddressAway) as caught:
        stage.fetch("/a")
    assert caught.value.fields["wait"] == timedelta(hours=3).total_seconds()
