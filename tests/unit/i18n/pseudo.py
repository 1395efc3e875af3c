"""Translations that show what went through them.

Every text comes back as ``⟦ru What you wrote⟧``: letters outside the brackets were never looked up,
and the tag tells for which reader a text was meant.
"""

import re

from bot.i18n.translations import Translations

_BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")


class PseudoTranslations(Translations):
    """Brackets instead of translating; reads no catalog."""

    def gettext(self, message: str, *, language: str) -> str:
        return f"⟦{language} {message}⟧" if message else ""

    def ngettext(self, singular: str, plural: str, count: int, *, language: str) -> str:
        return self.gettext(singular if count == 1 else plural, language=language)


def strip_bracketed(text: str) -> str:
    """Return what stands outside the brackets, to whatever depth they are nested."""
    while (rest := _BRACKETED.sub("", text)) != text:
        text = rest
    return text
