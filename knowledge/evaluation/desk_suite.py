"""A centre's own questions, asked of the desk as it stands (:mod:`knowledge.evaluation.cases`)."""

from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge.evaluation.asking import Desk
from knowledge.evaluation.bench import Progress
from knowledge.evaluation.cases import DeskCase, Verdict, read_desk_cases
from knowledge.evaluation.citation_truth import faults
from knowledge.evaluation.measures import Evaluation, Failure, Measure, Result
from knowledge.evaluation.metrics import mean

_Share = Callable[[Verdict], bool]
_SHARES: dict[str, tuple[_Share, bool]] = {
    "right": (lambda one: one.right, False),
    "wrongly answered": (lambda one: one.wrongly_answered, True),
    "wrongly refused": (lambda one: one.wrongly_refused, True),
    "spoken to in their language": (lambda one: one.spoken_to, False),
}


def evaluate_desk(folder: Path, desk: Desk, *, progress: Progress | None = None) -> Evaluation:
    """Ask every question of a folder's own suite and compare."""
    cases = read_desk_cases(folder)
    return evaluate_verdicts(folder.resolve().name, ask_all(cases, desk, progress=progress), desk)


def evaluate_verdicts(suite: str, verdicts: Sequence[Verdict], desk: Desk) -> Evaluation:
    """What became of questions that were asked."""
    return Evaluation(
        fingerprint="",
        measures=tuple(measure_verdicts(suite, verdicts, desk)),
        failures=tuple(_failure(verdict) for verdict in verdicts if not verdict.right),
        results=tuple(_result(suite, verdict) for verdict in verdicts),
    )


def ask_all(
    cases: Sequence[DeskCase], desk: Desk, *, progress: Progress | None = None
) -> list[Verdict]:
    """Ask every question once."""
    verdicts = []
    for number, case in enumerate(cases, start=1):
        verdicts.append(Verdict(case, desk.ask(case.request)))
        if progress:
            progress(number, len(cases), case.id)
    return verdicts


def measure_verdicts(suite: str, verdicts: Sequence[Verdict], desk: Desk) -> list[Measure]:
    """How many went right and wrong: of all, by language and by kind; and the citations."""
    measures = _shares(suite, verdicts)
    for kind in sorted({verdict.case.kind for verdict in verdicts} - {""}):
        own = [verdict for verdict in verdicts if verdict.case.kind == kind]
        measures += _shares(f"{suite}, {kind}", own)[:-1]
    answered = [verdict for verdict in verdicts if verdict.reply.answered]
    return [*measures, *_language_of_answers(suite, answered), *_citations(suite, verdicts, desk)]


def _shares(suite: str, verdicts: Sequence[Verdict]) -> list[Measure]:
    return [
        _share(suite, name, verdicts, true, lower=lower) for name, (true, lower) in _SHARES.items()
    ]


def _share(
    suite: str, name: str, verdicts: Sequence[Verdict], true: _Share, *, lower: bool = False
) -> Measure:
    """A share of verdicts, by language too; the note names the language that does worst."""
    languages = sorted({verdict.case.tag for verdict in verdicts})
    parts = {
        language: mean(true(one) for one in verdicts if one.case.tag == language)
        for language in languages
    }
    worst = (max if lower else min)(parts, key=parts.__getitem__, default="")
    return Measure(
        suite=suite,
        name=name,
        ours=mean(true(one) for one in verdicts),
        plain=None,
        count=len(verdicts),
        lower=lower,
        note=f"worst {worst} {parts[worst]:.3f}" if len(set(parts.values())) > 1 else "",
        parts={language: (share, None) for language, share in parts.items()},
    )


def _language_of_answers(suite: str, answered: Sequence[Verdict]) -> list[Measure]:
    """Whether answers, which are quoted, are in the asker's language as well."""
    if not answered:
        return []
    return [_share(suite, "answers in their language", answered, lambda one: one.answer_read)]


def _citations(suite: str, verdicts: Sequence[Verdict], desk: Desk) -> list[Measure]:
    faulty = [verdict for verdict in verdicts if faults(verdict.reply, desk)]
    cited = sum(len(verdict.reply.citations) for verdict in verdicts)
    return [
        Measure(
            suite=suite,
            name="replies with a false citation",
            ours=float(len(faulty)),
            plain=None,
            count=len(verdicts),
            lower=True,
            counted=True,
            note=", ".join([f"{cited} citations", *(verdict.case.id for verdict in faulty)]),
        )
    ]


def _result(suite: str, verdict: Verdict) -> Result:
    case = verdict.case
    return Result(
        suite=suite,
        id=case.id,
        language=case.tag,
        kind=case.kind,
        split=case.split,
        outcome=verdict.reply.outcome,
        right=verdict.right,
        wrongly_answered=verdict.wrongly_answered,
        wrongly_refused=verdict.wrongly_refused,
        spoken_to=verdict.spoken_to,
    )


def _failure(verdict: Verdict) -> Failure:
    case, reply = verdict.case, verdict.reply
    expected = " or ".join(case.outcomes)
    wanted = (" or ".join(case.documents), " or ".join(case.entries), str(case.year or ""))
    source = " ".join(part for part in wanted if part)
    cited = ", ".join(f"{one.document} {one.entry}".strip() for one in reply.citations)
    return Failure(
        id=case.id,
        question=case.request.question,
        expected=f"{expected} ({source})" if source else expected,
        got=f"{reply.outcome} ({cited})" if cited else reply.outcome,
    )
