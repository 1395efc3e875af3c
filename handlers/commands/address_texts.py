"""What ``helpdesk addresses`` says."""

from collections.abc import Mapping
from typing import Final

from ingest.web.records import Doubt
from ingest.web.report import Outcome
from knowledge.errors import N_

OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.NEW: N_("{url}: new."),
    Outcome.CHANGED: N_("{url}: changed; the earlier version is kept."),
}
DOUBTS: Final[Mapping[Doubt, str]] = {
    Doubt.MISSING: N_(
        "{url}: there is no such page any more. It stays on the shelf until a check after {due} "
        "finds the same."
    ),
    Doubt.UNLISTED: N_(
        "{url}: its sitemap does not name it any more. It stays on the shelf until a check after "
        "{due} finds the same."
    ),
    Doubt.SHRUNK: N_(
        "{url}: most of its text is gone. The earlier version stays on the shelf until a check "
        "after {due} finds the same."
    ),
}
RETIRED: Final[Mapping[Doubt | None, str]] = {
    Doubt.MISSING: N_(
        "{url}: there is still no such page. It was taken off the shelf; its versions are kept. "
        "Take it off the list, or correct it there."
    ),
    Doubt.UNLISTED: N_(
        "{url}: its sitemap still does not name it. It was taken off the shelf; its versions are "
        "kept."
    ),
    None: N_(
        "{url}: it is not listed any more and was taken off the shelf; its versions are kept."
    ),
}
KEPT: Final = N_("Its earlier version stays on the shelf.")
NEXT_TRY: Final = N_("Next try: {due}.")
MOVED: Final = N_("{url}: it has moved to {target} for good; change the list.")
OVERFLOW: Final = N_(
    "{url}: it names {named} pages below its prefix, and {most} of them are fetched. Raise “most” "
    "in the list if you want more."
)
SUMMARY: Final = N_(
    "Addresses: {new} new, {changed} changed, {unchanged} unchanged, {doubted} in doubt, "
    "{retired} taken off, {failed} failed, {waiting} not due."
)
NEXT_DUE: Final = N_("Next check: {due}.")
CHECKED: Final = N_("{path}: {pages} pages and {sitemaps} sitemaps are listed.")
NOTHING_LISTED: Final = N_("{path}: nothing is listed. Add [[page]] or [[sitemap]] entries.")
NO_CONTACT: Final = N_(
    "Servers are not told how to reach you. Set HELPDESK_WEB_CONTACT; many refuse programs that "
    "tell nothing."
)
NEVER_FETCHED: Final = N_("not fetched yet")
LAST_CHECK: Final = N_("checked {checked}, next {due}, versions: {versions}")
OFF_SHELF: Final = N_("off the shelf, versions: {versions}")
SITEMAP: Final = N_("sitemap, checked {checked}, next {due}, pages: {pages}")
NEVER: Final = N_("never")
SEE_HELD: Final = N_("“helpdesk documents held” shows what was held back, for you to decide.")
