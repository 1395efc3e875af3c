"""One run over the list: what is due is visited, the rest waits, and the folder is laid out."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ingest.loaders.page import Head
from ingest.report import Progress
from ingest.web.addresses import Address, AddressList, Sitemap
from ingest.web.archive import Archive
from ingest.web.planning import Task, alternate, find_due, is_due, plan
from ingest.web.problems import AddressAway, AddressBusy, NotFetched
from ingest.web.records import Complaint, Record
from ingest.web.report import Outcome, Overflow, RoundReport, Visit
from ingest.web.surveying import Surveyor
from ingest.web.url import Url, parse_url
from ingest.web.visiting import Visitor

_PATIENCE: Final = 3
"""Failures of one server in a row after which it is left alone for this run."""

_RETRY: Final = timedelta(hours=1)


@dataclass(slots=True)
class Round:
    """One run; ``everything`` asks also what is not due. ``zone`` is where its days are days."""

    addresses: AddressList
    archive: Archive
    visitor: Visitor
    zone: ZoneInfo
    everything: bool = False
    _records: dict[str, Record] = field(default_factory=dict)
    _visits: list[Visit] = field(default_factory=list)
    _overflows: list[Overflow] = field(default_factory=list)
    _failures: Counter[str] = field(default_factory=Counter)
    _resting: dict[str, AddressAway] = field(default_factory=dict)

    def run(self, progress: Callable[[Progress], None]) -> RoundReport:
        """Visit, lay out the folder for ingest, and report."""
        self._records = self.archive.records()
        named = [(sitemap, self._survey(sitemap)) for sitemap in self.addresses.sitemaps]
        tasks = plan(self.addresses, self._records, named)
        due = [task for task in tasks if self._is_due(task.record, task.address.every)]
        for done, task in enumerate(alternate(due), start=1):
            self._visits.append(self._visit(task))
            progress(Progress(done, len(due), str(task.address.url)))
        self._records = self.archive.records()
        self._retire(tasks)
        self._lay_out(tasks)
        return RoundReport(
            visits=tuple(self._visits),
            waiting=len(tasks) - len(due),
            overflows=tuple(self._overflows),
            next_due=min(self._list_due(tasks), default=None),
        )

    @property
    def _now(self) -> datetime:
        return self.visitor.now()

    def _is_due(self, record: Record | None, every: timedelta) -> bool:
        return self.everything or is_due(record, every, self._now)

    def _visit(self, task: Task) -> Visit:
        address, record = task.address, task.record
        if task.unnamed and record:
            return self.visitor.drop(address, record)
        host = address.url.host
        if host in self._resting:
            return self.visitor.postpone(address, record, self._resting[host])
        fence = address.sitemap.prefix if address.sitemap else None
        visit = self.visitor.visit(address, self.addresses.scope(address.url, fence=fence), record)
        self._note_health(host, visit)
        return visit

    def _note_health(self, host: str, visit: Visit) -> None:
        if not isinstance(visit.error, AddressAway):
            self._failures[host] = 0
            return
        self._failures[host] += 1
        if isinstance(visit.error, AddressBusy) or self._failures[host] >= _PATIENCE:
            self._resting[host] = visit.error

    def _survey(self, sitemap: Sitemap) -> list[Url]:
        """The pages that a sitemap names; those of the last time where it cannot be had."""
        place = str(sitemap.url)
        known = self._records.get(place) or Record(url=place, due=self._now)
        pages = [url for url in map(parse_url, known.pages) if url.is_below(sitemap.prefix)]
        if not self._is_due(self._records.get(place), sitemap.every):
            return pages[: sitemap.most]
        try:
            return self._read_sitemap(sitemap, known, pages)
        except NotFetched as error:
            self._fail(known, error)
            return pages[: sitemap.most]

    def _read_sitemap(self, sitemap: Sitemap, known: Record, before: list[Url]) -> list[Url]:
        surveyor = Surveyor(self.visitor.fetcher, self.addresses)
        survey = surveyor.survey(sitemap, known.validators, known.pages)
        if survey.unmodified:
            survey = replace(survey, pages=tuple(before), named=len(before))
        problem = survey.problem
        if problem is not None:
            # What is not named now may be named in the part that could not be read.
            together = dict.fromkeys((*survey.pages, *before))
            self._fail(known, problem, pages=together)
            return list(together)
        if survey.named > sitemap.most:
            self._overflows.append(Overflow(known.url, survey.named, sitemap.most))
        record = replace(
            known,
            pages=tuple(map(str, survey.pages)),
            validators=known.validators if survey.unmodified else survey.validators,
            checked=self._now,
            due=self._now + sitemap.every,
            failures=0,
            complaint=None,
        )
        self.archive.write(record)
        return list(survey.pages)

    def _fail(self, known: Record, error: NotFetched, pages: Iterable[Url] | None = None) -> None:
        """Note that a sitemap could not be read, or not wholly."""
        due = self._now + _RETRY
        complaint = Complaint.of(error.fields.get("problem", ""))
        named = known.pages if pages is None else tuple(map(str, pages))
        record = replace(
            known, pages=named, due=due, complaint=complaint, failures=known.failures + 1
        )
        self.archive.write(record)
        self._visits.append(Visit(known.url, Outcome.FAILED, due, error, kept=bool(named)))

    def _retire(self, tasks: Iterable[Task]) -> None:
        """Take off the shelf what nobody lists any more."""
        listed = {str(task.address.url) for task in tasks}
        listed.update(str(sitemap.url) for sitemap in self.addresses.sitemaps)
        for record in [one for one in self._records.values() if one.url not in listed]:
            if not record.versions:
                self.archive.forget(record)
            elif not record.retired:
                # Should it be listed again, it is due at once.
                retired = replace(record, retired=True, due=self._now, pages=())
                self._records[record.url] = retired
                self.archive.write(retired)
                self._visits.append(Visit(record.url, Outcome.RETIRED, retired.due))

    def _lay_out(self, tasks: Iterable[Task]) -> None:
        """Make the folder for ingest what the records and the list say."""
        heads: dict[str, tuple[Record, Head]] = {}
        for task in tasks:
            record = self._records.get(str(task.address.url))
            if record and record.on_shelf:
                heads[record.url] = (record, self._make_head(task.address, record))
        self.archive.lay_out(heads)

    def _make_head(self, address: Address, record: Record) -> Head:
        newest = record.versions[-1]
        facts = {**address.facts, "url": record.url}
        if record.checked:
            facts["checked"] = record.checked.astimezone(self.zone).date().isoformat()
        return Head(newest.ending, newest.charset, newest.body, facts)

    def _list_due(self, tasks: Iterable[Task]) -> list[datetime]:
        every = {str(task.address.url): task.address.every for task in tasks}
        every |= {str(sitemap.url): sitemap.every for sitemap in self.addresses.sitemaps}
        found = (find_due(self._records.get(url), time) for url, time in every.items())
        return [due for due in found if due]
