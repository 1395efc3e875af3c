"""Letters of scripts that nobody writes together: what a wrong decoding or recognition leaves.

Bilingual text is none of that. There whole words stand beside each other; here one word is put
together of several alphabets, or single foreign letters are strewn over a text.
"""

import re

_LATIN = r"A-Za-z\u00c0-\u024f"
_CYRILLIC = r"\u0400-\u04ff"
_GREEK = r"\u0370-\u03ff"
_STRANGE = (
    r"\u0400-\u06ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u10ff\u1200-\u139f\u13a0-\u18af\ua000-\ua4cf"
)
_HAN = r"\u3400-\u9fff"
_ANY = re.compile(rf"[{_GREEK}{_STRANGE}]|[A-Za-z][{_HAN}][a-z]")
_WORD = re.compile(r"[^\W\d_]{3,}")
_ALPHABETS = tuple(re.compile(rf"[{signs}]") for signs in (_LATIN, _CYRILLIC, _GREEK))
_PURE = re.compile("|".join(rf"[{signs}]+" for signs in (_LATIN, _CYRILLIC, _GREEK)))
_ENDED = re.compile(rf"[{_LATIN}]{{2,}}[{_CYRILLIC}]{{1,4}}")
"""A Latin name with a Russian ending: iPhone + а."""
_STREWN = re.compile(rf"(?<=[{_HAN}])[{_STRANGE}]{{1,2}}(?=[{_HAN}])")
_WEDGED = re.compile(rf"(?<=[A-Za-z])[{_HAN}](?=[a-z])")
_FEWEST = 2
_SHARE = 0.1


def find_mixture(text: str) -> list[tuple[int, int]]:
    """Where scripts are mixed as nobody mixes them, as (start, end); nothing if that is rare."""
    if not _ANY.search(text):
        return []
    words = list(_WORD.finditer(text))
    mixed = [word for word in words if _is_mixed(word[0])]
    found = [*_STREWN.finditer(text), *_WEDGED.finditer(text)]
    if len(mixed) >= max(_FEWEST, _SHARE * len(words)):
        found += mixed
    return sorted(one.span() for one in found) if len(found) >= _FEWEST else []


def _is_mixed(word: str) -> bool:
    if _PURE.fullmatch(word) or _ENDED.fullmatch(word):
        return False
    return sum(alphabet.search(word) is not None for alphabet in _ALPHABETS) > 1
