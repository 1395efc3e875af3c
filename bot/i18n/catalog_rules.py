"""When the catalog of a language is good enough to show to people."""

from collections.abc import Iterator
from string import Formatter

from babel.messages.catalog import Catalog, Message


def find_faults(catalog: Catalog, *, template: Catalog) -> Iterator[str]:
    """Yield what is wrong with a catalog, given the texts that it should translate."""
    if catalog.fuzzy:
        yield "the whole catalog is marked as fuzzy"
    if catalog.plural_forms != Catalog(locale=catalog.locale).plural_forms:
        yield f"the plural forms are not those of the language: {catalog.plural_forms}"
    for wanted in _texts(template):
        # Compared by the text itself: a catalog finds a plural by its singular alone.
        message = catalog.get(wanted.id)
        if message is None or message.id != wanted.id:
            yield f"missing: {_shown(wanted)}"
        else:
            yield from (f"{fault}: {_shown(wanted)}" for fault in _message_faults(message))
    for message in _texts(catalog):
        if message.id and template.get(message.id) is None:
            yield f"no longer in the code: {_shown(message)}"


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the fields in a text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _message_faults(message: Message) -> Iterator[str]:
    sources, forms = _forms(message.id), _forms(message.string)
    if not all(forms):
        yield "not translated"
        return
    if message.fuzzy:
        yield "fuzzy"
    needed = frozenset[str]().union(*map(placeholders, sources))
    if any(placeholders(form) != needed for form in forms):
        yield "other fields than in English"


def _texts(catalog: Catalog) -> Iterator[Message]:
    """Yield the messages without the header, which is the entry for ""."""
    return (message for message in catalog if message.id)


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _shown(message: Message) -> str:
    return f"“{_forms(message.id)[0]}”"
