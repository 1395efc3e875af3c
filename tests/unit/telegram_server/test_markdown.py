import pytest

from tests.telegram_server.entities import FormattedText, tidy
from tests.telegram_server.errors import ApiError
from tests.telegram_server.markdown import parse_markdown, parse_markdown_v2


def shapes(parsed: FormattedText) -> list[tuple[str, int, int]]:
    return [(e["type"], e["offset"], e["length"]) for e in tidy(parsed).entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("a *b*", "a b", [("bold", 2, 1)]),
        (
            "_a_ __b__ ~c~",
            "a b c",
            [("italic", 0, 1), ("underline", 2, 1), ("strikethrough", 4, 1)],
        ),
        ("||a|| `b_c`", "a b_c", [("spoiler", 0, 1), ("code", 2, 3)]),
        ("🏟 *🏟x*", "🏟 🏟x", [("bold", 3, 3)]),
        ("*a _b_*", "a b", [("bold", 0, 3), ("italic", 2, 1)]),
        (r"1\. a\_b\\", "1. a_b\\", []),
        ("> a\n>b\nc", "a\nb\nc", [("blockquote", 0, 3)]),
        (">a\n>*b*||\nc", "a\nb\nc", [("expandable_blockquote", 0, 3), ("bold", 2, 1)]),
        ("![👍](tg://emoji?id=5)", "👍", []),
        ("[a](not an address)", "a", []),
        ("**a", "a", []),
        (
            ">a\n**>b||",
            "a\nb",
            [("blockquote", 0, 1), ("expandable_blockquote", 2, 1)],
        ),
    ],
)
def test_markdown_v2(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    parsed = tidy(parse_markdown_v2(source))

    assert (parsed.text, shapes(parsed)) == (text, entities)


def test_links_and_languages() -> None:
    link = parse_markdown_v2(r"[go](https://a.example/\)x)").entities[0]
    assert link == {"type": "text_link", "url": "https://a.example/)x", "offset": 0, "length": 2}
    block = parse_markdown_v2("```python\nx = 1```")
    assert block.text == "x = 1"
    assert block.entities == [{"type": "pre", "language": "python", "offset": 0, "length": 5}]
    mention = parse_markdown_v2("[x](tg://user?id=7)").entities[0]
    assert mention["user"]["id"] == 7


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("🏟 🏟_abacaba", "Can't find end of Italic entity at byte offset 9"),
        ("🏟 🏟_abac * asd ", "Can't find end of Bold entity at byte offset 15"),
        ("🏟 🏟_abac * asd _", "Can't find end of Italic entity at byte offset 21"),
        ("🏟 🏟`", "Can't find end of Code entity at byte offset 9"),
        ("🏟 🏟```a", "Can't find end of Pre entity at byte offset 9"),
        ("🏟 🏟```a ", "Can't find end of PreCode entity at byte offset 9"),
        ("🏟 🏟__🏟 🏟_", "Can't find end of Italic entity at byte offset 20"),
        ("🏟 🏟_🏟 🏟__", "Can't find end of Underline entity at byte offset 19"),
        ("🏟 🏟```🏟 🏟`", "Can't find end of Code entity at byte offset 21"),
        ("[a](https://a.example", "Can't find end of a URL at byte offset 4"),
        (">*a\nb*", "Can't find end of Bold entity at byte offset 1"),
        ("__", "Can't find end of Underline entity at byte offset 0"),
        ("![a]", "Custom emoji entity must contain a tg://emoji URL"),
        ("1.", r"Character '.' is reserved and must be escaped with the preceding '\'"),
        ("a > b", r"Character '>' is reserved and must be escaped with the preceding '\'"),
        ("a | b", r"Character '|' is reserved and must be escaped with the preceding '\'"),
        ("a!", r"Character '!' is reserved and must be escaped with the preceding '\'"),
    ],
)
def test_broken_markdown_v2_is_answered_as_telegram_does(source: str, error: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_markdown_v2(source)

    assert caught.value.description == f"Bad Request: can't parse entities: {error}"


def test_the_older_markdown() -> None:
    parsed = parse_markdown("*a* _b_ `c` [d](https://a.example) 1. (x) \\*")

    assert parsed.text == "a b c d 1. (x) *"
    assert [e["type"] for e in parsed.entities] == ["bold", "italic", "code", "text_link"]
    block = parse_markdown("```sql\nx```")
    assert block.entities == [{"type": "pre", "language": "sql", "offset": 0, "length": 1}]


@pytest.mark.parametrize(("source", "offset"), [("🏟 a_b", 6), ("*a", 0), ("x [a", 2), ("```a`", 0)])
def test_broken_older_markdown(source: str, offset: int) -> None:
    with pytest.raises(ApiError) as caught:
        parse_markdown(source)

    text = f"Can't find end of the entity starting at byte offset {offset}"
    assert caught.value.description == f"Bad Request: can't parse entities: {text}"
