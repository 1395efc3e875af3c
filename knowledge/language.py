"""Which language a text is written in, as a BCP 47 tag.

Scripts decide where they can; the rest is left to a detector that is limited to the languages
which our askers write, because limiting the set matters more than the choice of the library
(measured by ``helpdesk evaluate``). Short messages follow the conversation they stand in.
"""

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import Any

UNDETERMINED = "und"

LATIN = ("de", "en", "es", "fr", "id", "it", "nl", "pl", "pt", "tr", "vi")
CYRILLIC = ("ru", "uk")
_SCRIPTS = {
    "HANGUL": "ko",
    "THAI": "th",
    "ARABIC": "ar",
    "GREEK": "el",
    "DEVANAGARI": "hi",
    "HEBREW": "he",
    "HIRAGANA": "ja",
}
_BRIEF = 2
_PLAIN_LATIN = ("en", "es")
"""What a word or two in plain Latin letters may be taken for where nothing else is known."""
_SAMPLE = 2000
"""Characters that are looked at; more say nothing new, and take the libraries seconds."""
_HAN_WEIGHT = 1.9
_WORD = re.compile(r"[^\W\d_]+")
_MENTION = re.compile(r"https?://\S+|\S+@\S+|[@#/]\w+")


def identify(text: str) -> str:
    """Return the language of ``text`` (``zh-Hans``, ``en``, ``ru`` …), ``und`` without letters."""
    text = _MENTION.sub(" ", unicodedata.normalize("NFKC", text[:_SAMPLE]))
    script = _dominant_script(text)
    if script == "CJK":
        return chinese_variant(text)
    if script == "CYRILLIC":
        return _detect(text, CYRILLIC)
    if script == "LATIN":
        return _detect(text, LATIN)
    return _SCRIPTS.get(script, UNDETERMINED)


def identify_message(
    text: str, *, chosen: str = "", conversation: str = "", client: str = ""
) -> str:
    """Return the language in which a message should be answered.

    ``chosen`` is the asker's explicit choice and wins. A message of one or two words keeps the
    language of the ``conversation``, or else of the ``client`` program, wherever its script allows
    that: "OK" in a Russian conversation is Russian.
    """
    if chosen:
        return chosen
    text = text[:_SAMPLE]
    detected = identify(text)
    brief = len(_WORD.findall(_MENTION.sub(" ", text))) <= _BRIEF
    if conversation and _may_keep(detected, conversation, text=text, brief=brief):
        return conversation
    if client and _may_keep(detected, client, text=text, brief=brief and _is_latin(client)):
        return client
    if detected == UNDETERMINED:
        return conversation or client or "en"
    if brief and text.isascii() and detected not in _PLAIN_LATIN:
        return "en"  # the detector takes "Z visa" for French and "hello" for Italian
    return detected


def chinese_variant(text: str) -> str:
    """Return ``zh-Hant`` for text in traditional characters, otherwise ``zh-Hans``."""
    import hanzidentifier

    return "zh-Hant" if hanzidentifier.identify(text) == hanzidentifier.TRADITIONAL else "zh-Hans"


def _is_both_chinese(text: str) -> bool:
    """Whether no character tells Simplified from Traditional, as in 你好."""
    import hanzidentifier

    return bool(hanzidentifier.identify(text) == hanzidentifier.BOTH)


def base(language: str) -> str:
    """The language without script and region: ``zh`` for ``zh-Hans``."""
    return language.split("-", maxsplit=1)[0].lower()


def _may_keep(detected: str, known: str, *, text: str, brief: bool) -> bool:
    """Whether a message may be taken to be in the ``known`` language."""
    if detected in {UNDETERMINED, known}:
        return True
    if base(detected) == base(known) == "zh":
        return _is_both_chinese(text)
    # One or two Latin words ("OK", "ReelShort?") are written in every language.
    related = base(detected) in CYRILLIC and base(known) in CYRILLIC
    return brief and (_is_latin(detected) or related)


def _is_latin(language: str) -> bool:
    return base(language) in (*LATIN, "ms", "tl", "sv", "ro", "cs", "hu", "fi", "da", "no")


def _dominant_script(text: str) -> str:
    """The script that carries the sentence, "" without letters.

    In a sentence of mixed scripts, Latin words with a capital are names ("ReelShort", "Z") and do
    not count; a Han character says about as much as two letters do. Kana make it Japanese.
    """
    scripts = _count_scripts(text)
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > scripts["CJK"] * 0.1:
        return "HIRAGANA"
    if scripts["LATIN"] and len(+scripts) > 1:
        names = [word for word in _WORD.findall(text) if word.isascii() and not word.islower()]
        scripts["LATIN"] -= sum(len(name) for name in names)
    scripts["CJK"] = round(scripts["CJK"] * _HAN_WEIGHT)
    return max(+scripts, key=lambda name: scripts[name], default="")


def _count_scripts(text: str) -> Counter[str]:
    """Count letters by the first word of their Unicode name, which names the script."""
    return Counter(
        unicodedata.name(character, "").split(" ", maxsplit=1)[0]
        for character in text
        if character.isalpha()
    )


def _detect(text: str, among: tuple[str, ...]) -> str:
    return str(_load_detector(among).classify(text)[0])


@cache
def _load_detector(among: tuple[str, ...]) -> Any:  # noqa: ANN401 - the library has no types
    """A detector of its own for each set: changing the set costs more than detecting."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    detector.set_languages(list(among))
    return detector
