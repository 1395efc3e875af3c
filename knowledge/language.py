"""Which language a text is written in, as a BCP 47 tag.

Scripts and the characters of one language decide where they can; the rest is left to a detector of
letters that is limited to the languages which our askers write, because limiting the set matters
more than the choice of the library, and to the words that are usual in them (both measured by
``helpdesk evaluate``). Short messages follow the conversation they stand in.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from knowledge.word_languages import weigh_words

UNDETERMINED = "und"

LATIN = ("de", "en", "es", "fr", "id", "it", "nl", "pl", "pt", "tr", "vi")
CYRILLIC = ("ru", "uk")
_RARE = {"it": 3.0, "nl": 3.0, "pl": 3.0, "uk": 6.0}
"""By how many nats the letters must speak for a language that the desk does not speak.

Ukrainian has letters of its own in nearly every sentence.
"""
_UKRAINIAN, _RUSSIAN = re.compile("[іїєґ]", re.IGNORECASE), re.compile("[ыэъё]", re.IGNORECASE)
_WORDS_SAY = 2.0
"""How much words say beside letters."""
_CLEAR = 3.0
"""The lead in nats that a word or two need over the client's language, or over English."""
_SCRIPTS = {
    "HANGUL": "ko",
    "THAI": "th",
    "ARABIC": "ar",
    "GREEK": "el",
    "DEVANAGARI": "hi",
    "HEBREW": "he",
    "HIRAGANA": "ja",
}
_SCRIPTS_OF = {
    "zh": ("CJK",),
    "ja": ("CJK", "HIRAGANA", "KATAKANA"),
    "ru": ("CYRILLIC",),
    "uk": ("CYRILLIC",),
} | {language: (script,) for script, language in _SCRIPTS.items() if language != "ja"}
_JAPANESE = "shift_jis"
_CHINESE = re.compile("[你您們这這吗嗎呢么麼吧哪很没沒]")
"""Words of Chinese that Japanese does not have, whatever the characters beside them."""
_BRIEF = 2
_ASIDE = 4
"""So many words of another language may stand in a message that keeps the conversation's script."""
_SAMPLE = 2000
"""Characters that are looked at; more say nothing new, and take the libraries seconds."""
_HAN_WEIGHT = 1.9
_LATIN_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_WORD = re.compile(rf"[{_LATIN_LETTERS}]+|[^\W\d_{_LATIN_LETTERS}]+")
"""Chinese puts no space between ReelShort and what it says of it."""
_NAME = re.compile(r"[A-Z]{2,}|[A-Z]|[A-Z][a-z]+(?:[A-Z][a-z]*)+|(?i:ok|okay)")
"""ReelShort, TV, Z, ok: the same in every language."""
_MENTION = re.compile(r"https?://\S+|\S+@\S+|[@#/]\w+")


def identify(text: str) -> str:
    """Return the language of ``text`` (``zh-Hans``, ``en``, ``ru`` …), ``und`` without letters."""
    return _identify(text[:_SAMPLE])


@lru_cache(maxsize=64)
def _identify(text: str) -> str:
    """The same, remembered: several parts of the program look at one question."""
    text = _MENTION.sub(" ", unicodedata.normalize("NFKC", text))
    script = _dominant_script(text)
    if script == "CJK":
        return "ja" if _is_japanese(text) else chinese_variant(text)
    if script in {"CYRILLIC", "LATIN"}:
        ranked = _rank(text, CYRILLIC if script == "CYRILLIC" else LATIN)
        return max(ranked, key=lambda language: (ranked[language], language == "en"))
    return _SCRIPTS.get(script, UNDETERMINED)


def identify_message(
    text: str, *, chosen: str = "", conversation: str = "", client: str = ""
) -> str:
    """Return the language in which a message should be answered.

    ``chosen`` is the asker's explicit choice and wins. A message of one or two words keeps the
    language of the ``conversation``, wherever its script allows that: "OK" in a Russian
    conversation is Russian; or else that of the ``client`` program, unless it surely is another's
    ("Bonjour"). Names say nothing, and a few English words beside words in the conversation's
    script do not change it.
    """
    if chosen:
        return chosen
    text = text[:_SAMPLE]
    detected = identify(text)
    words = [word for word in _WORD.findall(_MENTION.sub(" ", text)) if not _NAME.fullmatch(word)]
    brief = len(words) <= _BRIEF
    if conversation and (
        _may_keep(detected, conversation, text=text, brief=brief)
        or _stands_beside(text, words, conversation)
    ):
        return conversation
    told = bool(client and words) and _is_clear(text, detected, over=client)
    if client and _may_keep(
        detected, client, text=text, brief=brief and _is_latin(client) and not told
    ):
        return client
    if detected == UNDETERMINED:
        return conversation or client or "en"
    if brief and text.isascii() and not _is_clear(text, detected, over="en"):
        return "en"
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
    if base(detected) == "zh" and base(known) == "ja":
        return _is_written_in(text, _JAPANESE)
    # One or two Latin words ("OK", "ReelShort?") are written in every language.
    related = base(detected) in CYRILLIC and base(known) in CYRILLIC
    return brief and (_is_latin(detected) or related)


def _stands_beside(text: str, words: Sequence[str], known: str) -> bool:
    """Whether a few Latin words stand beside some in the script of the known language."""
    scripts = _count_scripts(text)
    own = sum(scripts[name] for name in _SCRIPTS_OF.get(base(known), ()))
    latin = [word for word in words if word.isascii()]
    both = min(own, scripts["LATIN"]) and own + scripts["LATIN"] == scripts.total()
    return bool(both) and len(latin) <= _ASIDE


def _is_japanese(text: str) -> bool:
    """Whether only Japanese writes some of the Chinese characters as they are here (労働)."""
    if _CHINESE.search(text):
        return False
    own = [one for one in text if _is_written_in(one, _JAPANESE)]
    return len(own) == _count_scripts(text)["CJK"] and any(
        not _is_written_in(one, "gb2312") and not _is_written_in(one, "big5") for one in own
    )


def _is_written_in(text: str, charset: str) -> bool:
    """Whether a national character set has the Chinese characters of a text."""
    han = "".join(one for one in text if unicodedata.name(one, "").startswith("CJK"))
    try:
        han.encode(charset)
    except UnicodeEncodeError:
        return False
    return bool(han)


def _is_clear(text: str, detected: str, *, over: str) -> bool:
    """Whether a word or two are surely in a language, and not in another one."""
    ranked = _rank(text, LATIN)
    return ranked.get(detected, 0.0) - ranked.get(base(over), 0.0) > _CLEAR


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


def _rank(text: str, among: tuple[str, ...]) -> dict[str, float]:
    """How much letters and words speak for each language, in nats."""
    told = dict(_load_detector(among).rank(text))
    most = max(told.values())  # an enormous negative number where no letters say anything
    words = weigh_words(text, among) if among == LATIN else {}
    ranked = {
        language: float(told[language] - most)
        + _WORDS_SAY * words.get(language, 0.0)
        - _RARE.get(language, 0.0)
        for language in among
    }
    if _UKRAINIAN.search(text) and not _RUSSIAN.search(text) and "uk" in ranked:
        ranked["uk"] += 2 * _RARE["uk"]
    return ranked


@cache
def _load_detector(among: tuple[str, ...]) -> Any:  # noqa: ANN401 - the library has no types
    """A detector of its own for each set: changing the set costs more than detecting."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)
    detector.set_languages(list(among))
    return detector
