"""The gate before the shelf: what is damaged is repaired, or held back until a person decides."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.cleaning import clean
from ingest.drafts import Block, BlockKind
from ingest.held import (
    Decision,
    Decisions,
    Gap,
    HeldPart,
    Verdict,
    count_losses,
    identify,
    without_marks,
)
from ingest.loaders.text import parse_text
from ingest.problems import Loss, Problem
from ingest.quality import (
    explain_failure,
    explain_repair,
    find_damage,
    find_doubts,
    is_furniture,
    repair,
)
from ingest.structure import promote

_PAGES = re.compile(r"p\. (\d+)(?:–(\d+))?")
_AROUND = 240


@dataclass(frozen=True, slots=True)
class Inspected:
    """The blocks with gaps where something is held back; ``share`` is how much of the text that is.

    ``held`` has every part that was found damaged, also those about which somebody has decided.
    """

    blocks: tuple[Block, ...]
    held: tuple[HeldPart, ...]
    repairs: tuple[Loss, ...]
    share: float

    @property
    def losses(self) -> tuple[Loss, ...]:
        """What a report says of them."""
        return count_losses(self.held)


def inspect(blocks: Sequence[Block], decisions: Decisions) -> Inspected:
    """Repair what can be repaired, leave gaps for what cannot, and do what was decided."""
    gate = _Gate(decisions)
    tidied = list(gate.tidy(blocks))
    tidy = [block for block, _ in tidied]
    for at, (block, done) in enumerate(tidied):
        gate.take(block, done, _Around(tidy, at))
    held = tuple(gate.held)
    total = sum(len(block.text) for block in tidy if not isinstance(block, Gap))
    share = gate.lost / total if total else 0.0
    repairs = tuple(Loss(Problem(form), count) for form, count in gate.repairs.items())
    return Inspected(tuple(gate.kept), held, repairs, share)


@dataclass(frozen=True, slots=True)
class _Around:
    """A block among the others: what stands before and behind it, and where it stands itself."""

    blocks: Sequence[Block]
    at: int

    @property
    def before(self) -> str:
        return self._find(self.blocks[: self.at][::-1])[-_AROUND:]

    @property
    def after(self) -> str:
        return self._find(self.blocks[self.at + 1 :])[:_AROUND]

    @staticmethod
    def _find(blocks: Sequence[Block]) -> str:
        return next((block.text for block in blocks if block.text), "")

    @property
    def place(self) -> str:
        """The place of the block, or its heading and its number below that."""
        block = self.blocks[self.at]
        if block.place or isinstance(block, Gap):
            return block.place
        above = [one.kind is BlockKind.HEADING for one in self.blocks[: self.at]]
        last = len(above) - above[::-1].index(True) - 1 if True in above else -1
        heading = without_marks(self.blocks[last].text) if last >= 0 else ""
        if block.kind is BlockKind.HEADING:
            return heading
        return " > ".join(filter(None, (heading, f"¶{self.at - last}")))


@dataclass(slots=True)
class _Gate:
    decisions: Decisions
    kept: list[Block] = field(default_factory=list)
    held: list[HeldPart] = field(default_factory=list)
    repairs: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    lost: int = 0

    def tidy(self, blocks: Sequence[Block]) -> Iterator[tuple[Block, tuple[Problem, ...]]]:
        """Yield the blocks repaired, without the furniture of the page, and what was repaired."""
        for block in blocks:
            kept = [at for at, row in enumerate(block.rows) if not is_furniture(row)]
            if isinstance(block, Gap):
                yield block, ()
            elif kept:
                read = tuple(block.rows[at] for at in kept)
                rows = tuple(map(repair, read))
                changed = (row for row, tidy in zip(read, rows, strict=True) if row != tidy)
                done = dict.fromkeys(form for row in changed for form in explain_repair(row))
                self.repairs.update(done.keys())
                places = tuple(block.row_places[at] for at in kept) if block.row_places else ()
                yield replace(block, rows=rows, row_places=places), tuple(map(Problem, done))

    def take(self, block: Block, done: tuple[Problem, ...], around: _Around) -> None:
        """Keep a block, or hold it back and do with it what was decided."""
        if isinstance(block, Gap):
            part = self._hold_gap(block, around)
        elif reason := find_damage(block.text):
            tried = done + explain_failure(reason)
            part = self._hold(block, Problem(reason), tried, around)
        else:
            self.kept.append(block)
            return
        decision = self.decisions.get(part.key)
        self.held.append(replace(part, verdict=decision.verdict if decision else None))
        self.kept.extend(_settle(block, part, decision))
        if not isinstance(block, Gap) and decision is None:
            self.lost += len(block.text)

    def _hold_gap(self, gap: Gap, around: _Around) -> HeldPart:
        part = self._hold(gap, gap.reason, gap.tried, around)
        return replace(part, key=identify(gap.content)) if gap.content else part

    def _hold(
        self, block: Block, reason: Problem, tried: tuple[Problem, ...], around: _Around
    ) -> HeldPart:
        # The same damaged words may stand in a document twice, and mean two things.
        self.seen[block.text] += 1
        return HeldPart(
            key=identify(block.text, str(self.seen[block.text])),
            place=around.place,
            reason=reason,
            text=block.text,
            doubts=find_doubts(block.text),
            tried=tried,
            before=around.before,
            after=around.after,
            pages=tuple(_find_pages(block.place)),
            acceptable=any(map(str.isalnum, block.text)),
        )


def _find_pages(place: str) -> Iterator[int]:
    match = _PAGES.fullmatch(place)
    if match:
        yield from sorted({int(match[1]), int(match[2] or match[1])})


def _settle(block: Block, part: HeldPart, decision: Decision | None) -> list[Block]:
    """What goes on in the place of a part."""
    if decision is None or decision.verdict is Verdict.DISCARD:
        # Nobody knows under which heading the text behind a lost page stands.
        above = [Block.heading("", 1)] if isinstance(block, Gap) else []
        return [*above, block.lose()]
    text = clean(decision.text) if decision.verdict is Verdict.CORRECT else part.text
    text = without_marks(text).strip()
    if isinstance(block, Gap) or block.kind is BlockKind.PARAGRAPH:
        found = [replace(one, place=block.place) for one in parse_text(text)]
        return promote(found) if isinstance(block, Gap) else found
    lines = tuple(line for line in text.split("\n") if line.strip())
    rows = lines[:1] if block.kind is BlockKind.HEADING else lines
    places = block.row_places if len(rows) == len(block.row_places) else ()
    return [replace(block, rows=rows, row_places=places)]
