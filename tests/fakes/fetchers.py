"""A web of pages in memory."""

from dataclasses import dataclass, field

from ingest.problems import Problem
from ingest.web.fetcher import Fetched, Missing, Order, Page, Unmodified, Validators
from ingest.web.media import Media
from ingest.web.problems import NotFetched
from ingest.web.scope import MOST_REDIRECTS
from ingest.web.url import Url


@dataclass(frozen=True)
class Leaf:
    """A page as it lies there."""

    body: bytes
    ending: str = ".html"
    etag: str = ""
    charset: str = ""


@dataclass(frozen=True)
class Signpost:
    """A page that is somewhere else; for good, if it is said to have moved."""

    target: str
    moved: bool = False


@dataclass
class MemoryWeb:
    """Keeps what is promised in :class:`ingest.web.fetcher.Fetcher`.

    An error in ``pages`` is raised with the address of who asked; what is not there is missing.
    """

    pages: dict[str, Leaf | Signpost | NotFetched] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, order: Order) -> Page:
        """What is there now."""
        here, moved = order.url, True
        for _ in range(MOST_REDIRECTS + 1):
            self.asked.append(str(here))
            found = self.pages.get(str(here))
            if not isinstance(found, Signpost):
                return self._answer(found, here, order, moved=moved and here != order.url)
            moved = moved and found.moved
            here = order.scope.follow(here, found.target)
        raise order.scope.refuse_round()

    def _answer(
        self, found: Leaf | NotFetched | None, here: Url, order: Order, *, moved: bool
    ) -> Page:
        if found is None:
            return Missing(404)
        if isinstance(found, NotFetched):
            raise type(found)(**{**found.fields, "document": str(here)})
        known = order.validators
        if found.etag and (known.url, known.etag) == (str(here), found.etag):
            return Unmodified()
        validators = Validators(str(here), found.etag)
        return Fetched(here, found.body, Media(found.ending, found.charset), validators, moved)


def failure(kind: type[NotFetched], **fields: object) -> NotFetched:
    """An error to put into the web."""
    return kind(document="", problem=Problem("it is broken."), **fields)
