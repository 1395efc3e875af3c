"""Sending files and albums, putting other files into messages, and fetching files."""

from tests.telegram_server import errors
from tests.telegram_server.methods.composition import (
    CAPTION_LIMIT,
    deliver,
    find_place,
    read_caption,
    read_formatted,
    read_markup,
)
from tests.telegram_server.methods.registry import Call, Handler, method
from tests.telegram_server.shapes import JsonObject, utf16_length
from tests.telegram_server.state import Content, Media, MediaKind, StoredFile

_SENDERS: dict[str, MediaKind] = {
    "sendPhoto": "photo",
    "sendDocument": "document",
    "sendVoice": "voice",
    "sendAudio": "audio",
    "sendVideo": "video",
    "sendVideoNote": "video_note",
    "sendAnimation": "animation",
    "sendSticker": "sticker",
}
_ALBUM_SIZES = range(2, 11)
_DOWNLOAD_LIMIT = 20 << 20
_UPLOAD_LIMIT = 50 << 20
_PHOTO_LIMIT = 10 << 20


def _find_file(call: Call, kind: MediaKind, reference: str) -> StoredFile:
    if reference.startswith("attach://"):
        upload = call.files.get(reference.removeprefix("attach://"))
        if upload is None:
            raise errors.bad_request(errors.FILE_INVALID)
        _check_size(kind, len(upload.content))
        return call.server.files.add(kind, upload.content, upload.name)
    if reference.startswith(("http://", "https://")):
        text = f"{call.method}: sending files by address is not supported by this server"
        raise errors.violation(text, code=501)
    return call.server.files.find(call.bot, reference)


def _check_size(kind: MediaKind, size: int) -> None:
    if size > _UPLOAD_LIMIT:
        raise errors.too_large()
    if kind == "photo" and size > _PHOTO_LIMIT:
        limit = f"the maximum size is {_PHOTO_LIMIT} bytes"
        problem = f"file of size {size} bytes is too big for a photo; {limit}"
        raise errors.bad_request(problem)


def _make_sender(kind: MediaKind) -> Handler:
    def send_media(call: Call) -> JsonObject:
        """Send one file."""
        place = find_place(call)
        formatted = read_caption(call)
        media = Media(kind, _find_file(call, kind, str(call.get(kind))))
        markup = read_markup(call)
        content = Content(formatted.text, formatted.entities, media=media, markup=markup)
        content.extra = _read_looks(call)
        return deliver(call, place, content)

    return send_media


def _read_looks(call: Call) -> JsonObject:
    looks = {
        "has_media_spoiler": call.get("has_spoiler"),
        "show_caption_above_media": call.get("show_caption_above_media"),
    }
    return {name: True for name, is_set in looks.items() if is_set}


for _name, _kind in _SENDERS.items():
    method(_name)(_make_sender(_kind))


def read_input_media(call: Call, item: JsonObject) -> Content:
    """Read an InputMedia, which carries its own caption and parse mode."""
    single = Call(call.server, call.bot, call.method, item, call.files)
    formatted = read_formatted(single, "caption", "caption_entities")
    if utf16_length(formatted.text) > CAPTION_LIMIT:
        raise errors.bad_request(errors.CAPTION_TOO_LONG)
    kind: MediaKind = item["type"]
    media = Media(kind, _find_file(call, kind, str(item["media"])))
    content = Content(formatted.text, formatted.entities, media=media)
    content.extra = _read_looks(single)
    return content


@method("sendMediaGroup")
def send_media_group(call: Call) -> list[JsonObject]:
    """Send an album."""
    place = find_place(call)
    items: list[JsonObject] = call.get("media")
    if len(items) not in _ALBUM_SIZES:
        text = "wrong number of media in the album"
        raise errors.bad_request(text)
    kinds = {item["type"] for item in items}
    if len(kinds) > 1 and kinds & {"document", "audio"}:
        text = "can't mix documents or audio with other media in an album"
        raise errors.bad_request(text)
    contents = [read_input_media(call, item) for item in items]
    album = call.server.next_album_id()
    return [deliver(call, place, content, album=album) for content in contents]


@method("getFile")
def get_file(call: Call) -> JsonObject:
    """Tell where a file can be fetched."""
    file_id = str(call.get("file_id"))
    try:
        stored = call.server.files.find(call.bot, file_id)
    except errors.ApiError:
        raise errors.bad_request(errors.FILE_ID_INVALID) from None
    if stored.size > _DOWNLOAD_LIMIT:
        raise errors.bad_request(errors.FILE_TOO_BIG)
    return {
        "file_id": file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }
