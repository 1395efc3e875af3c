"""Vectors that the store has and the generation does not list.

A change that was interrupted leaves some, and every change does until its end.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.chroma import VectorStore
from knowledge.embedding import Vectors
from knowledge.passage import Audience, Passage
from knowledge.passage_table import AUDIENCES, LivePassage, PassageTable


class Strays:
    """What the store has beside a generation, looked for when it is first asked for.

    A run that finds nothing to do asks for nothing. Whoever is about to store something asks
    before.
    """

    def __init__(self, store: VectorStore, table: PassageTable) -> None:
        """Of a store beside the table of its generation."""
        self._store = store
        self._table = table
        self._found: Mapping[Audience, set[str]] | None = None

    @property
    def ids(self) -> Mapping[Audience, set[str]]:
        """All ids in each collection that holds more than is listed; listed ones are among them."""
        if self._found is None:
            self._found = self._look()
        return self._found

    def _look(self) -> Mapping[Audience, set[str]]:
        counts = {audience: self._store.count(audience) for audience in Audience}
        return {
            audience: set(self._store.ids(audience))
            for audience, count in counts.items()
            if count > self._table.records_of.get(audience, 0)
        }

    def recall(self, passages: Sequence[Passage]) -> dict[str, Vectors]:
        """Vectors that an interrupted change has stored already: an id stands for its content."""
        found: dict[str, Vectors] = {}
        for audience, ids in self.ids.items():
            own = [LivePassage.of(one) for one in passages if one.provenance.audience is audience]
            own = [one for one in own if ids >= one.records.keys()]
            stored = self._store.vectors(audience, [key for one in own for key in one.records])
            found |= {
                one.id: np.stack([stored[key] for key in one.records])
                for one in own
                if stored.keys() >= one.records.keys()
            }
        return found

    def remove(self) -> None:
        """Remove those that the generation does not list, or for other readers."""
        walls = np.repeat(self._table.audience, np.diff(self._table.first))
        for audience, ids in self.ids.items():
            places = ((key, self._table.find_record(key)) for key in ids)
            gone = [
                key
                for key, place in places
                if place is None or AUDIENCES[walls[place]] is not audience
            ]
            self._store.remove(audience, gone)
        self._found = {}
