import pytest

from tests.telegram_server.entities import (
    FormattedText,
    detect_entities,
    parse_html,
    render_html,
    tidy,
)
from tests.telegram_server.errors import ApiError


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("s", "strikethrough"),
        ("del", "strikethrough"),
        ("code", "code"),
        ("pre", "pre"),
        ("tg-spoiler", "spoiler"),
        ("blockquote", "blockquote"),
    ],
)
def test_each_tag_becomes_its_entity(tag: str, kind: str) -> None:
    parsed = parse_html(f"a <{tag}>b</{tag}>")

    assert parsed == FormattedText("a b", [{"type": kind, "offset": 2, "length": 1}])


def test_offsets_count_utf16_units() -> None:
    parsed = parse_html("🏟 <b>🏟x</b>")

    assert parsed.entities == [{"type": "bold", "offset": 3, "length": 3}]


def test_nested_tags_links_and_references() -> None:
    source = '<b>one <i>two</i></b> &lt;3 <a href="https://a.example/?x=1&amp;y=2">go</a>'

    parsed = tidy(parse_html(source))

    assert parsed.text == "one two <3 go"
    assert [(e["type"], e["offset"], e["length"]) for e in parsed.entities] == [
        ("bold", 0, 7),
        ("italic", 4, 3),
        ("text_link", 11, 2),
    ]
    assert parsed.entities[-1]["url"] == "https://a.example/?x=1&y=2"


def test_special_blocks() -> None:
    assert parse_html("<blockquote expandable>x</blockquote>").entities[0]["type"] == (
        "expandable_blockquote"
    )
    assert parse_html('<span class="tg-spoiler">x</span>').entities[0]["type"] == "spoiler"
    code = parse_html('<pre><code class="language-python">x</code></pre>').entities
    assert code == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]
    mention = parse_html('<a href="tg://user?id=7">x</a>').entities[0]
    assert mention["type"] == "text_mention"
    assert mention["user"]["id"] == 7
    assert parse_html('<a href="not an address">x</a>').entities == []


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("🏟 🏟&lt;<abac>", 'Unsupported start tag "abac" at byte offset 13'),
        ("x <think>y</think>", 'Unsupported start tag "think" at byte offset 2'),
        ("1 < 2 and 3 > 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("a<b class", "Unclosed start tag at byte offset 1"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<i>a</i   ", "Unclosed end tag at byte offset 4"),
        (
            "🏟 🏟&lt;<i>a</em   >",
            'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"',
        ),
        ("<i =x>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ('<span class="x">y</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_markup_is_named_with_its_byte_offset(source: str, error: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(source)

    assert caught.value.description == f"Bad Request: can't parse entities: {error}"


def test_tidy_strips_the_ends_and_moves_entities() -> None:
    formatted = tidy(parse_html("  <b> x </b> \n"))

    assert formatted == FormattedText("x", [{"type": "bold", "offset": 0, "length": 1}])


def test_commands_addresses_and_mentions_are_found() -> None:
    text = "/start see https://a.example/b. or mail@b.example, @somebody"

    found = detect_entities(FormattedText(text)).entities

    assert [entity["type"] for entity in found] == ["bot_command", "url", "email", "mention"]
    assert found[1]["length"] == len("https://a.example/b")


@pytest.mark.parametrize(
    "source",
    [
        "plain &lt;text&gt;",
        "<b>one <i>two</i></b> three",
        "<blockquote expandable>long</blockquote>",
        '<a href="https://a.example">go</a>',
    ],
)
def test_rendering_reverses_parsing(source: str) -> None:
    assert render_html(tidy(parse_html(source))) == source
