"""Customers and their conversations."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from knowledge.passage import Audience


class Role(StrEnum):
    """Who said something in a conversation."""

    CUSTOMER = "customer"
    BOT = "bot"
    STAFF = "staff"


class Owner(StrEnum):
    """Who owes the next reply: the bot, or a person who claimed the thread."""

    BOT = "bot"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a conversation takes place: the door, the chat, and the topic in it ("" if none)."""

    door: str
    chat: str
    topic: str = ""

    @property
    def key(self) -> str:
        """One string for it; conversations are ordered and locked by this key."""
        return f"{self.door}:{self.chat}:{self.topic}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Somebody who asks. ``language`` is their own choice by /language, "" when they made none."""

    id: int
    door: str
    identity: str
    name: str
    audience: Audience
    language: str
    client_language: str
    reachable: bool
    zone: str = ""
    """The time zone where they are by what they said, "" when they said nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A thread with a customer.

    ``epoch`` grows whenever the owner changes; a message that the bot wrote under an older epoch
    must not go out any more. ``language`` is the one last spoken.
    """

    id: int
    customer: Customer
    address: Address
    owner: Owner
    epoch: int
    language: str


WITHDRAWN = "withdrawn"
"""How a reply of staff is settled that was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message of a conversation, as its short memory keeps it."""

    role: Role
    text: str
    at: datetime | None = None
