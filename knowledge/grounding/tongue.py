"""Whether a sentence is in the language that it must be in."""

import re

from knowledge.grounding.vocabulary import function_words
from knowledge.grounding.wording import compare_form
from knowledge.language import LATIN, base, chinese_variant, identify

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "zh": r"[\u4e00-\u9fff]",
    "ja": r"[\u3040-\u30ff\u4e00-\u9fff]",
    "ko": r"[\uac00-\ud7af]",
    "th": r"[\u0e00-\u0e7f]",
    "ar": r"[\u0600-\u06ff]",
    "ru": r"[\u0400-\u04ff]",
}
_LATIN = r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"
_OWN = 0.5
_TWO = 2


def is_in_language(text: str, language: str) -> bool:
    """Whether ``text`` is written in ``language`` (BCP 47), script and variant included."""
    spoken = base(language)
    if not _is_in_script(text, spoken):
        return False
    if spoken == "zh":
        return _is_in_variant(text, language)
    if base(identify(_plain(text))) == spoken:
        return True
    return spoken in LATIN and _has_most_words_of(text, spoken)


def _is_in_variant(text: str, language: str) -> bool:
    """Simplified and traditional characters are not mixed up; many texts are both."""
    import hanzidentifier

    found = hanzidentifier.identify(
        re.sub(r"[《〔(（「“][^》〕)）」”]*[》〕)）」”]|[\u4e00-\u9fff]+〔", "", text)
    )
    if found in (hanzidentifier.BOTH, hanzidentifier.UNKNOWN):
        return True
    if found == hanzidentifier.MIXED:
        return chinese_variant(text) == language
    wanted = hanzidentifier.TRADITIONAL if language.endswith("Hant") else hanzidentifier.SIMPLIFIED
    return bool(found == wanted)


def _is_in_script(text: str, spoken: str) -> bool:
    """Most of its letters outside brackets are of the language's script; names may be Latin."""
    bare = _plain(text)
    own = len(re.findall(_SCRIPTS.get(spoken, _LATIN), bare))
    letters = sum(character.isalpha() for character in bare)
    if spoken == "ja" and not re.search(r"[\u3040-\u30ff]", bare):
        return False
    latin = len(re.findall(rf"\b[A-Z]{_LATIN}*", bare)) if spoken in _SCRIPTS else 0
    names = sum(len(word) for word in re.findall(r"[A-Z][A-Za-z.]*", bare)) if latin else 0
    return own > 0 and own >= _OWN * max(1, letters - names)


def _plain(text: str) -> str:
    """Without what stands in brackets and quotation marks: names and glosses."""
    return re.sub(r"[(（《「『«“\[][^)）》」』»”\]]*[)）》」』»”\]]", " ", text)


def _has_most_words_of(text: str, spoken: str) -> bool:
    """Whether more of its short words are of this language than of any other one."""
    words = _WORD.findall(compare_form(text, spoken).lower)
    counts = {
        other: sum(word in function_words(other) for word in words)
        for other in LATIN
        if function_words(other)
    }
    mine = counts.pop(spoken, 0)
    return mine >= _TWO and mine > max(counts.values(), default=0)
