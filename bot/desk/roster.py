"""Who works here: members of staff as a door knows them, and what each may do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from knowledge.passage import Audience


class Right(StrEnum):
    """What a member of staff may do. Whoever may claim may also reply, note and snooze."""

    CLAIM = "claim"
    TRANSFER = "transfer"
    CLOSE = "close"
    KNOWLEDGE = "knowledge"


EVERYTHING = frozenset(Right)
EVERYBODY = frozenset(Audience)
"""Customers of every audience."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of staff. By default everyone may do everything.

    ``present``: whether they are in the staff's place at present, as it was when ``checked``;
    ``anonymous`` administrators act in the name of the group. ``seen``: when they last did
    something there. ``audiences`` are the customers whose cases they look after.
    """

    door: str
    identity: str
    name: str
    present: bool = True
    anonymous: bool = False
    checked: datetime | None = None
    seen: datetime | None = None
    rights: frozenset[Right] = EVERYTHING
    audiences: frozenset[Audience] = EVERYBODY

    @property
    def was_met(self) -> bool:
        """Whether they were ever there, and not only given rights in advance."""
        return self.checked is not None or self.seen is not None

    def may(self, right: Right, audience: Audience) -> bool:
        """Whether they may do this in a case of a customer of this audience."""
        return self.present and right in self.rights and audience in self.audiences
