"""Formatting of a text that was translated: what can be put where it belongs, and what cannot.

A stretch that was locked stands in the translation as one piece, so what lay over it is laid over
that piece again. What lay over whole lines lies over the same lines, where there are as many. All
other formatting is dropped, because nobody knows where its words have gone; links are kept below
the text. Offsets and lengths of entities count UTF-16 units.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handlers.chat.relay.entities import Entities
from handlers.chat.rich_text import utf16_length
from knowledge.translation.locks import Locked

# What Telegram finds by itself in any text.
_FOUND_ANYWAY: Final = frozenset(
    {"url", "email", "phone_number", "mention", "hashtag", "cashtag", "bot_command"}
)
_FIXED: Final = frozenset({*_FOUND_ANYWAY, "code", "pre", "custom_emoji"})
_LINK: Final = "text_link"

Span = tuple[int, int]
"""From where to before where, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The entities of a translation; ``links`` are those that have no place in it any more."""

    entities: tuple[Mapping[str, object], ...] = ()
    dropped: bool = False
    links: tuple[str, ...] = ()


def fixed_parts(text: str, entities: Entities) -> tuple[str, ...]:
    """Return what stays letter by letter whatever it says: code, tags, commands, addresses."""
    spans = sorted(_span(text, one) for one in entities if one.get("type") in _FIXED)
    return tuple(text[start:end] for start, end in spans)


def carry(locked: Locked, text: str, entities: Entities, translated: str) -> Carried:
    """Lay the entities of a text over its translation; ``locked`` is what was kept of it."""
    kept: list[Mapping[str, object]] = []
    links: list[str] = []
    dropped = False
    for entity in entities:
        if entity.get("type") in _FOUND_ANYWAY:
            continue
        place = _place(locked, text, _span(text, entity), translated)
        if place is not None:
            kept.append({**entity, **_units(translated, place)})
            continue
        dropped = True
        if entity.get("type") == _LINK:
            links.append(str(entity.get("url", "")))
    return Carried(entities=tuple(kept), dropped=dropped, links=tuple(dict.fromkeys(links)))


def _place(locked: Locked, text: str, span: Span, translated: str) -> Span | None:
    """Where a stretch of the text stands in its translation; None where nobody can tell."""
    start, end = _trimmed(text, span)
    if not text[start:end]:
        return None
    if (start, end) == _trimmed(text, (0, len(text))):
        return _trimmed(translated, (0, len(translated)))
    return _of_locked(locked, (start, end), translated) or _of_lines(text, (start, end), translated)


def _of_locked(locked: Locked, span: Span, translated: str) -> Span | None:
    if span not in locked.places:
        return None
    number = locked.places.index(span)
    shown = locked.shown[number]
    # What is shown alike came back in its order, so it is the same one of them here and there.
    before = sum(one == shown for one in locked.shown[:number])
    if translated.count(shown) != locked.shown.count(shown):
        return None
    at = translated.find(shown)
    for _ in range(before):
        at = translated.find(shown, at + len(shown))
    return (at, at + len(shown)) if at >= 0 else None


def _of_lines(text: str, span: Span, translated: str) -> Span | None:
    ours, theirs = list(_lines(text)), list(_lines(translated))
    starts, ends = [line[0] for line in ours], [line[1] for line in ours]
    if len(ours) != len(theirs) or span[0] not in starts or span[1] not in ends:
        return None
    return theirs[starts.index(span[0])][0], theirs[ends.index(span[1])][1]


def _lines(text: str) -> Iterator[Span]:
    """Yield where lines with anything in them stand, without the space around it."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield _trimmed(text, (at, at + len(line)))
        at += len(line) + 1


def _trimmed(text: str, span: Span) -> Span:
    part = text[span[0] : span[1]]
    start = span[0] + len(part) - len(part.lstrip())
    return start, max(start, start + len(part.strip()))


def _span(text: str, entity: Mapping[str, object]) -> Span:
    """Return where an entity lies, in characters; nowhere for one that cannot be read."""
    offset, length = entity.get("offset"), entity.get("length")
    if not (isinstance(offset, int) and isinstance(length, int)):
        return 0, 0
    return _character(text, offset), _character(text, offset + length)


def _character(text: str, units: int) -> int:
    return len(text.encode("utf-16-le")[: 2 * max(0, units)].decode("utf-16-le", "ignore"))


def _units(text: str, span: Span) -> dict[str, object]:
    start, end = span
    return {"offset": utf16_length(text[:start]), "length": utf16_length(text[start:end])}


def joined(pieces: Sequence[tuple[str, Entities]]) -> tuple[str, list[Mapping[str, object]]]:
    """Put texts one below the other, with their entities; those that are empty are left out."""
    text, entities = "", list[Mapping[str, object]]()
    for piece, own in pieces:
        if not piece:
            continue
        text = f"{text}\n" if text else text
        moved = utf16_length(text)
        for one in own:
            offset = one.get("offset")
            entities.append({**one, "offset": (offset if isinstance(offset, int) else 0) + moved})
        text += piece
    return text, entities
