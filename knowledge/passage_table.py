"""The live passages of a generation in columns: 50,000 of them are to be loaded in no time.

A row is a passage. Its records are its vectors: that of its text, then those of its question
variants, numbered through over all rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import accumulate
from typing import Self, overload

import numpy as np
import numpy.typing as npt

from knowledge.language import base
from knowledge.passage import Audience, Passage

AUDIENCES = tuple(Audience)
_Column = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class LivePassage:
    """What is known of a passage without reading it.

    ``variants`` holds the language of each question variant, in the order of its vectors.
    """

    id: str
    document: str
    entry: str
    language: str
    audience: Audience
    variants: tuple[str, ...]

    @classmethod
    def of(cls, passage: Passage) -> Self:
        """Read it off a passage."""
        return cls(
            id=passage.id,
            document=passage.document,
            entry=passage.entry,
            language=passage.language,
            audience=passage.provenance.audience,
            variants=tuple(variant.language for variant in passage.questions),
        )

    @property
    def records(self) -> dict[str, str]:
        """The ids of its vectors, each with the background group that it belongs to."""
        keys = (self.id, *(f"{self.id}~{number}" for number in range(len(self.variants))))
        return dict(zip(keys, self.groups, strict=True))

    @property
    def groups(self) -> list[str]:
        """The background group of each of its vectors."""
        return [f"passage:{self.language}", *(f"question:{one}" for one in self.variants)]


@dataclass(frozen=True, eq=False)
class PassageTable:
    """``names`` are the texts that columns point into by number.

    ``first`` has the first record of each row, and their count at its end; ``group`` the name of
    each record's background group; ``unit`` and ``spoken`` the row and the language of each unit
    of the lexical index. Units stand in the order of their rows.
    """

    ids: Sequence[str]
    names: Sequence[str]
    document: _Column
    entry: _Column
    language: _Column
    audience: _Column
    first: _Column
    group: _Column
    unit: _Column
    spoken: _Column

    @classmethod
    def of(cls, passages: Sequence[LivePassage]) -> Self:
        """Put passages into columns."""
        numbers: dict[str, int] = {}

        def number(names: Iterable[str]) -> _Column:
            return _column(numbers.setdefault(name, len(numbers)) for name in names)

        units = [
            (row, language)
            for row, passage in enumerate(passages)
            for language in dict.fromkeys((passage.language, *passage.variants))
        ]
        columns = {
            "document": number(one.document for one in passages),
            "entry": number(one.entry for one in passages),
            "language": number(one.language for one in passages),
            "audience": _column(AUDIENCES.index(one.audience) for one in passages),
            "first": _column(accumulate((1 + len(one.variants) for one in passages), initial=0)),
            "group": number(group for one in passages for group in one.groups),
            "unit": _column(row for row, _ in units),
            "spoken": number(language for _, language in units),
        }
        return cls([one.id for one in passages], list(numbers), **columns)

    def __len__(self) -> int:
        return len(self.ids)

    def passage(self, row: int) -> LivePassage:
        """One row."""
        groups = self.group[self.first[row] + 1 : self.first[row + 1]]
        return LivePassage(
            id=self.ids[row],
            document=self.names[self.document[row]],
            entry=self.names[self.entry[row]],
            language=self.names[self.language[row]],
            audience=AUDIENCES[self.audience[row]],
            variants=tuple(self.names[group].partition(":")[2] for group in groups),
        )

    def records_in(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The records of these rows, in their order."""
        first = self.first[rows].astype(np.int64)
        counts = self.first[rows + 1] - first
        starts = np.cumsum(counts) - counts
        records: npt.NDArray[np.int64] = np.arange(counts.sum()) + np.repeat(first - starts, counts)
        return records

    def groups_of(self, rows: npt.NDArray[np.int64]) -> list[str]:
        """The background groups of the records of these rows, each once."""
        return [self.names[group] for group in np.unique(self.group[self.records_in(rows)])]

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of each passage, by id."""
        return {name: row for row, name in enumerate(self.ids)}

    def find_record(self, key: str) -> int | None:
        """The number of a record; None for one that is not live."""
        row = self.rows.get(key)
        if row is not None:
            return int(self.first[row])
        name, _, variant = key.rpartition("~")
        row = self.rows.get(name)
        if row is None or not (variant.isascii() and variant.isdecimal()):
            return None
        record = int(self.first[row]) + 1 + int(variant)
        return record if record < self.first[row + 1] else None

    def siblings(self, passage: LivePassage) -> tuple[LivePassage, ...]:
        """The answers of the passage's FAQ entry in all languages; only itself for a text."""
        row = self.rows[passage.id]
        if not passage.entry:
            return (passage,)
        # Rows stand in the order of their documents, which were numbered first.
        start, end = np.searchsorted(self.document, [self.document[row], self.document[row] + 1])
        same = np.flatnonzero(self.entry[start:end] == self.entry[row])
        return tuple(self.passage(int(start + one)) for one in same)

    @cached_property
    def first_unit(self) -> _Column:
        """The first unit of each row, and their count at its end."""
        return np.searchsorted(self.unit, np.arange(len(self) + 1)).astype(np.int32)

    def units_of(self, audience: Audience) -> _Column:
        """The units of an audience's rows."""
        return self._walls[AUDIENCES.index(audience)]

    @cached_property
    def _walls(self) -> tuple[_Column, ...]:
        walls = self.audience[self.unit]
        return tuple(
            np.flatnonzero(walls == code).astype(np.int32) for code in range(len(AUDIENCES))
        )

    def speaks(self, language: str) -> npt.NDArray[np.bool_]:
        """Which units are in a language, whatever its script or region."""
        known = self._speaking.get(base(language))
        if known is None:
            same = np.asarray([base(name) == base(language) for name in self.names], dtype=np.bool_)
            known = same[self.spoken] if len(same) else np.zeros(0, dtype=np.bool_)
            self._speaking[base(language)] = known
        return known

    @cached_property
    def _speaking(self) -> dict[str, npt.NDArray[np.bool_]]:
        return {}

    @cached_property
    def records_of(self) -> Mapping[Audience, int]:
        """How many records each audience has; those that have none are left out."""
        counts = np.bincount(self.audience, weights=np.diff(self.first), minlength=len(AUDIENCES))
        return {one: int(count) for one, count in zip(AUDIENCES, counts, strict=True) if count}

    def columns(self) -> dict[str, _Column]:
        """All columns by name."""
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name not in {"ids", "names"}
        }


class Rows(Sequence[LivePassage]):
    """Rows of a table that stand next to each other, read one by one."""

    def __init__(self, table: PassageTable, rows: range) -> None:
        """The rows in ``rows``."""
        self._table = table
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, number: int) -> LivePassage: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[LivePassage]: ...
    def __getitem__(self, number: int | slice) -> LivePassage | Sequence[LivePassage]:
        """One passage, or several."""
        if isinstance(number, slice):
            return Rows(self._table, self._rows[number])
        return self._table.passage(self._rows[number])


def _column(values: Iterable[int]) -> _Column:
    return np.fromiter(values, dtype=np.int32)
