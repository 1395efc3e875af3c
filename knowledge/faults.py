"""What can be wrong with a shelf, in words, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.errors import N_


class Remedy(StrEnum):
    """What helps against a fault."""

    REPAIR = N_("Run “helpdesk documents repair”.")
    INGEST = N_("Run “helpdesk ingest” with its folder, or “helpdesk documents repair”.")
    RESTORE = N_("Put the file back, or run “helpdesk documents remove” with its name.")
    INGEST_ALL = N_("Run “helpdesk ingest” with your folders again, or restore a backup.")


class FaultKind(StrEnum):
    """The kinds of faults; programs know them by these names."""

    GENERATION = "generation-unreadable"
    OUTDATED = "generation-outdated"
    FILE = "file-damaged"
    TEXT = "text-damaged"
    TABLE = "table-differs"
    WORDS = "words-differ"
    BACKGROUND = "background-differs"
    STORED = "stored-vectors-damaged"
    STORE = "store-unreadable"
    MISSING = "vectors-missing"
    STRAY = "vectors-stray"
    WALL = "vectors-behind-the-wrong-wall"
    DIFFERENT = "vectors-differ"
    UNFOUND = "vectors-not-found"
    GONE = "source-gone"
    CHANGED = "source-changed"
    UNKNOWN = "source-unknown"
    READ_OTHERWISE = "fingerprints-old"
    MODEL = "other-model"
    LOST = "document-lost"
    NOTHING = "nothing-left"


_ABOUT: Mapping[FaultKind, tuple[str, Remedy]] = {
    FaultKind.GENERATION: (
        N_("The shelf cannot be read: {path} is damaged ({problem})."),
        Remedy.REPAIR,
    ),
    FaultKind.OUTDATED: (
        N_("Another version of the program wrote the shelf in {path}."),
        Remedy.INGEST_ALL,
    ),
    FaultKind.FILE: (N_("{path} is not as it was written ({problem})."), Remedy.REPAIR),
    FaultKind.TEXT: (
        N_("{document}: the text of {count} passages is not as it was stored."),
        Remedy.REPAIR,
    ),
    FaultKind.TABLE: (
        N_("{document}: the table and the texts disagree about {count} passages."),
        Remedy.REPAIR,
    ),
    FaultKind.WORDS: (N_("The index of words does not fit the texts."), Remedy.REPAIR),
    FaultKind.BACKGROUND: (
        N_("The background of the cosines does not fit the vectors."),
        Remedy.REPAIR,
    ),
    FaultKind.STORED: (
        N_("{document}: the stored vectors of {count} passages are damaged."),
        Remedy.REPAIR,
    ),
    FaultKind.STORE: (N_("Chroma cannot be read in {path} ({problem})."), Remedy.REPAIR),
    FaultKind.MISSING: (N_("{count} vectors for {audience} are missing in Chroma."), Remedy.REPAIR),
    FaultKind.STRAY: (
        N_("Chroma has {count} vectors for {audience} that no document lists."),
        Remedy.REPAIR,
    ),
    FaultKind.WALL: (
        N_("Chroma has {count} vectors for {audience} that are for somebody else."),
        Remedy.REPAIR,
    ),
    FaultKind.DIFFERENT: (
        N_("{count} vectors for {audience} in Chroma are not those of the shelf."),
        Remedy.REPAIR,
    ),
    FaultKind.UNFOUND: (
        N_("Chroma does not find {count} of the vectors for {audience} that were looked for."),
        Remedy.REPAIR,
    ),
    FaultKind.GONE: (N_("{document}: its file {path} is gone."), Remedy.RESTORE),
    FaultKind.CHANGED: (N_("{document}: its file {path} has changed."), Remedy.INGEST),
    FaultKind.UNKNOWN: (
        N_("{document}: the manifest does not say yet what it was made from."),
        Remedy.INGEST,
    ),
    FaultKind.READ_OTHERWISE: (
        N_("{document}: this version of the program would read or divide it differently."),
        Remedy.INGEST,
    ),
    FaultKind.MODEL: (
        N_("The shelf was stocked with another embedding model ({model})."),
        Remedy.INGEST,
    ),
    FaultKind.LOST: (
        N_("{document}: its text is damaged and cannot be read from its file again ({problem}). "
           "What is left of it is kept in {path}."),
        Remedy.INGEST_ALL,
    ),
    FaultKind.NOTHING: (N_("Nothing of the shelf in {path} could be read."), Remedy.INGEST_ALL),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. ``fields`` fill the placeholders of ``template``."""

    kind: FaultKind
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """What is wrong, in English."""
        return _ABOUT[self.kind][0]

    @property
    def remedy(self) -> Remedy:
        """What to do next."""
        return _ABOUT[self.kind][1]

    @property
    def document(self) -> str:
        """The document that it is about; "" where it is about the shelf."""
        return str(self.fields.get("document", ""))

    def __str__(self) -> str:
        """The English sentence."""
        return self.template.format(**self.fields)

    def as_json(self) -> dict[str, object]:
        """The fault in values that JSON knows."""
        return {
            "kind": self.kind,
            "document": self.document,
            "what": str(self),
            "next": str(self.remedy),
        }


def fault(kind: FaultKind, **fields: object) -> Fault:
    """A fault of this kind."""
    return Fault(kind, fields)
