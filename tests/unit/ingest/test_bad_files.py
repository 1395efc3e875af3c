"""Files that cannot be read are named with the reason, and the rest goes on."""

import os
import random

import pytest

from ingest.loaders import LOADERS
from tests.unit.ingest.folders import Folder

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + random.Random(1).randbytes(600)
ENDINGS = tuple(ending.removeprefix(".") for ending in LOADERS)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("content", [b"", b" \n\n\t", PNG, random.Random(2).randbytes(500)])
def test_empty_and_binary_files_are_refused_by_name(
    folder: Folder, ending: str, content: bytes
) -> None:
    folder.write("good.md", "Good text.")
    folder.write(f"bad.{ending}", content)
    report = folder.run()
    assert report.exit_code == 1
    assert report.added == ("good.md",)
    [failure] = report.failed
    assert failure.path == f"bad.{ending}"
    assert f"bad.{ending} cannot be read: " in str(failure.error)


def test_an_empty_file_is_called_empty(folder: Folder) -> None:
    assert "the file is empty" in folder.refuse("a.md", "")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "# Only a heading\n\n## And another\n"),
        ("a.md", "---\ntitle: Nothing\n---\n"),
        ("a.html", "<html><head><title>x</title></head><body></body></html>"),
        ("a.txt", "\ufeff\u200b\u200b"),
        ("a.txt", "- 2025年12月07日 13:53:02"),
    ],
)
def test_a_document_without_text_is_refused(folder: Folder, name: str, content: str) -> None:
    assert "no text in it that could be quoted" in folder.refuse(name, content)


def test_words_without_any_markup_are_no_html(folder: Folder) -> None:
    assert "no HTML" in folder.refuse("a.html", "just words")


def test_a_file_over_the_limit_is_refused_unread(folder: Folder) -> None:
    path = folder.write("large.txt", "x")
    os.truncate(path, 200 * 1024**2 + 1)
    report = folder.run()
    assert str(report.failed[0].error) == (
        "large.txt cannot be read: it has 201 MB; files of up to 200 MB are read."
    )


def test_links_are_not_followed(folder: Folder) -> None:
    outside = folder.path.parent / "secret.md"
    outside.write_text("Secret.")
    folder.write("sub/a.md", "Text.")
    (folder.path / "link.md").symlink_to(outside)
    (folder.path / "round").symlink_to(folder.path)
    report = folder.run()
    assert report.added == ("sub/a.md",)
    assert [one.path for one in report.skipped] == ["link.md", "round"]
    assert all("symbolic links" in str(one.reason) for one in report.skipped)
    assert report.exit_code == 0


@pytest.mark.parametrize(
    "name",
    [".DS_Store", ".hidden.md", "~$faq.xlsx", ".git/a.md", "Thumbs.db", "a.md~", ".~lock.a.csv#"],
)
def test_hidden_and_lock_files_are_passed_over_in_silence(folder: Folder, name: str) -> None:
    folder.write(name, "x")
    folder.write("a.md", "Text.")
    report = folder.run()
    assert (report.added, report.skipped, report.failed) == (("a.md",), (), ())


@pytest.mark.parametrize("name", ["a.exe", "README"])
def test_other_endings_are_skipped_by_name(folder: Folder, name: str) -> None:
    folder.write(name, "x")
    folder.write("a.md", "Text.")
    report = folder.run()
    [skipped] = report.skipped
    assert skipped.path == name
    assert ".md" in str(skipped.reason)
    assert report.exit_code == 0


def test_a_pipe_is_skipped(folder: Folder) -> None:
    os.mkfifo(folder.path / "pipe.md")
    folder.write("a.md", "Text.")
    assert folder.run().skipped[0].path == "pipe.md"


def test_a_name_that_is_not_utf_8_is_reported_readably(folder: Folder) -> None:
    os.close(os.open(os.fsencode(folder.path) + b"/visa-\xff.md", os.O_CREAT | os.O_WRONLY))
    report = folder.run()
    assert report.failed[0].path == "visa-\ufffd.md"
    assert "not UTF-8" in str(report.failed[0].error)


def test_upper_case_endings_are_known(folder: Folder) -> None:
    assert folder.ingest("A.MD", "Text.")[0].document == "A.MD"


@pytest.mark.parametrize("ending", ["md", "txt", "html", "csv"])
@pytest.mark.parametrize(
    "mark", ["<!--", "**a ", "_a ", "[a](", "`a", "- - ", "a. B ", "当(", "<a ", "第一条　", "| "]
)
def test_a_file_of_nothing_but_marks_comes_to_an_end(
    folder: Folder, ending: str, mark: str
) -> None:
    folder.write(f"marks.{ending}", mark * 5000)
    report = folder.run()
    assert len(report.added) + len(report.failed) == 1


def test_all_kinds_of_bad_files_together(folder: Folder) -> None:
    folder.write("front.md", "---\nissued: x\n---\nText.")
    folder.write("table.csv", "id,question\n1,2\n")
    folder.write("book.xlsx", b"no zip")
    folder.write("image.txt", PNG)
    folder.write("empty.html", "")
    folder.write("good.txt", "Good text is still taken.")
    report = folder.run()
    assert report.added == ("good.txt",)
    assert sorted(failure.path for failure in report.failed) == [
        "book.xlsx",
        "empty.html",
        "front.md",
        "image.txt",
        "table.csv",
    ]
