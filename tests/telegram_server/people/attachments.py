"""What people send besides text."""

import base64
from dataclasses import dataclass, field

from tests.telegram_server.files import FileStore
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import WITHOUT_CAPTION, Content, Media, MediaKind

_ATTRIBUTES: dict[MediaKind, JsonObject] = {
    "sticker": {"emoji": "👍", "set_name": "Thumbs"},
    "audio": {"title": "Song", "performer": "Singer"},
}


@dataclass(frozen=True)
class Attachment:
    """A file with its caption; the kind is one of the Bot API's media kinds."""

    kind: MediaKind
    caption: str = ""
    content: bytes = b"content"
    file_name: str | None = None
    claimed_size: int | None = None
    attributes: JsonObject = field(default_factory=dict)
    has_spoiler: bool = False

    @classmethod
    def from_json(cls, body: JsonObject) -> "Attachment":
        """Read an attachment from the control API; bytes come as `content_base64`."""
        values = dict(body)
        encoded = values.pop("content_base64", None)
        if encoded is not None:
            values["content"] = base64.b64decode(encoded)
        return cls(**values)

    def store(self, files: FileStore) -> Content:
        """Upload the file."""
        stored = files.add(self.kind, self.content, self.file_name)
        stored.claimed_size = self.claimed_size
        attributes = _ATTRIBUTES.get(self.kind, {}) | self.attributes
        content = Content(self.caption, media=Media(self.kind, stored, attributes))
        if self.kind in WITHOUT_CAPTION:
            content.text = ""
        if self.has_spoiler:
            content.extra["has_media_spoiler"] = True
        return content
