"""What stands in the documents: notices, guides and tables written for this purpose.

The prose and the small tables lie in ``texts.json``. Places, offices, amounts and periods are
invented.
"""

import json
from pathlib import Path
from typing import Any, Final

_ALL: Final[dict[str, Any]] = json.loads(
    Path(__file__).with_name("texts.json").read_text(encoding="utf-8")
)


def _read_texts(name: str) -> tuple[str, ...]:
    """A heading and its paragraphs."""
    return tuple(_ALL[name])


def _read_table(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in _ALL[name])


NOTICE: Final = _read_texts("notice")
TRADITIONAL: Final = _read_texts("traditional")
GUIDE: Final = _read_texts("guide")
ENGLISH: Final = _read_texts("english")
RUSSIAN: Final = _read_texts("russian")
SPANISH: Final = _read_texts("spanish")
HEBREW: Final = _read_texts("hebrew")
HEBREW_DOUBTFUL: Final = _read_texts("hebrew_doubtful")
"""Every line of it can be read in two orders."""
ARABIC: Final = _read_texts("arabic")
ARABIC_FORMS: Final = _read_texts("arabic_forms")
ARABIC_PLAIN: Final = _read_texts("arabic_plain")
"""The same in the forms that letters take in a word, and plainly."""
FEES: Final = _read_table("fees")
PLATFORMS: Final = _read_table("platforms")
SPANISH_TABLE: Final = _read_table("spanish_table")
DIRECTORY: Final = (
    ("序号", "企业名称", "作品数量", "负责区"),
    *(
        (f"{number}", f"海风{word}影业", f"{number * 7 % 31 + 2}部", f"{place}区")
        for number, (word, place) in enumerate(
            (
                (f"{first}{second}", place)
                for first, place in zip("青云星河明远长安", "东西南北新港中湾", strict=True)
                for second in "山川林湖岛泉桥"
            ),
            start=1,
        )
    ),
)
"""A table of 56 rows, longer than a page."""
CATALOGUE: Final = (
    ("No.", "Title", "Episodes", "Territory"),
    *(
        (f"{number}", f"{colour} {thing}", f"{20 + number * 13 % 60}", place)
        for number, (colour, thing, place) in enumerate(
            (
                (colour, thing, place)
                for colour in ("Amber", "Silver", "Crimson", "Quiet", "Winter", "Second", "Hidden")
                for thing, place in (
                    ("Harbour", "Brazil"),
                    ("Letter", "Mexico"),
                    ("Orchard", "Poland"),
                    ("Promise", "Kenya"),
                    ("Lantern", "Vietnam"),
                    ("River", "Spain"),
                    ("Garden", "Canada"),
                    ("Bridge", "Egypt"),
                    ("Mirror", "Japan"),
                )
            ),
            start=1,
        )
    ),
)
"""A table of 63 rows."""
