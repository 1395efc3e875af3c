"""The manifest: the one truth of what stands on the shelf, and what stood there before."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

from knowledge.dates import PartialDate
from knowledge.origin import Origin
from knowledge.passage import Audience, Document, Passage, Provenance
from knowledge.passage_table import LivePassage

REMEMBERED = 5
"""So many earlier versions of a document are kept in mind, without their text."""

_DATES = ("issued", "effective_from", "effective_to", "checked")


class DocumentState(StrEnum):
    """Whether all of a document stands on the shelf, or something of it had to be left out."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"


class Ending(StrEnum):
    """What ended a version of a document."""

    CHANGED = "changed"
    """Its file says something else now."""
    REREAD = "reread"
    """The same file was read or divided in another way."""
    AUDIENCE = "audience"
    """It is for others now."""
    MOVED = "moved"
    """Its file came from another folder."""


@dataclass(frozen=True, slots=True)
class PastVersion:
    """A version that has ended; moments are ISO 8601 in UTC, "" where nobody looked at a clock."""

    number: int
    source_hash: str
    since: str
    until: str
    ended: Ending


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One document on the shelf.

    ``content_hash`` stays equal exactly while there is nothing to do for the document; ``origin``
    says what goes into it. ``since`` is when this version came, ``history`` has those before it,
    the latest last.
    """

    root: str
    content_hash: str
    title: str
    language: str
    audience: Audience
    passages: Sequence[LivePassage]
    origin: Origin = field(default_factory=Origin)
    issued: PartialDate | None = None
    effective_from: PartialDate | None = None
    effective_to: PartialDate | None = None
    checked: PartialDate | None = None
    version: int = 1
    since: str = ""
    history: tuple[PastVersion, ...] = ()

    @classmethod
    def of(cls, document: Document, *, root: str) -> Self:
        """The entry of a document that stands here for the first time."""
        source = document.provenance
        return cls(
            root=root,
            content_hash=document.content_hash,
            title=source.title,
            language=document.language,
            audience=source.audience,
            passages=tuple(LivePassage.of(passage) for passage in document.passages),
            origin=document.origin,
            **{name: getattr(source, name) for name in _DATES},
        )

    @property
    def dates(self) -> dict[str, PartialDate | None]:
        """The dates of the whole document, by their names."""
        return {name: getattr(self, name) for name in _DATES}

    def document(self, name: str, passages: Sequence[Passage]) -> Document:
        """The document as it was put on the shelf; what its passages say is theirs to keep."""
        source = Provenance(
            title=self.title,
            audience=self.audience,
            issued=self.issued,
            effective_from=self.effective_from,
            effective_to=self.effective_to,
            checked=self.checked,
        )
        return Document(
            id=name,
            content_hash=self.content_hash,
            provenance=source,
            language=self.language,
            passages=tuple(passages),
            origin=self.origin,
        )

    @property
    def state(self) -> DocumentState:
        """Whether all of it stands here."""
        return DocumentState.COMPLETE if self.origin.complete else DocumentState.INCOMPLETE

    def after(self, earlier: "ManifestEntry | None", *, now: str) -> "ManifestEntry":
        """Make it the successor of the one that stood there before."""
        if earlier is None:
            return replace(self, since=now)
        if (earlier.root, earlier.content_hash) == (self.root, self.content_hash):
            past, number, since = earlier.history, earlier.version, earlier.since
        else:
            ended = self._end(earlier)
            hashed = earlier.origin.source_hash
            last = PastVersion(earlier.version, hashed, earlier.since, now, ended)
            past, number, since = (*earlier.history, last), earlier.version + 1, now
        return replace(self, version=number, since=since, history=past[-REMEMBERED:])

    def _end(self, earlier: "ManifestEntry") -> Ending:
        if earlier.origin.source_hash not in {"", self.origin.source_hash}:
            return Ending.CHANGED
        if earlier.audience is not self.audience:
            return Ending.AUDIENCE
        same_file = earlier.content_hash == self.content_hash
        return Ending.MOVED if same_file else Ending.REREAD

    def stored(self) -> dict[str, object]:
        """The entry in values that JSON knows; of its passages only how many they are."""
        return {
            "root": self.root,
            "content_hash": self.content_hash,
            "title": self.title,
            "language": self.language,
            "audience": self.audience,
            "passages": len(self.passages),
            "state": self.state,
            "source": asdict(self.origin),
            **{name: str(day or "") for name, day in self.dates.items()},
            "version": self.version,
            "since": self.since,
            "history": [asdict(past) for past in self.history],
        }

    @classmethod
    def restore(cls, stored: Mapping[str, Any], passages: Sequence[LivePassage]) -> Self:
        """Read back what :meth:`stored` gave, also in the earlier form that knew less."""
        dates = {name: PartialDate.parse(stored[name]) for name in _DATES if stored.get(name)}
        return cls(
            root=str(stored["root"]),
            content_hash=str(stored["content_hash"]),
            title=str(stored["title"]),
            language=str(stored["language"]),
            audience=Audience(stored["audience"]),
            passages=passages,
            origin=Origin(**stored.get("source", {})),
            version=int(stored.get("version", 1)),
            since=str(stored.get("since", "")),
            history=tuple(map(_restore, stored.get("history", ()))),
            **dates,
        )


def _restore(stored: Mapping[str, Any]) -> PastVersion:
    ended = Ending(stored["ended"])
    hashed, since, until = (str(stored[name]) for name in ("source_hash", "since", "until"))
    return PastVersion(int(stored["number"]), hashed, since, until, ended)
