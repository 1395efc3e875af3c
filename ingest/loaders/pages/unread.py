"""Pages that cannot be used, as the gaps that they leave in a document: why, and what was tried."""

from collections.abc import Sequence
from typing import Final

from ingest.cleaning import clean
from ingest.drafts import BlockKind
from ingest.held import Gap, identify
from ingest.loaders.pages.spans import Span, find_lines, join_line
from ingest.problems import Loss, Problem
from knowledge.errors import N_

ILLEGIBLE: Final = N_("page {page} is a scan that cannot be read well enough; bring a better copy")
GARBLED: Final = N_("the text of page {page} is garbled and its picture cannot be read well enough")
DAMAGED: Final = N_("page {page} is damaged and cannot be shown; bring a better copy")
NO_TIME: Final = N_("page {page} is a scan, and there was no time left to read it; divide the file")
TOO_LITTLE: Final = N_(
    "page {page} shows more than its text says, and its picture cannot be read well enough"
)
OUT_OF_ORDER: Final = N_("the order in which the lines of page {page} are read is not certain")
FROM_RIGHT: Final = N_(
    "page {page} is written from right to left, and the order of its signs is not certain"
)

NOT_LEGIBLE: Final = N_("its picture was read; recognition was not sure enough of it")
NO_FONTS: Final = N_(
    "its fonts are not in the file, so that its picture shows the same wrong signs"
)

REREAD: Final = N_("the text of page {page} was garbled; its picture was read instead")
SEEN: Final = N_(
    "the text of page {page} was only a small part of it; its picture was read instead"
)


def leave_gap(
    form: str,
    number: int,
    spans: Sequence[Span] = (),
    *,
    content: str = "",
    tried: str = "",
) -> Gap:
    """The gap that a page leaves, with the lines that were found on it."""
    reason = Problem(form, {"page": number})
    rows = tuple(clean(join_line(line).text) for line in find_lines(spans))
    return Gap(
        BlockKind.LOST,
        rows,
        place=f"p. {number}",
        reason=reason,
        tried=(Problem(tried),) if tried else (),
        content=identify("page", content, *rows),
    )


def note_repair(form: str, number: int) -> Loss:
    """A page that was read in another way than is usual."""
    return Loss(Problem(form, {"page": number}), 1)
