"""``helpdesk ingest``: documents come onto the shelf."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace

from bot.bootstrap import Workplace
from bot.settings import read_settings
from handlers.commands.contacts import contacts_reviser
from handlers.commands.held import count_open, open_custody
from handlers.commands.progress import progress_bar, work_bar
from handlers.commands.speaking import terminal_language, use_utf8, write_json
from handlers.wording import Wording
from ingest.report import Report
from ingest.shelving import WrittenShelf
from ingest.sync import Keeping
from knowledge.duplicates.listing import list_duplicates
from knowledge.errors import N_, UsageError
from knowledge.passage import Audience
from knowledge.shelf import writing

REPAIRED = N_("{document}, repaired: {what}")
SEE_HELD = N_("“helpdesk documents held” shows what was held back, for you to decide.")
_NAME_ONE = N_("Name what to ingest: paths, or --starter.")
_SAME = N_(
    "{document}: {count} of {whole} passages are those of {served}, which is served instead."
)


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
        _show(report, Wording(workplace.translations), language, held=count_open(workplace) > 0)
    return report.exit_code


def stock(workplace: Workplace, arguments: Namespace) -> Report:
    """Bring the documents in, with a progress bar."""
    workplace.check_folder()
    if not arguments.paths and not arguments.starter and not workplace.index.exists():
        raise UsageError(problem=_NAME_ONE)
    workplace.prepare_folder()
    audience = Audience(arguments.audience) if arguments.audience else None
    wording = Wording(workplace.translations)
    with (
        progress_bar("passage") as show,
        work_bar(wording, terminal_language(workplace.settings.language)) as draw,
        writing(workplace.index, lambda: workplace.embedder, show, now=workplace.now) as writer,
    ):
        if not arguments.paths and not arguments.starter and not writer.renewed:
            raise UsageError(problem=_NAME_ONE)
        keeping = Keeping(WrittenShelf(writer), open_custody(workplace), draw)
        if arguments.starter:
            revise = contacts_reviser(workplace.settings, wording)
            report = keeping.synchronise_starter(revise=revise)
        else:
            report = keeping.synchronise(arguments.paths, audience=audience)
        new = {*report.added, *report.changed}
        return replace(
            report,
            embedded=report.embedded + writer.inherited,
            duplicates=tuple(
                one
                for one in list_duplicates(
                    writer.snapshot.links, writer.snapshot.table, day=workplace.today()
                )
                if new & {one.document, one.served}
            ),
        )


def _explain(report: Report, wording: Wording, language: str) -> Iterator[str]:
    """Yield what became of single files, and what is missing of them."""
    for failed in report.failed:
        yield wording.error(failed.error, language=language)
    for skipped in report.skipped:
        yield f"{skipped.path}: {wording.error(skipped.reason, language=language)}"
    for damaged in report.damaged:
        yield f"{damaged.document}: {wording.error(damaged.loss.reason, language=language)}"
    for repaired in report.repaired:
        reason = wording.error(repaired.loss.reason, language=language)
        yield wording.phrase(REPAIRED, language=language, document=repaired.document, what=reason)
    for one in report.duplicates:
        yield wording.phrase(
            _SAME,
            language=language,
            document=one.document,
            served=one.served,
            count=one.passages,
            whole=one.whole,
        )


def _show(report: Report, wording: Wording, language: str, *, held: bool) -> None:
    for line in _explain(report, wording, language):
        sys.stderr.write(f"{line}\n")
    if held:
        sys.stderr.write(f"{wording.phrase(SEE_HELD, language=language)}\n")
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
