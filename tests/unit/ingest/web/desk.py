"""A list, a web in memory, a clock: everything for rounds without a network."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from ingest.reading import examine
from ingest.report import Progress
from ingest.sync import synchronise
from ingest.web.addresses import read_addresses
from ingest.web.archive import Archive
from ingest.web.reading import read_page
from ingest.web.records import Record
from ingest.web.report import Outcome, RoundReport
from ingest.web.rounds import Round
from ingest.web.visiting import Visitor
from knowledge.passage import Provenance
from tests.fakes.clock import SetClock
from tests.fakes.fetchers import Leaf, MemoryWeb
from tests.fakes.shelf import MemoryShelf

SITE = "https://site.test"
FEES = f"{SITE}/fees.html"
VISA = f"{SITE}/visa.html"
MAP = f"{SITE}/sitemap.xml"
GUIDES = f"{SITE}/guides/"


def page(*paragraphs: str, menu: str = "首页") -> bytes:
    """A page with a menu around its text."""
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f"<html><head><title>办事指南</title></head><body><nav><ul><li>{menu}</li></ul></nav>"
        f"<article><h1>办事指南</h1>{text}</article></body></html>"
    ).encode()


FREE = page(
    "微短剧备案不收取任何费用，审核时间为十五个工作日，由制作公司向所在地主管部门提出申请。" * 4
)
PAID = page(
    "微短剧备案自三月起收取五百元费用，审核时间为十个工作日，由制作公司向所在地主管部门申请。" * 4
)


@dataclass
class Desk:
    """Somebody who keeps a list and runs it."""

    folder: Path
    web: MemoryWeb = field(default_factory=MemoryWeb)
    clock: SetClock = field(default_factory=SetClock)
    shelf: MemoryShelf = field(default_factory=MemoryShelf)
    text: str = ""

    @property
    def archive(self) -> Archive:
        return Archive(self.folder / "web")

    def list(self, *entries: str, head: str = "") -> None:
        """Write the list; an entry is an address, and lines of facts after it."""
        rows = (f'[[page]]\nurl = "{entry.partition(chr(10))[0]}"\n' + entry.partition("\n")[2]
                for entry in entries)  # fmt: skip
        self.text = f"{head}\n" + "\n".join(rows)

    def list_sitemap(self, *, most: int = 100) -> None:
        self.text += f'\n[[sitemap]]\nurl = "{MAP}"\nprefix = "{GUIDES}"\nmost = {most}\n'

    def put(self, url: str, body: bytes, etag: str = "") -> None:
        self.web.pages[url] = Leaf(body, etag=etag)

    def name(self, *names: str) -> None:
        """Set what the sitemap names."""
        rows = "".join(f"<url><loc>{GUIDES}{name}</loc></url>" for name in names)
        self.web.pages[MAP] = Leaf(f"<urlset>{rows}</urlset>".encode(), ".xml")
        for name in names:
            self.web.pages.setdefault(f"{GUIDES}{name}", Leaf(page(f"指南{name}的内容。" * 9)))

    def run(self, *, days: float = 0, due: bool = False) -> RoundReport:
        """Let time pass, then visit, and take the pages onto the shelf."""
        report = self.visit(days=days, due=due)
        assert synchronise([self.archive.pages], self.shelf).failed == ()
        return report

    def visit(self, *, days: float = 0, due: bool = False) -> RoundReport:
        """Let time pass, then visit."""
        self.clock.advance(timedelta(days=days).total_seconds())
        self.web.asked.clear()
        path = self.folder / "addresses.toml"
        path.write_text(self.text, "utf-8")
        visitor = Visitor(self.web, self.archive, partial(read_page, examine=examine), self.clock)
        zone = ZoneInfo("Asia/Shanghai")
        addresses = read_addresses(path)
        return Round(addresses, self.archive, visitor, zone, everything=not due).run(_ignore)

    def outcomes(self, *, days: float = 0, due: bool = False) -> dict[str, Outcome]:
        return {visit.url: visit.outcome for visit in self.run(days=days, due=due).visits}

    def shelved(self) -> dict[str, str]:
        """The text of each page on the shelf, by its address."""
        return {
            document.provenance.url: "\n".join(one.text for one in document.passages)
            for document in self.shelf.documents.values()
        }

    def provenance(self, url: str) -> Provenance:
        return next(
            one.provenance for one in self.shelf.documents.values() if one.provenance.url == url
        )

    def record(self, url: str) -> Record:
        return self.archive.records()[url]


def _ignore(progress: Progress) -> None:
    del progress
