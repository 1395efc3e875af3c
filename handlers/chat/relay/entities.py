"""Texts with Telegram's entities, cut to the length of a message.

Offsets and lengths of entities count UTF-16 units, as the limit of a message does.
"""

from collections.abc import Iterator, Mapping, Sequence

from handlers.chat.rich_text import MESSAGE_LIMIT, plain, split, utf16_length

Entities = Sequence[Mapping[str, object]]


def split_entities(
    text: str, entities: Entities, *, limit: int = MESSAGE_LIMIT
) -> list[tuple[str, list[dict[str, object]]]]:
    """Cut a text into parts that fit a message, and each entity into its share of every part."""
    if utf16_length(text) <= limit:
        return [(text, [dict(entity) for entity in entities])]
    parts: list[tuple[str, list[dict[str, object]]]] = []
    found = 0
    for part in split(plain(text), limit=limit):
        found = text.index(part.text, found)
        start = utf16_length(text[:found])
        end = start + utf16_length(part.text)
        parts.append((part.text, list(shares(entities, start, end))))
        found += len(part.text)
    return parts


def shares(entities: Entities, start: int, end: int) -> Iterator[dict[str, object]]:
    """Yield what of the entities lies in a stretch of UTF-16 units, counted from its start."""
    for entity in entities:
        offset, length = entity["offset"], entity["length"]
        if isinstance(offset, int) and isinstance(length, int):
            first, last = max(offset, start), min(offset + length, end)
            if first < last:
                yield {**entity, "offset": first - start, "length": last - first}
