"""``helpdesk documents lint``: check the content of files before it is served."""

import sys
from argparse import Namespace
from pathlib import Path

from bot.bootstrap import Workplace
from bot.settings import read_settings
from handlers.commands.speaking import terminal_language, use_utf8, write_json
from handlers.wording import Wording
from ingest.lint.findings import Finding
from ingest.lint.linter import lint
from ingest.sync import STARTER, find_starter
from knowledge.errors import N_
from knowledge.meaning import choose_meaning

_RESULT = N_("Checked: {count} documents. To correct: {findings}.")


def run(arguments: Namespace) -> int:
    """Print what is wrong, each with its place; return 1 if anything is."""
    use_utf8()
    workplace = Workplace(read_settings(arguments.data))
    meaning = choose_meaning(workplace.settings.embedding_model)
    paths = arguments.paths or _roots(workplace)
    found, count = lint(paths, today=workplace.today(), meaning=meaning)
    language = terminal_language(workplace.settings.language)
    wording = Wording(workplace.translations)
    if arguments.json:
        write_json({"documents": count, "findings": [_about(one, wording) for one in found]})
        return int(bool(found))
    for one in found:
        sys.stdout.write(f"{_line(one, wording.error(one.problem, language=language))}\n")
    result = wording.phrase(_RESULT, language=language, count=count, findings=len(found))
    sys.stderr.write(f"{result}\n")
    return int(bool(found))


def _roots(workplace: Workplace) -> list[Path]:
    """The folders that the shelf was stocked from; the starter knowledge where it is empty."""
    entries = workplace.library.documents().values() if workplace.index.exists() else ()
    names = sorted({entry.root for entry in entries}) or [STARTER]
    folders = [find_starter() if name == STARTER else Path(name) for name in names]
    return [folder for folder in folders if folder.exists()]


def _about(one: Finding, wording: Wording) -> dict[str, object]:
    return {
        "path": one.path,
        "line": one.line,
        "rule": one.rule,
        "place": one.place,
        "message": wording.error(one.problem, language="en"),
    }


def _line(one: Finding, message: str) -> str:
    """``faq/filing.csv:12: figures: FIL-02 answer:ru: the answers …``."""
    where = f"{one.path}:{one.line}" if one.line else one.path
    return ": ".join(filter(None, (where, str(one.rule), one.place, message)))
