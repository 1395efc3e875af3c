"""When the catalog of a language is good enough to show to people."""

from collections.abc import Iterator

from babel.core import Locale
from babel.messages.catalog import Catalog, Message

from bot.i18n.locales import SOURCE_LOCALE
from bot.i18n.message_rules import find_message_faults, texts_of


def find_faults(catalog: Catalog, *, template: Catalog) -> Iterator[str]:
    """Yield what is wrong with a catalog, given the texts that it should translate."""
    if catalog.fuzzy:
        yield "the whole catalog is marked as fuzzy"
    if catalog.plural_forms != plural_forms(catalog.locale):
        yield f"the plural forms are not those of the language: {catalog.plural_forms}"
    locale = catalog.locale or Locale.parse(SOURCE_LOCALE)
    for wanted in _texts(template):
        # Compared by the text itself: a catalog finds a plural by its singular alone.
        message = catalog.get(wanted.id)
        if message is None or message.id != wanted.id:
            yield f"missing: {_shown(wanted)}"
        else:
            faults = find_message_faults(message, locale=locale, forms=catalog.num_plurals)
            yield from (f"{fault}: {_shown(wanted)}" for fault in faults)
    for message in _texts(catalog):
        if message.id and template.get(message.id) is None:
            yield f"no longer in the code: {_shown(message)}"


def plural_forms(locale: Locale | None) -> str:
    """Return the plural rule of a language, as the header of its catalog gives it."""
    # Babel's table for catalogs lacks some languages, Indonesian for one, and then says what holds
    # for English; CLDR knows which languages have one form for every number.
    if locale is not None and not locale.plural_form.tags:
        return "nplurals=1; plural=0;"
    return Catalog(locale=locale).plural_forms


def _texts(catalog: Catalog) -> Iterator[Message]:
    """Yield the messages without the header, which is the entry for ""."""
    return (message for message in catalog if message.id)


def _shown(message: Message) -> str:
    return f"“{texts_of(message.id)[0]}”"
