"""Rows of a FAQ table to entries; a row that cannot be used is named and left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.cleaning import clean
from ingest.drafts import Answer, Draft, Entry
from ingest.front_matter import Metadata, read_metadata
from ingest.held import Verdict
from ingest.held_cells import settle_cell
from ingest.languages import find_language, find_variant_language
from ingest.loaders.faq_header import Column, Header, read_header
from ingest.problems import Problem, RowLeftOut
from ingest.quality import find_damage, repair
from knowledge.errors import N_, DocumentError, DocumentUnreadable
from knowledge.passage import QuestionVariant

_DAMAGED = N_("its text is damaged: {reason}.")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row and what a person calls it: its number in the file, with the sheet."""

    label: str
    cells: tuple[str, ...]


class _RefusedRowError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class _DiscardedRowError(Exception):
    """A person has thrown away what is damaged in it."""


@dataclass(slots=True)
class _Table:
    document: str
    ids: set[str] = field(default_factory=set)
    entries: list[Entry] = field(default_factory=list)
    problems: list[RowLeftOut] = field(default_factory=list)

    def add(self, row: Row, header: Header) -> None:
        try:
            self.entries.append(self._read(_settle(row, header), header))
        except _DiscardedRowError:
            return
        except _RefusedRowError as refused:
            self._refuse(row, refused.problem)
        except DocumentError as error:
            self._refuse(row, error.fields["problem"])

    def _refuse(self, row: Row, problem: object) -> None:
        self.problems.append(RowLeftOut(document=self.document, row=row.label, problem=problem))

    def _read(self, row: Row, header: Header) -> Entry:
        identifier = self._read_id(_cell(row, header.id))
        answers = _read_answers(row, header)
        questions = tuple(_read_questions(row, header, answers[0].language))
        if not questions:
            raise _RefusedRowError(Problem(N_("it has no question.")))
        values = {name: _cell(row, index) for index, name in header.metadata}
        metadata = read_metadata(values, document=self.document)
        self.ids.add(identifier)
        return Entry(id=identifier, answers=answers, questions=questions, metadata=metadata)

    def _read_id(self, identifier: str) -> str:
        if not identifier:
            raise _RefusedRowError(Problem(N_("it has no id.")))
        if identifier in self.ids:
            raise _RefusedRowError(
                Problem(N_("the id {id} stands in an earlier row."), {"id": identifier})
            )
        return identifier


def read_table(sheets: Iterable[Sequence[Row]], *, document: str) -> Draft:
    """Read sheets that begin with their header; :class:`DocumentUnreadable` if none is usable."""
    table = _Table(document)
    for rows in sheets:
        header = read_header(rows[0].cells, document=document)
        for row in rows[1:]:
            if any(cell.strip() for cell in row.cells):
                table.add(row, header)
    if not table.entries:
        raise DocumentUnreadable(document=document, problem=_explain(table.problems))
    return Draft(metadata=Metadata(), entries=tuple(table.entries), problems=tuple(table.problems))


def _explain(problems: Sequence[RowLeftOut]) -> Problem:
    if not problems:
        return Problem(N_("there is no row below its header."))
    form = N_("none of its rows can be used; row {row}: {problem}")
    first = problems[0].fields
    return Problem(form, {"row": first["row"], "problem": first["problem"]})


def _read_answers(row: Row, header: Header) -> tuple[Answer, ...]:
    answers: dict[str, Answer] = {}
    for column in header.answers:
        text = _cell(row, column.index)
        if not text:
            continue
        language = find_language(text, declared=column.language)
        if language in answers:
            form = N_("it has two answers in the language {language}.")
            raise _RefusedRowError(Problem(form, {"language": language}))
        answers[language] = Answer(text, language)
    if not answers:
        raise _RefusedRowError(Problem(N_("it has no answer.")))
    return tuple(answers.values())


def _read_questions(row: Row, header: Header, fallback: str) -> Iterator[QuestionVariant]:
    seen: set[QuestionVariant] = set()
    for column in header.questions:
        for text in _split_variants(_cell(row, column.index)):
            variant = QuestionVariant(text, _question_language(text, column, fallback))
            if variant not in seen:
                seen.add(variant)
                yield variant


def _question_language(text: str, column: Column, fallback: str) -> str:
    if column.language:
        return find_language(text, declared=column.language)
    return find_variant_language(text, beside=fallback)


def _split_variants(cell: str) -> Iterator[str]:
    """One variant a line, or several in a line with `` | `` between them."""
    for line in cell.replace(" | ", "\n").split("\n"):
        variant = " ".join(line.split())
        if variant:
            yield variant


def _settle(row: Row, header: Header) -> Row:
    """The row with its cells repaired, or as a person wants to have them.

    All of its damaged cells are looked at before it is left out, so that all can be listed.
    """
    cells = list(row.cells)
    left_out: Exception | None = None
    for column in (*header.answers, *header.questions):
        text = repair(_cell(row, column.index))
        reason = find_damage(text)
        if reason:
            verdict, text = settle_cell(text, f"row {row.label}", reason)
            if verdict is None:
                problem = Problem(_DAMAGED, {"reason": Problem(reason)})
                left_out = left_out or _RefusedRowError(problem)
            elif verdict is Verdict.DISCARD:
                left_out = left_out or _DiscardedRowError()
        if text:
            cells[column.index] = text
    if left_out:
        raise left_out
    return Row(row.label, tuple(cells))


def _cell(row: Row, index: int) -> str:
    return clean(row.cells[index]).strip() if index < len(row.cells) else ""
