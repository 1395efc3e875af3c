"""When the translation of one text is good enough to show to people."""

import re
import unicodedata
from collections.abc import Iterator
from string import Formatter
from typing import Final

import hanzidentifier
from babel.core import Locale
from babel.messages.catalog import Message

# What a reader types or looks up as it stands, and what no translation may change.
_CODE: Final = re.compile(
    r"“helpdesk [^”]*”|(?<![\w/.])(?:/[a-z]+|--[a-z]+|//|@\w+)|https?://|\w*[a-zA-Z]_\w+"
    r"|\b[\w/]+\.(?:md|jsonl)\b|\b[a-z]{2}-[A-Z]\w+"
    # Lines and words that are understood as they stand: “answer en: …”, city:深圳, “company”.
    r"|“[a-z]+(?: [a-z\d]+)?: [^”]*”|\b(?:city|country|abroad):[^\s,.;]+"
    r"|“(?:public|company|actor|staff)”"
)
_FIELD: Final = re.compile(r"\{\w*\}")
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'’]*")
_THOUSANDS: Final = re.compile(r"(?<=\d)[.,'’\u00a0\u202f\u066c](?=\d{3}(?!\d))")
_NUMBER: Final = re.compile(r"\d+")
# "/help" and "--data" after an Arabic word, with nothing that says where the sign belongs.
_LOOSE_SIGN: Final = re.compile(r"(?<![\u200e\w/.:-])(?<![A-Za-z] )(?:/|--|@)[A-Za-z]\w*")
_QUOTES: Final = "“”"
# So many English words in a row are no coincidence, and no name either.
_LEFT_OVER: Final = 3
_WRONG_SCRIPT: Final = {
    "zh_Hans": {hanzidentifier.TRADITIONAL, hanzidentifier.MIXED},
    "zh_Hant": {hanzidentifier.SIMPLIFIED, hanzidentifier.MIXED},
}


def find_message_faults(message: Message, *, locale: Locale, forms: int = 1) -> Iterator[str]:
    """Yield what is wrong with a translation; ``forms`` is how many plural forms there are."""
    sources, translations = texts_of(message.id), texts_of(message.string)
    if not all(text.strip() for text in translations):
        yield "not translated"
        return
    if len(translations) != (forms if message.pluralizable else 1):
        yield "other plural forms than the language has"
    if message.fuzzy:
        yield "fuzzy"
    for find in (_find_changes, _find_english, _find_wrong_script, _find_loose_signs):
        yield from dict.fromkeys(
            fault for text in translations for fault in find(sources, text, locale)
        )


def texts_of(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """Return a text as its forms, which is one where there is no plural."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the fields in a text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _find_changes(sources: tuple[str, ...], text: str, _: Locale) -> Iterator[str]:
    """Yield what must be as in English, but is not."""
    if placeholders(text) != frozenset[str]().union(*map(placeholders, sources)):
        yield "other fields than in English"
    for source in sources:
        for code in _CODE.findall(source):
            if code.strip(_QUOTES) not in text:
                yield f"it lacks {code}"
        for number in _numbers(source) - _numbers(text):
            yield f"it lacks the number {number}"
        if source.count("\n") != text.count("\n"):
            yield "other lines than in English"


def _find_english(sources: tuple[str, ...], text: str, locale: Locale) -> Iterator[str]:
    """Yield what nobody has translated."""
    if locale.language == "en":
        return
    said = _words(text)
    present = {said[at : at + _LEFT_OVER] for at in range(len(said))}
    for source in sources:
        words = _words(source)
        if words == said and len(words) > 1:
            yield "left in English"
        for at in range(len(words) - _LEFT_OVER + 1):
            if (left := words[at : at + _LEFT_OVER]) in present:
                yield f"English words are left: {' '.join(left)}"
        if words and not _is_latin(locale.get_display_name() or "") and _is_latin(text):
            yield "not in the script of the language"


def _find_wrong_script(_: tuple[str, ...], text: str, locale: Locale) -> Iterator[str]:
    """Yield where Simplified and Traditional characters got into each other's catalog."""
    if hanzidentifier.identify(text) in _WRONG_SCRIPT.get(str(locale), set()):
        yield "characters of the other Chinese script"


def _find_loose_signs(_: tuple[str, ...], text: str, locale: Locale) -> Iterator[str]:
    """Yield commands whose sign would move behind them where lines run to the left."""
    if locale.character_order == "right-to-left":
        for sign in _LOOSE_SIGN.findall(text):
            yield f"a left-to-right mark (U+200E) is missing before {sign}"


def _words(text: str) -> tuple[str, ...]:
    """Return the words in Latin letters, without fields and code, in small letters."""
    bare = _CODE.sub(" ", _FIELD.sub(" ", text))
    return tuple(word.lower() for word in _WORD.findall(bare))


def _numbers(text: str) -> frozenset[str]:
    """Return the whole numbers, without separators and in European digits."""
    plain = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text)
    return frozenset(_NUMBER.findall(_THOUSANDS.sub("", plain)))


def _is_latin(text: str) -> bool:
    """Whether all letters outside of fields are Latin."""
    letters = filter(str.isalpha, _FIELD.sub("", text))
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
