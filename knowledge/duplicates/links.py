"""What a generation keeps of its duplicates: found once, when it is published, then only read."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from knowledge.blocks import Blocks, write_blocks
from knowledge.duplicates.differences import Difference
from knowledge.duplicates.editions import Copy, Editions
from knowledge.duplicates.lapse import find_lapsed
from knowledge.duplicates.matches import Match
from knowledge.duplicates.serving import Card, Serving
from knowledge.duplicates.translations import Translation
from knowledge.durable import write_durably
from knowledge.passage import Audience
from knowledge.passage_table import PassageTable

_LINKS, _FOUND, _SKETCHES = "duplicates.json", "matches.json", "sketches.bin"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Found:
    """What reading has found; all the rest follows from it, and only a writer needs it.

    ``likely`` are translations, some of them perhaps of another edition.
    """

    matches: tuple[Match, ...] = ()
    likely: tuple[Translation, ...] = ()


@dataclass(frozen=True)
class Links:
    """Copies, translations and other editions on a shelf; passages are named by id.

    ``sketches`` are the packed fingerprints of the rows; a shelf that an earlier version of the
    program has written has none, and its duplicates are found when it changes next. ``read`` gives
    what was found.
    """

    sketches: Sequence[bytes] = ()
    read: Callable[[], Found] = Found
    cards: Mapping[str, Card] = field(default_factory=dict)
    editions: Editions = field(default_factory=lambda: Editions((), {}, frozenset()))
    translations: tuple[Translation, ...] = ()
    _known: dict[tuple[frozenset[Audience], date | None, bool], dict[str, str]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _lapsed: dict[date, dict[str, str]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def found(self) -> Found:
        """What reading has found."""
        return self.read()

    def give_way(
        self,
        audiences: Iterable[Audience],
        day: date | None = None,
        table: PassageTable | None = None,
    ) -> dict[str, str]:
        """The passages that these readers get no hit on, and what they get instead.

        With the ``table`` of the generation nothing gives way to an undated copy of what is not in
        force on the day.
        """
        readable = frozenset(audiences)
        key = readable, day, table is not None
        if key not in self._known:
            if len(self._known) > len(Audience):
                self._known.clear()
            lapsed = self.lapsed(table, day) if table is not None else {}
            self._known[key] = self._serving.give_way(readable, day, lapsed.keys())
        return self._known[key]

    def rows_giving_way(
        self, table: PassageTable, audiences: Iterable[Audience], day: date | None
    ) -> npt.NDArray[np.int64]:
        """The rows of the same, and of undated copies of what is not in force on the day.

        ``table`` is that of the generation.
        """
        names = self.give_way(audiences, day, table).keys() | self.lapsed(table, day).keys()
        return np.fromiter((table.rows[name] for name in names), np.int64, len(names))

    def lapsed(self, table: PassageTable, day: date | None) -> Mapping[str, str]:
        """The undated passages whose text is not in force on a day, and the copy that says so."""
        if day is None or not self.editions.copies:
            return {}
        if day not in self._lapsed:
            self._lapsed.clear()
            sizes = Counter(table.names[number] for number in table.document.tolist())
            self._lapsed[day] = find_lapsed(self.editions.copies, self.cards, sizes, day)
        return self._lapsed[day]

    def same(self, one: str, other: str) -> bool:
        """Whether two passages say the same, as copies or in two languages."""
        return other in self.alike(one)

    def alike(self, passage: str) -> frozenset[str]:
        """The passages that say the same as one, whoever may see them; also in translation."""
        copies = self.editions.alike.get(passage, frozenset())
        return copies | self.translated(passage)

    def translated(self, passage: str) -> frozenset[str]:
        """The passages that say the same in another language, and the copies of these."""
        copies = {passage, *self.editions.alike.get(passage, ())}
        direct = {other for one in copies for other in self._translated.get(one, ())}
        return frozenset(direct).union(*(self.editions.alike.get(one, ()) for one in direct))

    def is_translation(self, one: str, other: str) -> bool:
        """Whether two passages say the same in two languages."""
        return other in self.translated(one)

    def translations_of(self, document: str) -> tuple[str, ...]:
        """The documents that are the same text in another language."""
        return tuple(
            sorted(
                other
                for each in self.translations
                for one, other in (each.documents, each.documents[::-1])
                if one == document
            )
        )

    def versions_of(self, document: str) -> tuple[str, ...]:
        """The documents that are another edition of one, or another rule from the same form."""
        pairs = (pair for pair in self.editions.versions if document in pair)
        return tuple(sorted(a if b == document else b for a, b in pairs))

    @cached_property
    def _serving(self) -> Serving:
        return Serving(self.editions.copies, self.cards)

    @cached_property
    def _translated(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for each in self.translations:
            for one, other in each.passages:
                found.setdefault(one, set()).add(other)
                found.setdefault(other, set()).add(one)
        return {name: frozenset(some) for name, some in found.items()}

    def save(self, folder: Path) -> None:
        """Write it into the folder of a generation."""
        write_blocks(folder / _SKETCHES, self.sketches)
        found = {
            "matches": [asdict(one) for one in self.found.matches],
            "likely": [asdict(one) for one in self.found.likely],
        }
        write_durably(folder / _FOUND, json.dumps(found, ensure_ascii=False))
        stored = {
            "format": _FORMAT,
            "cards": {name: asdict(card) for name, card in self.cards.items()},
            "copies": [[one.of, one.within] for one in self.editions.copies],
            "alike": {name: sorted(some) for name, some in self.editions.alike.items()},
            "versions": sorted(self.editions.versions),
            "translations": [asdict(one) for one in self.translations],
        }
        write_durably(folder / _LINKS, json.dumps(stored, ensure_ascii=False))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read it back; nothing where another version of the program has written the generation."""
        try:
            stored = json.loads((folder / _LINKS).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        if stored["format"] != _FORMAT:
            return cls()
        return cls(
            sketches=Blocks(folder / _SKETCHES),
            read=lambda: _read_found(folder / _FOUND),
            cards={name: _read_card(card) for name, card in stored["cards"].items()},
            editions=_read_editions(stored),
            translations=tuple(map(Translation.read, stored["translations"])),
        )


def _read_found(path: Path) -> Found:
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Found(
        tuple(map(_read_match, stored["matches"])), tuple(map(Translation.read, stored["likely"]))
    )


def _read_match(stored: Mapping[str, Any]) -> Match:
    changed = {
        "within": tuple(stored["within"]),
        "difference": Difference(stored["difference"]),
        "exchanges": tuple((one, other) for one, other in stored["exchanges"]),
    }
    return Match(**{**stored, **changed})


def _read_card(stored: Mapping[str, Any]) -> Card:
    changed = {
        "audience": Audience(stored["audience"]),
        "names": tuple(stored["names"]),
        "replaces": tuple(stored["replaces"]),
    }
    return Card(**{**stored, **changed})


def _read_editions(stored: Mapping[str, Any]) -> Editions:
    return Editions(
        copies=tuple(Copy(of, tuple(within)) for of, within in stored["copies"]),
        alike={name: frozenset(some) for name, some in stored["alike"].items()},
        versions=frozenset((one, other) for one, other in stored["versions"]),
    )
