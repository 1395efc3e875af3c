"""Keeps the message catalogs in step with the code: ``python -m bot.i18n.catalogs``.

``extract`` writes messages.pot from the code, ``update`` carries it into every language's
messages.po, ``check`` reports what is missing or wrong. To add a language, create the folder
``bot/i18n/locales/<tag>/LC_MESSAGES`` (a BCP 47 tag), run ``update`` and translate the new file.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import PoFileError, read_po, write_po

from bot.i18n.catalog_rules import find_faults, plural_forms
from bot.i18n.locales import LOCALES_FOLDER, SOURCE_LOCALE, catalog_path

ROOT: Final = Path(__file__).parents[2]
TEMPLATE_PATH: Final = Path(__file__).with_name("messages.pot")
_ROOMS: Final = ("bot", "handlers", "ingest", "knowledge")
_KEYWORDS: Final = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "phrase": None,
    "phrases": (1, 2),
}
# Lines of a catalog's header that change although no text does, or that nobody filled in.
_LEFT_OUT: Final = (
    b'"POT-Creation-Date:',
    b'"PO-Revision-Date:',
    b'"Generated-By:',
    b'"Report-Msgid-Bugs-To:',
    b'"Last-Translator:',
    b'"Language-Team:',
)


def extract(root: Path = ROOT) -> Catalog:
    """Read all texts from the code of the four rooms."""
    template = _begin(comment="# Texts of Outbound Desk.")
    for room in _ROOMS:
        found = extract_from_dir(root / room, keywords=_KEYWORDS, comment_tags=("Translators:",))
        for filename, line, message, comments, context in found:
            place = (f"{room}/{filename}", line)
            template.add(message, locations=[place], auto_comments=comments, context=context)
    return template


def render(catalog: Catalog) -> bytes:
    """Return a catalog as the text of its file; the same texts give the same bytes."""
    file = BytesIO()
    write_po(file, catalog, width=0, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    lines = file.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_LEFT_OUT))


def read(path: Path, *, tag: str = "") -> Catalog:
    """Read a catalog; a language whose file is missing or empty begins with an empty one."""
    locale = tag.replace("-", "_") or None
    if path.exists() and path.stat().st_size:
        with path.open("rb") as source:
            return read_po(source, locale=locale, abort_invalid=True)
    return _begin(comment=f"# Texts of Outbound Desk: {tag}.", locale=locale)


def find_language_folders(folder: Path = LOCALES_FOLDER) -> list[str]:
    """Return the languages that have a folder, be it still without a catalog."""
    return sorted(path.parent.name for path in folder.glob("*/LC_MESSAGES"))


def update(template: Catalog, *, folder: Path = LOCALES_FOLDER) -> list[Path]:
    """Carry the template into every language's catalog and return the files written."""
    return [_update(template, tag=tag, folder=folder) for tag in find_language_folders(folder)]


def check(root: Path = ROOT, *, folder: Path = LOCALES_FOLDER) -> list[str]:
    """Return all that is wrong with the committed catalogs, in words."""
    template = extract(root)
    faults = list(find_template_faults(template))
    for tag in find_language_folders(folder):
        found = find_language_faults(tag, template=template, folder=folder)
        faults += [f"{tag}: {fault}" for fault in found]
    return faults


def find_language_faults(
    tag: str, *, template: Catalog, folder: Path = LOCALES_FOLDER
) -> Iterator[str]:
    """Yield what is wrong with the catalog of one language."""
    try:
        catalog = read(catalog_path(tag, folder=folder), tag=tag)
    except PoFileError as error:
        yield f"its file cannot be read: {error}"
    else:
        yield from find_faults(catalog, template=template)


def find_template_faults(template: Catalog, *, path: Path = TEMPLATE_PATH) -> Iterator[str]:
    """Yield what is wrong with the committed template."""
    committed = path.read_bytes() if path.exists() else b""
    if not len(template):
        yield "no texts were found in the code"
    if render(template) != committed:
        yield f"{path.name} is not what the code says: run extract and update"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(prog="python -m bot.i18n.catalogs", description=__doc__)
    parser.add_argument("command", choices=("extract", "update", "check"))
    command = parser.parse_args(arguments).command
    if command == "check":
        faults = check()
        sys.stdout.writelines(f"{fault}\n" for fault in faults)
        return 1 if faults else 0
    TEMPLATE_PATH.write_bytes(render(extract()))
    if command == "update":
        written = update(read(TEMPLATE_PATH))
        sys.stdout.writelines(f"{path.relative_to(ROOT)}\n" for path in written)
    return 0


def _begin(*, comment: str, locale: str | None = None) -> Catalog:
    catalog = Catalog(
        locale=locale, project="Outbound Desk", version="1", header_comment=comment, fuzzy=False
    )
    catalog.mime_headers = [("Plural-Forms", plural_forms(catalog.locale))]
    return catalog


def _update(template: Catalog, *, tag: str, folder: Path) -> Path:
    path = catalog_path(tag, folder=folder)
    catalog = read(path, tag=tag)
    # A text that resembles an old one is a new text: a guessed translation only misleads.
    # The copy: a catalog keeps the very messages that it is given, and each has its translations.
    catalog.update(deepcopy(template), no_fuzzy_matching=True, update_creation_date=False)
    if tag == SOURCE_LOCALE:
        for message in catalog:
            message.string = message.id
    path.write_bytes(render(catalog))
    return path


if __name__ == "__main__":
    sys.exit(main())
