"""What a run did, for the doors to show."""

from dataclasses import dataclass

from ingest.problems import Loss, Problem
from knowledge.duplicates.listing import Duplicate
from knowledge.errors import HelpdeskError


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` bytes of files have been read and embedded; ``document`` is the latest.

    Files that stand on the shelf already are not counted. ``remaining`` is in seconds.
    """

    done: int
    total: int
    document: str
    remaining: float | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is none of our documents."""

    path: str
    reason: Problem


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that should have come onto the shelf, or a part of it, and why it did not."""

    path: str
    error: HelpdeskError


@dataclass(frozen=True, slots=True)
class Damaged:
    """Paragraphs of a document that were left out because nobody may quote them, or repaired."""

    document: str
    loss: Loss


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The ids of the documents by what happened to them.

    ``passages`` stand in the documents that were put, ``embedded`` of them needed a new vector.

    ``elapsed`` is in seconds. A document of which only some rows failed is in ``added``,
    ``changed`` or ``unchanged``, and in ``failed``. ``duplicates`` give way to others since then.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    failed: tuple[Failed, ...] = ()
    damaged: tuple[Damaged, ...] = ()
    repaired: tuple[Damaged, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    passages: int = 0
    embedded: int = 0
    elapsed: float = 0.0

    @property
    def exit_code(self) -> int:
        """1 if anything failed, otherwise 0."""
        return 1 if self.failed else 0

    def as_json(self) -> dict[str, object]:
        """The report in values that JSON knows; reasons are in English."""
        return {
            "added": list(self.added),
            "changed": list(self.changed),
            "unchanged": list(self.unchanged),
            "removed": list(self.removed),
            "skipped": [{"path": one.path, "reason": str(one.reason)} for one in self.skipped],
            "failed": [
                {"path": one.path, "code": one.error.code, "reason": str(one.error)}
                for one in self.failed
            ],
            "damaged": [_describe(one) for one in self.damaged],
            "repaired": [_describe(one) for one in self.repaired],
            "duplicates": [one.as_json() for one in self.duplicates],
            "passages": self.passages,
            "embedded": self.embedded,
            "elapsed": round(self.elapsed, 3),
            "exit_code": self.exit_code,
        }


def _describe(damaged: Damaged) -> dict[str, object]:
    return {
        "document": damaged.document,
        "paragraphs": damaged.loss.paragraphs,
        "reason": str(damaged.loss.reason),
    }
