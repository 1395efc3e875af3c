"""Kill whatever writes the shelf at every step, and look at what is left.

    python -m benchmarks.ingest_crashes [--changes add,change,…] [--every 1] [--moments 20]
                                        [--json FILE]

A process that carries out a change is killed (SIGKILL) at each of its steps
(:mod:`benchmarks.kill_points`), or at every so many of them, and at some moments in between, which
lie wherever the clock has them. After each a reader must see the old version or the new one, of
every document; a check must find nothing but what a repair then mends; and the change, made again,
must give the new version. What does not is counted as a damaged shelf. Each change is made by a
process of its own, with the plain embedder, which needs no model. A step at which the process was
not killed, because it came to its end before, is not counted as tried.
"""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.crash_changes import CHANGES, Change, empty, make_embedder, stock
from benchmarks.crash_process import Cut, kill_at, look_into_stores_here
from benchmarks.kill_points import counting
from ingest.repair import Repairing, check_shelf
from knowledge.embedding import HashEmbedder
from knowledge.errors import HelpdeskError
from knowledge.faults import Fault, FaultKind
from knowledge.shelf import ShelfReader

Texts = Mapping[str, list[str]]
_TRIES = 5
PLACE = "place"
"""Each trial is in the same folder: a document knows where its file is."""


@dataclass(slots=True)
class Tally:
    """What came of killing one change at its steps."""

    steps: int = 0
    tried: int = 0
    """Steps at which the process was killed."""
    moments: int = 0
    """Moments at which it was."""
    old: int = 0
    new: int = 0
    repaired: int = 0
    damaged: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """The tally in values that JSON knows."""
        return {
            "kill_points": self.steps,
            "tried": self.tried,
            "moments": self.moments,
            "kills": self.tried + self.moments,
            "old_version": self.old,
            "new_version": self.new,
            "needed_repair": self.repaired,
            "damaged": len(self.damaged),
            "what": self.damaged[:10],
        }


def main() -> None:
    """Kill, look, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--changes", default=",".join(CHANGES))
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    look_into_stores_here()
    result = try_all(chosen.changes.split(","), chosen.every, chosen.moments)
    shown = json.dumps(result, indent=2)
    print(shown)
    if chosen.json:
        chosen.json.write_text(f"{shown}\n", encoding="utf-8")
    sys.exit(1 if result["shelves_damaged"] else 0)


def try_all(names: Sequence[str], every: int = 1, moments: int = 0) -> dict[str, object]:
    """Kill each of the changes at its steps; what came of it."""
    with TemporaryDirectory(prefix="helpdesk-crashes-") as folder:
        tallies = {name: try_change(name, Path(folder), every, moments) for name in names}
    return {
        "kill_points": sum(one.steps for one in tallies.values()),
        "kill_points_tried": sum(one.tried for one in tallies.values()),
        "kills": sum(one.tried + one.moments for one in tallies.values()),
        "shelves_damaged": sum(len(one.damaged) for one in tallies.values()),
        "changes": {name: one.as_json() for name, one in tallies.items()},
    }


def try_change(name: str, folder: Path, every: int, moments: int) -> Tally:
    """Kill one change at its steps, and at moments in between."""
    change, place, before = CHANGES[name], folder / PLACE, folder / "before"
    for old in (place, before):
        shutil.rmtree(old, ignore_errors=True)
    stock(place)
    stocked = read(place, change)
    change.prepare(place)
    shutil.copytree(place, before)
    with counting(place / "index") as steps:
        started = time.perf_counter()
        change.do(place)
        seconds = time.perf_counter() - started
    known = ({} if change.prepare is empty else stocked, read(place, change))
    tally = Tally(steps=len(steps))
    cuts = [
        Cut(f"step {step}, {steps[step - 1]}", step) for step in range(1, len(steps) + 1, every)
    ]
    cuts += [Cut(f"moment {at}", 0, seconds * (at + 0.5) / moments) for at in range(moments)]
    for cut in cuts:
        if kill_in(place, before, name, cut):
            _tell(tally, cut, judge(change, place, known))
    return tally


def kill_in(place: Path, before: Path, name: str, cut: Cut) -> bool:
    """Make a change from the beginning until it is killed; false where it never is.

    What is stored beside embedding makes the steps come in another order now and then, so that
    the last one may not be reached at first.
    """
    for _ in range(_TRIES if cut.step else 1):
        shutil.rmtree(place)
        shutil.copytree(before, place)
        if kill_at(cut, name, place):
            return True
    return False


def _tell(tally: Tally, cut: Cut, verdict: "Verdict") -> None:
    tally.tried += cut.step > 0
    tally.moments += cut.step == 0
    tally.old += verdict.seen == "old"
    tally.new += verdict.seen == "new"
    tally.repaired += verdict.repaired
    if verdict.wrong:
        tally.damaged.append(f"{cut.name}: {verdict.wrong}")


@dataclass(slots=True)
class Verdict:
    """What a reader saw ("old", "new", "" where it was told of damage), and what is wrong."""

    seen: str = ""
    repaired: bool = False
    wrong: str = ""


def judge(change: Change, place: Path, known: tuple[Texts, Texts]) -> Verdict:
    """Look at what a killed process left, mend it, and make the change again."""
    old, new = known
    seen, index = see(place, change), place / "index"
    verdict = Verdict("new" if seen == new else "old" if seen == old else "")
    if not verdict.seen and (seen is not None or change.readable):
        verdict.wrong = f"a reader sees {seen}"
        return verdict
    model = find_model(index, change)
    if find_faults(index, model):
        verdict.repaired = True
        Repairing(index, make_embedder(model)).repair()
        left = find_faults(index, model)
        verdict.wrong = f"left: {[str(one) for one in left]}" if left else ""
        seen = see(place, change) or {}
        mixed = [name for name in {*old, *new, *seen} if not _is_either(name, seen, known)]
        if mixed:  # a repair reads files that have changed, each by itself
            verdict.wrong = f"after the repair a reader sees {seen}"
    change.do(place)
    if read(place, change) != new:
        verdict.wrong = "the change made again does not give the new version"
    return verdict


def find_faults(index: Path, model: str) -> list[Fault]:
    """What is wrong with the shelf itself: a file that is gone or changed is no fault here."""
    found = check_shelf(index, model).faults if index.exists() else ()
    return [one for one in found if one.kind not in {FaultKind.GONE, FaultKind.CHANGED}]


def _is_either(name: str, seen: Texts, known: tuple[Texts, Texts]) -> bool:
    """Whether a document is seen in its old version or its new one."""
    return seen.get(name) in [texts.get(name) for texts in known]


def find_model(index: Path, change: Change) -> str:
    """The model whose shelf is the one to look at: the new one once it is named."""
    named = index / "model"
    known = named.read_text("utf-8") if named.exists() else change.model
    return change.model if known == change.model else HashEmbedder.fingerprint


def see(place: Path, change: Change) -> Texts | None:
    """What a reader sees; None where it is told that the shelf is damaged."""
    try:
        return read(place, change)
    except HelpdeskError:
        return None


def read(place: Path, change: Change) -> Texts:
    """The texts of each document, as a reader has them."""
    index = place / "index"
    reader = ShelfReader(index, find_model(index, change))
    snapshot, store = reader.current()
    texts = {
        name: [one.text for one in reader.passages(entry.passages)]
        for name, entry in sorted(snapshot.documents.items())
    }
    store.close()
    return texts


if __name__ == "__main__":
    main()
