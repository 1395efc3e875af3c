"""The outside of Office files: a ZIP archive with parts, or what it is instead."""

import io
import zipfile
import zlib

from ingest.problems import Problem
from knowledge.errors import N_, DocumentUnreadable

LARGEST = 500 * 1024**2
"""Bytes of everything in an archive when unpacked: a small one can hold very much."""

_SUSPICIOUS = 20 * 1024**2
_TIGHTEST = 200
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

UNPACKING = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    RuntimeError,
    NotImplementedError,
)
"""What taking a part out of a damaged archive may raise."""

PASSWORD = N_("it is protected by a password; save it without one.")


def check_package(data: bytes, name: str, *, kind: str) -> None:
    """Refuse what is none of these files, a bomb, or locked; :class:`DocumentUnreadable`.

    ``kind`` is the message for a file that is no archive.
    """
    if data.startswith(_COMPOUND):
        old = N_("it is in the format of Office 97 under a new name; open it and save it anew.")
        raise _refuse(name, PASSWORD if _ENCRYPTED in data else old)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_size(archive, name)
    except UNPACKING as error:
        raise _refuse(name, kind) from error


def check_size(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse an archive that grows beyond measure; :class:`DocumentUnreadable`."""
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if size > LARGEST or (size > _SUSPICIOUS and size > _TIGHTEST * packed):
        most = (LARGEST if size > LARGEST else max(_SUSPICIOUS, _TIGHTEST * packed)) // 1024**2
        problem = Problem(N_("it unpacks to more than {size} MB."), {"size": most})
        raise DocumentUnreadable(document=name, problem=problem)


def _refuse(name: str, reason: str) -> DocumentUnreadable:
    return DocumentUnreadable(document=name, problem=Problem(reason))
