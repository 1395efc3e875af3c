"""The catalogs at run time: a message and a language in, the text in that language out.

The ``.po`` files are read as they are, each when its language is first needed, so there is nothing
to compile. The reader's language is an argument of every call: in one and the same moment the desk
writes to a customer in Russian and to staff in Chinese.
"""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from threading import Lock

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.i18n.locales import LOCALES_FOLDER, catalog_path
from bot.i18n.negotiation import negotiate


class Translations:
    """Looks messages up; may be shared between threads."""

    def __init__(self, folder: Path = LOCALES_FOLDER) -> None:
        """Read nothing yet; ``folder`` is where the catalogs lie."""
        self._folder = folder
        self._catalogs: dict[str, NullTranslations] = {}
        self._loading = Lock()

    def gettext(self, message: str, *, language: str) -> str:
        """Return ``message`` in the known language nearest to ``language``."""
        # The entry for "" is the catalog's header, which nobody wants to read.
        return self._catalog(language).gettext(message) if message else ""

    def ngettext(self, singular: str, plural: str, count: int, *, language: str) -> str:
        """Return the form that ``language`` uses for ``count`` things."""
        return self._catalog(language).ngettext(singular, plural, count)

    def _catalog(self, language: str) -> NullTranslations:
        tag = nearest_locale(language)
        if tag not in self._catalogs:
            with self._loading:
                self._catalogs.setdefault(tag, read_catalog(catalog_path(tag, folder=self._folder)))
        return self._catalogs[tag]


@lru_cache(maxsize=512)
def nearest_locale(language: str) -> str:
    """Return the known language in which a reader of ``language`` is written to."""
    return negotiate((language,))


def read_catalog(path: Path) -> NullTranslations:
    """Read a ``.po`` file; a language without one shows the messages as the code has them."""
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as source:
        catalog = read_po(source)
    # gettext knows the binary form only: made in memory, it gives us its plural rules for nothing.
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)
