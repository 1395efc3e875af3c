"""One visit to one address: what was found there is compared with what is known, and kept."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from ingest.web.addresses import Address
from ingest.web.archive import KEPT_VERSIONS, Archive
from ingest.web.comparison import Wording
from ingest.web.fetcher import Fetched, Fetcher, Missing, Order, Unmodified, Validators
from ingest.web.problems import AddressAway, AddressBusy, explain_missing, readdress
from ingest.web.records import Complaint, Doubt, Record, Version
from ingest.web.report import Outcome, Visit
from ingest.web.scope import Scope
from ingest.web.url import Url
from knowledge.errors import DocumentError

CONFIRMED_AFTER: Final = timedelta(days=3)
"""A page that is gone, or has lost most of its text, must be so again after this time: servers
that are repaired over a weekend answer 404 or show a notice on every page."""

_FIRST_RETRY: Final = timedelta(hours=1)
_REFUSED_RETRY: Final = timedelta(days=1)
_MOST_DOUBLINGS = 10
_SHRUNK = 0.2
_SENT_HOME = 302
_FRONT: Final = {"/", "/index.html", "/index.htm", "/index.php", "/index.shtml"}
_LONG_ENOUGH = 120

Read = Callable[[Fetched], Wording]
"""Reads a page as ingest will; :class:`DocumentError` if there is nothing in it to decide about."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Visits addresses. ``now`` is the present moment, in UTC."""

    fetcher: Fetcher
    archive: Archive
    read: Read
    now: Callable[[], datetime]

    def visit(self, address: Address, scope: Scope, known: Record | None) -> Visit:
        """Fetch the page and write down what came of it."""
        now = self.now()
        record = known or Record(url=str(address.url), due=now)
        record = replace(record, sitemap=str(address.sitemap.url) if address.sitemap else "")
        # Without the bytes at hand “not modified” would be of no use.
        sound = record.on_shelf and self.archive.has_body(record)
        validators = record.validators if sound else Validators()
        try:
            page = self.fetcher.fetch(Order(address.url, scope, validators))
            if isinstance(page, Fetched) and _is_front_page(page.url, address.url):
                page = Missing(_SENT_HOME)
            if isinstance(page, Missing) and not record.on_shelf:
                raise explain_missing(address.url, page.status)
            return self._weigh(page, address, record)
        except DocumentError as error:
            return self._fail(error, address, record)

    def drop(self, address: Address, record: Record) -> Visit:
        """Note that its sitemap does not name the page any more."""
        return self._doubt(Doubt.UNLISTED, address, record)

    def postpone(self, address: Address, known: Record | None, cause: AddressAway) -> Visit:
        """Leave an address alone whose server has just failed us for another."""
        record = known or Record(url=str(address.url), due=self.now())
        return self._fail(readdress(cause, address.url), address, record)

    def _weigh(
        self, page: Fetched | Unmodified | Missing, address: Address, known: Record
    ) -> Visit:
        if isinstance(page, Missing):
            return self._doubt(Doubt.MISSING, address, known)
        if isinstance(page, Unmodified):
            return self._confirm(address, known)
        visit = self._compare(page, address, known)
        return replace(visit, moved=str(page.url)) if page.moved else visit

    def _compare(self, page: Fetched, address: Address, known: Record) -> Visit:
        """Whether it says what it said; the bytes alone only spare us the reading."""
        newest = known.newest if known.on_shelf else None
        digest = hashlib.sha256(page.body).hexdigest()
        wording = None if newest and newest.body == digest else self.read(page)
        if wording is None or (newest and newest.text == wording.fingerprint):
            return self._confirm(address, replace(known, validators=page.validators))
        version = self._describe(page, digest, wording)
        if wording.refusal:
            return self._hold(page, version, address, known, wording.refusal)
        if newest and _has_shrunk(newest, wording) and not self._is_sure(Doubt.SHRUNK, known):
            return self._doubt(Doubt.SHRUNK, address, known)
        return self._take(page, version, address, known)

    def _describe(self, page: Fetched, digest: str, wording: Wording) -> Version:
        return Version(
            body=digest,
            text=wording.fingerprint,
            length=wording.length,
            size=len(page.body),
            fetched=self.now(),
            url=str(page.url),
            ending=page.media.ending,
            charset=page.media.charset,
            etag=page.validators.etag,
        )

    def _hold(
        self,
        page: Fetched,
        version: Version,
        address: Address,
        known: Record,
        refusal: DocumentError,
    ) -> Visit:
        """All of its text is damaged: a good version stays; a first one waits for a person."""
        if known.on_shelf:
            return self._fail(refusal, address, known)
        versions = (*known.versions, version)[-KEPT_VERSIONS:]
        record = replace(known, versions=versions, validators=page.validators, retired=False)
        self.archive.keep(record, version, page.body)
        return replace(self._fail(refusal, address, record), kept=False, held=True)

    def _take(self, page: Fetched, version: Version, address: Address, known: Record) -> Visit:
        """Keep a new version: its bytes first, then the record that names them."""
        versions = (*known.versions, version)[-KEPT_VERSIONS:]
        record = self._note_success(address, replace(known, validators=page.validators))
        record = replace(record, versions=versions, retired=False)
        self.archive.keep(record, version, page.body)
        self.archive.write(record)
        outcome = Outcome.CHANGED if known.on_shelf else Outcome.NEW
        return Visit(record.url, outcome, record.due)

    def _confirm(self, address: Address, known: Record) -> Visit:
        record = self._note_success(address, known)
        self.archive.write(record)
        return Visit(record.url, Outcome.UNCHANGED, record.due)

    def _note_success(self, address: Address, known: Record) -> Record:
        now = self.now()
        clean = replace(known, failures=0, complaint=None, doubt=None, doubted=None)
        return replace(clean, checked=now, due=now + address.every)

    def _is_sure(self, doubt: Doubt, known: Record) -> bool:
        """Whether it was so before, long enough ago to be believed."""
        since = known.doubted if known.doubt is doubt else None
        return since is not None and self.now() - since >= CONFIRMED_AFTER

    def _doubt(self, doubt: Doubt, address: Address, known: Record) -> Visit:
        """The first time the page stays; when it is so again days later, it goes."""
        if self._is_sure(doubt, known):
            record = self._note_success(address, replace(known, retired=True))
            record = replace(record, checked=known.checked)
            self.archive.write(record)
            return Visit(record.url, Outcome.RETIRED, record.due, doubt=doubt)
        since = known.doubted if known.doubt is doubt and known.doubted else self.now()
        record = replace(known, doubt=doubt, doubted=since, due=since + CONFIRMED_AFTER)
        record = replace(record, failures=0, complaint=None)
        self.archive.write(record)
        return Visit(record.url, Outcome.DOUBTED, record.due, doubt=doubt, kept=True)

    def _fail(self, error: DocumentError, address: Address, known: Record) -> Visit:
        """What is there stays; when to try again depends on whether waiting can help."""
        failures = known.failures + 1
        if isinstance(error, AddressAway):
            pause = _FIRST_RETRY * 2 ** min(known.failures, _MOST_DOUBLINGS)
            wait = error.fields.get("wait", 0.0) if isinstance(error, AddressBusy) else 0.0
            pause = max(min(pause, address.every), timedelta(seconds=float(str(wait))))
        else:
            pause = min(_REFUSED_RETRY, address.every)
        complaint = Complaint.of(error.fields.get("problem", ""))
        record = replace(known, failures=failures, complaint=complaint, due=self.now() + pause)
        self.archive.write(record)
        return Visit(record.url, Outcome.FAILED, record.due, error, kept=record.on_shelf)


def _is_front_page(found: Url, listed: Url) -> bool:
    """Whether we were sent to the front page instead: many sites say so that a page is gone."""
    return found.target in _FRONT and listed.target not in _FRONT


def _has_shrunk(newest: Version, wording: Wording) -> bool:
    """Whether so much is gone that it may be a notice of repairs, or a page for robots."""
    return newest.length >= _LONG_ENOUGH and wording.length < newest.length * _SHRUNK
