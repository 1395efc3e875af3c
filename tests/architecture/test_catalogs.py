"""The committed catalogs say what the code says, in every language."""

from bot.i18n.catalogs import check, find_language_folders, main, read
from bot.i18n.locales import KNOWN_LOCALES, catalog_path

# Fewer would mean that the check has looked past the texts.
_LEAST_TEXTS = 150


def test_the_catalogs_are_complete_and_up_to_date() -> None:
    assert check() == []
    assert main(["check"]) == 0


def test_the_check_looked_at_every_language() -> None:
    folders = find_language_folders()
    assert tuple(folders) == KNOWN_LOCALES
    assert {"en", "es", "ru", "zh-Hans", "zh-Hant"} <= set(folders)
    for tag in folders:
        assert len(read(catalog_path(tag), tag=tag)) >= _LEAST_TEXTS
