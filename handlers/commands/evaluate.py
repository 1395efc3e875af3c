"""``helpdesk evaluate``: how good search, decisions, answers and their walls are, in figures."""

import json
import sys
from argparse import Namespace
from datetime import date
from pathlib import Path

from bot.bootstrap import Workplace
from bot.settings import read_settings
from handlers.commands.evaluation_run import Run, find_suites
from handlers.commands.progress import progress_bar
from handlers.commands.speaking import use_utf8, write_json
from handlers.commands.trial_desk import trial_place
from knowledge.errors import N_, UsageError
from knowledge.evaluation.baseline import Comparison, compare, read_baseline, write_baseline
from knowledge.evaluation.charts import pictures
from knowledge.evaluation.measures import Evaluation
from knowledge.evaluation.report import as_json, as_table
from knowledge.problem import Problem

_NO_DAY = N_("“{text}” is not a day such as 2026-03-01.")


def run(arguments: Namespace) -> int:
    """Measure with the suites of some folders; 1 if it became worse than the baseline."""
    use_utf8()
    workplace = Workplace(read_settings(arguments.data))
    workplace.check_folder()
    if not arguments.folders:
        raise UsageError(
            problem=N_("Name the folder with the questions: public files, or questions.jsonl.")
        )
    suites = find_suites(arguments.folders)
    baseline = read_baseline(arguments.baseline) if arguments.baseline else None
    place = trial_place(workplace)
    day = read_day(arguments.today) or (baseline.day if baseline else place.today())
    with progress_bar("step") as show:
        evaluation = Run(place, day, show).measure(suites)
    if arguments.out:
        write_files(evaluation, arguments.out)
    if arguments.write_baseline:
        write_baseline(arguments.write_baseline, evaluation)
    comparison = compare(baseline, evaluation) if baseline else None
    _show(evaluation, comparison, as_object=arguments.json)
    return 1 if comparison and comparison.worse else 0


def read_day(text: str | None) -> date | None:
    """The day that an option names; ``UsageError`` if it is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(problem=Problem(_NO_DAY, {"text": text})) from error


def write_files(evaluation: Evaluation, folder: Path) -> None:
    """Write the table, the figures and the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = json.dumps(as_json(evaluation), ensure_ascii=False, indent=1)
    texts = {
        "evaluation.txt": as_table(evaluation),
        "evaluation.json": f"{figures}\n",
        **dict(pictures(evaluation)),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def _show(evaluation: Evaluation, comparison: Comparison | None, *, as_object: bool) -> None:
    if as_object:
        compared = {"baseline": comparison.as_json()} if comparison else {}
        write_json({**as_json(evaluation), **compared})
        return
    sys.stdout.write(as_table(evaluation))
    if comparison:
        sys.stdout.write(f"\n{comparison.as_text()}\n")
