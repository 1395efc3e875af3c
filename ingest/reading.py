"""One file to one document, with what had to be left out of it."""

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ingest.documents import Filing, make_table_document, make_text_document
from ingest.drafts import Draft
from ingest.loaders import LOADERS
from ingest.problems import Problem, RowLeftOut
from ingest.quality import Loss, inspect
from ingest.structure import promote
from knowledge.errors import N_, DocumentUnreadable, HelpdeskError
from knowledge.passage import Document

_TOO_MUCH = 0.5
INCOMPLETE = "-incomplete"
"""Ends the hash of a document that lacks something: the next run reads it and says so again."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The document, the rows that could not be used and the paragraphs that were damaged."""

    document: Document
    problems: tuple[RowLeftOut, ...] = ()
    losses: tuple[Loss, ...] = ()


def read_document(data: bytes, filing: Filing) -> Reading:
    """Read the bytes by the ending of the document's id.

    Raises :class:`DocumentError` when nothing of it can go onto the shelf.
    """
    if not data.strip():
        raise DocumentUnreadable(document=filing.id, problem=Problem(N_("the file is empty.")))
    draft = _load(data, filing.id)
    inspected = inspect(promote(draft.blocks))
    if inspected.share > _TOO_MUCH:
        form = N_("most of its text is damaged: {reason}.")
        problem = Problem(form, {"reason": inspected.losses[0].reason})
        raise DocumentUnreadable(document=filing.id, problem=problem)
    if draft.problems or inspected.losses:
        filing = replace(filing, content_hash=filing.content_hash + INCOMPLETE)
    make = make_table_document if draft.entries else make_text_document
    document = make(replace(draft, blocks=inspected.blocks), filing)
    if not document.passages:
        problem = Problem(N_("there is no text in it that could be quoted."))
        raise DocumentUnreadable(document=filing.id, problem=problem)
    return Reading(document, draft.problems, inspected.losses)


def _load(data: bytes, name: str) -> Draft:
    load = LOADERS[PurePosixPath(name).suffix.lower()]
    try:
        return load(data, name)
    except HelpdeskError:
        raise
    # The libraries that parse foreign bytes may stop in ways that nobody has listed; one file
    # must not end the run for the others, and its name is reported.
    except Exception as error:
        problem = Problem(N_("it cannot be parsed ({reason})."), {"reason": type(error).__name__})
        raise DocumentUnreadable(document=name, problem=problem) from error
