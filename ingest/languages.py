"""The language of a document and of its parts."""

import re

from ingest.front_matter import read_language
from knowledge.language import UNDETERMINED, identify

_SCRIPTS = (
    ("han", re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]+")),
    ("arabic", re.compile(r"[\u0590-\u06ff]+")),
    ("thai", re.compile(r"[\u0e00-\u0e7f]+")),
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f]+")),
)
_LETTERS_PER_HAN = 3
_ENOUGH = 40
_SAMPLE = 4000


def find_language(text: str, *, declared: str, hint: str = "") -> str:
    """Return the declared language, or what the text shows, or the hint of the file, or ``und``.

    A bare ``zh`` does not say which characters it is written in; the text does.
    """
    if declared and declared != "zh":
        return declared
    found = identify(text[:_SAMPLE])
    if declared == "zh":
        return found if found.startswith("zh") else "zh-Hans"
    return _read_hint(hint) if found == UNDETERMINED else found


def find_passage_language(text: str, *, document: str) -> str:
    """Return the document's language unless a long enough passage is in another script."""
    if len(text) < _ENOUGH or find_script(text) == _script_of(document):
        return document
    found = identify(text)
    return document if found == UNDETERMINED else found


def find_variant_language(text: str, *, beside: str) -> str:
    """Return the language of a short question that stands beside an answer in a known one.

    A word or two say nothing but their script: “Visa?” is English beside an English answer.
    """
    if find_script(text) in {"", _script_of(beside)}:
        return beside
    found = identify(text)
    return beside if found == UNDETERMINED else found


def disagree(first: str, second: str) -> bool:
    """Whether two paragraphs are long enough to have a language, and not the same script."""
    return min(len(first), len(second)) >= _ENOUGH and find_script(first) != find_script(second)


def find_script(text: str) -> str:
    """The script that most of the text is written in; empty without letters."""
    counts = {name: sum(map(len, pattern.findall(text))) for name, pattern in _SCRIPTS}
    counts["han"] *= _LETTERS_PER_HAN
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def _script_of(language: str) -> str:
    scripts = {"zh": "han", "ja": "han", "ko": "han", "ru": "cyrillic", "uk": "cyrillic"}
    scripts |= {"ar": "arabic", "he": "arabic", "fa": "arabic", "th": "thai", UNDETERMINED: ""}
    return scripts.get(language.split("-", maxsplit=1)[0], "latin")


def _read_hint(hint: str) -> str:
    try:
        language = read_language(hint)
    except ValueError:
        return UNDETERMINED
    return "zh-Hans" if language == "zh" else language
