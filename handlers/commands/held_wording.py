"""Parts that are held back, in words of one language."""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.commands import held_texts as texts
from handlers.wording import Wording
from ingest.held import HeldPart, without_marks
from ingest.problems import Problem
from ingest.quarantine.records import Entry, Record
from ingest.quarantine.store import QuarantineStore
from knowledge.errors import HelpdeskError

OPEN, CLOSE = "⟦", "⟧"


@dataclass(frozen=True, slots=True)
class HeldWording:
    """Says things about parts in the language of whoever asked."""

    wording: Wording
    language: str

    def phrase(self, message: str, /, **fields: object) -> str:
        """A text of the catalogs with its fields filled in."""
        return self.wording.phrase(message, language=self.language, **fields)

    def problem(self, problem: Problem | HelpdeskError) -> str:
        """A reason, or what was tried."""
        return self.wording.error(problem, language=self.language)

    def place(self, entry: Entry) -> str:
        """Where the part stands."""
        return entry.part.place or self.phrase(texts.WHOLE)

    def state(self, entry: Entry) -> str:
        """Since when it waits, or what was decided, by whom and when."""
        if entry.ruling is None:
            return self.phrase(texts.SINCE, day=f"{entry.since:%Y-%m-%d}")
        ruling = entry.ruling
        form = texts.RULED[ruling.verdict]
        return self.phrase(form, by=ruling.by, day=f"{ruling.at:%Y-%m-%d}")

    def facts(self, record: Record, entry: Entry) -> Iterator[str]:
        """Yield why it is held back, what was tried, and for whom the document is."""
        yield self.phrase(texts.REASON, reason=self.problem(entry.part.reason))
        for tried in entry.part.tried:
            yield self.phrase(texts.TRIED, what=self.problem(tried))
        for repaired, count in record.repairs:
            yield self.phrase(texts.REPAIRED, count=count, what=self.problem(repaired))
        if record.seen_by:
            yield self.phrase(texts.SEEN_BY, audience=record.seen_by)

    def as_json(self, record: Record, entry: Entry, store: QuarantineStore) -> dict[str, object]:
        """The part without its text; reasons are in English."""
        ruling = entry.ruling
        return {
            "number": entry.number,
            "document": record.document,
            "place": entry.part.place,
            "reason": str(entry.part.reason),
            "since": entry.since.isoformat(),
            "verdict": ruling.verdict.value if ruling else "",
            "by": ruling.by if ruling else "",
            "at": ruling.at.isoformat() if ruling else "",
            "audience": record.seen_by,
            "tried": [str(one) for one in entry.part.tried],
            "repaired": [{"what": str(what), "count": count} for what, count in record.repairs],
            "pictures": [str(store.picture(record.document, one)) for one in entry.part.pictures],
        }


def split_doubts(part: HeldPart) -> Iterator[tuple[str, bool]]:
    """Yield the text in stretches, each with whether it makes no sense."""
    at = 0
    for start, end in part.doubts:
        yield without_marks(part.text[at:start]), False
        yield without_marks(part.text[start:end]), True
        at = end
    yield without_marks(part.text[at:]), False


def mark_doubts(part: HeldPart) -> str:
    """The text with what makes no sense between brackets."""
    return "".join(
        f"{OPEN}{text}{CLOSE}" if doubtful else text for text, doubtful in split_doubts(part)
    )
