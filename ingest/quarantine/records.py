"""One record for each document of which something is held back, as it is kept in a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ingest.held import Decision, HeldPart, Verdict
from ingest.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a person has decided about a part, and when; ``text`` is their correction."""

    verdict: Verdict
    by: str
    at: datetime
    text: str = ""

    @property
    def decision(self) -> Decision:
        """What reading makes of it."""
        return Decision(self.verdict, self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A part with the number by which people name it, since when it is known, and its ruling.

    ``stands`` says whether it is still in the document. One that has gone is kept only for what
    somebody wrote about it.
    """

    number: int
    part: HeldPart
    since: datetime
    ruling: Ruling | None = None
    stands: bool = True

    @property
    def is_open(self) -> bool:
        """Whether it waits for a person."""
        return self.ruling is None and self.stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The parts of one document; ``root`` is where it was read from.

    ``audience`` is the one that was given when it was read, ``seen_by`` the one that it is for.
    ``repairs`` says what could be undone, with how often.
    """

    document: str
    root: str
    audience: str = ""
    seen_by: str = ""
    entries: tuple[Entry, ...] = ()
    repairs: tuple[tuple[Problem, int], ...] = field(default=())

    @property
    def decisions(self) -> dict[str, Decision]:
        """The rulings by the key of their part."""
        return {one.part.key: one.ruling.decision for one in self.entries if one.ruling}

    @property
    def pictures(self) -> set[str]:
        """The names of all pictures that belong to it."""
        return {name for one in self.entries for name in one.part.pictures}

    def ruled(self, number: int, ruling: Ruling | None) -> "Record":
        """The same record with another ruling about a part, or none."""
        entries = tuple(
            replace(one, ruling=ruling) if one.number == number else one for one in self.entries
        )
        return replace(self, entries=entries)


def to_json(record: Record) -> dict[str, Any]:
    """The record in values that JSON knows."""
    return {
        "document": record.document,
        "root": record.root,
        "audience": record.audience,
        "seen_by": record.seen_by,
        "entries": [_entry_to_json(one) for one in record.entries],
        "repairs": [[_problem_to_json(what), count] for what, count in record.repairs],
    }


def _entry_to_json(entry: Entry) -> dict[str, Any]:
    part = entry.part
    return {
        "number": entry.number,
        "since": entry.since.isoformat(),
        "stands": entry.stands,
        "ruling": _ruling_to_json(entry.ruling) if entry.ruling else None,
        "key": part.key,
        "place": part.place,
        "reason": _problem_to_json(part.reason),
        "text": part.text,
        "doubts": [list(one) for one in part.doubts],
        "tried": [_problem_to_json(one) for one in part.tried],
        "before": part.before,
        "after": part.after,
        "pages": list(part.pages),
        "pictures": list(part.pictures),
        "acceptable": part.acceptable,
    }


def _ruling_to_json(ruling: Ruling) -> dict[str, Any]:
    return {
        "verdict": ruling.verdict.value,
        "by": ruling.by,
        "at": ruling.at.isoformat(),
        "text": ruling.text,
    }


def _problem_to_json(problem: Problem) -> dict[str, Any]:
    return {
        "template": problem.template,
        "fields": {
            name: _problem_to_json(value) if isinstance(value, Problem) else value
            for name, value in problem.fields.items()
        },
    }


def from_json(value: Mapping[str, Any]) -> Record:
    """The record of such values; ``KeyError``, ``TypeError`` or ``ValueError`` if it is none."""
    return Record(
        document=value["document"],
        root=value["root"],
        audience=value["audience"],
        seen_by=value["seen_by"],
        entries=tuple(map(_entry_from_json, value["entries"])),
        repairs=tuple((_problem_from_json(what), count) for what, count in value["repairs"]),
    )


def _entry_from_json(value: Mapping[str, Any]) -> Entry:
    part = HeldPart(
        key=value["key"],
        place=value["place"],
        reason=_problem_from_json(value["reason"]),
        text=value["text"],
        doubts=tuple((start, end) for start, end in value["doubts"]),
        tried=tuple(map(_problem_from_json, value["tried"])),
        before=value["before"],
        after=value["after"],
        pages=tuple(value["pages"]),
        pictures=tuple(value["pictures"]),
        acceptable=value["acceptable"],
    )
    ruling = value["ruling"]
    return Entry(
        number=value["number"],
        part=part,
        since=datetime.fromisoformat(value["since"]),
        ruling=_ruling_from_json(ruling) if ruling else None,
        stands=value["stands"],
    )


def _ruling_from_json(value: Mapping[str, Any]) -> Ruling:
    return Ruling(
        verdict=Verdict(value["verdict"]),
        by=value["by"],
        at=datetime.fromisoformat(value["at"]),
        text=value["text"],
    )


def _problem_from_json(value: Mapping[str, Any]) -> Problem:
    fields = {
        name: _problem_from_json(one) if isinstance(one, dict) else one
        for name, one in value["fields"].items()
    }
    return Problem(value["template"], fields)
