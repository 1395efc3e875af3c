"""Which addresses there are to visit, which of them are due, and in which order."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, zip_longest

from ingest.web.addresses import Address, AddressList, Sitemap
from ingest.web.records import Record
from ingest.web.url import Url, parse_url


@dataclass(frozen=True, slots=True)
class Task:
    """A page of the list. ``unnamed``: it came from a sitemap that names it no more."""

    address: Address
    record: Record | None
    unnamed: bool = False


def plan(
    addresses: AddressList,
    records: Mapping[str, Record],
    named: Iterable[tuple[Sitemap, Iterable[Url]]],
) -> list[Task]:
    """Everything that is listed, each page once; ``named`` is what each sitemap names now."""
    tasks = {page.url: Task(page, records.get(str(page.url))) for page in addresses.pages}
    sitemaps: dict[str, Sitemap] = {}
    for sitemap, urls in named:
        sitemaps[str(sitemap.url)] = sitemap
        for url in urls:
            address = _from_sitemap(url, sitemap)
            tasks.setdefault(url, Task(address, records.get(str(url))))
    for record in records.values():
        source = sitemaps.get(record.sitemap)
        url = parse_url(record.url)
        # Outside of a new prefix the operator no longer wants it, and there is no doubt.
        if source is not None and record.on_shelf and url.is_below(source.prefix):
            tasks.setdefault(url, Task(_from_sitemap(url, source), record, unnamed=True))
    return list(tasks.values())


def _from_sitemap(url: Url, sitemap: Sitemap) -> Address:
    return Address(url, sitemap.every, sitemap.facts, sitemap)


def find_due(record: Record | None, every: timedelta) -> datetime | None:
    """When an address is due; ``None`` for one that was never asked.

    A shorter interval in the list counts at once, unless the server or we want a pause.
    """
    if record is None:
        return None
    unsettled = record.failures or record.doubt or record.retired
    if unsettled or record.checked is None:
        return record.due
    return min(record.due, record.checked + every)


def is_due(record: Record | None, every: timedelta, now: datetime) -> bool:
    """Whether it is time to ask."""
    due = find_due(record, every)
    return due is None or due <= now


def alternate(tasks: Iterable[Task]) -> Iterator[Task]:
    """The tasks with the servers in turn, so that one rests while another is asked."""
    hosts: dict[str, list[Task]] = {}
    for task in tasks:
        hosts.setdefault(task.address.url.host, []).append(task)
    return (task for task in chain.from_iterable(zip_longest(*hosts.values())) if task)
