import shutil

import pytest

from tests.journeys.command.conftest import DOCUMENTS
from tests.journeys.command.running import Helpdesk, assert_refused


def test_list(stocked: Helpdesk) -> None:
    plain = stocked("documents", "list")
    assert plain.code == 0
    assert all(name in plain.out for name in DOCUMENTS)
    documents = stocked("documents", "list", "--json").json["documents"]
    fees = next(one for one in documents if one["id"] == "fees.md")
    assert (fees["issued"], fees["effective_from"]) == ("2025-03", "2025-04-01")
    assert (fees["state"], fees["version"], fees["history"]) == ("complete", 1, [])
    assert (len(fees["source_hash"]), len(fees["parser"])) == (64, 12)
    assert (fees["title"], fees["language"], fees["audience"]) == ("Fees", "en", "public")
    assert fees["passages"] == 2


def test_a_list_of_nothing(helpdesk: Helpdesk) -> None:
    assert helpdesk("documents", "list", "--json").json == {"documents": []}
    plain = helpdesk("documents", "list")
    assert (plain.code, plain.out) == (0, "")
    assert "helpdesk ingest --starter" in plain.err


def test_show(stocked: Helpdesk) -> None:
    run = stocked("documents", "show", "fees.md")
    assert run.code == 0
    for text in ("Fees", "Filing a micro-drama is free.", "issued 2025-03", "from 2025-04-01"):
        assert text in run.out


def test_remove(stocked: Helpdesk) -> None:
    assert stocked("documents", "remove", "fees.md").code == 0
    assert "fees.md" not in stocked("documents", "list").out
    found = stocked("search", "micro-drama store payment", "--as", "staff", "--json").json
    assert {one["document"] for one in found["results"]} == {"company.md", "actor.md", "staff.md"}
    assert_refused(stocked("documents", "remove", "fees.md"), 1, "fees.md", "documents list")


@pytest.mark.parametrize("action", ["show", "remove"])
def test_an_unknown_document(stocked: Helpdesk, action: str) -> None:
    assert_refused(stocked("documents", action, "no.md"), 1, "no.md", "helpdesk documents list")


def test_the_database_is_made_and_checked(helpdesk: Helpdesk) -> None:
    assert_refused(helpdesk("db", "check"), 1, str(helpdesk.data / "desk.db"))
    made = helpdesk("db", "upgrade")
    assert made.code == 0
    assert made.out.strip()
    assert (helpdesk.data / "desk.db").is_file()
    assert helpdesk("db", "upgrade").out == made.out
    checked = helpdesk("db", "check")
    assert (checked.code, checked.out, checked.err) == (0, "ok\n", "")


@pytest.mark.parametrize("content", [b"garbage " * 500, b"\0" * 100])
def test_a_damaged_database_is_named(helpdesk: Helpdesk, content: bytes) -> None:
    helpdesk.data.mkdir()
    (helpdesk.data / "desk.db").write_bytes(content)
    for action in ("check", "upgrade"):
        run = helpdesk("db", action)
        assert_refused(run, 1, str(helpdesk.data / "desk.db"))
        assert "backup" in run.err or "upgrade" in run.err
    assert (helpdesk.data / "desk.db").read_bytes() == content


def test_a_damaged_database_does_not_stop_searching(stocked: Helpdesk) -> None:
    (stocked.data / "desk.db").write_bytes(b"garbage " * 500)
    assert stocked("search", "filing").code == 0


QUESTIONS = (["search", "filing"], ["ask", "What does filing cost?"])


@pytest.mark.parametrize("arguments", [*QUESTIONS, ["ingest"]])
@pytest.mark.parametrize("damage", [b"garbage " * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_index_says_what_to_do(
    stocked: Helpdesk, arguments: list[str], damage: bytes
) -> None:
    [store] = stocked.data.glob("index/*/vectors/chroma.sqlite3")
    store.write_bytes(damage)
    source = [stocked.write("a.md", "Text.")] if arguments == ["ingest"] else []
    run = stocked.process(*arguments, *source)
    assert_refused(run, 1, str(stocked.data / "index"), "helpdesk ingest")


@pytest.mark.parametrize("arguments", QUESTIONS)
def test_a_damaged_manifest_says_what_to_do(stocked: Helpdesk, arguments: list[str]) -> None:
    [manifest] = stocked.data.glob("index/*/generations/*/manifest.json")
    manifest.write_text("{")
    assert_refused(stocked(*arguments), 1, str(manifest.parent), "backup", "helpdesk ingest")


@pytest.mark.parametrize("moved", ["index", "index/*/vectors"])
def test_doing_what_the_message_says_repairs_it(stocked: Helpdesk, moved: str) -> None:
    sources = [stocked.write(name, text) for name, text in DOCUMENTS.items()]
    before = stocked("search", "filing", "--as", "staff", "--json").json
    [folder] = stocked.data.glob(moved)
    shutil.move(folder, stocked.data / "broken")
    elsewhere = Helpdesk(stocked.data.with_name("moved"))  # as a new process would find it
    shutil.copytree(stocked.data, elsewhere.data)
    refused = elsewhere("search", "filing", "--as", "staff")
    assert_refused(refused, 1, "helpdesk ingest")
    assert elsewhere("ingest", *(sources if moved == "index" else [])).code == 0
    after = elsewhere("search", "filing", "--as", "staff", "--json").json
    assert [one["passage"] for one in after["results"]] == [
        one["passage"] for one in before["results"]
    ]
