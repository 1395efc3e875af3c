"""The shelf as the gap loop needs it: rows are read, checked and ingested like any document."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.desk.faq_entry import FaqEntry, FaqFinding, FindingKind, is_address
from bot.desk.gap_errors import FaqRowRefused
from bot.desk.gaps.ports import Place, Source
from bot.desk.outcomes import Answered
from bot.desk.ports import Consultant
from bot.desk.questions import Question
from handlers.faq.questions import QuestionFile
from handlers.faq.rows import as_row
from handlers.faq.table import FaqTable, Row, as_text
from ingest.lint.contents import read_contents
from ingest.lint.findings import Finding, Rule
from ingest.lint.linter import lint
from ingest.ports import Custodian
from ingest.problems import Problem
from ingest.shelving import WrittenShelf
from ingest.sync import Keeping
from knowledge.contradictions import find_contradictions_with
from knowledge.embedding import Embedder
from knowledge.errors import HelpdeskError
from knowledge.library import Library
from knowledge.passage import Audience, Passage, Provenance
from knowledge.review import Meaning
from knowledge.shelf import Now, writing

TABLE: Final = "desk-answers.csv"
"""The table's name, which is its id on the shelf; one so particular that no other file has it."""
_BESIDE: Final = 12
"""With how many passages an entry is compared, for each of its texts."""
_ASKED: Final = 4

Say = Callable[[HelpdeskError | Problem], str]
"""Words a problem for staff."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqShelf:
    """Publishes to a folder of the data folder and to the shelf behind ``library``.

    ``meaning`` tells sentences that speak of the same thing; it is made when it is first needed.
    """

    folder: Path
    index: Path
    library: Library
    embedder: Embedder
    consultant: Consultant
    custody: Custodian
    issuer: str
    zone: tzinfo
    now: Now
    today: Callable[[], date]
    meaning: Callable[[], Meaning | None]
    say: Say

    def source(self, named: str) -> Source | None:
        """The document of the shelf that has this id or title, or the FAQ entry with this id."""
        found = self._provenance(named)
        if found is None:
            return None
        place = str(found.jurisdiction or "")
        return Source(title=found.title, audience=found.audience, jurisdiction=place)

    def check(self, entry: FaqEntry) -> Sequence[FaqFinding]:
        """Questions that are answered already, contradictions, and what ``documents lint`` says."""
        return list(
            dict.fromkeys((*self._answered(entry), *self._linted(entry), *self._against(entry)))
        )

    def publish(self, entry: FaqEntry) -> Place:
        """Write the row, and have the shelf hold it; ``FaqRowRefused`` if it cannot be read."""
        row = self._row(entry)
        refused = next((one for one in _lint([row], self) if one.rule is Rule.UNREADABLE), None)
        if refused is not None:
            raise FaqRowRefused(entry=entry.id, problem=self.say(refused.problem))
        self._write(lambda table: table.put(row))
        return Place(document=TABLE, entry=entry.key)

    def withdraw(self, entry: FaqEntry) -> None:
        """Take the row out of the table and off the shelf."""
        self._write(lambda table: table.remove(entry.key))

    def keep_questions(self, entry: FaqEntry, place: Place) -> None:
        """Write its questions to ``questions.jsonl`` beside the table."""
        QuestionFile(self.folder).put(entry, place)

    def _write(self, change: Callable[[FaqTable], bool]) -> None:
        """Change the table while no other process writes to the shelf, and ingest it."""
        with writing(self.index, lambda: self.embedder, now=self.now) as writer:
            self.folder.mkdir(parents=True, exist_ok=True)
            change(FaqTable(self.folder / TABLE))
            Keeping(WrittenShelf(writer), self.custody).synchronise([self.folder])

    def _row(self, entry: FaqEntry) -> Row:
        source = self._provenance(entry.content.source)
        return as_row(entry, issuer=self.issuer, source=source, zone=self.zone)

    def _provenance(self, named: str) -> Provenance | None:
        if not named or is_address(named):
            return None
        wanted = named.casefold()
        for name, document in self.library.documents().items():
            whole = wanted in {name.casefold(), document.title.casefold()}
            entries = {one.entry.casefold() for one in document.passages if one.entry}
            if whole or wanted in entries:
                passages = self.library.document(name)[1]
                fitting = (one for one in passages if whole or one.entry.casefold() == wanted)
                return next(fitting).provenance
        return None

    def _answered(self, entry: FaqEntry) -> Iterator[FaqFinding]:
        """Questions that the shelf answers already, from something else."""
        for one in entry.content.questions[:_ASKED]:
            outcome = self.consultant.consult(
                Question(
                    text=one.text,
                    audience=entry.content.audience,
                    conversation_language=one.language,
                )
            )
            if isinstance(outcome, Answered):
                cited = outcome.found.citations[0].passage
                if cited.entry != entry.key:
                    place = f"{cited.document} {cited.locator}"
                    yield FaqFinding(kind=FindingKind.ANSWERED, about=one.text, other=place)

    def _linted(self, entry: FaqEntry) -> Iterator[FaqFinding]:
        for one in _lint([self._row(entry)], self):
            said = self.say(one.problem)
            yield FaqFinding(kind=FindingKind.LINT, about=one.place, other=said)

    def _against(self, entry: FaqEntry) -> Iterator[FaqFinding]:
        """What stands on the shelf and gives another amount, date or length of time."""
        fresh = _read([self._row(entry)])
        texts = [(one.text, one.language) for one in entry.content.questions[:_ASKED]]
        texts.append((entry.content.answer, entry.content.language))
        beside = {
            found.passage.id: found.passage
            for text, language in texts
            for found in self.library.search(
                text, language=language, audience=Audience.STAFF, limit=_BESIDE
            )
        }
        differing = find_contradictions_with(
            fresh, list(beside.values()), today=self.today(), meaning=self.meaning()
        )
        for one in differing:
            (_, quote), (rival, other) = one.one, one.other
            where = f"{rival.document} {rival.locator}: {other}"
            yield FaqFinding(kind=FindingKind.CONTRADICTS, about=quote, other=where)


def _lint(rows: Sequence[Row], shelf: FaqShelf) -> list[Finding]:
    with TemporaryDirectory(prefix="helpdesk-faq-") as name:
        (Path(name) / TABLE).write_text(as_text(rows), encoding="utf-8")
        return lint([Path(name)], today=shelf.today(), meaning=None)[0]


def _read(rows: Sequence[Row]) -> list[Passage]:
    """The passages of rows, as they will stand on the shelf."""
    with TemporaryDirectory(prefix="helpdesk-faq-") as name:
        (Path(name) / TABLE).write_text(as_text(rows), encoding="utf-8")
        contents, _ = read_contents([Path(name)])
        return [one for content in contents for one in content.document.passages]
