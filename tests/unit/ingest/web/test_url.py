import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.web.problems import AddressRefused
from ingest.web.url import parse_url

SPELLINGS = [
    ("HTTP://Example.ORG", "http://example.org/"),
    ("https://example.org:443/a", "https://example.org/a"),
    ("http://example.org:8080/a#part", "http://example.org:8080/a"),
    ("https://example.org./a?b=c d".replace(" ", "%20"), "https://example.org/a?b=c%20d"),
    ("https://例子.测试/路径", "https://xn--fsqu00a.xn--0zwm56d/%E8%B7%AF%E5%BE%84"),
    ("https://example.org/a/../../b/./c/..", "https://example.org/b/"),
    ("https://example.org/a/%2e%2E/b", "https://example.org/b"),
    ("https://example.org?q", "https://example.org/?q"),
    ("http://[2606:4700:0::1111]/", "http://[2606:4700::1111]/"),
    ("http://１２７.0.0.1/", "http://127.0.0.1/"),
]


@pytest.mark.parametrize(("text", "meant"), SPELLINGS)
def test_one_spelling_for_each_address(text: str, meant: str) -> None:
    assert str(parse_url(text)) == meant
    assert parse_url(meant) == parse_url(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org",
        "//example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "data:text/html,x",
        "http:///path",
        "http://user@example.org/",
        "http://user:password@example.org/",
        "http://example.org@127.0.0.1/",
        "http://example.org\\@127.0.0.1/",
        "http://exam ple.org/",
        "http://example.org/\r\nHost: other",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://example.org:port/",
        "http://exa_mple..org/",
        "http://-example.org/",
        "http://example%2eorg/",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://[127.0.0.1]/",
        "http://" + "a" * 2000 + ".org/",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(AddressRefused):
        parse_url(text)


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "127.0.0.0x1",
        "0x7f.0.0.1",
        "017700000001",
        "127.0.0.1.1",
        "127.0.0.256",
        "example.123",
        "①②⑦.1",
    ],
)
def test_numbers_that_some_programs_take_for_ip_addresses_are_refused(host: str) -> None:
    with pytest.raises(AddressRefused, match="four decimal numbers"):
        parse_url(f"http://{host}/")


def test_references_are_resolved_like_browsers_do() -> None:
    page = parse_url("https://example.org/guides/a.html?x=1")
    assert str(page.join("b.html")) == "https://example.org/guides/b.html"
    assert str(page.join("/c")) == "https://example.org/c"
    assert str(page.join("//other.org/d")) == "https://other.org/d"
    assert str(page.join("../../../e")) == "https://example.org/e"
    for bad in ("http://a b/", "\thttp://x/", "http://[/", "mailto:a@example.org"):
        with pytest.raises(AddressRefused):
            page.join(bad)


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("https://example.org/guides/a", True),
        ("https://example.org/guides/", True),
        ("https://example.org/guides-secret", False),
        ("https://example.org/guides/../admin", False),
        ("https://example.org/guides/%2e%2e/admin", False),
        ("http://example.org/guides/a", False),
        ("https://example.org:8443/guides/a", False),
        ("https://example.org.evil.test/guides/a", False),
    ],
)
def test_what_is_below_a_prefix(url: str, *, inside: bool) -> None:
    assert parse_url(url).is_below(parse_url("https://example.org/guides/")) is inside


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for candidate in (text, f"http://{text}", f"http://example.org/{text}"):
        try:
            url = parse_url(candidate)
        except AddressRefused:
            continue
        assert str(url).isascii()
        assert parse_url(str(url)) == url
