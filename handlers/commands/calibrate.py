"""``helpdesk calibrate``: thresholds that keep wrong answers below a rate of one's choice."""

import hashlib
import re
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.bootstrap import Workplace
from bot.settings import read_settings
from handlers.commands.calibration_report import Validation, as_json, as_text
from handlers.commands.progress import progress_bar
from handlers.commands.speaking import terminal_language, use_utf8, write_json
from handlers.commands.trial_desk import OpenDesks, TrialDesk, trial_place
from handlers.wording import Wording
from knowledge.calibration.risk_control import Plan, plan
from knowledge.calibration.store import Origin, hash_decision, save
from knowledge.decision import load_judge
from knowledge.errors import N_, EmptyShelf, UsageError
from knowledge.evaluation.bench import Progress
from knowledge.evaluation.cases import QUESTIONS, DeskCase, is_desk_suite, read_desk_cases
from knowledge.evaluation.desk_suite import ask_all
from knowledge.evaluation.margins import measure_margins
from knowledge.problem import Problem

CALIBRATION, TEST = "calibration", "test"
_NO_QUESTIONS = N_("The folder {folder} has no file {name}.")
_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*%")


def run(arguments: Namespace) -> int:
    """Ask a suite's questions, choose the thresholds, show what changes and write them."""
    use_utf8()
    rate = read_rate(arguments.wrong_at_most)
    workplace = Workplace(read_settings(arguments.data))
    workplace.check_folder()
    if not is_desk_suite(arguments.suite):
        fields = {"folder": arguments.suite, "name": QUESTIONS}
        raise UsageError(problem=Problem(_NO_QUESTIONS, fields))
    if not workplace.library.documents():
        raise EmptyShelf(folder=workplace.folder)
    chosen, validation = calibrate(workplace, read_desk_cases(arguments.suite), rate)
    if not arguments.dry_run:
        content = (arguments.suite / QUESTIONS).read_bytes()
        origin = Origin(
            made=workplace.today().isoformat(),
            name=arguments.suite.resolve().name,
            suite=hashlib.sha256(content).hexdigest(),
            fingerprint=workplace.fingerprint,
            decision=hash_decision(),
        )
        save(workplace.folder, chosen, origin)
    if arguments.json:
        write_json(as_json(chosen, validation))
    else:
        language = terminal_language(workplace.settings.language)
        sys.stdout.write(as_text(chosen, validation, Wording(workplace.translations), language))
    return 0


def read_rate(text: str) -> float:
    """A rate as 0.02 from “2%”; anything else raises ``UsageError``."""
    found = _RATE.fullmatch(text.strip())
    rate = float(found[1]) / 100 if found else 0.0
    if not 0.0 < rate < 1.0:
        raise UsageError(problem=N_("The rate of wrong answers is a percentage such as 2%."))
    return rate


def calibrate(
    workplace: Workplace, cases: Sequence[DeskCase], rate: float
) -> tuple[Plan, Validation]:
    """Choose thresholds on the questions for it, and ask the others before and after."""
    fitting, testing = divide(cases)
    place = trial_place(workplace)
    day = place.today()
    with progress_bar("question") as show:
        steps = _Steps(show, len(fitting) + 2 * len(testing))
        margins = []
        for one in measure_margins(fitting, OpenDesks(place, day)):
            margins.append(one)
            steps.count()
        chosen = plan(margins, rate)
        judge = replace(load_judge(), shifts=chosen.shifts)
        before = ask_all(testing, TrialDesk(place, day), progress=steps.show)
        after = ask_all(testing, TrialDesk(place, day, judge), progress=steps.show)
    place.plain.save()
    return chosen, Validation(before, after, apart=testing is not fitting)


def divide(cases: Sequence[DeskCase]) -> tuple[Sequence[DeskCase], Sequence[DeskCase]]:
    """The questions to calibrate on and those to validate on; the same where there are no others.

    Where no question says what it is for, all are for calibration.
    """
    fitting = [case for case in cases if case.split == CALIBRATION]
    testing = [case for case in cases if case.split == TEST]
    if not fitting:
        if testing:
            raise UsageError(problem=N_("No question of the suite is for calibration."))
        fitting = list(cases)
    return fitting, testing or fitting


@dataclass
class _Steps:
    """Counts questions through several rounds of asking."""

    draw: Progress
    total: int
    done: int = 0

    def count(self, what: str = "") -> None:
        """One more question is done."""
        self.done += 1
        self.draw(self.done, self.total, what)

    def show(self, _done: int, _total: int, what: str) -> None:
        """The same as a ``Progress``."""
        self.count(what)
