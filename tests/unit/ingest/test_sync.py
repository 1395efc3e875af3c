"""Runs: what comes, changes, stays and goes."""

import json
import os
import shutil
from pathlib import Path

import pytest

from ingest.report import Progress
from ingest.sync import find_starter, synchronise, synchronise_starter
from knowledge.errors import UsageError
from knowledge.passage import Audience
from tests.fakes.shelf import MemoryShelf
from tests.unit.ingest.folders import Folder


def test_a_second_run_over_a_thousand_documents_embeds_nothing(folder: Folder) -> None:
    for number in range(1000):
        folder.write(
            f"{number % 10}/{number}.md", f"# Rule {number}\n\nThe fee is {number} yuan.\n"
        )
    first = folder.run()
    assert (len(first.added), first.embedded) == (1000, 1000)
    second = folder.run()
    assert (len(second.unchanged), second.embedded, second.passages) == (1000, 0, 0)
    assert len(folder.shelf.puts) == 1000


def test_progress_counts_the_bytes_that_have_to_be_read(folder: Folder) -> None:
    folder.write("a.md", "Text.")
    folder.write("b.md", "")
    folder.write("c.md", "Longer text.")
    steps = list[Progress]()
    synchronise([folder.path], folder.shelf, progress=steps.append)
    assert [(one.done, one.total, one.document) for one in steps] == [
        (0, 17, "a.md"),
        (5, 17, "a.md"),
        (5, 17, "b.md"),
        (17, 17, "c.md"),
    ]
    assert steps[-1].remaining == 0
    folder.write("a.md", "Texts.")
    steps.clear()
    synchronise([folder.path], folder.shelf, progress=steps.append)
    assert [one.document for one in steps] == ["a.md", "a.md", "b.md"], "only work counts"


def test_a_changed_document_is_replaced_and_is_never_missing(folder: Folder) -> None:
    folder.write("a.md", "# T\n\n## A\n\nOld text.\n\n## B\n\nSame.")
    folder.run()
    folder.write("a.md", "# T\n\n## A\n\nNew text.\n\n## B\n\nSame.")
    report = folder.run()
    assert (report.changed, report.embedded, report.passages) == (("a.md",), 1, 2)
    assert [passage.text for passage in folder.passages("a.md")] == ["New text.", "Same."]
    assert folder.shelf.published == [["a.md"], ["a.md"]]


def test_a_deleted_document_disappears(folder: Folder) -> None:
    folder.write("a.md", "Text.")
    path = folder.write("sub/b.md", "Text.")
    folder.run()
    path.unlink()
    report = folder.run()
    assert (report.removed, report.unchanged) == (("sub/b.md",), ("a.md",))
    assert list(folder.shelf.documents) == ["a.md"]


def test_a_renamed_document_comes_and_goes_in_one_step(folder: Folder) -> None:
    path = folder.write("a.md", "Text.")
    folder.run()
    path.rename(folder.path / "b.md")
    report = folder.run()
    assert (report.added, report.removed) == (("b.md",), ("a.md",))
    assert folder.shelf.published[-1] == ["b.md", "a.md"]


def test_an_emptied_folder_empties_the_shelf_and_is_mentioned(folder: Folder) -> None:
    path = folder.write("a.md", "Text.")
    folder.run()
    path.unlink()
    report = folder.run()
    assert (report.removed, report.exit_code) == (("a.md",), 0)
    assert "no document" in str(report.skipped[0].reason)


def test_one_file_can_be_given_and_takes_nothing_away(folder: Folder) -> None:
    folder.write("a.md", "Text.")
    path = folder.write("b.md", "Text.")
    folder.run(path)
    assert folder.run(path).unchanged == ("b.md",)
    assert folder.run().added == ("a.md",)
    assert set(folder.shelf.roots.values()) == {str(folder.path)}
    assert folder.run(path).removed == ()


def test_a_file_keeps_its_id_when_another_folder_is_given(folder: Folder) -> None:
    path = folder.write("sub/a.md", "Text.")
    folder.run()
    path.write_text("New text.")
    assert folder.run(path).changed == ("sub/a.md",)
    path.unlink()
    folder.write("sub/b.md", "Text.")
    report = folder.run(folder.path / "sub")
    assert (report.added, report.removed) == (("b.md",), ("sub/a.md",))


def test_overlapping_paths_take_each_document_once(folder: Folder) -> None:
    path = folder.write("sub/a.md", "Text.")
    report = folder.run(folder.path, folder.path / "sub", path)
    assert report.added == ("sub/a.md",)
    assert folder.shelf.puts == ["sub/a.md"]


def test_an_id_of_another_folder_is_refused_with_both_named(folder: Folder, tmp_path: Path) -> None:
    folder.write("a.md", "Text.")
    folder.run()
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.md").write_text("Other text.")
    report = folder.run(other)
    message = str(report.failed[0].error)
    assert str(folder.path) in message
    assert str(other) in message
    assert folder.passages("a.md")[0].text == "Text."
    assert report.exit_code == 1


def test_an_id_whose_file_is_gone_is_taken_over(folder: Folder, tmp_path: Path) -> None:
    path = folder.write("a.md", "Text.")
    folder.run()
    other = tmp_path / "other"
    other.mkdir()
    path.rename(other / "a.md")
    report = folder.run(other)
    assert (report.changed, report.failed) == (("a.md",), ())
    assert folder.shelf.roots == {"a.md": str(other)}
    assert folder.run().removed == ()


def test_two_folders_of_one_run_cannot_share_an_id(folder: Folder, tmp_path: Path) -> None:
    folder.write("a.md", "Text.")
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.md").write_text("Other text.")
    report = folder.run(folder.path, other)
    assert (report.added, len(report.failed)) == (("a.md",), 1)


def test_a_document_that_became_unreadable_keeps_its_version(folder: Folder) -> None:
    folder.write("a.md", "Text.")
    folder.run()
    folder.write("a.md", "---\nissued: never\n---\nNew.")
    report = folder.run()
    assert (report.removed, report.exit_code) == ((), 1)
    assert "Its earlier version stays on the shelf." in str(report.failed[0].error)
    assert folder.passages("a.md")[0].text == "Text."


def test_a_document_that_grew_too_large_keeps_its_version(folder: Folder) -> None:
    path = folder.write("a.md", "Text.")
    folder.run()
    os.truncate(path, 201 * 1024**2)
    report = folder.run()
    assert "201 MB" in str(report.failed[0].error)
    assert "earlier version" in str(report.failed[0].error)
    assert report.removed == ()


def test_a_folder_that_cannot_be_listed_keeps_its_documents(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("a.md", "Text.")
    folder.write("closed/b.md", "Text.")
    folder.run()
    real = os.scandir

    def closed(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    report = folder.run()
    assert (report.unchanged, report.removed) == (("a.md",), ())
    assert "closed cannot be listed" in str(report.failed[0].error)
    assert "Permission denied" in str(report.failed[0].error)


def test_another_audience_changes_the_documents(folder: Folder) -> None:
    folder.write("a.md", "Text.")
    folder.write("b.md", "---\naudience: actor\n---\nText.")
    folder.run()
    assert folder.run(audience=Audience.COMPANY).changed == ("a.md", "b.md")
    audiences = [folder.passages(name)[0].provenance.audience for name in ("a.md", "b.md")]
    assert audiences == [Audience.COMPANY, Audience.STAFF]
    assert folder.shelf.documents["b.md"].provenance.audience is Audience.STAFF


def test_a_path_that_does_not_exist_is_refused_before_anything_is_done(folder: Folder) -> None:
    folder.write("a.md", "Text.")
    with pytest.raises(UsageError, match="no file or folder"):
        folder.run(folder.path, folder.path / "missing")
    assert folder.shelf.puts == []


def test_the_report_is_plain_json(folder: Folder) -> None:
    folder.write("a.md", "Text.")
    folder.write("b.md", "")
    folder.write("c.exe", "x")
    report = synchronise([folder.path], folder.shelf)
    values = json.loads(json.dumps(report.as_json()))
    assert values["added"] == ["a.md"]
    assert values["failed"][0]["path"] == "b.md"
    assert values["failed"][0]["code"] == "document-unreadable"
    assert values["skipped"][0]["path"] == "c.exe"
    assert values["elapsed"] >= 0
    assert values["exit_code"] == 1


def test_the_starter_is_read_without_fault_and_stays(tmp_path: Path) -> None:
    shelf = MemoryShelf()
    report = synchronise_starter(shelf)
    assert report.failed == ()
    assert report.damaged == ()
    assert set(shelf.roots.values()) <= {"starter"}
    assert synchronise_starter(shelf).embedded == 0
    assert synchronise([find_starter()], shelf).embedded == 0
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "mine.md").write_text("Text.")
    assert synchronise([folder], shelf).removed == ()


def test_a_copy_of_the_starter_does_not_take_its_ids(tmp_path: Path) -> None:
    shelf = MemoryShelf()
    added = synchronise_starter(shelf).added
    shutil.copytree(find_starter(), tmp_path / "copy")
    report = synchronise([tmp_path / "copy"], shelf)
    assert len(report.failed) == len(added)
    assert set(shelf.roots.values()) <= {"starter"}
