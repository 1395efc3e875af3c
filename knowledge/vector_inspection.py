"""Whether Chroma holds the vectors that a generation lists: each, no others, behind their wall."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.faults import Fault, FaultKind, fault
from knowledge.passage import Audience
from knowledge.snapshot import Snapshot
from knowledge.vector_probe import Found, StoreUnreadable, probe

_SAME = 0.9999
"""Least cosine between a vector in Chroma and its copy in half precision."""
_Vector = npt.NDArray[np.float32]


def inspect_vectors(home: Path, snapshot: Snapshot) -> tuple[list[Fault], int, int]:
    """Compare all vectors; the faults, how many were compared and how many searched for."""
    folder = home / snapshot.store
    listed = _list(snapshot)
    if not folder.exists():
        missing = sum(map(len, listed.values()))
        problem = "the folder is gone"
        return ([fault(FaultKind.STORE, path=folder, problem=problem)] if missing else []), 0, 0
    try:
        found = probe(folder, snapshot.fingerprint)
    except StoreUnreadable as error:
        return [fault(FaultKind.STORE, path=folder, problem=error)], 0, 0
    faults = [one for audience in Audience for one in _compare(audience, listed, found[audience])]
    compared = sum(len(one.ids) for one in found.values())
    return faults, compared, sum(one.probes for one in found.values())


def _list(snapshot: Snapshot) -> dict[Audience, dict[str, _Vector]]:
    """The vector of each record, by audience."""
    listed: dict[Audience, dict[str, _Vector]] = {audience: {} for audience in Audience}
    for row in range(len(snapshot.table)):
        passage = snapshot.table.passage(row)
        try:
            vectors = snapshot.vectors_of(row)
        except ValueError:  # what is damaged is named elsewhere
            continue
        listed[passage.audience] |= dict(zip(passage.records, vectors, strict=True))
    return listed


def _compare(
    audience: Audience, listed: Mapping[Audience, Mapping[str, _Vector]], found: Found
) -> Iterator[Fault]:
    own, ids = listed[audience], set(found.ids)
    others = {key for one, keys in listed.items() if one is not audience for key in keys}
    strays = ids - own.keys()
    both = [
        (own[key], row) for key, row in zip(found.ids, found.vectors, strict=True) if key in own
    ]
    counts = {
        FaultKind.MISSING: len(own.keys() - ids),
        FaultKind.WALL: len(strays & others),
        FaultKind.STRAY: len(strays - others),
        FaultKind.DIFFERENT: sum(not _is_same(wanted, stored) for wanted, stored in both),
        FaultKind.UNFOUND: found.unfound,
    }
    for kind, count in counts.items():
        if count:
            yield fault(kind, count=count, audience=audience.value)


def _is_same(wanted: _Vector, stored: _Vector) -> bool:
    if wanted.shape != stored.shape:
        return False
    scale = float(np.linalg.norm(wanted) * np.linalg.norm(stored))
    return scale > 0 and float(wanted @ stored) >= _SAME * scale
