"""MarkdownV2 and the older Markdown, with Telegram's errors.

The rules and the words of the errors are those of the server that Telegram publishes (TDLib's
MessageEntity.cpp, by behaviour). Offsets in errors count bytes of UTF-8.
"""

from dataclasses import dataclass

from tests.telegram_server.entities import FormattedText, make_link
from tests.telegram_server.errors import unparsable_entities
from tests.telegram_server.shapes import JsonObject, utf16_length

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!\n")
_LAST_ESCAPABLE = 126
_CODE = frozenset({"Code", "Pre", "PreCode"})
# What ends an entity; of one with two characters the first alone does not.
_CLOSING = {
    "Bold": "*",
    "Italic": "_",
    "Underline": "__",
    "Strikethrough": "~",
    "Spoiler": "||",
    "Code": "`",
    "Pre": "```",
    "PreCode": "```",
    "TextUrl": "]",
    "CustomEmoji": "]",
}
_TYPES = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
}
_OPENING = {"*": "Bold", "~": "Strikethrough", "[": "TextUrl"}


@dataclass
class _Open:
    kind: str
    at: int
    start: int
    argument: str = ""


class _Scanner:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text = ""
        self._entities: list[JsonObject] = []
        self._stack: list[_Open] = []
        self._quote: int | None = None
        self._at_line_start = True

    def parse(self) -> FormattedText:
        while self._at < len(self._source):
            self._step()
        self._check_nothing_open()
        self._end_quote(is_expandable=False)
        return FormattedText(self._text, self._entities)

    def _check_nothing_open(self) -> None:
        if self._stack:
            opened = self._stack[-1]
            problem = f"Can't find end of {opened.kind} entity"
            raise unparsable_entities(problem, _count_bytes(self._source, opened.at))

    def _next_is(self, text: str) -> bool:
        return self._source.startswith(text, self._at)

    def _add(self, text: str) -> None:
        self._text += text
        self._at_line_start = False

    def _step(self) -> None:
        char = self._source[self._at]
        following = self._source[self._at + 1 : self._at + 2]
        inside_code = bool(self._stack) and self._stack[-1].kind in _CODE
        if char == "\\" and following and 0 < ord(following) <= _LAST_ESCAPABLE:
            self._at += 2
            self._add(following)
        elif char not in ({"`"} if inside_code else _RESERVED):
            self._at += 1
            self._add(char)
        elif self._stack and self._closes(self._stack[-1].kind):
            self._close(self._stack.pop())
        elif char == "\n":
            self._break_line()
        elif self._quote is not None and self._ends_quote():
            self._at += 2
            self._check_nothing_open()
            self._end_quote(is_expandable=True)
        else:
            self._open(char)

    def _closes(self, kind: str) -> bool:
        if kind == "Italic":
            # Two underscores are an underline's, even inside of italics.
            return self._next_is("_") and not self._next_is("__")
        return self._next_is(_CLOSING[kind])

    def _ends_quote(self) -> bool:
        is_last = self._at + 2 == len(self._source) or self._source[self._at + 2] == "\n"
        return self._next_is("||") and is_last

    def _break_line(self) -> None:
        self._at += 1
        if self._quote is not None and not self._next_is(">"):
            self._check_nothing_open()
            self._end_quote(is_expandable=False)
        elif self._quote is not None:
            self._at += 1
        self._text += "\n"
        self._at_line_start = True

    def _end_quote(self, *, is_expandable: bool) -> None:
        if self._quote is not None and self._text[self._quote :]:
            kind = "expandable_blockquote" if is_expandable else "blockquote"
            self._add_entity({"type": kind}, self._quote)
        self._quote = None

    def _open(self, char: str) -> None:
        began = self._at
        if char == ">" and self._at_line_start and self._quote is None:
            self._at += 1
            self._quote = len(self._text)
            return
        kind = self._read_opening(char)
        opened = _Open(kind, began, len(self._text))
        if kind == "Pre":
            opened.argument = self._read_language()
            opened.kind = "PreCode" if opened.argument else "Pre"
        self._stack.append(opened)

    def _read_opening(self, char: str) -> str:
        for mark, kind in (("__", "Underline"), ("||", "Spoiler"), ("![", "CustomEmoji")):
            if self._next_is(mark):
                self._at += 2
                return kind
        if self._next_is("```"):
            self._at += 3
            return "Pre"
        kind = {"_": "Italic", "`": "Code", **_OPENING}.get(char, "")
        if not kind:
            problem = f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
            raise unparsable_entities(problem)
        self._at += 1
        return kind

    def _read_language(self) -> str:
        self._at, language = _read_language(self._source, self._at)
        return language

    def _close(self, opened: _Open) -> None:
        self._at += len(_CLOSING[opened.kind])
        inner = self._text[opened.start :]
        entity: JsonObject | None
        if opened.kind in {"TextUrl", "CustomEmoji"}:
            address = self._read_address(opened.kind, inner)
            # Custom emoji need a paid name: without one the emoji inside is all that is shown.
            entity = make_link(address) if opened.kind == "TextUrl" else None
        else:
            entity = {"type": _TYPES[opened.kind]}
            if opened.argument:
                entity["language"] = opened.argument
        if entity is not None and inner:
            self._add_entity(entity, opened.start)

    def _read_address(self, kind: str, inner: str) -> str:
        if not self._next_is("("):
            if kind == "TextUrl":
                return inner
            problem = "Custom emoji entity must contain a tg://emoji URL"
            raise unparsable_entities(problem)
        self._at += 1
        began, address = self._at, ""
        while self._at < len(self._source) and not self._next_is(")"):
            if self._next_is("\\") and self._at + 1 < len(self._source):
                self._at += 1
            address += self._source[self._at]
            self._at += 1
        if self._at >= len(self._source):
            name = "a URL" if kind == "TextUrl" else "a custom emoji URL"
            problem = f"Can't find end of {name}"
            raise unparsable_entities(problem, _count_bytes(self._source, began))
        self._at += 1
        return address

    def _add_entity(self, entity: JsonObject, start: int) -> None:
        entity["offset"] = utf16_length(self._text[:start])
        entity["length"] = utf16_length(self._text[start:])
        self._entities.append(entity)


def _count_bytes(source: str, position: int) -> int:
    return len(source[:position].encode())


def _read_language(source: str, at: int) -> tuple[int, str]:
    """Read the language behind three backticks, and pass over the line's end."""
    end = at
    while end < len(source) and not source[end].isspace() and source[end] != "`":
        end += 1
    language = ""
    if end < len(source) and source[end] != "`":
        language, at = source[at:end], end
    if source[at : at + 2] in {"\r\n", "\n\r"}:
        return at + 2, language
    return (at + 1 if source[at : at + 1] in {"\r", "\n"} else at), language


def parse_markdown_v2(source: str) -> FormattedText:
    """Read text with `parse_mode=MarkdownV2`."""
    return _Scanner(source).parse()


_LEGACY_TYPES = {"_": "italic", "*": "bold", "`": "code", "[": "text_link"}


def parse_markdown(source: str) -> FormattedText:
    """Read text with the older `parse_mode=Markdown`, in which nothing is nested."""
    text, at = "", 0
    entities: list[JsonObject] = []
    while at < len(source):
        char = source[at]
        if char == "\\" and source[at + 1 : at + 2] in _LEGACY_TYPES:
            text += source[at + 1]
            at += 2
        elif char not in _LEGACY_TYPES:
            text += char
            at += 1
        else:
            at, inner, entity = _read_legacy(source, at)
            if inner and entity is not None:
                entity |= {"offset": utf16_length(text), "length": utf16_length(inner)}
                entities.append(entity)
            text += inner
    return FormattedText(text, entities)


def _read_legacy(source: str, began: int) -> tuple[int, str, JsonObject | None]:
    char = source[began]
    closing = {"[": "]", "`": "```" if source.startswith("```", began) else "`"}.get(char, char)
    start, language = began + 1, ""
    if closing == "```":
        start, language = _read_language(source, began + 3)
    end = source.find(closing, start)
    if end < 0:
        place = _count_bytes(source, began)
        problem = "Can't find end of the entity starting"
        raise unparsable_entities(problem, place)
    inner, at = source[start:end], end + len(closing)
    if char != "[":
        kind = "pre" if closing == "```" else _LEGACY_TYPES[char]
        return at, inner, {"type": kind} | ({"language": language} if language else {})
    if not source.startswith("(", at):
        return at, inner, make_link(inner)
    stop = source.find(")", at)
    stop = len(source) if stop < 0 else stop
    return stop + 1, inner, make_link(source[at + 1 : stop])
