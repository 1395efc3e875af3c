"""``helpdesk ingest``: documents come onto the shelf."""

import sys
from argparse import Namespace
from dataclasses import replace

from bot.bootstrap import Workplace
from bot.settings import read_settings
from handlers.commands.contacts import contacts_reviser
from handlers.commands.progress import progress_bar
from handlers.commands.speaking import terminal_language, use_utf8, write_json
from handlers.wording import Wording
from ingest.report import Progress, Report
from ingest.shelving import WrittenShelf
from ingest.sync import synchronise, synchronise_starter
from knowledge.errors import N_, UsageError
from knowledge.passage import Audience
from knowledge.shelf import writing

_NAME_ONE = N_("Name what to ingest: paths, or --starter.")


def run(arguments: Namespace) -> int:
    """Take documents onto the shelf and report."""
    use_utf8()
    workplace = Workplace(read_settings(arguments.data))
    if arguments.paths and arguments.starter:
        raise UsageError(problem=_NAME_ONE)
    report = stock(workplace, arguments)
    if arguments.json:
        write_json(report.as_json())
    else:
        language = terminal_language(workplace.settings.language)
        _show(report, Wording(workplace.translations), language)
    return report.exit_code


def stock(workplace: Workplace, arguments: Namespace) -> Report:
    """Bring the documents in, with a progress bar."""
    workplace.check_folder()
    if not arguments.paths and not arguments.starter and not workplace.index.exists():
        raise UsageError(problem=_NAME_ONE)
    workplace.prepare_folder()
    audience = Audience(arguments.audience) if arguments.audience else None
    with (
        progress_bar("document") as show,
        writing(workplace.index, lambda: workplace.embedder, show) as writer,
    ):

        def draw(progress: Progress) -> None:
            show(progress.done, progress.total, progress.document)

        if not arguments.paths and not arguments.starter and not writer.renewed:
            raise UsageError(problem=_NAME_ONE)
        shelf = WrittenShelf(writer)
        if arguments.starter:
            revise = contacts_reviser(workplace.settings, Wording(workplace.translations))
            report = synchronise_starter(shelf, progress=draw, revise=revise)
        else:
            report = synchronise(arguments.paths, shelf, audience=audience, progress=draw)
        return replace(report, embedded=report.embedded + writer.inherited)


def _show(report: Report, wording: Wording, language: str) -> None:
    for failed in report.failed:
        sys.stderr.write(f"{wording.error(failed.error, language=language)}\n")
    for skipped in report.skipped:
        reason = wording.error(skipped.reason, language=language)
        sys.stderr.write(f"{skipped.path}: {reason}\n")
    for damaged in report.damaged:
        reason = wording.error(damaged.loss.reason, language=language)
        sys.stderr.write(f"{damaged.document}: {reason}\n")
    sys.stdout.write(
        wording.phrase(
            N_(
                "Documents: {added} added, {changed} changed, {unchanged} unchanged, "
                "{removed} removed, {failed} failed. Passages embedded: {embedded}."
            ),
            language=language,
            added=len(report.added),
            changed=len(report.changed),
            unchanged=len(report.unchanged),
            removed=len(report.removed),
            failed=len(report.failed),
            embedded=report.embedded,
        )
        + "\n"
    )
