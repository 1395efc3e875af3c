"""Which files there are: the documents below a folder, and what is passed over."""

import os
import stat
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ingest.problems import FolderUnreadable, Problem
from ingest.report import Failed, Skipped
from knowledge.errors import N_, DocumentUnreadable, UsageError

LARGEST = 200 * 1024**2
"""Bytes of the largest file that is read."""

_SUCCESSORS = {
    ".doc": ".docx",
    ".dot": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".wps": ".docx",
    ".xls": ".xlsx",
    ".et": ".xlsx",
    ".ods": ".xlsx",
    ".ppt": ".pptx",
    ".dps": ".pptx",
    ".odp": ".pptx",
    ".ofd": ".pdf",
    ".rar": ".zip",
    ".7z": ".zip",
    ".msg": ".eml",
}
_SILENT = frozenset({"thumbs.db", "desktop.ini", "__macosx", "__pycache__"})
_SILENT_STARTS = (".", "~$", "~lock")
_SILENT_ENDS = ("~", ".swp", ".tmp", ".part", ".crdownload")


@dataclass(frozen=True, slots=True)
class Source:
    """A file; ``name`` is its path from the folder that was given, with ``/``.

    Paths are strings here: there may be ten thousand of them.
    """

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What stands below ``folder``. ``present`` holds every file that exists but is not read.

    ``whole`` is false where a single file was given: then nothing is known about the others.
    """

    folder: Path
    whole: bool
    sources: list[Source] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    present: list[Path] = field(default_factory=list)


def survey(path: Path, *, endings: Collection[str]) -> Survey:
    """Walk a folder, or look at one file; :class:`UsageError` if there is neither.

    The path itself may be a symbolic link, because somebody has named it; links below it are not
    followed, since they may lead out of the folder or round in a circle.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 - links in the given path stay as they are
    surveyor = _Surveyor(endings)
    if path.is_dir():
        found = Survey(path, whole=True)
        surveyor.walk(str(path), found)
        if not found.sources and not found.failed:
            reason = Problem(N_("there is no document in it."))
            found.skipped.append(Skipped(str(path), reason))
        return found
    if not path.is_file():
        form = N_("There is no file or folder {path}.")
        raise UsageError(problem=Problem(form, {"path": path}))
    found = Survey(path.parent, whole=False)
    surveyor.look(str(path), path.stat(), found)
    return found


@dataclass(frozen=True, slots=True)
class _Surveyor:
    endings: Collection[str]

    def walk(self, folder: str, found: Survey) -> None:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            name = _name(folder, found)
            failure = FolderUnreadable(document=name, problem=explain(error))
            found.failed.append(Failed(name, failure))
            found.present.append(Path(folder))
            return
        for entry in entries:
            if not is_silent(entry.name):
                self._meet(entry, found)

    def _meet(self, entry: os.DirEntry[str], found: Survey) -> None:
        if entry.is_symlink():
            reason = Problem(N_("symbolic links are not followed."))
            found.skipped.append(Skipped(_name(entry.path, found), reason))
        elif entry.is_dir(follow_symlinks=False):
            self.walk(entry.path, found)
        else:
            self._look_up(entry, found)

    def _look_up(self, entry: os.DirEntry[str], found: Survey) -> None:
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:  # it vanished in the meantime
            name = _name(entry.path, found)
            failure = DocumentUnreadable(document=name, problem=explain(error))
            found.failed.append(Failed(name, failure))
        else:
            self.look(entry.path, status, found)

    def look(self, path: str, status: os.stat_result, found: Survey) -> None:
        """Sort one file into sources, skipped and failed."""
        name = _name(path, found)
        if not stat.S_ISREG(status.st_mode):
            found.skipped.append(Skipped(name, Problem(N_("it is not a regular file."))))
        elif os.path.splitext(path)[1].lower() not in self.endings:  # noqa: PTH122 - see Source
            found.skipped.append(Skipped(name, explain_ending(Path(path).name, self.endings)))
        else:
            problem = _find_fault(path, status)
            if problem is None:
                found.sources.append(Source(path, name))
            else:
                error = DocumentUnreadable(document=name, problem=problem)
                found.failed.append(Failed(name, error))
                found.present.append(Path(path))


def explain_ending(name: str, endings: Collection[str]) -> Problem:
    """Why a file of this name is not read, and what can be done about it."""
    ending = PurePosixPath(name).suffix
    successor = _SUCCESSORS.get(ending.lower())
    if successor:
        form = N_("files ending in “{ending}” are not read; open it and save it as {successor}.")
        return Problem(form, {"ending": _printable(ending), "successor": successor})
    known = ", ".join(sorted(endings))
    form = N_("files ending in “{ending}” are not read, only {known}.")
    return Problem(form, {"ending": _printable(ending), "known": known})


def explain(error: OSError) -> Problem:
    """What the operating system said."""
    return Problem(N_("the system says “{reason}”."), {"reason": error.strerror or str(error)})


def _find_fault(path: str, status: os.stat_result) -> Problem | None:
    if status.st_size > LARGEST:
        form = N_("it has {size} MB; files of up to {largest} MB are read.")
        size = -(-status.st_size // 1024**2)
        return Problem(form, {"size": size, "largest": LARGEST // 1024**2})
    if not path.isascii() and _printable(path) != path:
        return Problem(N_("its name is not UTF-8; rename it."))
    return None


def is_silent(name: str) -> bool:
    """Whether a file or folder of this name is none that a person has put there."""
    lowered = name.lower()
    return (
        lowered in _SILENT or lowered.startswith(_SILENT_STARTS) or lowered.endswith(_SILENT_ENDS)
    )


def _name(path: str, found: Survey) -> str:
    relative = path[len(os.fspath(found.folder)) :].strip(os.sep)
    return _printable(relative.replace(os.sep, "/") or ".")


def _printable(text: str) -> str:
    """The text with what is not UTF-8 in a file's name shown as replacement characters."""
    if text.isascii():
        return text
    return os.fsencode(text).decode(errors="replace")


def is_below(path: Path, folders: Collection[Path]) -> bool:
    """Whether the path is one of these or lies below one of them."""
    return any(path == folder or folder in path.parents for folder in folders)
