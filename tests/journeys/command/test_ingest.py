from filelock import FileLock

from tests.journeys.command.conftest import DOCUMENTS
from tests.journeys.command.running import Helpdesk, assert_refused
from tests.unit.ingest import pdf_files
from tests.unit.ingest.office_files import make_slides

REPORT = {
    "added", "changed", "unchanged", "removed", "skipped", "failed", "damaged",
    "repaired", "duplicates", "passages", "embedded", "elapsed", "exit_code",
}  # fmt: skip


def ids(helpdesk: Helpdesk) -> list[str]:
    return [one["id"] for one in helpdesk("documents", "list", "--json").json["documents"]]


def test_a_folder(helpdesk: Helpdesk) -> None:
    for name, text in DOCUMENTS.items():
        helpdesk.write(name, text)
    folder = helpdesk.data.parent / "documents"
    first = helpdesk("ingest", folder)
    assert (first.code, first.err) == (0, "")
    assert "4 added" in first.out
    assert ids(helpdesk) == sorted(DOCUMENTS)
    assert "4 unchanged" in helpdesk("ingest", folder).out
    (folder / "fees.md").unlink()
    helpdesk.write("company.md", DOCUMENTS["company.md"].replace("111", "112"))
    third = helpdesk("ingest", folder, "--json")
    assert third.code == 0
    assert set(third.json) == REPORT
    assert (third.json["changed"], third.json["removed"]) == (["company.md"], ["fees.md"])
    assert third.json["embedded"] == 1
    assert ids(helpdesk) == ["actor.md", "company.md", "staff.md"]


def test_one_file_and_another(helpdesk: Helpdesk) -> None:
    first, second = (helpdesk.write(name, DOCUMENTS[name]) for name in ("fees.md", "actor.md"))
    assert helpdesk("ingest", first).code == 0
    assert helpdesk("ingest", second).code == 0
    assert ids(helpdesk) == ["actor.md", "fees.md"]


def test_the_audience_can_be_given(helpdesk: Helpdesk) -> None:
    helpdesk("ingest", helpdesk.write("fees.md", DOCUMENTS["fees.md"]), "--audience", "staff")
    [document] = helpdesk("documents", "list", "--json").json["documents"]
    assert document["audience"] == "staff"


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(helpdesk: Helpdesk) -> None:
    good = helpdesk.write("fees.md", DOCUMENTS["fees.md"])
    helpdesk.write("empty.md", "")
    (good.parent / "zeros.md").write_bytes(b"\0" * 4000)
    helpdesk.write("photo.heic", "?")
    run = helpdesk("ingest", good.parent)
    assert run.code == 1
    assert "1 added" in run.out
    for name in ("empty.md", "zeros.md", "photo.heic"):
        [line] = [line for line in run.err.splitlines() if name in line]
        assert len(line) > len(name) + 10
    assert ids(helpdesk) == ["fees.md"]
    report = helpdesk("ingest", good.parent, "--json")
    assert report.code == report.json["exit_code"] == 1
    assert {one["path"] for one in report.json["failed"]} == {"empty.md", "zeros.md"}
    assert all(one["reason"] for one in report.json["failed"])
    assert [one["path"] for one in report.json["skipped"]] == ["photo.heic"]


def test_documents_as_offices_have_them(helpdesk: Helpdesk) -> None:
    folder = helpdesk.write("fees.md", DOCUMENTS["fees.md"]).parent
    (folder / "rule.pdf").write_bytes(
        pdf_files.make_pdf(pdf_files.text("企业应当在拍摄以前备案。"), head="办法")
    )
    (folder / "training.pptx").write_bytes(make_slides([("流程", ["先备案。"])]))
    (folder / "locked.pdf").write_bytes(pdf_files.make_pdf(pdf_files.text("秘密。"), password="x"))  # noqa: S106 - made here
    (folder / "old.doc").write_bytes(b"x")
    run = helpdesk("ingest", folder)
    assert run.code == 1
    assert "3 added" in run.out
    assert "without one" in next(line for line in run.err.splitlines() if "locked.pdf" in line)
    assert "save it as .docx" in next(line for line in run.err.splitlines() if "old.doc" in line)
    assert "p. 1" in helpdesk("documents", "show", "rule.pdf").out
    assert "slide 1" in helpdesk("documents", "show", "training.pptx").out
    assert "3 unchanged" in helpdesk("ingest", folder).out


def test_an_empty_folder(helpdesk: Helpdesk) -> None:
    folder = helpdesk.data.parent / "nothing"
    folder.mkdir()
    run = helpdesk("ingest", folder)
    assert run.code == 0
    assert "0 added" in run.out
    assert str(folder) in run.err


def test_a_path_that_does_not_exist(stocked: Helpdesk) -> None:
    source = stocked.write("new.md", "Text.")
    missing = stocked.data.parent / "no-such-folder"
    assert_refused(stocked("ingest", source, missing), 2, str(missing))
    assert "new.md" not in ids(stocked)


def test_the_report_is_all_that_a_program_reads_on_stdout(helpdesk: Helpdesk) -> None:
    source = helpdesk.write("fees.md", DOCUMENTS["fees.md"])
    run = helpdesk.process("ingest", source, "--json")
    assert (run.code, run.err) == (0, "")
    assert run.json["added"] == ["fees.md"]


def test_two_processes_do_not_write_at_once(stocked: Helpdesk) -> None:
    source = stocked.write("new.md", "Text.")
    with FileLock(stocked.data / "index" / "writer.lock"):
        assert_refused(stocked.process("ingest", source), 1, str(stocked.data), "Wait")
        assert_refused(stocked("documents", "remove", "fees.md"), 1, str(stocked.data))
        assert stocked("search", "fees").code == 0
    assert stocked("ingest", source).code == 0
