"""What comes of reading one file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.documents import Filing, make_table_document, make_text_document
from ingest.drafts import Block, Draft
from ingest.held import HeldPart
from ingest.notices import read_notice
from ingest.problems import DocumentDiscarded, DocumentHeld, Loss, MemberLeftOut, Problem
from ingest.quality import find_damage, repair
from ingest.recollection import Recognitions
from ingest.report import Skipped
from knowledge.errors import N_, DocumentError, DocumentUnreadable
from knowledge.passage import Document

MOSTLY = N_("most of its text is damaged: {reason}.")
DISCARDED = N_("what was held back of it was thrown away, and nothing else is left.")
_NO_TEXT = N_("there is no text in it that could be quoted.")


@dataclass(frozen=True, slots=True)
class Reading:
    """The document, and what is not in it: rows and files, damaged text, files of no kind of ours.

    ``skipped`` names its files by their path inside the document. ``held`` are the parts that were
    found damaged, also those about which somebody has decided; ``losses`` counts the others.
    ``repairs`` says what was undone. ``pictures`` are PNG files by their names. ``refusal`` is why
    nothing of it can go onto the shelf.
    """

    document: Document
    problems: tuple[DocumentError, ...] = ()
    losses: tuple[Loss, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    held: tuple[HeldPart, ...] = ()
    repairs: tuple[Loss, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    recognised: Recognitions = field(default_factory=dict)
    refusal: DocumentError | None = None


def refuse_empty(reading: Reading, name: str) -> DocumentError:
    """What to say of a document of which nothing is left: the first thing that went wrong."""
    if reading.problems:
        first = reading.problems[0]
        if not isinstance(first, MemberLeftOut):
            return first
        problem = Problem(N_("none of its files can be used; {problem}"), {"problem": first})
    elif reading.losses:
        problem = Problem(MOSTLY, {"reason": reading.losses[0].reason})
        return DocumentHeld(document=name, problem=problem)
    elif reading.held:
        return DocumentDiscarded(document=name, problem=Problem(DISCARDED))
    else:
        problem = Problem(_NO_TEXT)
    return DocumentUnreadable(document=name, problem=problem)


def make_document(draft: Draft, blocks: Sequence[Block], filing: Filing) -> Document:
    """The document of these blocks, or of the entries of a table."""
    notice = read_notice(blocks, issued=draft.metadata.issued)
    # A title is shown beside each quotation.
    title = "" if find_damage(repair(draft.title)) else repair(draft.title)
    draft = replace(draft, title=title, blocks=tuple(blocks), metadata=draft.metadata.over(notice))
    make = make_table_document if draft.entries else make_text_document
    return make(draft, filing)
