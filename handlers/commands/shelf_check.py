"""``helpdesk documents check`` and ``repair``: whether the shelf is whole, and making it so."""

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.bootstrap import Workplace
from bot.settings import read_settings
from handlers.commands.contacts import contacts_reviser
from handlers.commands.held import open_custody
from handlers.commands.progress import work_bar
from handlers.commands.speaking import terminal_language, use_utf8, write_json
from handlers.wording import Wording
from ingest.problems import Problem
from ingest.repair import Check, Repair, Repairing, check_shelf
from knowledge.errors import N_, EmptyShelf
from knowledge.faults import Fault

_SHOWN = 20
"""So many faults of one kind are shown; programs get all of them."""
WHOLE = N_(
    "The shelf is whole: {documents} documents; all {vectors} vectors compared, {probes} "
    "searched for."
)
FAULTY = N_("Faults: {count}.")
MORE = N_("… and {count} more of this kind; --json lists all.")
MENDED = N_("Repaired: {what}")
REREAD = N_("Read again from its file: {document}")
LEFT = N_("Faults that are left: {count}.")
NOTHING_LEFT = N_("The shelf is whole.")


def run(arguments: Namespace) -> int:
    """Check or repair; 1 where something is wrong, or still is."""
    use_utf8()
    workplace = Workplace(read_settings(arguments.data))
    workplace.check_folder()
    if not workplace.index.is_dir():
        raise EmptyShelf(folder=workplace.folder)
    wording = Wording(workplace.translations)
    desk = _Desk(workplace, wording, terminal_language(workplace.settings.language))
    done = desk.check() if arguments.action == "check" else desk.repair()
    faults = done.faults if isinstance(done, Check) else done.left
    code = 1 if faults else 0
    if arguments.json:
        write_json({**done.as_json(), "exit_code": code})
    elif isinstance(done, Check):
        desk.show_check(done)
    else:
        desk.show_repair(done)
    return code


@dataclass(frozen=True, slots=True)
class _Desk:
    workplace: Workplace
    wording: Wording
    language: str

    def check(self) -> Check:
        place = self.workplace
        revise = contacts_reviser(place.settings, self.wording)
        return check_shelf(place.index, place.embedder.fingerprint, revise=revise)

    def repair(self) -> Repair:
        place = self.workplace
        with work_bar(self.wording, self.language) as draw:
            repairing = Repairing(
                place.index,
                place.embedder,
                revise=contacts_reviser(place.settings, self.wording),
                custody=open_custody(place),
                progress=draw,
                now=place.now,
            )
            return repairing.repair()

    def show_check(self, check: Check) -> None:
        self._write(self._list(check.faults))
        counts = {
            "documents": check.documents,
            "vectors": check.vectors,
            "probes": check.probes,
            "count": len(check.faults),
        }
        self._say(FAULTY if check.faults else WHOLE, **counts)

    def show_repair(self, repair: Repair) -> None:
        for one in repair.mended[:_SHOWN]:
            self._say(MENDED, what=self._word(one))
        if len(repair.mended) > _SHOWN:
            self._say(MORE, count=len(repair.mended) - _SHOWN)
        for document in repair.reread[:_SHOWN]:
            self._say(REREAD, document=document)
        for failed in repair.failed:
            sys.stderr.write(f"{self.wording.error(failed.error, language=self.language)}\n")
        self._write(self._list(repair.left))
        self._say(LEFT if repair.left else NOTHING_LEFT, count=len(repair.left))

    def _list(self, faults: Sequence[Fault]) -> Iterator[str]:
        """What is wrong, the faults of one kind together, and what to do about them."""
        for _, group in groupby(sorted(faults, key=lambda one: one.kind), lambda one: one.kind):
            own = list(group)
            yield from (self._word(one) for one in own[:_SHOWN])
            if len(own) > _SHOWN:
                count = len(own) - _SHOWN
                yield self.wording.phrase(MORE, language=self.language, count=count)
            yield f"  → {self.wording.phrase(own[0].remedy, language=self.language)}"

    def _word(self, one: Fault) -> str:
        return self.wording.error(Problem(one.template, one.fields), language=self.language)

    def _say(self, message: str, **fields: object) -> None:
        self._write([self.wording.phrase(message, language=self.language, **fields)])

    def _write(self, lines: Sequence[str] | Iterator[str]) -> None:
        for line in lines:
            sys.stdout.write(f"{line}\n")
