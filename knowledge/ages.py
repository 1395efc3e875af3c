"""How old somebody is, as a question says it: who is under 18 is a minor, whatever they are called.

A number of years beside somebody is an age where the language has a word for it ("17-year-old",
17歳, 17-летний), elsewhere only behind a person: "an actor of 17" and no permit of 5 years.
"""

import re
from typing import Final

from knowledge.normalisation import fold

_OF_AGE: Final = 18
_YEARS: Final = r"(?<![\d.,])(?P<{name}>\d{{1,2}})"
_AGE: Final = re.compile(
    _YEARS.format(name="told") + r"(?:\s*(?:岁|歲|周岁|歳|才(?!能)|세(?!기)|살)"
    r"|[\s-]*(?:years?|yrs?)[\s-]+old"
    r"(?! (?:company|firm|studio|app|game|drama|pass|cert|dipl|rule|law))"
    r"|[\s-]*y/?o\b|-?\s?летн\w+|[\s-]*jährig\w*|\s*jahre alt"
    r"|\s*ans? d'âge|\s*años de edad|\s*anos de idade|\s*tuổi|\s*yaşında\w*)"
    r"|(?:act(?:or|riz|rice|eur)\w*|ator|atriz|акт[её]р\w*|актрис\w*|девочк\w*|мальчик\w*"
    r"|реб[её]нк\w*|сын\w*|доч\w+|niñ[oa]s?|hij[oa]|menin[oa]s?|criança|filh[oa]|enfant|fille|garçon"
    r"|âgée? de|aktor|aktris|anak|berusia|umur|usia|อายุ|عمر\w*)"
    r"\s+(?:de |d'|с |berumur |berusia |umur |usia )?"
    + _YEARS.format(name="behind")
    + r"\s*(?:ans|años|anos|лет|года?|tahun|ปี|سن\w+|عام)"
)


def names_minor(question: str) -> bool:
    """Whether a question speaks of somebody under 18 by their age."""
    ages = (match["told"] or match["behind"] for match in _AGE.finditer(fold(question).lower()))
    return any(int(age) < _OF_AGE for age in ages)
