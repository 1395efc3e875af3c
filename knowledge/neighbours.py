"""Reading the cosines of a question with what stands on a shelf."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from knowledge.chroma import VectorStore
from knowledge.passage import Audience
from knowledge.passage_table import PassageTable
from knowledge.snapshot import Snapshot, unpack_vectors

Numbers = npt.NDArray[np.int64]
Values = npt.NDArray[np.float32]
NEIGHBOURS = 96


def nearest(
    snapshot: Snapshot, store: VectorStore, vector: Values, audience: Audience
) -> dict[int, float]:
    """The cosines of the nearest live records of an audience; ``EmbeddingError``."""
    if audience not in snapshot.table.records_of:
        return {}
    snapshot.check_width(vector)
    near = store.nearest(audience, vector, NEIGHBOURS)
    found = ((snapshot.table.find_record(key), cosine) for key, cosine in near.items())
    # The others are left over from an older generation, or not yet part of this one.
    return {record: cosine for record, cosine in found if record is not None}


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
    records = [np.arange(table.first[row], table.first[row + 1]) for row in rows]
    return (
        np.concatenate([np.fromiter(found, np.int64, len(found)), *records]),
        np.concatenate([np.fromiter(found.values(), np.float32, len(found)), cosines]),
    )
