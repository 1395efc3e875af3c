"""Why a document, or a part of it, did not come onto the shelf.

A :class:`~knowledge.problem.Problem` says it, as the ``problem`` field of the errors here.
"""

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors import N_, DocumentError, DocumentUnreadable
from knowledge.problem import Problem

__all__ = [
    "DocumentDiscarded",
    "DocumentHeld",
    "EarlierVersionKept",
    "EncodingUnknown",
    "FolderUnreadable",
    "IdTaken",
    "Loss",
    "MemberLeftOut",
    "Problem",
    "RowLeftOut",
]


@dataclass(frozen=True, slots=True)
class Loss:
    """How many paragraphs of a document were left out, and why."""

    reason: Problem
    paragraphs: int


class RowLeftOut(DocumentError):
    """One row of a FAQ table cannot be used; the others can."""

    code = "row-left-out"
    template: ClassVar[str] = N_("Row {row} of {document} was left out: {problem}")


class MemberLeftOut(DocumentError):
    """One file of an archive, or one attachment, cannot be used; the others can."""

    code = "member-left-out"
    template: ClassVar[str] = N_("{member} in {document} was left out: {problem}")


class EarlierVersionKept(DocumentUnreadable):
    """A document on the shelf cannot be read any more; what was read before stays."""

    code = "earlier-version-kept"
    template: ClassVar[str] = N_(
        "{document} cannot be read: {problem} Its earlier version stays on the shelf."
    )


class DocumentHeld(DocumentUnreadable):
    """So much of it is held back that nothing of it goes onto the shelf before somebody decides."""

    code = "document-held"


class EncodingUnknown(DocumentHeld):
    """It may be text, but no encoding gives any; whoever knows it can bring the text."""

    code = "encoding-unknown"


class DocumentDiscarded(DocumentUnreadable):
    """A person has looked at what was held back of it and threw it away; nothing else is left."""

    code = "document-discarded"


class FolderUnreadable(DocumentError):
    """A folder cannot be listed, so nothing is known about the documents in it."""

    code = "folder-unreadable"
    template: ClassVar[str] = N_(
        "The folder {document} cannot be listed: {problem} What was read from it before stays."
    )


class IdTaken(DocumentError):
    """Another folder has already brought a document with this id."""

    code = "id-taken"
    template: ClassVar[str] = N_(
        "{document} was left out: {root} and {other} both hold a document with this name. "
        "Rename one of the two files."
    )
