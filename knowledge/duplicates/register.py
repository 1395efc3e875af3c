"""Finding the duplicates of the next generation: only what is new is compared with the rest."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from knowledge.duplicates.candidates import SHARED, TRACE, Candidate, Shelved, find_candidates
from knowledge.duplicates.editions import Editions, Place, tell_apart
from knowledge.duplicates.links import Found, Links
from knowledge.duplicates.matches import Match, Reader
from knowledge.duplicates.serving import Card
from knowledge.duplicates.sketch import Sketch
from knowledge.duplicates.translations import Shelf, choose, find_translations
from knowledge.embedding import Vectors
from knowledge.passage import Passage
from knowledge.passage_table import AUDIENCES, PassageTable

_MANY_ROWS = 200
"""In a longer document only the rows are read that the search has found."""


@dataclass(frozen=True)
class Register:
    """The rows of the next generation, and what the last one knew of those that stay.

    ``read`` and ``vectors`` give the passage of a row and the vectors of texts, ``mean`` that of
    all passages of a language. ``sketch`` gives the sketch of a row and whether it names what it
    replaces, where that was worked out before.
    """

    known: Links
    before: PassageTable
    table: PassageTable
    read: Callable[[int], Passage]
    vectors: Callable[[Sequence[int]], Vectors]
    mean: Callable[[str], npt.NDArray[np.float32]]
    sketch: Callable[[int], tuple[Sketch, bool]] | None = None

    def update(self) -> Links:
        """The links of the next generation."""
        fresh = {self.table.ids[row] for row in self._fresh}
        found = self._found
        keys = {(one.of, self._document_of(one.within[0])) for one in found}
        kept = [one for one in self._kept(fresh) if self._key(one) not in keys]
        matches = (*kept, *found)
        editions = tell_apart(matches, self._places)
        shelf = Shelf(self.table, self.read, self.vectors, self.mean)
        likely = find_translations(shelf, self.known.found.likely, self._changed)
        return Links(
            sketches=[sketch.pack() for sketch in self._sketches],
            read=lambda: Found(matches, likely),
            cards=self._cards(editions),
            editions=editions,
            translations=choose(likely, editions.versions),
        )

    @cached_property
    def _fresh(self) -> list[int]:
        """The rows that the last generation has no fingerprints of."""
        if not len(self.known.sketches):
            return list(range(len(self.table)))
        return [row for row, name in enumerate(self.table.ids) if name not in self.before.rows]

    @cached_property
    def _changed(self) -> frozenset[str]:
        """The documents with new rows, or with fewer."""
        names = (self.table.names[self.table.document[row]] for row in self._fresh)
        gone = (row for name, row in self.before.rows.items() if name not in self.table.rows)
        return frozenset((*names, *(self.before.names[self.before.document[row]] for row in gone)))

    @cached_property
    def _sketched(self) -> dict[int, tuple[Sketch, bool]]:
        sketch = self.sketch or self._sketch
        return {row: sketch(row) for row in self._fresh}

    def _sketch(self, row: int) -> tuple[Sketch, bool]:
        passage = self.read(row)
        return Sketch.of(passage), bool(passage.provenance.replaces)

    @cached_property
    def _sketches(self) -> list[Sketch]:
        new = self._sketched
        return [
            new[row][0]
            if row in new
            else Sketch.unpack(self.known.sketches[self.before.rows[name]])
            for row, name in enumerate(self.table.ids)
        ]

    @cached_property
    def _shelved(self) -> Shelved:
        fresh = np.zeros(len(self.table), dtype=bool)
        fresh[self._fresh] = True
        return Shelved(self.table.document, self.table.audience, fresh, self._sketches)

    @cached_property
    def _found(self) -> list[Match]:
        """The matches that a new passage has a part in."""
        reader = Reader(self.read)
        candidates = [self._widen(one) for one in find_candidates(self._shelved)]
        matches = list(reader.verify(candidates))
        looked_at = {(one.row, one.document) for one in candidates}
        pairs = {self._pair(one) for one in matches if one.is_copy}
        rest = (one for one in self._complete(pairs) if (one.row, one.document) not in looked_at)
        return [*matches, *reader.verify(rest)]

    def _complete(self, pairs: Iterable[tuple[int, int]]) -> Iterator[Candidate]:
        """The other passages of documents that have one in common.

        What many documents say was left out of the search.
        """
        for one, other in {pair for some in pairs for pair in (some, some[::-1])}:
            for row in self._rows_of[one]:
                rows, share = self._rows_with(row, other)
                if share >= SHARED:
                    yield Candidate(row, other, rows)

    def _widen(self, candidate: Candidate) -> Candidate:
        """With the rows that were left out because too many others have the same."""
        if candidate.whole or len(self._rows_of[candidate.document]) > _MANY_ROWS:
            return candidate
        rows, _ = self._rows_with(candidate.row, candidate.document)
        return Candidate(candidate.row, candidate.document, rows)

    def _rows_with(self, row: int, document: int) -> tuple[tuple[int, ...], float]:
        """The rows of a document that have something of a row, most first; how much of it."""
        prints = self._prints(row)
        shared = {at: prints & self._prints(at) for at in self._rows_of[document]}
        most = max(map(len, shared.values()))
        having = [at for at, some in shared.items() if len(some) > TRACE * most]
        having.sort(key=lambda at: -len(shared[at]))
        together = frozenset[int]().union(*(shared[at] for at in having))
        return tuple(having), len(together) / max(len(prints), 1)

    def _prints(self, row: int) -> frozenset[int]:
        if row not in self._sets:
            self._sets[row] = frozenset(self._sketches[row].prints.tolist())
        return self._sets[row]

    @cached_property
    def _sets(self) -> dict[int, frozenset[int]]:
        return {}

    @cached_property
    def _rows_of(self) -> Mapping[int, list[int]]:
        rows: dict[int, list[int]] = defaultdict(list)
        for row, document in enumerate(self.table.document.tolist()):
            rows[document].append(row)
        return rows

    def _kept(self, fresh: set[str]) -> Iterator[Match]:
        """What was known of passages that stay."""
        for match in self.known.found.matches:
            ids = (match.of, *match.within)
            if all(name in self.table.rows and name not in fresh for name in ids):
                yield match

    @cached_property
    def _places(self) -> Mapping[str, Place]:
        curated = self._curated
        return {
            name: Place(
                document=self._document_of(name),
                weight=self._sketches[row].weight,
                curated=bool(curated[row]),
            )
            for row, name in enumerate(self.table.ids)
        }

    @cached_property
    def _curated(self) -> Sequence[int]:
        """Which rows are answers of FAQ entries: these alone have question variants."""
        return [int(one > 1) for one in np.diff(self.table.first)]

    def _cards(self, editions: Editions) -> dict[str, Card]:
        """What serving goes by, for all that takes part in it."""
        taking_part = {
            sibling.id
            for name in editions.alike
            for sibling in self.table.siblings(self.table.passage(self.table.rows[name]))
        }
        cards = {
            name: card
            for name, card in self.known.cards.items()
            if name in self.table.rows and (card.replaces or name in taking_part)
        }
        naming = (row for row, (_, replaces) in self._sketched.items() if replaces)
        cards |= {self.table.ids[row]: self._card(self.read(row)) for row in naming}
        for name in sorted(taking_part):
            if name not in cards:
                row = self.table.rows[name]
                cards[name] = self._card(self.read(row))
        return self._level(cards)

    def _card(self, passage: Passage) -> Card:
        row, source = self.table.rows[passage.id], passage.provenance
        return Card(
            document=passage.document,
            audience=AUDIENCES[self.table.audience[row]],
            rank=self._sketches[row].rank,
            weight=self._sketches[row].weight,
            begins=source.effective_from.first_day.toordinal() if source.effective_from else 0,
            ends=source.effective_to.last_day.toordinal() if source.effective_to else 0,
            answers=source.trust.answers,
            names=tuple(name for name in (source.number, source.title) if name),
            replaces=source.replaces,
            group=f"{passage.document}\n{passage.entry}" if passage.entry else "",
        )

    def _level(self, cards: Mapping[str, Card]) -> dict[str, Card]:
        """The passages of a text are as good as the least of them: one says where it is from."""
        worst: dict[str, int] = {}
        for row, sketch in enumerate(self._sketches):
            if not self._curated[row]:
                name = self.table.names[self.table.document[row]]
                worst[name] = max(worst.get(name, 0), sketch.rank)
        return {
            name: card
            if self._curated[self.table.rows[name]]
            else replace(card, rank=worst[card.document])
            for name, card in cards.items()
        }

    def _document_of(self, name: str) -> str:
        return str(self.table.names[int(self.table.document[self.table.rows[name]])])

    def _key(self, match: Match) -> tuple[str, str]:
        return match.of, self._document_of(match.within[0])

    def _pair(self, match: Match) -> tuple[int, int]:
        rows = self.table.rows
        return (
            int(self.table.document[rows[match.of]]),
            int(self.table.document[rows[match.within[0]]]),
        )
