"""What comes in: a question to think about, and a message to take in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from bot.desk.conversation import Address, Turn
from knowledge.passage import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with all that may be used to answer it.

    ``language`` is the asker's own choice and wins; ``conversation_language`` (last spoken) and
    ``client_language`` (what their program is set to) only help with very short messages.
    """

    text: str
    audience: Audience = Audience.PUBLIC
    language: str = ""
    conversation_language: str = ""
    client_language: str = ""
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sent a message, as the door knows them."""

    identity: str
    name: str
    client_language: str = ""
    audience: Audience = Audience.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message that arrived at a door; ``reference`` is unique in its chat (a message id)."""

    address: Address
    sender: Sender
    reference: str
    text: str
    attachment: str = ""
    """What came instead of or beside text: "photo", "sticker", … ; "" for none."""
    edited: bool = False
    """Whether it is a new version of a message that came before under the same reference."""
    stamp: str = ""
    """What tells this version from others that say the same, such as when it was made."""
    continues: str = ""
    """The first message of the album of which this is a late part; "" for all others."""
    source: Mapping[str, object] = field(default_factory=dict)
    """What lets the door pass it on as it is."""

    @property
    def spoken(self) -> str:
        """What was said, with what came beside it: ``[photo] Is this the right form?``."""
        mark = f"[{self.attachment}]" if self.attachment else ""
        return f"{mark} {self.text}".strip()

    @property
    def version(self) -> str:
        """A reference that differs between the versions of an edited message."""
        if not self.edited:
            return self.reference
        said = self.spoken + (f"\n{self.stamp}" if self.stamp else "")
        digest = sha256(said.encode("utf-8", "replace")).hexdigest()[:16]
        return f"{self.reference}/edit{digest}"
