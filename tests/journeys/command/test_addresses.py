"""A list of addresses, a site that changes, and the command; weeks pass in seconds."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import handlers.commands.addresses as command
from bot.bootstrap import Workplace
from ingest.web.archive import Archive
from ingest.web.connection import Gate
from ingest.web.pacing import Pace
from tests.journeys.command.running import Helpdesk, assert_refused
from tests.unit.ingest.office_files import make_zip
from tests.web_server import faults
from tests.web_server.server import Names, Reply, ServerNetwork, Tagged, WebServer

TEXT = "微短剧备案不收取任何费用，审核时间为十五个工作日，由制作公司提出申请。" * 5
SHOWN = "addresses.toml"


class Site(WebServer):
    """A site, the list that names its pages, and the day."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
        self.agents: list[str] = []

    def put(self, target: str, text: str, etag: str = "") -> None:
        body = f"<html><head><title>备案费用</title></head><body><p>{text}</p></body></html>"
        self.pages[target] = Tagged(body.encode(), etag) if etag else Reply(body.encode())

    def list(self, helpdesk: Helpdesk, *targets: str, facts: str = "", more: str = "") -> None:
        helpdesk.data.mkdir(exist_ok=True)
        rows = (f'[[page]]\nurl = "{self.url(target)}"\n{facts}\n' for target in targets)
        (helpdesk.data / SHOWN).write_text("\n".join([*rows, more]), "utf-8")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with Site() as server:
        names = Names({"site.test": [["127.0.0.1"]], "inside.test": [["192.168.0.9"]]})
        monkeypatch.setattr(command, "open_gate", lambda: Gate(ServerNetwork(), names))
        monkeypatch.setattr(command, "Pace", lambda: Pace(0.0))
        monkeypatch.setattr(Workplace, "now", lambda _: server.now)
        monkeypatch.setenv("HELPDESK_WEB_CONTACT", "desk@example.org")
        yield server


def test_from_the_list_to_an_answer_with_its_address(helpdesk: Helpdesk, site: Site) -> None:
    site.put("/fees.html", TEXT)
    site.list(helpdesk, "/fees.html", facts='issuer = "某某局"')
    run = helpdesk("addresses", "fetch")
    assert (run.code, run.err) == (0, "")
    assert "fees.html: new." in run.out
    assert "1 new" in run.out
    assert "Next check: 2026-03-09 17:00." in run.out
    [document] = helpdesk("documents", "list", "--json").json["documents"]
    shown = helpdesk("documents", "show", document["id"]).out
    assert "checked 2026-03-02" in shown
    assert "微短剧备案不收取任何费用" in shown
    found = helpdesk("search", "备案费用", "--json").json["results"]
    assert [one["document"] for one in found] == [document["id"]]
    assert {one.headers["User-Agent"].rpartition(" ")[2] for one in site.asked} == {
        "(+desk@example.org)"
    }


def test_what_is_due_and_what_has_changed(helpdesk: Helpdesk, site: Site) -> None:
    site.put("/fees.html", TEXT, '"1"')
    site.list(helpdesk, "/fees.html", facts='every = "3d"')
    helpdesk("addresses", "fetch", "--due")
    asked = len(site.asked)
    early = helpdesk("addresses", "fetch", "--due")
    assert "1 not due. Next check: 2026-03-05 17:00." in early.out
    assert len(site.asked) == asked
    site.now += timedelta(days=3)
    site.put("/fees.html", TEXT.replace("不收取任何费用", "收取五百元"), '"2"')
    run = helpdesk("addresses", "fetch", "--due", "--json").json
    [visit] = run["visits"]
    assert (visit["outcome"], run["exit_code"]) == ("changed", 0)
    [document] = helpdesk("documents", "list", "--json").json["documents"]
    assert (document["version"], document["since"][:10]) == (2, "2026-03-05")
    assert len(run["documents"]["changed"]) == 1
    versions = helpdesk("addresses", "versions", site.url("/fees.html"), "--json").json["versions"]
    assert [one["etag"] for one in versions] == ['"2"', '"1"']
    assert "不收取" in Path(versions[1]["file"]).read_text("utf-8")
    plain = helpdesk("addresses", "versions", site.url("/fees.html")).out
    assert [line[:16] for line in plain.splitlines()] == ["2026-03-05 17:00", "2026-03-02 17:00"]


def test_trouble_is_named_with_what_to_do(helpdesk: Helpdesk, site: Site) -> None:
    site.put("/good.html", TEXT)
    site.pages["/inside.html"] = faults.redirect("http://169.254.169.254/latest/meta-data/")
    site.pages["/bomb.html"] = faults.gzip_bomb(60)
    site.pages["/busy.html"] = Reply(status=503, headers={"Retry-After": "7200"})
    site.list(helpdesk, "/good.html", "/inside.html", "/bomb.html", "/gone.html", "/busy.html")
    with (helpdesk.data / SHOWN).open("a") as file:
        file.write('[[page]]\nurl = "http://inside.test/admin"\n')
    run = helpdesk("addresses", "fetch")
    assert run.code == 1
    assert "1 new" in run.out
    for target, said in (
        ("/inside.html", "that server is not listed"),
        ("/bomb.html", "more than 50 MB"),
        ("/gone.html", "Check how it is spelt"),
        ("/busy.html", "Next try: 2026-03-02 19:00."),
        ("inside.test/admin", "192.168.0.9, which is not on the public internet"),
    ):
        [line] = [line for line in run.err.splitlines() if target in line]
        assert said in line
    listed = helpdesk("addresses", "list").out
    assert "not on the public internet" in listed
    about = helpdesk("addresses", "list", "--json").json["addresses"]
    assert [one["on_shelf"] for one in about] == [True, False, False, False, False, False]


def test_a_page_that_goes_and_comes(helpdesk: Helpdesk, site: Site) -> None:
    site.put("/fees.html", TEXT)
    site.list(helpdesk, "/fees.html")
    helpdesk("addresses", "fetch")
    del site.pages["/fees.html"]
    site.now += timedelta(days=7)
    first = helpdesk("addresses", "fetch", "--due")
    assert first.code == 1
    assert "stays on the shelf until a check after 2026-03-12 17:00" in first.err
    assert helpdesk("documents", "list").out
    site.now += timedelta(days=3)
    second = helpdesk("addresses", "fetch", "--due")
    assert "taken off the shelf" in second.out
    assert helpdesk("documents", "list").out == ""
    assert "off the shelf, versions: 1" in helpdesk("addresses", "list").out


def test_a_sitemap(helpdesk: Helpdesk, site: Site) -> None:
    locations = [site.url(f"/guides/{number}.html") for number in range(4)]
    rows = "".join(f"<url><loc>{one}</loc></url>" for one in [*locations, site.url("/login")])
    site.pages["/sitemap.xml"] = Reply(f"<urlset>{rows}</urlset>".encode(), kind="text/xml")
    for number in range(4):
        site.put(f"/guides/{number}.html", TEXT + f"第{number}号窗口。")
    entry = f'url = "{site.url("/sitemap.xml")}"\nprefix = "{site.url("/guides/")}"\nmost = 3\n'
    site.list(helpdesk, more=f"[[sitemap]]\n{entry}")
    run = helpdesk("addresses", "fetch")
    assert run.code == 0
    assert "3 new" in run.out
    assert "4 pages below its prefix, and 3 of them" in run.err
    assert "/login" not in site.targets()
    assert "sitemap, checked 2026-03-02 17:00" in helpdesk("addresses", "list").out


def test_lists_that_cannot_be_used(helpdesk: Helpdesk, site: Site) -> None:
    assert_refused(helpdesk("addresses", "fetch"), 1, SHOWN, "HELPDESK_ADDRESSES")
    site.list(helpdesk, "/fees.html", facts='audiance = "staff"')
    for action in ("fetch", "list", "check"):
        assert_refused(helpdesk("addresses", action), 1, "audiance", "audience")
    assert site.asked == []
    assert_refused(helpdesk("addresses", "versions", "http://example.org/"), 1, "addresses list")
    assert_refused(helpdesk("addresses", "versions", "file:///etc/passwd"), 1, "http://")


def test_a_list_can_be_checked_without_asking_anybody(
    helpdesk: Helpdesk, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.list(helpdesk, "/fees.html")
    draft = helpdesk.write("draft.toml", '[[page]]\nurl = "https://example.org/"\n')
    assert "1 pages and 0 sitemaps" in helpdesk("addresses", "check").out
    assert str(draft) in helpdesk("addresses", "check", draft).out
    monkeypatch.setenv("HELPDESK_ADDRESSES", str(draft))
    assert "https://example.org/" in helpdesk("addresses", "list").out
    monkeypatch.setenv("HELPDESK_WEB_CONTACT", "")
    assert "HELPDESK_WEB_CONTACT" in helpdesk("addresses", "check").out
    assert site.asked == []


def test_two_runs_do_not_fetch_at_once(helpdesk: Helpdesk, site: Site) -> None:
    site.list(helpdesk, "/fees.html")
    with Archive(helpdesk.data / "web").locked():
        assert_refused(helpdesk("addresses", "fetch"), 1, str(helpdesk.data), "Wait")
    assert site.asked == []


def test_what_was_fetched_is_safe_while_another_process_writes(
    helpdesk: Helpdesk, site: Site
) -> None:
    from knowledge.shelf_lock import locked

    site.put("/fees.html", TEXT)
    site.list(helpdesk, "/fees.html")
    with locked(helpdesk.data / "index"):
        run = helpdesk("addresses", "fetch")
    assert run.code == 1
    assert "1 new" in run.out
    assert "Wait" in run.err
    assert helpdesk("addresses", "fetch", "--due").code == 0
    assert len(helpdesk("documents", "list", "--json").json["documents"]) == 1


def test_what_is_in_an_archive_is_seen_by_those_for_whom_it_was_listed(
    helpdesk: Helpdesk, site: Site
) -> None:
    annexes = make_zip({"fees.md": f"---\naudience: public\n---\n\n# 费用\n\n{TEXT}\n".encode()})
    site.pages["/annexes.zip"] = Reply(annexes, kind="application/zip")
    site.list(helpdesk, "/annexes.zip", facts='audience = "staff"')
    assert "annexes.zip: new." in helpdesk("addresses", "fetch").out
    found = helpdesk("search", "备案费用", "--as", "staff", "--json").json["results"]
    assert [one["document"].rpartition("/")[2][:7] for one in found] == ["annexes"] * len(found)
    assert found
    assert helpdesk("search", "备案费用", "--as", "company", "--json").json["results"] == []


def test_pages_come_through_the_proxy_that_was_named(
    helpdesk: Helpdesk, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site's server stands for the proxy: it is asked for whole addresses."""
    site.put("http://elsewhere.test/fees.html", TEXT)
    helpdesk.data.mkdir(exist_ok=True)
    rows = (
        f'[[page]]\nurl = "http://{host}/fees.html"\n' for host in ("elsewhere.test", "inside.test")
    )
    (helpdesk.data / SHOWN).write_text("\n".join(rows), "utf-8")
    monkeypatch.setenv("HELPDESK_WEB_PROXY", site.url("", "127.0.0.1"))
    run = helpdesk("addresses", "fetch")
    assert "1 new, " in run.out
    assert "192.168.0.9, which is not on the public internet" in run.err
    assert {one.host for one in site.asked} == {"elsewhere.test"}


def test_the_program_that_is_installed_asks_no_machine_of_our_own(
    helpdesk: Helpdesk, tmp_path: Path
) -> None:
    """Nothing is injected here: this is what runs in production."""
    with WebServer() as server:
        server.pages["/"] = Reply(b"<p>secret</p>")
        urls = [server.url("/", host) for host in ("127.0.0.1", "[::1]", "localhost")]
        listed = tmp_path / "listed.toml"
        listed.write_text("\n".join(f'[[page]]\nurl = "{url}"' for url in urls))
        run = helpdesk.process(
            "addresses", "fetch", env={"HELPDESK_ADDRESSES": str(listed), "http_proxy": urls[0]}
        )
        assert run.code == 1
        assert run.err.count("not on the public internet") == len(urls)
        assert "3 failed" in run.out
        assert server.asked == []
