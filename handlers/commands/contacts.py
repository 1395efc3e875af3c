"""The centres' contact data: settings, put into the answer that waits for them.

The starter knowledge knows that people ask for it and that it must not be invented; without
settings that entry leads to a person.
"""

import csv
import io
from collections.abc import Callable

from bot.settings import Settings
from handlers.wording import Wording
from knowledge.errors import N_
from knowledge.passage import Trust

CONTACTS_DOCUMENT = "faq/gaps.csv"
"""Where the entry stands that waits for them."""
_ENTRY = "DESK-07"
GAME_CENTRE = N_("Guangdong (Shenzhen) Game Overseas Service Centre: {contact}")
DRAMA_PLATFORM = N_("Shenzhen Micro-drama Overseas Service Platform: {contact}")
OTHERWISE = N_("For anything else about the platforms, send “human” and a colleague answers.")


def contacts_reviser(settings: Settings, wording: Wording) -> Callable[[str, bytes], bytes]:
    """What the settings change in the starter knowledge before it is read."""

    def revise(name: str, data: bytes) -> bytes:
        if name != CONTACTS_DOCUMENT or not _given(settings):
            return data
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
        for row in rows:
            if row["id"] == _ENTRY:
                row.update(_answers(settings, wording, row))
        target = io.StringIO(newline="")
        writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return target.getvalue().encode("utf-8")

    return revise


def _given(settings: Settings) -> list[tuple[str, str]]:
    contacts = (
        (GAME_CENTRE, settings.game_centre_contact),
        (DRAMA_PLATFORM, settings.drama_platform_contact),
    )
    return [(label, contact) for label, contact in contacts if contact.strip()]


def _answers(settings: Settings, wording: Wording, row: dict[str, str]) -> dict[str, str]:
    columns = [column for column in row if column.startswith("answer:")]
    written = {column: _answer(settings, wording, column.partition(":")[2]) for column in columns}
    return {**written, "confidence": Trust.HIGH.value}


def _answer(settings: Settings, wording: Wording, language: str) -> str:
    lines = [
        wording.phrase(label, language=language, contact=contact.strip())
        for label, contact in _given(settings)
    ]
    return "\n".join([*lines, wording.phrase(OTHERWISE, language=language)])
