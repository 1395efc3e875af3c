"""``helpdesk documents held``: what is held back, and what a person decides about it."""

import os
import shlex
import subprocess
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path

from bot.bootstrap import Workplace
from bot.settings import read_settings
from handlers.commands import held_texts as texts
from handlers.commands.contacts import contacts_reviser
from handlers.commands.held_page import write_page
from handlers.commands.held_wording import HeldWording, mark_doubts
from handlers.commands.speaking import terminal_language, use_utf8, write_json
from handlers.wording import Wording
from ingest.held import Verdict, without_marks
from ingest.problems import Problem
from ingest.quarantine.custody import Custody
from ingest.quarantine.records import Entry, Record, Ruling
from ingest.quarantine.store import QuarantineStore
from ingest.report import Report
from ingest.ruling import Bench, check, find_part
from ingest.shelving import WrittenShelf
from knowledge.errors import UsageError
from knowledge.problem import FILE_UNREADABLE
from knowledge.shelf import writing

_VERDICTS = {
    "accept": Verdict.ACCEPT,
    "correct": Verdict.CORRECT,
    "discard": Verdict.DISCARD,
    "undo": None,
}


def open_store(workplace: Workplace) -> QuarantineStore:
    """What is kept of held parts in a data folder."""
    return QuarantineStore(workplace.folder / "quarantine")


def open_custody(workplace: Workplace) -> Custody:
    """What reads documents for the shelf of a data folder, and keeps what is held back."""
    return Custody(open_store(workplace), workplace.now)


def count_open(workplace: Workplace) -> int:
    """How many parts wait for a person."""
    records = open_store(workplace).sound_records()
    return sum(entry.is_open for record in records for entry in record.entries)


def run(arguments: Namespace) -> int:
    """List, show, or decide."""
    use_utf8()
    workplace = Workplace(read_settings(arguments.data))
    workplace.check_folder()
    wording = Wording(workplace.translations)
    language = terminal_language(workplace.settings.language)
    office = _Office(workplace, open_store(workplace), HeldWording(wording, language))
    if arguments.step is None:
        return office.list(arguments)
    if arguments.step == "show":
        return office.show(arguments.number, as_json=arguments.json)
    return office.decide(arguments)


@dataclass(frozen=True, slots=True)
class _Office:
    workplace: Workplace
    store: QuarantineStore
    wording: HeldWording

    def list(self, arguments: Namespace) -> int:
        """All that is open, or with ``--all`` also what was decided; on a page with ``--html``."""
        found = [
            (record, entry)
            for record in self.store.records()
            for entry in sorted(record.entries, key=lambda one: one.number)
            if entry.is_open or (arguments.all and entry.stands)
        ]
        if arguments.html:
            program = shlex.join(["helpdesk", "--data", str(self.workplace.folder.absolute())])
            write_page(arguments.html, found, self.store, self.wording, program)
        if arguments.json:
            write_json({"held": [self.wording.as_json(*one, self.store) for one in found]})
        elif arguments.html:
            text = self.wording.phrase(texts.WRITTEN, count=len(found), path=arguments.html)
            sys.stdout.write(f"{text}\n")
        elif not found:
            sys.stderr.write(f"{self.wording.phrase(texts.NOTHING)}\n")
        else:
            for record, entry in found:
                sys.stdout.write(f"{self._line(record, entry)}\n")
        return 0

    def _line(self, record: Record, entry: Entry) -> str:
        place = self.wording.place(entry)
        said = f"{entry.number:4}  {entry.since:%Y-%m-%d}  {record.document}, {place}: "
        if entry.ruling:
            return said + self.wording.state(entry)
        return said + self.wording.problem(entry.part.reason)

    def show(self, number: int, *, as_json: bool) -> int:
        """One part with everything that is known of it."""
        record, entry = find_part(self.store, number)
        if as_json:
            about = self.wording.as_json(record, entry, self.store)
            about["text"] = without_marks(entry.part.text)
            about["marked"] = mark_doubts(entry.part)
            about["correction"] = entry.ruling.text if entry.ruling else ""
            write_json(about)
        else:
            sys.stdout.write("\n".join(self._describe(record, entry)) + "\n")
        return 0

    def _describe(self, record: Record, entry: Entry) -> Iterable[str]:
        part, phrase = entry.part, self.wording.phrase
        yield f"{entry.number}  {record.document}, {self.wording.place(entry)}"
        yield self.wording.state(entry)
        yield from self.wording.facts(record, entry)
        for name in part.pictures:
            yield phrase(texts.PICTURE, path=self.store.picture(record.document, name))
        if part.before:
            yield phrase(texts.BEFORE, text=part.before)
        yield phrase(texts.TEXT if part.text else texts.NO_TEXT)
        if part.text:
            yield f"\n{mark_doubts(part)}\n"
        if part.after:
            yield phrase(texts.AFTER, text=part.after)
        if entry.ruling and entry.ruling.text:
            yield phrase(texts.CORRECTION)
            yield f"\n{entry.ruling.text}"

    def decide(self, arguments: Namespace) -> int:
        """Accept, correct, throw away or take that back, one part after the other."""
        verdict = _VERDICTS[arguments.step]
        found = [find_part(self.store, number)[1] for number in arguments.numbers]
        rulings = [(entry.number, self._rule(arguments, entry)) for entry in found]
        for entry, (_, ruling) in zip(found, rulings, strict=True):
            check(entry, ruling)
        wording = Wording(self.workplace.translations)
        bench = Bench(
            self.store,
            lambda: open_custody(self.workplace),
            contacts_reviser(self.workplace.settings, wording),
        )
        workplace = self.workplace
        with writing(workplace.index, lambda: workplace.embedder, now=workplace.now) as writer:
            shelf = WrittenShelf(writer)
            for number, ruling in rulings:
                record, _ = find_part(self.store, number)
                report = bench.rule(number, ruling, shelf)
                shown = shelf.entries().get(record.document)
                done = _Done(number, verdict, record.document, shown.passages if shown else 0)
                self._tell(done, report, as_json=arguments.json)
        return 0

    def _tell(self, done: "_Done", report: Report, *, as_json: bool) -> None:
        """Say what was decided, and what is on the shelf of the document now."""
        if as_json:
            verdict = done.verdict.value if done.verdict else ""
            about = {"number": done.number, "verdict": verdict, "document": done.document}
            write_json(about | {"passages": done.passages, "report": report.as_json()})
            return
        phrase = self.wording.phrase
        lines = [phrase(texts.DONE[done.verdict], number=done.number)]
        form = texts.ON_SHELF if done.passages else texts.NOT_ON_SHELF
        lines.append(phrase(form, document=done.document, count=done.passages))
        sys.stdout.write(" ".join(lines) + "\n")
        for failed in report.failed:
            sys.stderr.write(f"{self.wording.problem(failed.error)}\n")
        read = done.document in (*report.added, *report.changed, *report.unchanged)
        if done.verdict and report.failed and not read:
            sys.stderr.write(f"{phrase(texts.LATER)}\n")

    def _rule(self, arguments: Namespace, entry: Entry) -> Ruling | None:
        verdict = _VERDICTS[arguments.step]
        if verdict is None:
            return None
        text = ""
        if verdict is Verdict.CORRECT:
            text = self._read_correction(arguments.file, entry)
        now = self.workplace.now()
        return Ruling(verdict=verdict, by=arguments.by or getuser(), at=now, text=text)

    def _read_correction(self, file: str | None, entry: Entry) -> str:
        if file == "-":
            return sys.stdin.read()
        if file:
            try:
                return Path(file).read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                reason = getattr(error, "strerror", None) or type(error).__name__
                problem = Problem(FILE_UNREADABLE, {"path": file, "reason": reason})
                raise UsageError(problem=problem) from error
        if not sys.stdin.isatty():
            raise UsageError(problem=Problem(texts.NEEDS_FILE))
        return _edit(entry.ruling.text if entry.ruling else without_marks(entry.part.text))


@dataclass(frozen=True, slots=True)
class _Done:
    """What was decided about a part, and how many passages of its document are on the shelf."""

    number: int
    verdict: Verdict | None
    document: str
    passages: int


def _edit(text: str) -> str:
    """Have the text corrected in the editor of whoever sits at the terminal."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "correction.txt"
        path.write_text(text, encoding="utf-8")
        try:
            subprocess.run([*shlex.split(editor), str(path)], check=True)  # noqa: S603 - their own
        except (OSError, subprocess.CalledProcessError) as error:
            problem = Problem(texts.NO_EDITOR, {"name": editor})
            raise UsageError(problem=problem) from error
        return path.read_text(encoding="utf-8-sig")
