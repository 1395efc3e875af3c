"""Why something was not fetched from the web. ``document`` is its address."""

from typing import ClassVar, TypeVar

from ingest.problems import Problem
from knowledge.errors import N_, DocumentError, HelpdeskError

_NOT_FOUND = 400
Error = TypeVar("Error", bound=DocumentError)


def readdress(error: Error, address: object) -> Error:
    """The same error, said of this address."""
    return type(error)(**{**error.fields, "document": str(address)})


class NotFetched(DocumentError):
    """An address gave nothing that could be used; trying again later may help."""

    code = "address-not-fetched"
    template: ClassVar[str] = N_("{document} was not fetched: {problem}")


class AddressRefused(NotFetched):
    """We do not ask this address, or do not take what it gives; the list has to change for that."""

    code = "address-refused"


class RobotsRefuse(NotFetched):
    """The site's robots.txt does not want us there."""

    code = "address-robots"


class AddressAway(NotFetched):
    """The server does not answer, breaks off, or has trouble of its own."""

    code = "address-away"


class AddressBusy(AddressAway):
    """The server asks for patience; the field ``wait`` says for how many seconds."""

    code = "address-busy"


class ListUnusable(HelpdeskError):
    """The operator's list of addresses cannot be used."""

    code = "address-list"
    template: ClassVar[str] = N_("The list of addresses {path} cannot be used: {problem}")


class RecordDamaged(HelpdeskError):
    """What was written down about an address cannot be read back."""

    code = "address-record"
    template: ClassVar[str] = N_(
        "{path} in the data folder is damaged ({problem}). Restore it from a backup, or move it "
        "away; then its address is fetched anew, and the versions kept so far stay as files."
    )


class AddressUnknown(HelpdeskError):
    """Nothing was ever fetched from this address."""

    code = "address-unknown"
    template: ClassVar[str] = N_(
        "Nothing was fetched from {address}. “helpdesk addresses list” shows what was."
    )


class SitemapPartly(NotFetched):
    """Some of the pages that a sitemap names are not known."""

    code = "sitemap-partly"

    @classmethod
    def because(cls, url: object, *, most: int) -> "SitemapPartly":
        """An index that names more sitemaps than are read."""
        form = N_("it names more than {most} sitemaps; the others were not read.")
        return cls(document=str(url), problem=Problem(form, {"most": most}))


def explain_missing(url: object, status: int) -> AddressRefused:
    """What to say of an address at which there is nothing."""
    form = N_("there is no such page (HTTP {status}). Check how it is spelt.")
    if status < _NOT_FOUND:
        form = N_("there is no such page; its server leads to its front page instead.")
    return AddressRefused(document=str(url), problem=Problem(form, {"status": status}))
