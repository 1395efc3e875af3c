"""The files behind photos, documents and voice messages."""

import mimetypes

from tests.telegram_server import errors
from tests.telegram_server.state import BotAccount, MediaKind, StoredFile
from tests.telegram_server.wire import file_id_for

_EXTENSIONS: dict[MediaKind, str] = {
    "photo": "jpg",
    "document": "bin",
    "voice": "oga",
    "audio": "mp3",
    "video": "mp4",
    "video_note": "mp4",
    "animation": "mp4",
    "sticker": "webp",
}
_MIME_TYPES = {"oga": "audio/ogg", "webp": "image/webp", "bin": "application/octet-stream"}


class FileStore:
    """All files by their lasting id."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def add(self, kind: MediaKind, content: bytes, name: str | None = None) -> StoredFile:
        """Store bytes as they were uploaded."""
        number = len(self._files) + 1
        extension = name.rpartition(".")[2] if name and "." in name else _EXTENSIONS[kind]
        mime = _MIME_TYPES.get(extension) or mimetypes.types_map.get(f".{extension}", "")
        stored = StoredFile(
            unique_id=f"AQAD{number:08d}",
            name=name or f"file_{number}.{extension}",
            mime_type=mime or "application/octet-stream",
            content=content,
            path=f"{kind}s/file_{number}.{extension}",
        )
        self._files[stored.unique_id] = stored
        return stored

    def find(self, bot: BotAccount, file_id: str) -> StoredFile:
        """Find a file by the id this bot was given."""
        unique_id = file_id.rpartition("-")[2]
        stored = self._files.get(unique_id)
        if stored is None or file_id != file_id_for(bot, unique_id):
            raise errors.bad_request(errors.FILE_INVALID)
        return stored

    def find_by_id(self, unique_id: str) -> StoredFile | None:
        """Find a file by the id that is the same for everybody."""
        return self._files.get(unique_id)

    def find_by_path(self, path: str) -> StoredFile | None:
        """Find a file by the path that getFile told."""
        return next((f for f in self._files.values() if f.path == path), None)
