"""``helpdesk evaluate``: how good search, decisions and languages are, in figures."""

import sys
from argparse import Namespace
from pathlib import Path

from bot.bootstrap import Workplace
from bot.settings import read_settings
from handlers.commands.ask import answer
from handlers.commands.batch import BatchQuestion
from handlers.commands.progress import progress_bar
from handlers.commands.speaking import use_utf8, write_json
from knowledge.decision import load_judge
from knowledge.errors import N_, EmptyShelf, UsageError
from knowledge.evaluation.command import evaluate
from knowledge.evaluation.desk_suite import Ask, evaluate_desk, is_desk_suite
from knowledge.evaluation.measures import Evaluation
from knowledge.evaluation.remembering import RememberingEmbedder
from knowledge.evaluation.report import as_json, as_table
from knowledge.passage import Audience


def run(arguments: Namespace) -> int:
    """Measure with the files of a folder and print the figures."""
    use_utf8()
    workplace = Workplace(read_settings(arguments.data))
    workplace.check_folder()
    folder: Path | None = arguments.folder
    if folder is None:
        raise UsageError(
            problem=N_("Name the folder with the questions: public files, or questions.jsonl.")
        )
    if not folder.is_dir():
        raise UsageError(problem=f"{folder} is not a folder.")
    evaluation = _evaluate(workplace, folder)
    if arguments.json:
        write_json(as_json(evaluation))
    else:
        sys.stdout.write(f"{as_table(evaluation)}\n")
    return 0


def _evaluate(workplace: Workplace, folder: Path) -> Evaluation:
    with progress_bar("step") as show:
        if is_desk_suite(folder):
            if not workplace.library.documents():
                raise EmptyShelf(folder=workplace.folder)
            return evaluate_desk(folder, _asking(workplace), progress=show)
        cache = workplace.folder / "evaluation-cache"
        embedder = RememberingEmbedder(workplace.embedder, cache)
        return evaluate(folder, embedder, judge=load_judge(), progress=show)


def _asking(workplace: Workplace) -> Ask:
    """Ask the desk as it stands, in the form that the suite expects."""

    def ask(question: str, language: str, audience: str) -> dict[str, object]:
        asked = BatchQuestion(
            id=None, text=question, language=language, audience=Audience(audience), history=()
        )
        return answer(workplace, asked)

    return ask
