"""ZIP archives of documents."""

import io
import stat
import zipfile
from collections.abc import Mapping

import pytest

from tests.unit.ingest.folders import Folder, page
from tests.unit.ingest.office_files import make_zip, new_word, save_word
from tests.unit.ingest.test_faq_tables import SHORT, as_csv


def word(text: str) -> bytes:
    document = new_word()
    document.add_paragraph(text)
    return save_word(document)


def pack(**members: bytes) -> bytes:
    return make_zip({name.replace("_", "."): data for name, data in members.items()})


def test_the_documents_in_an_archive_keep_what_they_are(folder: Folder) -> None:
    members = {
        "规则/补贴.md": page("每部200万元。", title="补贴办法", number="3号").encode(),
        "faq.csv": as_csv(SHORT, ("A1", "要备案吗？", "要。")).encode(),
        "合同.docx": word("合同须备案。"),
        "__MACOSX/._x.md": b"x",
        "photo.heic": b"x",
    }
    folder.write("all.zip", make_zip(members))
    report = folder.run()
    assert (report.failed, [one.path for one in report.skipped]) == ((), ["all.zip/photo.heic"])
    found = {one.locator: one for one in folder.passages("all.zip")}
    assert list(found) == ["faq.csv > A1", "合同.docx > ¶1", "规则/补贴.md > ¶1"]
    assert found["规则/补贴.md > ¶1"].provenance.title == "补贴办法"
    assert found["规则/补贴.md > ¶1"].provenance.number == "3号"
    assert found["faq.csv > A1"].questions[0].text == "要备案吗？"


def test_names_written_by_chinese_windows_are_readable(folder: Folder) -> None:
    name = "备案须知说明".encode("gbk").decode("cp437")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("XXXXXXXXXXXX.txt")
        archive.writestr(info, "须备案。")
    data = out.getvalue().replace(b"XXXXXXXXXXXX", name.encode("cp437"))
    [passage] = folder.ingest("a.zip", data)
    assert passage.locator == "备案须知说明.txt > ¶1"


@pytest.mark.parametrize("name", ["../../x.md", "/etc/secret.md", "C:/secret.md", "a/../../b.md"])
def test_names_that_lead_out_are_left_out(folder: Folder, name: str) -> None:
    folder.write("a.zip", make_zip({"good.md": b"Good text.", name: b"Bad text."}))
    report = folder.run()
    assert [one.text for one in folder.passages("a.zip")] == ["Good text."]
    assert "leads out of the archive" in str(report.failed[0].error)


def test_links_in_an_archive_are_not_followed(folder: Folder) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("good.md", "Good text.")
        link = zipfile.ZipInfo("link.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    folder.write("a.zip", out.getvalue())
    report = folder.run()
    assert "symbolic links are not followed" in str(report.failed[0].error)
    assert [one.text for one in folder.passages("a.zip")] == ["Good text."]


def test_a_password_is_told(folder: Folder) -> None:
    data = bytearray(pack(a_md=b"Good text."))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    assert "protected by a password" in folder.refuse("a.zip", bytes(data))


def test_archives_in_archives_end_somewhere(folder: Folder) -> None:
    inner = pack(deep_md=b"Deep text.")
    folder.write("two.zip", pack(a_zip=inner))
    folder.write("many.zip", pack(b_md=b"Top text.", c_zip=pack(a_zip=pack(a_zip=inner))))
    report = folder.run()
    assert [one.locator for one in folder.passages("two.zip")] == ["a.zip > deep.md > ¶1"]
    assert [one.text for one in folder.passages("many.zip")] == ["Top text."]
    assert "archives inside archives" in str(report.failed[0].error)


def test_a_bomb_is_refused_unopened(folder: Folder) -> None:
    assert "unpacks to more than" in folder.refuse("a.zip", pack(a_txt=b"0" * (30 * 1024**2)))


@pytest.mark.parametrize(
    ("members", "reason"),
    [({}, "no text in it"), ({"a.docx": b"no zip"}, "none of its files can be used; a.docx")],
)
def test_an_archive_without_a_document_is_refused(
    folder: Folder, members: Mapping[str, bytes], reason: str
) -> None:
    assert reason in folder.refuse("a.zip", make_zip(members))


def test_what_is_no_archive_is_refused(folder: Folder) -> None:
    assert "not a ZIP archive" in folder.refuse("a.zip", "hello")
