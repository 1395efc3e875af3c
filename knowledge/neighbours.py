"""Reading the cosines of a question with what stands on a shelf."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from threading import Lock

import numpy as np
import numpy.typing as npt

from knowledge.chroma import VectorStore
from knowledge.embedding import Vectors
from knowledge.parallel import begin
from knowledge.passage import Audience
from knowledge.passage_table import PassageTable
from knowledge.snapshot import Snapshot, unpack_vectors

Numbers = npt.NDArray[np.int64]
Values = npt.NDArray[np.float32]
Near = Mapping[int, float]
"""The cosines of the nearest records, by their numbers."""
NEIGHBOURS = 96
_KEPT = 1024
"""Questions whose nearest records wait for their turn at most."""


class NeighbourSearch:
    """Finds the nearest records of questions, one by one or ahead for many; safe for threads."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        self._ahead: OrderedDict[tuple[int, Audience, bytes], Near] = OrderedDict()
        self._lock = Lock()

    def begin(
        self, snapshot: Snapshot, store: VectorStore, vector: Values, audiences: Sequence[Audience]
    ) -> Callable[[], list[Near]]:
        """Begin to search among those vectors of each audience that :meth:`look_ahead` did not.

        Returns what waits for the nearest live records of each. Raises ``EmbeddingError``.
        """
        snapshot.check_width(vector)
        known = {one: self._take(snapshot, vector, one) for one in audiences}
        missing = [one for one, near in known.items() if near is None]
        if not any(one in snapshot.table.records_of for one in missing):
            return lambda: [known[one] or {} for one in audiences]
        rows = vector[np.newaxis]
        searching = begin(lambda: [nearest(snapshot, store, rows, one)[0] for one in missing])
        return lambda: [*filter(None, known.values()), *searching()]

    def look_ahead(
        self, snapshot: Snapshot, store: VectorStore, vectors: Vectors, audience: Audience
    ) -> None:
        """Search for questions that are about to be asked; what is not asked for is forgotten."""
        found = nearest(snapshot, store, vectors, audience)
        keys = [_key(snapshot, vector, audience) for vector in vectors]
        with self._lock:
            self._ahead.update(zip(keys, found, strict=True))
            while len(self._ahead) > _KEPT:
                self._ahead.popitem(last=False)

    def _take(self, snapshot: Snapshot, vector: Values, audience: Audience) -> Near | None:
        if not self._ahead:
            return None
        with self._lock:
            return self._ahead.get(_key(snapshot, vector, audience))


def _key(snapshot: Snapshot, vector: Values, audience: Audience) -> tuple[int, Audience, bytes]:
    return snapshot.generation, audience, vector.tobytes()


def nearest(
    snapshot: Snapshot, store: VectorStore, vectors: Vectors, audience: Audience
) -> list[Near]:
    """The nearest live records of an audience for each vector; ``EmbeddingError``."""
    if audience not in snapshot.table.records_of or not len(vectors):
        return [{} for _ in vectors]
    snapshot.check_width(vectors)
    find = snapshot.table.find_record
    some = store.nearest(audience, vectors, NEIGHBOURS)
    found = [[(find(key), cosine) for key, cosine in near.items()] for near in some]
    # The others are left over from an older generation, or not yet part of this one.
    return [{record: cosine for record, cosine in near if record is not None} for near in found]


def read_cosines(snapshot: Snapshot, vector: Values, rows: Numbers) -> Values:
    """The question's cosine with every record of these rows, in their order."""
    if not len(rows):
        return np.zeros(0, dtype=np.float32)
    count = int((snapshot.table.first[rows + 1] - snapshot.table.first[rows]).sum())
    stored = b"".join([snapshot.vectors[row] for row in rows.tolist()])
    cosines: Values = unpack_vectors(stored, count) @ vector
    return cosines


def merge(
    near: Sequence[Mapping[int, float]], table: PassageTable, rows: Numbers, cosines: Values
) -> tuple[Numbers, Values]:
    """Records with their cosines: the nearest ones, and all of these rows."""
    found = {record: cosine for one in near for record, cosine in one.items()}
    return (
        np.concatenate([np.fromiter(found, np.int64, len(found)), table.records_in(rows)]),
        np.concatenate([np.fromiter(found.values(), np.float32, len(found)), cosines]),
    )
