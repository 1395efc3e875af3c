"""A centre's own questions, asked of the desk as it stands.

``questions.jsonl``, one object a line: ``id``, ``question``, and if wanted ``language`` (BCP 47,
told from the question if left out), ``audience`` (``public``) and ``expect`` with ``outcome``
(``answered``, ``handed_off``, ``clarify``, ``declined``, ``smalltalk``, or a list of those that
will do), ``document`` and ``entry`` (or a list of entries) that the answer must cite. Without
``expect`` any answer will do.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import UsageError
from knowledge.evaluation.bench import Progress
from knowledge.evaluation.measures import Evaluation, Failure, Measure
from knowledge.evaluation.metrics import mean
from knowledge.evaluation.rows import Row, read_rows
from knowledge.language import base, identify

QUESTIONS = "questions.jsonl"
ANSWERED = "answered"
Ask = Callable[[str, str, str], Mapping[str, Any]]
"""(question, language, audience) to an object with ``outcome``, ``language``, ``citations``.

A citation has ``document`` and ``entry`` (or ``locator``). The language is "" where none is given.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCase:
    """One question and what should come of it."""

    id: str
    question: str
    chosen: str
    audience: str
    outcomes: tuple[str, ...]
    document: str
    entries: tuple[str, ...]

    @property
    def language(self) -> str:
        """The language that the answer should be in."""
        return base(self.chosen or identify(self.question))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one case went."""

    case: DeskCase
    outcome: str
    right: bool
    cited: str
    in_language: bool

    @property
    def wrongly_answered(self) -> bool:
        """Answered where it should not be, or from another source than the right one."""
        return self.outcome == ANSWERED and not self.right

    @property
    def wrongly_refused(self) -> bool:
        """Not answered although it should be."""
        return self.outcome != ANSWERED and ANSWERED in self.case.outcomes and not self.right


def is_desk_suite(folder: Path) -> bool:
    """Whether a folder holds a desk's own questions."""
    return (folder / QUESTIONS).is_file()


def read_desk_cases(folder: Path) -> tuple[DeskCase, ...]:
    """The questions of a folder; one that lacks something raises ``UsageError``."""
    path = folder / QUESTIONS
    cases = tuple(_read_case(row) for row in read_rows(path, "id", "question"))
    if not cases:
        raise UsageError(problem=f"{path} has no questions.")
    return cases


def evaluate_desk(folder: Path, ask: Ask, *, progress: Progress | None = None) -> Evaluation:
    """Ask every question of a folder's own suite and compare."""
    cases = read_desk_cases(folder)
    verdicts = []
    for number, case in enumerate(cases, start=1):
        verdicts.append(judge(case, ask(case.question, case.chosen, case.audience)))
        if progress:
            progress(number, len(cases), case.id)
    languages = sorted({verdict.case.language for verdict in verdicts})
    measures = _measures("all questions", verdicts)
    for language in languages:
        own = [verdict for verdict in verdicts if verdict.case.language == language]
        measures += _measures(f"questions in {language}", own)
    failures = tuple(_failure(verdict) for verdict in verdicts if not verdict.right)
    return Evaluation(fingerprint="", measures=tuple(measures), failures=failures)


def judge(case: DeskCase, reply: Mapping[str, Any]) -> Verdict:
    """Compare what the desk said with what was expected."""
    outcome = str(reply.get("outcome", ""))
    citations: Sequence[Mapping[str, Any]] = reply.get("citations") or ()
    right = outcome in case.outcomes
    if outcome == ANSWERED and right:
        right = any(_fits(case, citation) for citation in citations) or not (
            case.document or case.entries
        )
    cited = ", ".join(str(citation.get("document", "")) for citation in citations)
    spoken = base(str(reply.get("language", "")))
    return Verdict(case, outcome, right, cited, spoken == case.language)


def _fits(case: DeskCase, citation: Mapping[str, Any]) -> bool:
    document = not case.document or citation.get("document") == case.document
    entry = citation.get("entry") or citation.get("locator")
    return document and (not case.entries or entry in case.entries)


def _read_case(row: Row) -> DeskCase:
    expect = row.get("expect") or {}
    outcomes = expect.get("outcome", ANSWERED)
    return DeskCase(
        id=str(row["id"]),
        question=str(row["question"]),
        chosen=str(row.get("language") or ""),
        audience=str(row.get("audience") or "public"),
        outcomes=_listed(outcomes),
        document=str(expect.get("document") or ""),
        entries=_listed(expect.get("entry")),
    )


def _listed(value: object) -> tuple[str, ...]:
    """One text, or a list of those that will do."""
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return (str(value),) if value else ()


def _measures(suite: str, verdicts: Sequence[Verdict]) -> list[Measure]:
    shares = {
        "right": (mean(one.right for one in verdicts), False),
        "wrongly answered": (mean(one.wrongly_answered for one in verdicts), True),
        "wrongly refused": (mean(one.wrongly_refused for one in verdicts), True),
        "language right": (mean(one.in_language for one in verdicts), False),
    }
    return [
        Measure(suite=suite, name=name, ours=share, plain=None, count=len(verdicts), lower=lower)
        for name, (share, lower) in shares.items()
    ]


def _failure(verdict: Verdict) -> Failure:
    case = verdict.case
    expected = " or ".join(case.outcomes)
    source = " ".join(part for part in (case.document, " or ".join(case.entries)) if part)
    return Failure(
        id=case.id,
        question=case.question,
        expected=f"{expected} ({source})" if source else expected,
        got=f"{verdict.outcome} ({verdict.cited})" if verdict.cited else verdict.outcome,
    )
