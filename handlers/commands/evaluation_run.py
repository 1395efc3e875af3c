"""Finding the suites in some folders, and running them on the right shelves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from handlers.commands.evaluation_cost import measure_cost
from handlers.commands.injection_trials import InjectionRun
from handlers.commands.trial_desk import (
    OpenDesks,
    TrialDesk,
    TrialPlace,
    starter_place,
    temporary_place,
)
from knowledge.calibration.store import describe
from knowledge.decision import load_judge
from knowledge.errors import N_, EmptyShelf, UsageError
from knowledge.evaluation.attacks import (
    AttackKind,
    read_audiences,
    read_injections,
    read_sentences,
    write_canaries,
)
from knowledge.evaluation.audience_suite import evaluate_audiences
from knowledge.evaluation.bench import Bench, Progress
from knowledge.evaluation.cases import QUESTIONS, is_desk_suite, read_desk_cases
from knowledge.evaluation.command import NO_SUITE, evaluate
from knowledge.evaluation.desk_suite import ask_all, evaluate_desk, evaluate_verdicts
from knowledge.evaluation.margins import measure_margins
from knowledge.evaluation.measures import Evaluation, merge
from knowledge.evaluation.risk_coverage import ask_plainly, curves
from knowledge.evaluation.suites import FILES
from knowledge.problem import Problem

DOCUMENTS = "documents"
"""A suite that brings its own shelf has it in a folder of this name."""

_NO_FOLDER = N_("{path} is not a folder.")
_TWICE = N_("Two suites have the name {name}; figures go by names.")


class SuiteKind(StrEnum):
    """What a suite measures, as the report names it."""

    PUBLIC = "public data (retrieval, abstention, intents, languages)"
    OWN = "questions of the desk's own (questions.jsonl)"
    DATED = "policy time (questions.jsonl beside a folder “documents”)"
    AUDIENCES = f"audience leaks ({AttackKind.AUDIENCES})"
    INJECTIONS = f"injection ({AttackKind.INJECTIONS})"
    SENTENCES = f"false sentences ({AttackKind.SENTENCES})"


_ATTACKS = {
    SuiteKind.AUDIENCES: AttackKind.AUDIENCES,
    SuiteKind.INJECTIONS: AttackKind.INJECTIONS,
    SuiteKind.SENTENCES: AttackKind.SENTENCES,
}
NOTHING = Evaluation(fingerprint="", measures=())
_ASKED = (SuiteKind.OWN, SuiteKind.DATED)
Suites = Sequence[tuple[SuiteKind, Path]]


def find_suites(folders: Sequence[Path]) -> Suites:
    """The suites of the folders, or of the folders in them; ``UsageError`` for one with none."""
    found: list[tuple[SuiteKind, Path]] = []
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(problem=Problem(_NO_FOLDER, {"path": folder}))
        below = sorted(path for path in folder.iterdir() if path.is_dir())
        own = list(_suites_in(folder)) or [one for path in below for one in _suites_in(path)]
        if not own:
            known = ", ".join((QUESTIONS, *AttackKind, *FILES))
            raise UsageError(problem=Problem(NO_SUITE, {"folder": folder, "known": known}))
        found += own
    names = [folder.resolve().name for kind, folder in found if kind in _ASKED]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise UsageError(problem=Problem(_TWICE, {"name": twice}))
    return found


def _suites_in(folder: Path) -> Iterator[tuple[SuiteKind, Path]]:
    if is_desk_suite(folder):
        dated = (folder / DOCUMENTS).is_dir()
        yield SuiteKind.DATED if dated else SuiteKind.OWN, folder
    if any((folder / name).is_file() for name in FILES):
        yield SuiteKind.PUBLIC, folder
    yield from ((kind, folder) for kind, name in _ATTACKS.items() if (folder / name).is_file())


@dataclass(frozen=True)
class Run:
    """One run of several suites on a day."""

    place: TrialPlace
    day: date
    progress: Progress

    def measure(self, suites: Suites) -> Evaluation:
        """Run them one after the other; the report names what no folder had."""
        own = [folder for kind, folder in suites if kind is SuiteKind.OWN]
        if own and not self.place.library.documents():
            raise EmptyShelf(folder=self.place.folder)
        evaluations = [self._measure(kind, folder) for kind, folder in suites]
        attacks = [(kind, folder) for kind, folder in suites if kind in _ATTACKS]
        if attacks:
            with starter_place(self.place) as starter:
                evaluations += [self._attack(kind, folder, starter) for kind, folder in attacks]
        self.place.plain.save()
        asked = {kind for kind, _ in suites}
        missing = tuple(f"{kind}: no folder has it" for kind in SuiteKind if kind not in asked)
        requests = [case.request for folder in own for case in read_desk_cases(folder)]
        rest = Evaluation(
            fingerprint=self.place.embedder.fingerprint,
            measures=(),
            skipped=missing,
            day=self.day.isoformat(),
            thresholds=self._thresholds() if own else "",
            timings=measure_cost(self.place.settings, requests) if requests else {},
        )
        return merge([*evaluations, rest])

    def _thresholds(self) -> str:
        place = self.place
        held = describe(
            place.folder, models=place.fingerprint, embedding=place.embedder.fingerprint
        )
        return f"{held}; on shelves of a suite's own those that come with the program"

    def _measure(self, kind: SuiteKind, folder: Path) -> Evaluation:
        """A suite of questions; attacks come later, on shelves of their own."""
        if kind is SuiteKind.PUBLIC:
            return evaluate(folder, self._bench())
        if kind is SuiteKind.OWN:
            return self._own(folder)
        if kind is SuiteKind.DATED:
            with temporary_place(self.place, folder / DOCUMENTS) as place:
                return evaluate_desk(folder, TrialDesk(place, self.day), progress=self.progress)
        return NOTHING

    def _bench(self) -> Bench:
        place, judge = self.place, load_judge()
        return Bench(place.plain, ours=place.embedder, judge=judge, progress=self.progress)

    def _own(self, folder: Path) -> Evaluation:
        """The suite on the shelf as it stands, with its risk-coverage curves."""
        library = self.place.library
        cases = read_desk_cases(folder)
        desk = TrialDesk(self.place, self.day)
        verdicts = ask_all(cases, desk, progress=self.progress)
        margins = list(measure_margins(cases, OpenDesks(self.place, self.day)))
        passages = [one for name in library.documents() for one in library.document(name)[1]]
        plain = ask_plainly(cases, passages, self.place.plain)
        name = folder.resolve().name
        evaluation = evaluate_verdicts(name, verdicts, desk)
        return replace(evaluation, curves=curves(name, margins, plain, verdicts))

    def _attack(self, kind: SuiteKind, folder: Path, starter: TrialPlace) -> Evaluation:
        """A file of attacks, on the starter knowledge and on what they put beside it."""
        if kind is SuiteKind.INJECTIONS:
            run = InjectionRun(starter, self.day, self.progress)
            return run.measure(read_injections(folder))
        if kind is SuiteKind.SENTENCES:
            from handlers.commands.model_trials import measure_model

            return measure_model(starter, self.day, read_sentences(folder), self.progress)
        book = read_audiences(folder)
        with TemporaryDirectory(prefix="helpdesk-canaries-") as name:
            write_canaries(book, Path(name))
            with temporary_place(self.place, Path(name), beside=starter) as place:
                desk = TrialDesk(place, self.day)
                return evaluate_audiences(book, desk, progress=self.progress)
