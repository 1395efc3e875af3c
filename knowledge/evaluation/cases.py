"""Questions of a desk's own suite, and how each went.

``questions.jsonl``, one object a line: ``id`` and ``question``; if wanted ``language`` (BCP 47,
told from the question if left out), ``audience`` (``public``), ``kind`` (results are shown by it),
``split`` (``calibration`` and ``test``), ``today`` (the day on which it is asked, as 2026-03-01)
and ``expect`` with ``outcome`` (``answered``, ``handed_off``, ``clarify``, ``declined``,
``smalltalk``, or a list of those that will do), ``document`` and ``entry`` (each may be a list)
that the answer must cite, and ``year`` where it must say that it held in that year. Without
``expect`` any answer will do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.errors import N_, UsageError
from knowledge.evaluation.asking import ANSWERED, Reply, Request
from knowledge.evaluation.rows import Row, read_rows
from knowledge.language import base, identify
from knowledge.passage import Audience
from knowledge.problem import Problem

QUESTIONS = "questions.jsonl"

_EMPTY = N_("{path} has no questions.")
_TWICE = N_("{path} has the id “{id}” twice.")
_WRONG = N_("{path}, question “{id}”: {error}.")
_NO_OUTCOME = N_("{path}, question “{id}”: there is no outcome “{outcome}”.")
_OUTCOMES = frozenset({ANSWERED, "handed_off", "clarify", "declined", "smalltalk"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCase:
    """One question and what should come of it."""

    id: str
    request: Request
    kind: str
    split: str
    outcomes: tuple[str, ...]
    documents: tuple[str, ...]
    entries: tuple[str, ...]
    year: int | None

    @property
    def tag(self) -> str:
        """The language that the answer should be in, with its script where that is known."""
        return self.request.language or identify(self.request.question)

    @property
    def language(self) -> str:
        """The language that the answer should be in."""
        return base(self.tag)

    def fits(self, document: str, entry: str) -> bool:
        """Whether a source is one that may be cited; a section is cited by any part of it."""
        names = {entry, entry.split(", ¶", 1)[0]}
        return (not self.documents or document in self.documents) and (
            not self.entries or not names.isdisjoint(self.entries)
        )

    def is_right(self, reply: Reply) -> bool:
        """Whether a reply is as expected."""
        if reply.outcome not in self.outcomes:
            return False
        if not reply.answered:
            return True
        cited = any(self.fits(one.document, one.entry) for one in reply.citations)
        return (cited or not (self.documents or self.entries)) and self.year in {None, reply.year}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one case went."""

    case: DeskCase
    reply: Reply

    @property
    def right(self) -> bool:
        """It went as expected."""
        return self.case.is_right(self.reply)

    @property
    def wrongly_answered(self) -> bool:
        """Answered where it should not be, or from another source than the right one."""
        return self.reply.answered and not self.right

    @property
    def wrongly_refused(self) -> bool:
        """Not answered although it should be."""
        return not self.reply.answered and ANSWERED in self.case.outcomes and not self.right

    @property
    def spoken_to(self) -> bool:
        """The desk's own words are in the asker's language, and Chinese in their script."""
        asked, spoken = self.case.tag, self.reply.spoken
        script = base(asked) != "zh" or ("Hant" in asked) == ("Hant" in spoken)
        return base(spoken) == base(asked) and script

    @property
    def answer_read(self) -> bool:
        """What was said is in the asker's language, the answer's text included."""
        return base(self.reply.language) == self.case.language


def is_desk_suite(folder: Path) -> bool:
    """Whether a folder holds a desk's own questions."""
    return (folder / QUESTIONS).is_file()


def read_desk_cases(folder: Path) -> tuple[DeskCase, ...]:
    """The questions of a folder; one that lacks something raises ``UsageError``."""
    path = folder / QUESTIONS
    cases = tuple(_read_case(row, path) for row in read_rows(path, "id", "question"))
    if not cases:
        raise UsageError(problem=Problem(_EMPTY, {"path": path}))
    twice = _first_repeated(case.id for case in cases)
    if twice is not None:
        raise UsageError(problem=Problem(_TWICE, {"path": path, "id": twice}))
    return cases


def _first_repeated(names: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def _read_case(row: Row, path: Path) -> DeskCase:
    expect = row.get("expect") or {}
    try:
        case = DeskCase(
            id=str(row["id"]),
            request=Request(
                question=str(row["question"]),
                language=str(row.get("language") or ""),
                audience=Audience(row.get("audience") or "public"),
                today=date.fromisoformat(row["today"]) if row.get("today") else None,
            ),
            kind=str(row.get("kind") or ""),
            split=str(row.get("split") or ""),
            outcomes=_listed(expect.get("outcome", ANSWERED)),
            documents=_listed(expect.get("document")),
            entries=_listed(expect.get("entry")),
            year=int(expect["year"]) if expect.get("year") else None,
        )
    except (ValueError, TypeError, AttributeError) as error:
        problem = Problem(_WRONG, {"path": path, "id": row["id"], "error": error})
        raise UsageError(problem=problem) from error
    unknown = set(case.outcomes) - _OUTCOMES
    if unknown:
        fields = {"path": path, "id": case.id, "outcome": min(unknown)}
        raise UsageError(problem=Problem(_NO_OUTCOME, fields))
    return case


def _listed(value: object) -> tuple[str, ...]:
    """One text, or a list of those that will do."""
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return (str(value),) if value else ()
