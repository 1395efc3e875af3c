"""What can be told of a vector store by looking at its files, without opening it.

Chroma loads a collection with the first question that it is asked, be it only how many vectors
there are: .4 s for 10,000, during which no other thread runs. A run that finds nothing changed
would spend half of its time on that.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

_GRAPH = (
    "header.bin",
    "data_level0.bin",
    "length.bin",
    "link_lists.bin",
    "index_metadata.pickle",
)
"""The files of a graph that was written to the disk."""
_COUNTS = """
    SELECT collections.name, graphs.id, COUNT(embeddings.id)
    FROM collections
    JOIN segments AS graphs ON graphs.collection = collections.id AND graphs.scope = 'VECTOR'
    JOIN segments AS listed ON listed.collection = collections.id AND listed.scope = 'METADATA'
    JOIN max_seq_id AS written ON written.segment_id = graphs.id
    JOIN embeddings ON embeddings.segment_id = listed.id
    GROUP BY collections.name, graphs.id
"""


def count_written(folder: Path) -> Mapping[str, int]:
    """How many vectors the collections of a store list whose graphs stand on the disk, by name.

    A collection of which that cannot be told is left out: a small one waits in a journal, and
    another version of Chroma may keep its files in another way. Chroma itself can be asked then.
    """
    database = folder / "chroma.sqlite3"
    try:
        place = f"{database.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(place, uri=True)) as connection:
            rows = connection.execute(_COUNTS).fetchall()
    except sqlite3.Error:
        return {}
    return {name: count for name, graph, count in rows if _stands(folder / graph)}


def _stands(graph: Path) -> bool:
    files = (graph / name for name in _GRAPH)
    return all(file.is_file() and file.stat().st_size for file in files)
