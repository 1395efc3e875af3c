"""Read a fetched page as ingest will read it, to know what it says before it is kept."""

from collections.abc import Callable

from ingest.documents import Filing
from ingest.isolation import examine_apart
from ingest.loaders.page import ENDING, Head
from ingest.outcome import Reading
from ingest.web.comparison import Wording, read_wording
from ingest.web.fetcher import Fetched
from ingest.web.problems import readdress
from knowledge.errors import DocumentError

Examine = Callable[[bytes, Filing], Reading]


def read_page(page: Fetched, examine: Examine = examine_apart) -> Wording:
    """What the page says, read in the process that is kept for that; :class:`DocumentError`.

    The operator's facts are left out: when they change, the page has not.
    """
    head = Head(page.media.ending, page.media.charset, "", {})
    try:
        reading = examine(head.dump() + page.body, Filing(f"page{ENDING}", "", None))
    except DocumentError as error:
        raise readdress(error, page.url) from error
    refusal = readdress(reading.refusal, page.url) if reading.refusal else None
    return read_wording(reading.document, refusal)
