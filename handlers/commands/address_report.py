"""How a run over the addresses reads at a terminal."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.commands import address_texts as texts
from handlers.wording import Wording
from ingest.problems import Problem
from ingest.report import Report
from ingest.web.problems import readdress
from ingest.web.records import Record
from ingest.web.report import Outcome, RoundReport, Visit
from knowledge.errors import DocumentError, HelpdeskError


@dataclass(frozen=True, slots=True)
class Speaker:
    """Speaks to whoever typed the command; moments are those of the centre's time zone."""

    wording: Wording
    language: str
    zone: ZoneInfo

    def say(self, text: str, **fields: object) -> str:
        """A text of the catalogs with its fields."""
        return self.wording.phrase(text, language=self.language, **fields)

    def explain(self, error: HelpdeskError | Problem) -> str:
        """An error or a problem as a sentence."""
        return self.wording.error(error, language=self.language)

    def moment(self, moment: datetime | None) -> str:
        """A day and a time of day."""
        if moment is None:
            return self.say(texts.NEVER)
        return moment.astimezone(self.zone).strftime("%Y-%m-%d %H:%M")

    def describe(self, record: Record | None) -> str:
        """What is known of an address, in one line."""
        if record is None:
            return self.say(texts.NEVER_FETCHED)
        checked, due = self.moment(record.checked), self.moment(record.due)
        count = len(record.versions)
        if record.pages:
            said = self.say(texts.SITEMAP, checked=checked, due=due, pages=len(record.pages))
        elif record.retired:
            said = self.say(texts.OFF_SHELF, versions=count)
        else:
            said = self.say(texts.LAST_CHECK, checked=checked, due=due, versions=count)
        if record.doubt:
            return f"{said}; {self.say(texts.DOUBTS[record.doubt], url=record.url, due=due)}"
        if record.complaint:
            return f"{said}; {self.explain(record.complaint.problem())}"
        return said


def show_report(
    report: RoundReport, shelved: Report, names: Mapping[str, str], speaker: Speaker
) -> None:
    """What is well on stdout, what needs a look on stderr."""
    for visit in report.visits:
        out = sys.stderr if visit.outcome in {Outcome.FAILED, Outcome.DOUBTED} else sys.stdout
        out.writelines(f"{line}\n" for line in _describe_visit(visit, speaker))
    for overflow in report.overflows:
        fields = {"url": overflow.url, "named": overflow.named, "most": overflow.most}
        sys.stderr.write(f"{speaker.say(texts.OVERFLOW, **fields)}\n")
    told = {speaker.explain(visit.error) for visit in report.visits if visit.error}
    for line in _describe_documents(shelved, names, speaker):
        if line not in told:
            sys.stderr.write(f"{line}\n")
    if shelved.damaged or any(visit.held for visit in report.visits):
        sys.stderr.write(f"{speaker.say(texts.SEE_HELD)}\n")
    counts = {outcome.value: report.counts().get(outcome, 0) for outcome in Outcome}
    summary = [speaker.say(texts.SUMMARY, waiting=report.waiting, **counts)]
    if report.next_due:
        summary.append(speaker.say(texts.NEXT_DUE, due=speaker.moment(report.next_due)))
    sys.stdout.write(" ".join(summary) + "\n")


def _describe_visit(visit: Visit, speaker: Speaker) -> Iterator[str]:
    due = speaker.moment(visit.due)
    if visit.error:
        said = [speaker.explain(visit.error)]
        said += [speaker.say(texts.KEPT)] if visit.kept else []
        yield " ".join([*said, speaker.say(texts.NEXT_TRY, due=due)])
    elif visit.outcome is Outcome.DOUBTED and visit.doubt:
        yield speaker.say(texts.DOUBTS[visit.doubt], url=visit.url, due=due)
    elif visit.outcome is Outcome.RETIRED:
        yield speaker.say(texts.RETIRED[visit.doubt], url=visit.url)
    elif visit.outcome in texts.OUTCOMES:
        yield speaker.say(texts.OUTCOMES[visit.outcome], url=visit.url)
    if visit.moved:
        yield speaker.say(texts.MOVED, url=visit.url, target=visit.moved)


def _describe_documents(
    shelved: Report, names: Mapping[str, str], speaker: Speaker
) -> Iterator[str]:
    """What could not be taken onto the shelf, said of the address and not of our file."""
    for failed in shelved.failed:
        error, address = failed.error, names.get(failed.path)
        if address and isinstance(error, DocumentError):
            error = readdress(error, address)
        yield speaker.explain(error)
    for damaged in shelved.damaged:
        name = names.get(damaged.document, damaged.document)
        yield f"{name}: {speaker.explain(damaged.loss.reason)}"
