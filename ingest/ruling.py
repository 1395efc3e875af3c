"""A person decides about a part that is held back, and its document is read again at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from ingest.held import Verdict
from ingest.homes import STARTER
from ingest.ports import Shelf
from ingest.problems import EarlierVersionKept, Problem
from ingest.quality import find_lost
from ingest.quarantine.custody import Custody
from ingest.quarantine.records import Entry, Record, Ruling
from ingest.quarantine.store import QuarantineStore
from ingest.report import Failed, Report
from ingest.scan import Revise, leave
from ingest.sync import Keeping
from knowledge.errors import N_, DocumentError, DocumentUnreadable, UsageError
from knowledge.passage import Audience

_NO_TEXT = N_("There is no text of {number} that could be accepted; correct it or throw it away.")
_EMPTY = N_("The corrected text is empty; to leave the part out, throw it away.")
_STILL_LOST = N_(
    "The corrected text still holds signs that stand for lost characters; write what they were."
)


class PartUnknown(DocumentError):
    """No part with this number is held back."""

    code = "part-unknown"
    template: ClassVar[str] = N_(
        "Nothing with the number {number} is held back. “helpdesk documents held” shows what is."
    )


def find_part(store: QuarantineStore, number: int) -> tuple[Record, Entry]:
    """The part with this number, open or decided; :class:`PartUnknown`."""
    for record in store.records():
        for entry in record.entries:
            if entry.number == number and entry.stands:
                return record, entry
    raise PartUnknown(number=number)


def check(entry: Entry, ruling: Ruling | None) -> None:
    """Raise :class:`UsageError` for a ruling that nothing can come of."""
    if ruling is None:
        return
    if ruling.verdict is Verdict.ACCEPT and not entry.part.acceptable:
        raise UsageError(problem=Problem(_NO_TEXT, {"number": entry.number}))
    if ruling.verdict is Verdict.CORRECT and not ruling.text.strip():
        raise UsageError(problem=Problem(_EMPTY))
    if ruling.verdict is Verdict.CORRECT and find_lost(ruling.text):
        raise UsageError(problem=Problem(_STILL_LOST))


@dataclass(frozen=True, slots=True)
class Bench:
    """Where rulings are kept and carried out; ``revise`` is for the starter knowledge."""

    store: QuarantineStore
    open_custody: Callable[[], Custody]
    revise: Revise = leave

    def rule(self, number: int, ruling: Ruling | None, shelf: Shelf) -> Report:
        """Keep a ruling, or take it back with None, and read the document again.

        Raises :class:`PartUnknown` or :class:`UsageError`, and then nothing has changed. Where the
        document cannot be read now the ruling stays, and holds from the next time on.
        """
        record, entry = find_part(self.store, number)
        check(entry, ruling)
        self.store.save(record.ruled(number, ruling), {})
        keeping = Keeping(shelf, self.open_custody())
        revise = self.revise if record.root == STARTER else leave
        audience = Audience(record.audience) if record.audience else None
        report = keeping.read_again(record.document, record.root, audience=audience, revise=revise)
        shown = entry.ruling is not None and entry.ruling.verdict is not Verdict.DISCARD
        return _withdraw(record.document, shelf, report) if shown else report


def _withdraw(document: str, shelf: Shelf, report: Report) -> Report:
    """Take a document away that could not be read again: it holds what was just taken back."""
    replaced = document in (*report.changed, *report.added, *report.unchanged)
    if replaced or document not in shelf.entries():
        return report
    shelf.drop(document)
    shelf.publish()
    failed = tuple(
        Failed(one.path, DocumentUnreadable(document=document, problem=one.error.fields["problem"]))
        if isinstance(one.error, EarlierVersionKept)
        else one
        for one in report.failed
    )
    return replace(report, removed=(document,), failed=failed)
