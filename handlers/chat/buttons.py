"""Buttons, and what comes back when one is pressed: ``v1:<action>:<id>``.

Data of a button passes through the client of whoever presses it, so it holds no text and is
believed only where the chat it comes from gives the right to it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

Markup = dict[str, object]
"""An inline keyboard as JSON."""

_DATA: Final = re.compile(r"v1:([a-z]+):([0-9A-Za-z_/.-]{0,48})")
# Longer ones are cut off on the screen anyway; the message shows the choice in full.
_LABEL_LIMIT: Final = 60


class Action(StrEnum):
    """What a button is for."""

    HELPFUL = "up"
    UNHELPFUL = "down"
    PERSON = "person"
    CHOICE = "choice"
    LANGUAGE = "language"
    CLAIM = "claim"
    RETURN = "return"
    CLOSE = "close"
    SEND_DRAFT = "dsend"
    EDIT_DRAFT = "dedit"
    DISCARD_DRAFT = "ddrop"
    TRANSFER = "give"
    SNOOZE = "snooze"
    MODE = "mode"
    REOPEN = "reopen"
    STARS = "stars"
    GAP = "gap"
    GAP_APPROVE = "gapok"
    GAP_CHANGE = "gapedit"
    GAP_DISCARD = "gapno"
    KEPT = "kept"
    MOVED = "moved"
    SEND_HELD = "hsend"
    KEEP_HELD = "hnote"
    UNDO = "undo"
    SEND_UNTRANSLATED = "tsend"


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button; ``id`` is what the action is about."""

    action: Action
    id: str

    @classmethod
    def parse(cls, data: str) -> Self | None:
        """Read the data of a button; None when it is not one of ours."""
        found = _DATA.fullmatch(data)
        if found is None or found[1] not in set(Action):
            return None
        return cls(Action(found[1]), found[2])


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what pressing it means."""

    label: str
    action: Action
    id: str

    @property
    def markup(self) -> Mapping[str, object]:
        """The button as JSON."""
        return {"text": self.label[:_LABEL_LIMIT], "callback_data": f"v1:{self.action}:{self.id}"}


def keyboard(*rows: Sequence[Button]) -> Markup:
    """Return a keyboard; rows without buttons are left out."""
    return {"inline_keyboard": [[button.markup for button in row] for row in rows if row]}
