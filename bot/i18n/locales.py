"""The languages that have a catalog. Adding a language is adding a folder."""

from pathlib import Path
from typing import Final

LOCALES_FOLDER: Final = Path(__file__).with_name("locales")
SOURCE_LOCALE: Final = "en"
"""The language in which the messages stand in the code, and the one for everybody else."""


def catalog_path(tag: str, *, folder: Path = LOCALES_FOLDER) -> Path:
    """Return where the catalog of a language lies; ``tag`` is BCP 47, such as ``zh-Hans``."""
    return folder / tag / "LC_MESSAGES" / "messages.po"


def find_locales(folder: Path = LOCALES_FOLDER) -> tuple[str, ...]:
    """Return the languages that have a catalog in ``folder``, in the order of their tags."""
    return tuple(sorted(path.parts[-3] for path in folder.glob("*/LC_MESSAGES/messages.po")))


KNOWN_LOCALES: Final = find_locales()
