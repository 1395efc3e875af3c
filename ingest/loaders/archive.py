"""ZIP: the documents in an archive. Nothing is ever unpacked to disk."""

import io
import stat
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from ingest.cleaning import clean
from ingest.drafts import Draft, Member
from ingest.front_matter import Metadata
from ingest.hanzi import judge
from ingest.loaders.packages import PASSWORD, UNPACKING, check_size
from ingest.problems import MemberLeftOut, Problem
from ingest.sources import is_silent
from knowledge.errors import N_, DocumentUnreadable

_NO_ARCHIVE = N_("it is not a ZIP archive, or it is damaged.")
_TORN = N_("it is damaged in the archive; pack it anew.")
_OUTSIDE = N_("its name leads out of the archive.")
_LINK = N_("symbolic links are not followed.")
_UTF_8 = 0x800
_ENCRYPTED = 0x1
_READS_WELL = 0.35


def load_archive(data: bytes, name: str) -> Draft:
    """List the files of an archive; :class:`DocumentUnreadable` if it is none, or a bomb."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UNPACKING as error:
        raise DocumentUnreadable(document=name, problem=Problem(_NO_ARCHIVE)) from error
    check_size(archive, name)
    members: list[Member] = []
    problems: list[MemberLeftOut] = []
    for info, path in _list(archive):
        fault = _find_fault(info, path)
        if fault:
            problem = Problem(fault)
            problems.append(MemberLeftOut(member=path, document=name, problem=problem))
        else:
            read = partial(_unpack, archive, info, f"{name}/{path}")
            members.append(Member(path, info.file_size, read))
    return Draft(metadata=Metadata(), members=tuple(members), problems=tuple(problems))


def _list(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """Yield the files with their names, sorted by name, without those that nobody put there."""
    named = ((info, _read_name(info)) for info in archive.infolist() if not info.is_dir())
    for info, path in sorted(named, key=lambda one: one[1]):
        if not any(is_silent(part) for part in PurePosixPath(path).parts if part != ".."):
            yield info, path


def _read_name(info: zipfile.ZipInfo) -> str:
    """The name of a file; programs for Chinese Windows write GBK and do not say so."""
    name = info.filename
    if not info.flag_bits & _UTF_8 and not name.isascii():
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030", "big5"):
            text = raw.decode(encoding, "replace")
            if "\N{REPLACEMENT CHARACTER}" not in text and judge(text) >= _READS_WELL:
                name = text
                break
    return clean(name).replace("\\", "/").replace("\n", " ")


def _find_fault(info: zipfile.ZipInfo, path: str) -> str:
    """Why a file of the archive is not touched; empty if it is."""
    if path.startswith("/") or ".." in path.split("/") or ":" in path.split("/", maxsplit=1)[0]:
        return _OUTSIDE
    if stat.S_ISLNK(info.external_attr >> 16):
        return _LINK
    return PASSWORD if info.flag_bits & _ENCRYPTED else ""


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    try:
        return archive.read(info)
    except UNPACKING as error:
        raise DocumentUnreadable(document=name, problem=Problem(_TORN)) from error
