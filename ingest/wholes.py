"""Files that are held back as a whole: of no known encoding, or damaged for the most part."""

from dataclasses import replace
from pathlib import PurePosixPath

from ingest.cleaning import clean
from ingest.decoding import PLAIN
from ingest.documents import Filing, make_text_document
from ingest.drafts import Block, Draft, Settle, keep
from ingest.front_matter import narrow
from ingest.gate import Inspected
from ingest.held import HeldPart, Verdict, count_losses, identify, without_marks
from ingest.loaders import LOADERS
from ingest.loaders.page import find_settling
from ingest.loaders.text import load_text
from ingest.outcome import DISCARDED, MOSTLY, Reading, make_document
from ingest.problems import DocumentDiscarded, DocumentHeld, EncodingUnknown, Problem
from ingest.quality import find_doubts
from ingest.structure import promote
from knowledge.errors import DocumentError, DocumentUnreadable
from knowledge.passage import Document

_LARGEST_VIEW = 100_000


def hold_unknown(
    data: bytes, error: EncodingUnknown, filing: Filing, settle: Settle = keep
) -> Reading:
    """Hold a file back of which nobody can tell the encoding; only a correction can help.

    ``settle`` adds to the correction what was said of the file from outside.
    """
    # It goes to a terminal: without signs that steer one.
    text = clean(data[:_LARGEST_VIEW].decode(errors="replace"))
    key = identify("encoding", data.decode("latin-1"))
    problem = error.fields["problem"]
    reason = problem if isinstance(problem, Problem) else Problem(str(problem))
    part = HeldPart(
        key=key, place="", reason=reason, text=text, doubts=find_doubts(text), acceptable=False
    )
    told = find_settling(data, filing.id)
    return _decide(part, None, filing, error, lambda draft: settle(told(draft)))


def hold_all(draft: Draft, inspected: Inspected, filing: Filing) -> Reading:
    """Hold a document back of which most is damaged; somebody may take it or replace it whole."""
    first = inspected.held[0]
    text = "\n\n".join(block.text for block in draft.blocks if block.text)
    reason = Problem(MOSTLY, {"reason": first.reason})
    part = HeldPart(
        key=identify("document", text),
        place="",
        reason=reason,
        text=text[:_LARGEST_VIEW],
        doubts=find_doubts(text[:_LARGEST_VIEW]),
        tried=first.tried,
        pages=tuple(sorted({page for one in inspected.held for page in one.pages})),
    )
    refusal = DocumentHeld(document=filing.id, problem=reason)
    return _decide(part, draft, filing, refusal, lambda corrected: _inherit(corrected, draft))


def _inherit(corrected: Draft, draft: Draft) -> Draft:
    """A correction with what the damaged text said about itself; who may see it grows no wider."""
    metadata = corrected.metadata.over(draft.metadata)
    audience = narrow(corrected.metadata.audience, draft.metadata.audience)
    return replace(
        corrected,
        metadata=replace(metadata, audience=audience),
        title=corrected.title or draft.title,
    )


def refuse_rows(held: tuple[HeldPart, ...], error: DocumentError, filing: Filing) -> Reading:
    """The refusal of a table of which no row is left."""
    if all(part.verdict is Verdict.DISCARD for part in held):
        error = DocumentDiscarded(document=filing.id, problem=Problem(DISCARDED))
    return Reading(_make_nothing(filing), held=held, refusal=error)


def _make_nothing(filing: Filing) -> Document:
    return make_text_document(load_text(b"", filing.id), filing)


def _decide(
    part: HeldPart,
    draft: Draft | None,
    filing: Filing,
    refusal: DocumentUnreadable,
    settle: Settle,
) -> Reading:
    """The document as somebody wants to have it, or its refusal."""
    decision = filing.decisions.get(part.key)
    part = replace(part, verdict=decision.verdict if decision else None)
    if decision and decision.verdict is Verdict.CORRECT:
        # Without a draft it is the file itself that was brought, in an encoding that is known.
        ending = PurePosixPath(filing.id).suffix.lower()
        load = LOADERS[ending] if draft is None and ending in PLAIN else load_text
        corrected = settle(load(decision.text.encode(), filing.id))
        return Reading(make_document(corrected, promote(corrected.blocks), filing), held=(part,))
    if decision and decision.verdict is Verdict.ACCEPT and draft:
        blocks = [_unmark(block) for block in promote(draft.blocks)]
        return Reading(make_document(draft, blocks, filing), draft.problems, held=(part,))
    nothing = _make_nothing(filing)
    if decision and decision.verdict is Verdict.DISCARD:
        problem = Problem(DISCARDED)
        gone = DocumentDiscarded(document=filing.id, problem=problem)
        return Reading(nothing, held=(part,), refusal=gone)
    held = (replace(part, verdict=None),)
    return Reading(nothing, losses=count_losses(held), held=held, refusal=refusal)


def _unmark(block: Block) -> Block:
    return replace(block, rows=tuple(map(without_marks, block.rows)))
