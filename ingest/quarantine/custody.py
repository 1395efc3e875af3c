"""Documents are read with what was decided about them, and what is held back is kept."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from ingest.documents import Filing
from ingest.held import HeldPart
from ingest.isolation import examine_apart, read_apart
from ingest.outcome import Reading
from ingest.quarantine.records import Entry, Record
from ingest.quarantine.store import QuarantineStore

Now = Callable[[], datetime]
"""Gives the present moment, with its time zone."""

_DIGITS = 12


class NoCustody:
    """Reads documents for whom nothing is kept and nobody decides: a trial, a measurement."""

    def stamp(self, document: str, content_hash: str) -> str:  # noqa: ARG002 - the form is Custodian
        """The hash as it is."""
        return content_hash

    def read(self, data: bytes, filing: Filing, root: str) -> Reading:  # noqa: ARG002 - as above
        """Read a document; raises :class:`DocumentError` when nothing of it can be quoted."""
        return read_apart(data, filing)

    def homes(self) -> Mapping[str, str]:
        """None."""
        return {}

    def forget(self, document: str) -> None:
        """Nothing is known."""


class Custody:
    """Stands between the files and the shelf."""

    def __init__(self, store: QuarantineStore, now: Now) -> None:
        """Read what was decided so far."""
        self._store = store
        self._now = now
        self._stamps = {record.document: _stamp(record) for record in store.sound_records()}

    def stamp(self, document: str, content_hash: str) -> str:
        """The hash of a document together with what was decided about it."""
        stamp = self._stamps.get(document, "")
        return f"{content_hash}-{stamp}" if stamp else content_hash

    def read(self, data: bytes, filing: Filing, root: str) -> Reading:
        """Read a document; raises :class:`DocumentError` when nothing of it can be quoted."""
        record = self._store.record(filing.id)
        known = self._store.recognised(filing.id)
        decisions = record.decisions if record else {}
        reading = examine_apart(data, replace(filing, decisions=decisions, recognised=known))
        if reading.recognised != known:
            self._store.keep_recognised(filing.id, root, reading.recognised)
        audience = filing.audience.value if filing.audience else ""
        empty = Record(document=filing.id, root=root, audience=audience)
        kept = replace(
            self._renew(record or empty, reading),
            root=root,
            audience=audience,
            seen_by=reading.document.provenance.audience.value,
        )
        if kept != (record or empty) and (record or kept.entries):
            self._store.save(kept, reading.pictures)
        if reading.refusal:
            raise reading.refusal
        return reading

    def _renew(self, record: Record, reading: Reading) -> Record:
        """The record with the parts that are held back now.

        One that is there no more is dropped, unless somebody has decided about it: then it waits,
        in case that it comes back.
        """
        known = {one.part.key: one for one in record.entries}
        parts = {part.key: replace(part, verdict=None) for part in reading.held}
        numbers = iter(self._store.take_numbers(len(parts.keys() - known.keys())))
        entries = [self._enter(part, known.get(key), numbers) for key, part in parts.items()]
        gone = [
            replace(one, stands=False)
            for key, one in known.items()
            if key not in parts and one.ruling
        ]
        repairs = tuple((loss.reason, loss.paragraphs) for loss in reading.repairs)
        return replace(record, entries=(*entries, *gone), repairs=repairs)

    def _enter(self, part: HeldPart, known: Entry | None, numbers: Iterator[int]) -> Entry:
        if known:
            return replace(known, part=part, stands=True)
        return Entry(number=next(numbers), part=part, since=self._now())

    def homes(self) -> Mapping[str, str]:
        """The documents of which anything is kept, with the folders that they were read from."""
        return self._store.homes()

    def forget(self, document: str) -> None:
        """Drop everything about a document that is gone."""
        self._store.drop(document)
        self._stamps.pop(document, None)


def _stamp(record: Record) -> str:
    """A short hash of the decisions; empty without any."""
    decisions = sorted((key, one.verdict, one.text) for key, one in record.decisions.items())
    if not decisions:
        return ""
    return hashlib.sha256(json.dumps(decisions).encode()).hexdigest()[:_DIGITS]
