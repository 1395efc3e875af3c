"""Which pages a listed sitemap names, with the sitemaps that it names itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.web.addresses import AddressList, Sitemap
from ingest.web.fetcher import Fetched, Fetcher, Missing, Order, Unmodified, Validators
from ingest.web.problems import NotFetched, SitemapPartly, explain_missing
from ingest.web.sitemap import SitemapFile, parse_sitemap
from ingest.web.url import Url

_MOST_FILES = 50


@dataclass(frozen=True, slots=True)
class Survey:
    """The pages below the prefix, in the order of the sitemap; ``named`` is how many there are.

    ``problem`` is why some may be lacking. ``unmodified`` says that it is what it was.
    """

    pages: tuple[Url, ...] = ()
    named: int = 0
    problem: NotFetched | None = None
    unmodified: bool = False
    validators: Validators = field(default_factory=Validators)


@dataclass(frozen=True, slots=True)
class Surveyor:
    """Reads sitemaps."""

    fetcher: Fetcher
    addresses: AddressList

    def survey(self, sitemap: Sitemap, validators: Validators, known: Iterable[str] = ()) -> Survey:
        """Find the pages; :class:`NotFetched` if the sitemap itself cannot be had.

        Where there are more than the list allows, those that are ``known`` come first, so that
        pages do not come and go with the order of the sitemap.
        """
        page = self.fetcher.fetch(self._order(sitemap.url, validators))
        if isinstance(page, Unmodified):
            return Survey(unmodified=True)
        file = _parse(page, sitemap.url)
        problem = None
        if file.index:
            file, problem = self._read_parts(file, sitemap.url)
            validators = Validators()  # an index does not say whether its parts have changed
        elif isinstance(page, Fetched):
            validators = page.validators
        found = list(dict.fromkeys(_read_locations(file, sitemap)))
        before = set(known)
        first = sorted(found, key=lambda url: str(url) not in before)[: sitemap.most]
        chosen = set(first)
        pages = tuple(url for url in found if url in chosen)
        return Survey(pages, len(found), problem, validators=validators)

    def _order(self, url: Url, validators: Validators) -> Order:
        return Order(url, self.addresses.scope(url), validators, sitemap=True)

    def _read_parts(self, index: SitemapFile, url: Url) -> tuple[SitemapFile, NotFetched | None]:
        """All addresses of the parts; what happened to the first part that cannot be had."""
        locations: list[str] = []
        problem: NotFetched | None = None
        if len(index.locations) > _MOST_FILES:
            problem = SitemapPartly.because(url, most=_MOST_FILES)
        for location in index.locations[:_MOST_FILES]:
            try:
                locations.extend(self._read_part(location, url))
            except NotFetched as error:
                problem = problem or error
        return SitemapFile(index=False, locations=tuple(locations)), problem

    def _read_part(self, location: str, index: Url) -> tuple[str, ...]:
        # What an index names is as little ours as what a redirect leads to.
        url = self.addresses.scope(index).follow(index, location)
        part = _parse(self.fetcher.fetch(self._order(url, Validators())), url)
        return () if part.index else part.locations


def _parse(page: Fetched | Unmodified | Missing, url: Url) -> SitemapFile:
    if isinstance(page, Fetched):
        return parse_sitemap(page.body, url)
    raise explain_missing(url, page.status if isinstance(page, Missing) else 304)


def _read_locations(file: SitemapFile, sitemap: Sitemap) -> Iterable[Url]:
    for location in file.locations:
        try:
            url = sitemap.url.join(location)
        except NotFetched:
            continue
        if url.is_below(sitemap.prefix):
            yield url
