"""One file to one document, with what had to be left out of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from ingest.documents import Filing, enclose, make_table_document, make_text_document
from ingest.drafts import Draft, Member
from ingest.loaders import LOADERS
from ingest.notices import read_notice
from ingest.problems import Loss, MemberLeftOut, Problem
from ingest.quality import Inspected, inspect
from ingest.report import Skipped
from ingest.sources import LARGEST, explain_ending
from ingest.structure import promote
from knowledge.errors import N_, DocumentError, DocumentUnreadable, HelpdeskError
from knowledge.passage import Document

INCOMPLETE = "-incomplete"
"""Ends the hash of a document that lacks something: the next run reads it and says so again."""

NO_MEMORY = Problem(N_("there is not enough memory to read it; divide it into smaller files."))
"""What to say of a document that is too much for the machine."""

_TOO_MUCH = 0.5
_DEEPEST = 3
_LARGEST_UNPACKED = 500 * 1024**2
_MOST_MEMBERS = 2000
_EMPTY = N_("the file is empty.")
_NO_TEXT = N_("there is no text in it that could be quoted.")


@dataclass(frozen=True, slots=True)
class Reading:
    """The document, and what is not in it: rows and files, damaged text, files of no kind of ours.

    ``skipped`` names its files by their path inside the document.
    """

    document: Document
    problems: tuple[DocumentError, ...] = ()
    losses: tuple[Loss, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(slots=True)
class _Allowance:
    """What may still be unpacked of one document, in bytes and files."""

    size: int = _LARGEST_UNPACKED
    members: int = _MOST_MEMBERS

    def spend(self, member: Member) -> Problem | None:
        self.size -= member.size
        self.members -= 1
        if member.size > LARGEST or self.size < 0:
            form = N_("it unpacks to more than {size} MB.")
            largest = LARGEST if member.size > LARGEST else _LARGEST_UNPACKED
            return Problem(form, {"size": largest // 1024**2})
        if self.members < 0:
            form = N_("only the first {count} files are read; divide it into smaller archives.")
            return Problem(form, {"count": _MOST_MEMBERS})
        return None


def read_document(data: bytes, filing: Filing) -> Reading:
    """Read the bytes by the ending of the document's id.

    Raises :class:`DocumentError` when nothing of it can go onto the shelf.
    """
    reading = _read(data, filing, _Allowance(), depth=0)
    document = reading.document
    if not document.passages:
        raise _refuse_empty(reading, filing.id)
    if reading.problems or reading.losses:
        document = replace(document, content_hash=document.content_hash + INCOMPLETE)
    return replace(reading, document=document)


def _refuse_empty(reading: Reading, name: str) -> DocumentError:
    """What to say of a document of which nothing is left: the first thing that went wrong."""
    if reading.problems:
        first = reading.problems[0]
        if not isinstance(first, MemberLeftOut):
            return first
        problem = Problem(N_("none of its files can be used; {problem}"), {"problem": first})
    elif reading.losses:
        form = N_("most of its text is damaged: {reason}.")
        problem = Problem(form, {"reason": reading.losses[0].reason})
    else:
        problem = Problem(_NO_TEXT)
    return DocumentUnreadable(document=name, problem=problem)


def _read(data: bytes, filing: Filing, allowance: _Allowance, *, depth: int) -> Reading:
    if not data.strip():
        raise DocumentUnreadable(document=filing.id, problem=Problem(_EMPTY))
    draft = _load(data, filing.id)
    inspected = inspect(promote(draft.blocks))
    if inspected.share > _TOO_MUCH:
        form = N_("most of its text is damaged: {reason}.")
        problem = Problem(form, {"reason": inspected.losses[0].reason})
        raise DocumentUnreadable(document=filing.id, problem=problem)
    own = Reading(_make(draft, inspected, filing), draft.problems, draft.losses + inspected.losses)
    return _Enclosing(filing, allowance, depth).read(draft, own) if draft.members else own


def _make(draft: Draft, inspected: Inspected, filing: Filing) -> Document:
    notice = read_notice(inspected.blocks)
    draft = replace(draft, blocks=inspected.blocks, metadata=draft.metadata.over(notice))
    make = make_table_document if draft.entries else make_text_document
    return make(draft, filing)


@dataclass(slots=True)
class _Enclosing:
    """The members of one document are read, and their passages become passages of it."""

    filing: Filing
    allowance: _Allowance
    depth: int
    problems: list[DocumentError] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def read(self, draft: Draft, own: Reading) -> Reading:
        found = list(self._read_members(draft))
        return Reading(
            enclose(own.document, found),
            (*own.problems, *self.problems),
            (*own.losses, *self.losses),
            (*own.skipped, *self.skipped),
        )

    def _read_members(self, draft: Draft) -> Iterator[tuple[str, Document]]:
        for member in draft.members:
            if PurePosixPath(member.name).suffix.lower() not in LOADERS:
                reason = explain_ending(member.name, LOADERS)
                self.skipped.append(Skipped(f"{self.filing.id}/{member.name}", reason))
                continue
            try:
                yield member.name, self._read_member(member)
            except DocumentError as error:
                self._leave_out(member, error.fields["problem"])

    def _leave_out(self, member: Member, problem: object) -> None:
        error = MemberLeftOut(member=member.name, document=self.filing.id, problem=problem)
        self.problems.append(error)

    def _read_member(self, member: Member) -> Document:
        name = f"{self.filing.id}/{member.name}"
        problem = self.allowance.spend(member)
        if self.depth + 1 >= _DEEPEST and _holds_others(member.name):
            problem = Problem(N_("archives inside archives inside archives are not opened."))
        if problem:
            raise DocumentUnreadable(document=name, problem=problem)
        filing = replace(self.filing, id=name)
        reading = _read(member.read(), filing, self.allowance, depth=self.depth + 1)
        if not reading.document.passages:
            raise _refuse_empty(reading, name)
        self.problems.extend(reading.problems)
        self.losses.extend(reading.losses)
        self.skipped.extend(reading.skipped)
        return reading.document


def _holds_others(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in {".zip", ".eml"}


def _load(data: bytes, name: str) -> Draft:
    load = LOADERS[PurePosixPath(name).suffix.lower()]
    try:
        return load(data, name)
    except HelpdeskError:
        raise
    except MemoryError as error:
        raise DocumentUnreadable(document=name, problem=NO_MEMORY) from error
    # The libraries that parse foreign bytes may stop in ways that nobody has listed; one file
    # must not end the run for the others, and its name is reported.
    except Exception as error:
        problem = Problem(N_("it cannot be parsed ({reason})."), {"reason": type(error).__name__})
        raise DocumentUnreadable(document=name, problem=problem) from error
