from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.relay.entities import split_entities
from handlers.chat.rich_text import utf16_length

LETTERS = st.text(st.sampled_from(["a", "你", "😀", " ", ".", "\n"]), min_size=1, max_size=120)


def shown(text: str, entity: dict[str, object]) -> str:
    """What an entity stands over, by its UTF-16 units."""
    units = text.encode("utf-16-le")
    offset, length = entity["offset"], entity["length"]
    assert isinstance(offset, int)
    assert isinstance(length, int)
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def test_a_text_that_fits_stays_as_it_is() -> None:
    bold: dict[str, object] = {"type": "bold", "offset": 3, "length": 2}
    assert split_entities("😀 ab", [bold]) == [("😀 ab", [bold])]


def test_an_entity_over_a_cut_is_in_both_parts() -> None:
    link: dict[str, object] = {"type": "text_link", "url": "https://x", "offset": 3, "length": 12}
    parts = split_entities("😀 first second", [link], limit=10)
    assert [text for text, _ in parts] == ["😀 first", "second"]
    assert [shown(text, entities[0]) for text, entities in parts] == ["first", "second"]
    assert all(entities[0]["url"] == "https://x" for _, entities in parts)


@given(LETTERS, st.integers(0, 60), st.integers(1, 60))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, start: int, length: int) -> None:
    start = min(start, len(text) - 1)
    marked = text[start : start + length]
    entity: dict[str, object] = {
        "type": "bold",
        "offset": utf16_length(text[:start]),
        "length": utf16_length(marked),
    }
    parts = split_entities(text, [entity], limit=20)
    assert all(utf16_length(part) <= 20 for part, _ in parts)
    assert "".join("".join(part.split()) for part, _ in parts) == "".join(text.split())
    bold = "".join(shown(part, one) for part, entities in parts for one in entities)
    assert "".join(bold.split()) == "".join(marked.split())
