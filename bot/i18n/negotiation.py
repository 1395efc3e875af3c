"""Which of our languages a reader gets."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from babel.core import Locale, UnknownLocaleError

from bot.i18n.locales import KNOWN_LOCALES, SOURCE_LOCALE

# What people read well besides their own language, when that has no text. Only pairs for which
# this holds for most people; everybody else is better served with English than with a guess.
_ALSO_READS: Final = {
    "zh-Hans": ("zh-Hant",),
    "zh-Hant": ("zh-Hans",),
    "pt-BR": ("es",),
    "ca": ("es",),
    "eu": ("es",),
    "gl": ("pt-BR", "es"),
    "br": ("fr",),
    "lb": ("de", "fr"),
    "jv": ("id",),
    "su": ("id",),
    "ms": ("id",),
    "az": ("tr", "ru"),
    "be": ("ru",),
    "kk": ("ru",),
    "ky": ("ru",),
    "tg": ("ru",),
}
_LAST_RESORTS: Final = (SOURCE_LOCALE, "zh-Hans", "zh-Hant")

# CLDR keeps Cantonese apart; its readers share the two scripts of Chinese.
_CHINESE: Final = frozenset({"zh", "yue"})
# Written in one country's way that the readers of all others understand.
_REGIONAL: Final = {"pt": "pt-BR"}


@lru_cache(maxsize=512)
def canonical(tag: str) -> str:
    """Reduce a language tag to its language, with the script for Chinese.

    ``zh-TW`` becomes ``zh-Hant``, ``es_mx`` becomes ``es``, and every Portuguese ``pt-BR``; what is
    no tag at all becomes "".
    """
    try:
        locale = Locale.parse(tag.strip().replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return ""
    if locale.language not in _CHINESE:
        return _REGIONAL.get(locale.language, str(locale.language))
    return f"zh-{locale.script or _chinese_script(locale)}"


def negotiate(tags: Sequence[str]) -> str:
    """Return the known language that suits best; ``tags`` come in the reader's order."""
    wanted = [canonical(tag) for tag in tags]
    also = [other for tag in wanted for other in _ALSO_READS.get(tag, ())]
    known = frozenset(KNOWN_LOCALES)
    return next((tag for tag in (*wanted, *also) if tag in known), SOURCE_LOCALE)


def nearest_readable(language: str, available: Iterable[str]) -> str:
    """Return the one of ``available`` that somebody who writes ``language`` reads most likely.

    The tag comes back as it stands in ``available``; when that is empty, "".
    """
    choices: dict[str, str] = {}
    for tag in available:
        choices.setdefault(canonical(tag), tag)
    own = canonical(language)
    for candidate in (own, *_ALSO_READS.get(own, ()), *_LAST_RESORTS):
        if candidate in choices:
            return choices[candidate]
    return next(iter(choices.values()), "")


def _chinese_script(locale: Locale) -> str:
    if locale.territory:
        return "Hant" if locale.territory in {"TW", "HK", "MO"} else "Hans"
    return "Hant" if locale.language == "yue" else "Hans"
