"""Formatted text: HTML in, entities out; entities in, HTML out."""

import html
import re
from dataclasses import dataclass, field

from tests.telegram_server.errors import unparsable_entities
from tests.telegram_server.shapes import JsonObject, slice_utf16, utf16_length
from tests.telegram_server.tag_scanner import EndTag, StartTag, TextPiece, scan

_SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
}
_USER_LINK = re.compile(r"tg://user\?id=(\d+)")
_WEB_LINK = re.compile(
    r"(?:https?://|tg:)?[^\s./?#]+(?:\.[^\s./?#]+)+.*|tg://.+|mailto:.+", re.DOTALL
)
_DETECTED = (
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w+)?")),
    ("url", re.compile(r"(?:https?://)[^\s<>\"]+[^\s<>\".,;:!?)]")),
    ("email", re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    ("mention", re.compile(r"(?<![\w@.])@[A-Za-z]\w{3,31}\b")),
)
_RENDERED = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


@dataclass
class FormattedText:
    """A text and what is bold, linked or quoted in it."""

    text: str
    entities: list[JsonObject] = field(default_factory=list)


@dataclass
class _OpenTag:
    tag: StartTag
    text_start: int


class _Builder:
    def __init__(self) -> None:
        self.text = ""
        self.entities: list[JsonObject] = []
        self.stack: list[_OpenTag] = []

    def open(self, tag: StartTag) -> None:
        if tag.name == "span" and tag.attributes.get("class") != "tg-spoiler":
            problem = 'Tag "span" must have class "tg-spoiler"'
            raise unparsable_entities(problem, tag.offset)
        self.stack.append(_OpenTag(tag, len(self.text)))

    def close(self, tag: EndTag) -> None:
        if not self.stack:
            problem = "Unexpected end tag"
            raise unparsable_entities(problem, tag.offset)
        opened = self.stack.pop()
        expected = opened.tag.name
        if tag.name not in {"", expected}:
            text = (
                f"Unmatched end tag at byte offset {tag.offset}, "
                f'expected "</{expected}>", found "</{tag.name}>"'
            )
            raise unparsable_entities(text)
        inner = self.text[opened.text_start :]
        entity = _make_entity(opened.tag, inner) if inner else None
        if entity is not None:
            entity["offset"] = utf16_length(self.text[: opened.text_start])
            entity["length"] = utf16_length(inner)
            self.entities.append(entity)

    def finish(self) -> FormattedText:
        if self.stack:
            name = self.stack[-1].tag.name
            text = f'Can\'t find end tag corresponding to start tag "{name}"'
            raise unparsable_entities(text)
        return FormattedText(self.text, _join_code_in_pre(self.entities))


def _make_entity(tag: StartTag, inner: str) -> JsonObject | None:
    if tag.name == "a":
        return make_link(tag.attributes.get("href") or inner)
    if tag.name == "span":
        return {"type": "spoiler"}
    if tag.name == "blockquote":
        expandable = "expandable" in tag.attributes
        return {"type": "expandable_blockquote" if expandable else "blockquote"}
    if tag.name == "code" and tag.attributes.get("class", "").startswith("language-"):
        return {"type": "code", "language": tag.attributes["class"].removeprefix("language-")}
    if tag.name in _SIMPLE_TAGS:
        return {"type": _SIMPLE_TAGS[tag.name]}
    # Custom emoji need a paid name and <tg-time> is newer than the clients we test:
    # Telegram then keeps the inner text only.
    return None


def make_link(address: str) -> JsonObject | None:
    """Make a link of an address; of one that leads nowhere, nothing."""
    user = _USER_LINK.fullmatch(address)
    if user is not None:
        person = {"id": int(user[1]), "is_bot": False, "first_name": "User"}
        return {"type": "text_mention", "user": person}
    if not _WEB_LINK.fullmatch(address):
        return None
    return {"type": "text_link", "url": address}


def _join_code_in_pre(entities: list[JsonObject]) -> list[JsonObject]:
    blocks = {(e["offset"], e["length"]): e for e in entities if e["type"] == "pre"}
    kept: list[JsonObject] = []
    for entity in entities:
        block = blocks.get((entity["offset"], entity["length"]))
        language = entity.pop("language", None) if entity["type"] == "code" else None
        if entity["type"] == "code" and block is not None:
            if language is not None:
                block["language"] = language
            continue
        kept.append(entity)
    return kept


def parse_html(source: str) -> FormattedText:
    """Read text with `parse_mode=HTML`; broken markup is answered as Telegram does."""
    builder = _Builder()
    for piece in scan(source):
        if isinstance(piece, TextPiece):
            builder.text += piece.text
        elif isinstance(piece, StartTag):
            builder.open(piece)
        else:
            builder.close(piece)
    return builder.finish()


def tidy(formatted: FormattedText) -> FormattedText:
    """Strip white space at both ends and put the entities in Telegram's order."""
    text = formatted.text.rstrip()
    cut = len(text) - len(text.lstrip())
    text = text[cut:]
    end = utf16_length(text)
    kept: list[JsonObject] = []
    for entity in formatted.entities:
        start = max(0, entity["offset"] - cut)
        stop = min(end, entity["offset"] + entity["length"] - cut)
        if stop > start:
            kept.append(entity | {"offset": start, "length": stop - start})
    kept.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return FormattedText(text, kept)


def detect_entities(formatted: FormattedText) -> FormattedText:
    """Add the commands, addresses and mentions that Telegram finds by itself."""
    found = list(formatted.entities)
    for kind, pattern in _DETECTED:
        for match in pattern.finditer(formatted.text):
            offset = utf16_length(formatted.text[: match.start()])
            entity: JsonObject = {"type": kind, "offset": offset, "length": utf16_length(match[0])}
            if not any(_overlap(entity, other) for other in found):
                found.append(entity)
    found.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return FormattedText(formatted.text, found)


def _overlap(one: JsonObject, other: JsonObject) -> bool:
    starts_before = bool(one["offset"] < other["offset"] + other["length"])
    return starts_before and bool(other["offset"] < one["offset"] + one["length"])


def _tags_for(entity: JsonObject) -> tuple[str, str] | None:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{html.escape(entity["url"])}">', "</a>"
    if kind == "text_mention":
        return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    name = _RENDERED.get(kind)
    return None if name is None else (f"<{name}>", f"</{name}>")


def render_html(formatted: FormattedText) -> str:
    """Write formatted text as HTML, the way a client would show it."""
    edges: dict[int, tuple[list[str], list[str]]] = {}
    for entity in formatted.entities:
        tags = _tags_for(entity)
        if tags is None:
            continue
        stop = entity["offset"] + entity["length"]
        edges.setdefault(entity["offset"], ([], []))[1].append(tags[0])
        edges.setdefault(stop, ([], []))[0].insert(0, tags[1])
    result = ""
    position = 0
    for edge in sorted(edges):
        piece = slice_utf16(formatted.text, position, edge - position)
        result += html.escape(piece, quote=False) + "".join(edges[edge][0] + edges[edge][1])
        position = edge
    rest = slice_utf16(formatted.text, position, utf16_length(formatted.text))
    return result + html.escape(rest, quote=False)
