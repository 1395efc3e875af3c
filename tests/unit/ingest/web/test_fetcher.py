"""Answers and what they mean."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.web.fetcher import Fetched, Missing, Order
from ingest.web.problems import AddressAway, AddressRefused, NotFetched
from ingest.web.url import parse_url
from tests.web_server import faults
from tests.web_server.server import Reply, Tagged, WebServer
from tests.web_server.stage import Stage

OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with WebServer() as server:
        yield Stage(server, tmp_path)


def fetch(stage: Stage, target: str) -> Fetched:
    page = stage.fetch(target)
    assert isinstance(page, Fetched)
    return page


@pytest.mark.parametrize(
    ("target", "kind", "ending", "charset"),
    [
        ("/a", "text/html", ".html", ""),
        ("/a.php", 'Text/HTML; charset="GB2312"', ".html", "GB2312"),
        ("/a.md", "text/plain; charset=utf-8", ".md", "utf-8"),
        ("/a", "text/plain", ".txt", ""),
        ("/a.pdf", "application/octet-stream", ".pdf", ""),
        ("/a.docx", "application/zip", ".docx", ""),
        ("/a.docx", "", ".docx", ""),
        ("/%E9%80%9A%E7%9F%A5.docx", OFFICE, ".docx", ""),
        ("/a", "application/xhtml+xml", ".xhtml", ""),
        ("/a.zip", "application/octet-stream", ".zip", ""),
        ("/get?id=1", "application/zip", ".zip", ""),
        ("/a", "message/rfc822", ".eml", ""),
    ],
)
def test_kinds(stage: Stage, target: str, kind: str, ending: str, charset: str) -> None:
    stage.server.pages[target] = Reply(b"text", kind=kind)
    media = fetch(stage, target).media
    assert (media.ending, media.charset) == (ending, charset)


def test_a_download_is_what_its_name_says(stage: Stage) -> None:
    headers = {"Content-Disposition": 'attachment; filename="notice.docx"'}
    stage.server.pages["/get"] = Reply(b"x", kind="application/octet-stream", headers=headers)
    assert fetch(stage, "/get").media.ending == ".docx"


def test_a_pdf_is_one_whatever_it_is_called(stage: Stage) -> None:
    stage.server.pages["/a"] = Reply(b"%PDF-1.7 ...", kind="text/html")
    assert fetch(stage, "/a").media.ending == ".pdf"


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("/a", "video/mp4"),
        ("/a.exe", "application/octet-stream"),
        ("/a", ""),
        ("/a.page", ""),
        ("/a.rar", "application/vnd.rar"),
    ],
)
def test_what_nobody_reads_is_not_even_taken(stage: Stage, target: str, kind: str) -> None:
    stage.server.pages[target] = Reply(kind=kind, pieces=faults.endless().pieces)
    with pytest.raises(AddressRefused, match="which is not read"):
        stage.fetch(target)


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone(stage: Stage, status: int) -> None:
    stage.server.pages["/a"] = Reply(status=status)
    assert stage.fetch("/a") == Missing(status)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, AddressRefused),
        (403, AddressRefused),
        (451, AddressRefused),
        (400, AddressRefused),
        (204, AddressRefused),
        (206, AddressRefused),
        (304, AddressRefused),
        (500, AddressAway),
        (502, AddressAway),
        (504, AddressAway),
    ],
)
def test_what_went_wrong(stage: Stage, status: int, kind: type[NotFetched]) -> None:
    stage.server.pages["/a"] = Reply(status=status)
    with pytest.raises(NotFetched, match=f"HTTP {status}") as caught:
        stage.fetch("/a")
    assert type(caught.value) is kind


@pytest.mark.parametrize(("statuses", "moved"), [((301, 308), True), ((301, 302), False)])
def test_what_has_moved_for_good(stage: Stage, statuses: tuple[int, int], *, moved: bool) -> None:
    stage.server.pages["/a"] = faults.redirect("/b", statuses[0])
    stage.server.pages["/b"] = faults.redirect("/c", statuses[1])
    stage.server.pages["/c"] = Reply(b"<p>x</p>")
    assert fetch(stage, "/a").moved is moved


def test_five_redirects_are_followed_and_no_more(stage: Stage) -> None:
    for number in range(6):
        stage.server.pages[f"/{number}"] = faults.redirect(f"/{number + 1}")
    stage.server.pages["/6"] = Reply(b"<p>x</p>")
    assert str(fetch(stage, "/1").url).endswith("/6")
    with pytest.raises(AddressRefused, match="without an end"):
        stage.fetch("/0")


def test_a_listed_server_may_be_led_to(stage: Stage) -> None:
    stage.names.book["other.test"] = [["127.0.0.1"]]
    target = stage.server.url("/b", "other.test")
    stage.server.pages["/a"] = faults.redirect(target)
    stage.server.pages["/b"] = Reply(b"<p>x</p>")
    with pytest.raises(AddressRefused, match="not listed"):
        stage.fetch("/a")
    stage.listed = (target,)
    assert str(fetch(stage, "/a").url) == target


def test_a_listed_server_that_leads_inside_is_not_followed(stage: Stage) -> None:
    """Its name is listed, and stands for a machine in the network: the number decides."""
    stage.names.book["inside.test"] = [["10.0.0.7"]]
    target = stage.server.url("/admin", "inside.test")
    stage.listed = (target,)
    stage.server.pages["/a"] = faults.redirect(target)
    with pytest.raises(NotFetched, match=r"10\.0\.0\.7, which is not on the public internet"):
        stage.fetch("/a")


@pytest.mark.parametrize("port", [22, 6379, 8080])
def test_another_port_is_another_server(stage: Stage, port: int) -> None:
    stage.server.pages["/a"] = faults.redirect(f"http://site.test:{port}/")
    with pytest.raises(AddressRefused, match="not listed"):
        stage.fetch("/a")


def test_https_does_not_become_http(stage: Stage) -> None:
    url = parse_url("https://site.test/a")
    scope = stage.scope(url)
    with pytest.raises(AddressRefused, match="from https to http"):
        scope.follow(url, "http://site.test/a")
    assert str(scope.follow(parse_url("http://site.test/a"), "https://site.test/a")) == str(url)


def test_a_tag_that_could_not_be_sent_back_is_forgotten(stage: Stage) -> None:
    stage.server.pages["/a"] = Reply(b"<p>x</p>", headers={"ETag": '"\u00e9"'})
    page = fetch(stage, "/a")
    assert page.validators.etag == ""


def test_the_tag_goes_to_the_address_that_gave_it(stage: Stage) -> None:
    stage.server.pages["/a"] = faults.redirect("/b")
    stage.server.pages["/b"] = Tagged(b"<p>x</p>", '"1"')
    known = fetch(stage, "/a").validators
    order = stage.order(stage.server.url("/a"))
    stage.fetcher().fetch(Order(order.url, order.scope, known))
    sent = [(one.target, one.headers.get("If-None-Match")) for one in stage.server.asked[-2:]]
    assert sent == [("/a", None), ("/b", '"1"')]
