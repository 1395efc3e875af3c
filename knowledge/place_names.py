"""What the places of a rule are called in a reader's language, where we know it.

Chinese cities, provinces and districts are in no list of CLDR; their names are those of names.json,
by which questions are understood too, and else the source's own.
"""

import re
from functools import lru_cache

from knowledge.language import base
from knowledge.subjects import name_subjects, names_of

_HAN = re.compile(r"[\u3400-\u9fff]")
_SCRIPTS = {
    "ko": re.compile(r"[\uac00-\ud7a3 ]+"),
    "th": re.compile(r"[\u0e00-\u0e7f]+"),
    "ar": re.compile(r"[\u0600-\u06ff ]+"),
}
_LATIN = re.compile(r"[a-z' -]+")
_KINDS = ("district:", "place:", "home:shenzhen")


@lru_cache(maxsize=512)
def name_place(place: str, language: str) -> str:
    """A place of China as a reader of ``language`` (BCP 47) knows it: 深圳市南山区, Nanshan."""
    spoken = base(language)
    east = spoken in {"zh", "ja"}
    if bool(_HAN.search(place)) == east:
        return place
    tags = sorted(name_subjects(place, "zh").tags)
    found = [
        name
        for kind in _KINDS
        for tag in tags
        if tag.startswith(kind)
        if (name := _choose(names_of(tag), spoken, east=east))
    ]
    return ", ".join(found) or place


def _choose(names: tuple[str, ...], spoken: str, *, east: bool) -> str:
    """The first name in the reader's script; a stem, which ends with a star, is none."""
    whole = [name for name in names if not name.endswith("*")]
    if east:
        return next((name for name in whole if _HAN.search(name)), "")
    script = _SCRIPTS.get(spoken)
    own = next((name for name in whole if script.fullmatch(name)), "") if script else ""
    return own or _capitalise(next((name for name in whole if _LATIN.fullmatch(name)), ""))


def _capitalise(name: str) -> str:
    return re.sub(r"(?<![\w'])\w", lambda found: found.group().upper(), name)
