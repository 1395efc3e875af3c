"""``documents check`` and ``repair``, as somebody meets them who has a broken disk."""

import json
from pathlib import Path

import pytest

from tests.journeys.command.conftest import DOCUMENTS
from tests.journeys.command.running import Helpdesk, assert_refused


@pytest.fixture
def shelf(helpdesk: Helpdesk) -> Helpdesk:
    """Four documents whose files are there."""
    for name, text in DOCUMENTS.items():
        helpdesk.write(name, text)
    assert helpdesk("ingest", helpdesk.data.parent / "documents").code == 0
    return helpdesk


def _find(helpdesk: Helpdesk, pattern: str) -> Path:
    [path] = helpdesk.data.glob(f"index/*/{pattern}")
    return path


def test_a_whole_shelf(shelf: Helpdesk) -> None:
    run = shelf("documents", "check")
    assert (run.code, run.err) == (0, "")
    assert "4 documents; all 5 vectors compared" in run.out
    assert shelf("documents", "check", "--json").json["faults"] == []
    assert shelf("documents", "repair").code == 0


def test_a_broken_index_is_named_and_repaired(shelf: Helpdesk) -> None:
    before = shelf("search", "filing", "--as", "staff", "--json").json["results"]
    _find(shelf, "vectors/chroma.sqlite3").write_bytes(b"garbage " * 500)
    _find(shelf, "generations/1/lexical/postings.bin").write_bytes(b"")
    assert_refused(shelf("search", "filing"), 1, "helpdesk documents repair")
    found = shelf("documents", "check")
    assert found.code == 1
    assert "is damaged" in found.out
    assert "helpdesk documents repair" in found.out
    repaired = shelf("documents", "repair", "--json")
    assert (repaired.code, repaired.json["left"]) == (0, [])
    assert repaired.json["mended"]
    assert shelf("documents", "check").code == 0
    assert shelf("search", "filing", "--as", "staff", "--json").json["results"] == before


def test_files_that_changed_and_files_that_are_gone(shelf: Helpdesk) -> None:
    (shelf.data.parent / "documents" / "actor.md").unlink()
    shelf.write("fees.md", DOCUMENTS["fees.md"].replace("free", "dear"))
    run = shelf("documents", "check")
    assert run.code == 1
    assert "fees.md: its file" in run.out
    assert "actor.md: its file" in run.out
    assert "Put the file back" in run.out
    repaired = shelf("documents", "repair")
    assert repaired.code == 1, "one file is still gone"
    assert "Read again from its file: fees.md" in repaired.out
    assert "dear" in shelf("documents", "show", "fees.md").out
    assert "222" in shelf("documents", "show", "actor.md").out
    assert shelf("documents", "remove", "actor.md").code == 0
    assert shelf("documents", "check").code == 0


def test_a_changed_document_has_a_version_and_a_history(shelf: Helpdesk) -> None:
    shelf.write("fees.md", DOCUMENTS["fees.md"].replace("free", "dear"))
    shelf("ingest", shelf.data.parent / "documents")
    listed = shelf("documents", "list", "--json").json["documents"]
    fees = next(one for one in listed if one["id"] == "fees.md")
    assert fees["version"] == 2
    [past] = fees["history"]
    assert (past["number"], past["ended"]) == (1, "changed")
    assert past["since"] <= past["until"] <= fees["since"]
    assert past["source_hash"] != fees["source_hash"]
    assert "1: " in shelf("documents", "show", "fees.md").out


@pytest.mark.parametrize("action", ["check", "repair"])
def test_a_shelf_that_is_not_there(helpdesk: Helpdesk, action: str) -> None:
    assert_refused(helpdesk("documents", action), 1, "helpdesk ingest")


def test_what_programs_read(shelf: Helpdesk) -> None:
    (shelf.data.parent / "documents" / "actor.md").unlink()
    run = shelf.process("documents", "check", "--json")
    assert run.code == 1
    values = json.loads(run.out)
    [fault] = values["faults"]
    assert set(fault) == {"kind", "document", "what", "next"}
    assert (fault["kind"], fault["document"]) == ("source-gone", "actor.md")
    assert values["vectors_compared"] == 5
