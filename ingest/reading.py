"""One file to one document, with what had to be left out of it."""

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from ingest.decoding import PLAIN
from ingest.disorder import hold_disordered
from ingest.documents import Filing, enclose
from ingest.drafts import Draft, Member, Settle, keep
from ingest.gate import inspect
from ingest.held import HeldPart
from ingest.held_cells import holding
from ingest.illustration import illustrate
from ingest.loaders import LOADERS
from ingest.outcome import Reading, make_document, refuse_empty
from ingest.problems import (
    DocumentDiscarded,
    EncodingUnknown,
    Loss,
    MemberLeftOut,
    Problem,
)
from ingest.quality import DECODED
from ingest.recollection import recollecting
from ingest.redecoding import mend_lines
from ingest.report import Skipped
from ingest.sources import LARGEST, explain_ending
from ingest.structure import promote
from ingest.wholes import hold_all, hold_unknown, refuse_rows
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
_MOST_PICTURES = 100
_EMPTY = N_("the file is empty.")


@dataclass(slots=True)
class _Allowance:
    """What may still be unpacked of one document, in bytes and files, and drawn, in pages."""

    size: int = _LARGEST_UNPACKED
    members: int = _MOST_MEMBERS
    pictures: int = _MOST_PICTURES

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
    reading = examine(data, filing)
    if reading.refusal:
        raise reading.refusal
    return reading


def examine(data: bytes, filing: Filing) -> Reading:
    """Read the bytes, and give what was held back also where nothing else is left.

    Raises :class:`DocumentError` where there is nothing that a person could decide about.
    """
    with recollecting(filing.recognised) as recollection:
        reading = _read(data, filing, _Allowance(), depth=0)
    reading = replace(reading, recognised=recollection.used)
    document = reading.document
    if reading.refusal is None and not document.passages:
        reading = replace(reading, refusal=refuse_empty(reading, filing.id))
    if reading.refusal and not reading.held:
        raise reading.refusal
    if reading.problems or reading.losses:
        document = replace(document, content_hash=document.content_hash + INCOMPLETE)
    return replace(reading, document=document)


def _read(
    data: bytes, filing: Filing, allowance: _Allowance, *, depth: int, settle: Settle = keep
) -> Reading:
    if not data.strip():
        raise DocumentUnreadable(document=filing.id, problem=Problem(_EMPTY))
    draft, own = _read_alone(data, filing, settle)
    own = illustrate(own, data, filing.id, most=allowance.pictures)
    allowance.pictures -= len(own.pictures)
    if draft is None or not draft.members:
        return own
    return _Enclosing(filing, allowance, depth).read(draft, own)


def _read_alone(data: bytes, filing: Filing, settle: Settle) -> tuple[Draft | None, Reading]:
    """Read a document without the files that are in it; no draft where all is held back."""
    mended, lines = mend_lines(data) if _find_ending(filing.id) in PLAIN else (data, 0)
    repairs = (Loss(Problem(DECODED), lines),) if lines else ()
    with holding(filing.decisions) as cells:
        try:
            draft = settle(_load(mended, filing.id))
        except EncodingUnknown as error:
            return None, hold_unknown(data, error, filing, settle)
        except DocumentError as error:
            if not cells.held:
                raise
            return None, refuse_rows(tuple(cells.held), error, filing)
    inspected = inspect(promote(hold_disordered(draft.blocks)), filing.decisions)
    if inspected.share > _TOO_MUCH:
        return None, hold_all(draft, inspected, filing)
    own = Reading(
        make_document(draft, inspected.blocks, filing),
        draft.problems,
        inspected.losses,
        held=(*cells.held, *inspected.held),
        repairs=(*repairs, *draft.repairs, *inspected.repairs),
    )
    return draft, own


@dataclass(slots=True)
class _Enclosing:
    """The members of one document are read, and their passages become passages of it."""

    filing: Filing
    allowance: _Allowance
    depth: int
    found: list[tuple[str, Document]] = field(default_factory=list)
    problems: list[DocumentError] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    held: list[HeldPart] = field(default_factory=list)
    repairs: list[Loss] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def read(self, draft: Draft, own: Reading) -> Reading:
        for member in draft.members:
            if _find_ending(member.name) not in LOADERS:
                reason = explain_ending(member.name, LOADERS)
                self.skipped.append(Skipped(f"{self.filing.id}/{member.name}", reason))
                continue
            try:
                self._take(member, self._read_member(member))
            except DocumentError as error:
                self._leave_out(member, error)
        return Reading(
            enclose(own.document, self.found),
            (*own.problems, *self.problems),
            (*own.losses, *self.losses),
            (*own.skipped, *self.skipped),
            (*own.held, *self.held),
            (*own.repairs, *self.repairs),
            {**own.pictures, **self.pictures},
        )

    def _take(self, member: Member, reading: Reading) -> None:
        self.held.extend(part.within(member.name) for part in reading.held)
        self.repairs.extend(reading.repairs)
        self.pictures.update(reading.pictures)
        name = f"{self.filing.id}/{member.name}"
        refusal = reading.refusal
        if refusal is None and not reading.document.passages:
            refusal = refuse_empty(reading, name)
        if isinstance(refusal, DocumentDiscarded):
            return
        if refusal:
            self._leave_out(member, refusal)
            return
        self.found.append((member.name, reading.document))
        self.problems.extend(reading.problems)
        self.losses.extend(reading.losses)
        self.skipped.extend(reading.skipped)

    def _leave_out(self, member: Member, error: DocumentError) -> None:
        problem = error.fields["problem"]
        left = MemberLeftOut(member=member.name, document=self.filing.id, problem=problem)
        self.problems.append(left)

    def _read_member(self, member: Member) -> Reading:
        name = f"{self.filing.id}/{member.name}"
        problem = self.allowance.spend(member)
        if self.depth + 1 >= _DEEPEST and _find_ending(member.name) in {".zip", ".eml"}:
            problem = Problem(N_("archives inside archives inside archives are not opened."))
        if problem:
            raise DocumentUnreadable(document=name, problem=problem)
        filing = replace(self.filing, id=name)
        data, depth = member.read(), self.depth + 1
        return _read(data, filing, self.allowance, depth=depth, settle=member.settle)


def _find_ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _load(data: bytes, name: str) -> Draft:
    load = LOADERS[_find_ending(name)]
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
