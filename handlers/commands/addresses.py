"""``helpdesk addresses``: what the operator lists on the web is fetched, rechecked and kept."""

import sys
from argparse import Namespace
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.bootstrap import Workplace
from bot.settings import read_settings
from handlers.commands import address_texts as texts
from handlers.commands.address_report import Speaker, show_report
from handlers.commands.held import open_custody
from handlers.commands.progress import progress_bar, work_bar
from handlers.commands.speaking import terminal_language, use_utf8, write_json
from handlers.wording import Wording
from ingest.report import Progress, Report
from ingest.shelving import WrittenShelf
from ingest.sync import Keeping
from ingest.web.addresses import AddressList, read_addresses
from ingest.web.archive import Archive
from ingest.web.assembly import make_client, make_fetcher, open_gate
from ingest.web.pacing import Pace
from ingest.web.problems import AddressUnknown
from ingest.web.reading import read_page
from ingest.web.records import Record
from ingest.web.report import RoundReport
from ingest.web.rounds import Round
from ingest.web.url import parse_url
from ingest.web.visiting import Visitor
from knowledge.errors import HelpdeskError
from knowledge.shelf import writing


def run(arguments: Namespace) -> int:
    """Fetch, list, check or show versions."""
    use_utf8()
    workplace = Workplace(read_settings(arguments.data))
    workplace.check_folder()
    if arguments.action == "fetch":
        return _fetch(workplace, arguments)
    if arguments.action == "check":
        return _check(workplace, arguments.file)
    if arguments.action == "list":
        return _list(workplace, as_json=arguments.json)
    return _show_versions(workplace, arguments.url, as_json=arguments.json)


def _fetch(workplace: Workplace, arguments: Namespace) -> int:
    addresses = read_addresses(_find_list(workplace))
    workplace.prepare_folder()
    archive = _open_archive(workplace)
    with archive.locked():
        report = _visit(workplace, addresses, archive, everything=not arguments.due)
        try:
            shelved = _shelve(workplace, archive)
        except HelpdeskError:
            # What was fetched is safe; the next run takes it onto the shelf.
            show_report(report, Report(), {}, _make_speaker(workplace))
            raise
    code = max(report.exit_code, shelved.exit_code)
    if arguments.json:
        documents = shelved.as_json()
        write_json({**report.as_json(), "documents": documents, "exit_code": code})
    else:
        show_report(report, shelved, _find_names(archive), _make_speaker(workplace))
    return code


def _visit(
    workplace: Workplace, addresses: AddressList, archive: Archive, *, everything: bool
) -> RoundReport:
    settings = workplace.settings
    proxy = settings.web_proxy.get_secret_value()
    client = make_client(open_gate(), contact=settings.web_contact, proxy=proxy)
    fetcher = make_fetcher(archive, client, now=workplace.now, pace=Pace())
    visitor = Visitor(fetcher, archive, read_page, workplace.now)
    zone = ZoneInfo(settings.time_zone)
    with progress_bar("address") as show:

        def draw(progress: Progress) -> None:
            show(progress.done, progress.total, progress.document)

        return Round(addresses, archive, visitor, zone, everything).run(draw)


def _shelve(workplace: Workplace, archive: Archive) -> Report:
    """Ingest the folder with the pages, as any other; nothing if there never was a page."""
    if not any(archive.pages.rglob("*.page")) and not workplace.index.exists():
        return Report()
    wording = Wording(workplace.translations)
    with (
        progress_bar("passage") as show,
        work_bar(wording, terminal_language(workplace.settings.language)) as draw,
        writing(workplace.index, lambda: workplace.embedder, show, now=workplace.now) as writer,
    ):
        keeping = Keeping(WrittenShelf(writer), open_custody(workplace), draw)
        return keeping.synchronise([archive.pages])


def _check(workplace: Workplace, file: Path | None) -> int:
    path = file or _find_list(workplace)
    addresses = read_addresses(path)
    speaker = _make_speaker(workplace)
    pages, sitemaps = len(addresses.pages), len(addresses.sitemaps)
    text = texts.CHECKED if pages or sitemaps else texts.NOTHING_LISTED
    sys.stdout.write(f"{speaker.say(text, path=path, pages=pages, sitemaps=sitemaps)}\n")
    if not workplace.settings.web_contact:
        sys.stdout.write(f"{speaker.say(texts.NO_CONTACT)}\n")
    return 0


def _list(workplace: Workplace, *, as_json: bool) -> int:
    addresses = read_addresses(_find_list(workplace))
    records = _open_archive(workplace).records()
    listed = [str(page.url) for page in addresses.pages]
    listed += [str(sitemap.url) for sitemap in addresses.sitemaps]
    urls = list(dict.fromkeys([*listed, *sorted(url for url in records if records[url].versions)]))
    if as_json:
        write_json({"addresses": [_about(url, records.get(url)) for url in urls]})
        return 0
    speaker = _make_speaker(workplace)
    for url in urls:
        sys.stdout.write(f"{url}\n    {speaker.describe(records.get(url))}\n")
    return 0


def _about(url: str, record: Record | None) -> dict[str, object]:
    if record is None:
        return {"url": url, "checked": None, "due": None, "on_shelf": False, "versions": 0}
    complaint = record.complaint
    return {
        "url": url,
        "checked": record.checked.isoformat() if record.checked else None,
        "due": record.due.isoformat(),
        "on_shelf": record.on_shelf,
        "versions": len(record.versions),
        "sitemap": record.sitemap,
        "pages": len(record.pages),
        "doubt": record.doubt,
        "failures": record.failures,
        "problem": str(complaint.problem()) if complaint else None,
    }


def _show_versions(workplace: Workplace, address: str, *, as_json: bool) -> int:
    """The versions, newest first, each with the file that holds what the server sent."""
    archive = _open_archive(workplace)
    url = str(parse_url(address))
    record = archive.records().get(url)
    if record is None or not record.versions:
        raise AddressUnknown(address=url)
    speaker = _make_speaker(workplace)
    found = [(version, archive.find_body(record, version)) for version in record.versions[::-1]]
    if as_json:
        write_json(
            {
                "url": url,
                "versions": [
                    {
                        "fetched": version.fetched.isoformat(),
                        "from": version.url,
                        "bytes": version.size,
                        "sha256": version.body,
                        "etag": version.etag,
                        "file": str(path),
                    }
                    for version, path in found
                ],
            }
        )
        return 0
    for version, path in found:
        facts = f"{speaker.moment(version.fetched)}  {version.size:9,}  {version.body[:12]}"
        sys.stdout.write(f"{facts}  {path}\n")
    return 0


def _find_list(workplace: Workplace) -> Path:
    return workplace.settings.addresses or workplace.folder / "addresses.toml"


def _open_archive(workplace: Workplace) -> Archive:
    return Archive(workplace.folder / "web")


def _make_speaker(workplace: Workplace) -> Speaker:
    settings = workplace.settings
    language = terminal_language(settings.language)
    return Speaker(Wording(workplace.translations), language, ZoneInfo(settings.time_zone))


def _find_names(archive: Archive) -> dict[str, str]:
    """The address of each document, by its id on the shelf."""
    return {archive.name_page(record): record.url for record in archive.records().values()}
