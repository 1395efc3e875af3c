import gzip

import pytest

from ingest.web.addresses import AddressList, Sitemap
from ingest.web.fetcher import Validators
from ingest.web.problems import AddressAway, AddressRefused
from ingest.web.sitemap import LARGEST, parse_sitemap
from ingest.web.surveying import Survey, Surveyor
from ingest.web.url import parse_url
from tests.fakes.fetchers import Leaf, MemoryWeb, Signpost, failure

HERE = "https://site.test/sitemap.xml"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MAP = Sitemap(parse_url(HERE), parse_url("https://site.test/guides/"), most=3)


def urlset(*locations: str) -> bytes:
    rows = "".join(f"<url><loc> {one} </loc><priority>1</priority></url>" for one in locations)
    return f'<?xml version="1.0"?><urlset xmlns="{NAMESPACE}">{rows}</urlset>'.encode()


def index(*locations: str) -> bytes:
    rows = "".join(f"<sitemap><loc>{one}</loc></sitemap>" for one in locations)
    return f'<sitemapindex xmlns="{NAMESPACE}">{rows}</sitemapindex>'.encode()


def locations(body: bytes) -> tuple[str, ...]:
    return parse_sitemap(body, parse_url(HERE)).locations


def survey(pages: dict[str, bytes], *, known: tuple[str, ...] = ()) -> Survey:
    web = MemoryWeb({url: Leaf(body, ".xml") for url, body in pages.items()})
    return Surveyor(web, AddressList(sitemaps=(MAP,))).survey(MAP, Validators(), known)


def paths(found: Survey) -> list[str]:
    return [url.path for url in found.pages]


def test_addresses_in_xml_packed_or_not() -> None:
    body = urlset("https://site.test/a?x=1&amp;y=2", "https://site.test/b")
    expected = ("https://site.test/a?x=1&y=2", "https://site.test/b")
    for one in (body, gzip.compress(body), b"\xef\xbb\xbf" + body, b"\n" + body[21:]):
        assert locations(one) == expected
    assert locations("\ufeff".encode("utf-16-le") + body.decode()[21:].encode("utf-16-le"))


def test_addresses_on_lines() -> None:
    assert locations(b"https://site.test/a\n\n https://site.test/b \r\n") == (
        "https://site.test/a",
        "https://site.test/b",
    )


def test_pictures_are_no_pages() -> None:
    picture = "http://www.google.com/schemas/sitemap-image/1.1"
    body = (
        f'<urlset xmlns="{NAMESPACE}" xmlns:image="{picture}"><url><loc>https://site.test/a</loc>'
        "<image:image><image:loc>https://site.test/a.png</image:loc></image:image></url></urlset>"
    )
    assert locations(body.encode()) == ("https://site.test/a",)


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a "https://site.test/secret">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    b"<urlset><url><loc>&c;</loc></url></urlset>"
)
FILE = (
    b'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b"<urlset><url><loc>&a;</loc></url></urlset>"
)


@pytest.mark.parametrize("body", [ENTITIES, FILE, gzip.compress(ENTITIES)])
def test_entities_are_never_expanded(body: bytes) -> None:
    with pytest.raises(AddressRefused, match="definitions of its own"):
        locations(body)


@pytest.mark.parametrize("body", [ENTITIES, FILE])
def test_nor_in_an_encoding_that_hides_them(body: bytes) -> None:
    hidden = body.decode().replace('<?xml version="1.0"?>', "").encode("utf-16")
    with pytest.raises(AddressRefused, match="definitions of its own"):
        locations(hidden)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * (LARGEST + 1))
    with pytest.raises(AddressRefused, match="more than 50 MB"):
        locations(bomb)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>404</body></html>",
        b"<urlset><url>",
        b"<rss><url><loc>https://site.test/a</loc></url></rss>",
        b"no address\n",
        b"\x1f\x8bnothing",
        b"\0\0\0",
    ],
)
def test_what_is_no_sitemap(body: bytes) -> None:
    with pytest.raises(AddressRefused, match="no sitemap"):
        locations(body)


def test_only_pages_below_the_prefix_on_the_same_server() -> None:
    body = urlset(
        "https://site.test/guides/a",
        "https://site.test/guides/../admin",
        "https://site.test/guides/%2e%2e/admin",
        "https://site.test/other",
        "http://site.test/guides/b",
        "https://other.test/guides/c",
        "http://127.0.0.1/guides/d",
        "file:///guides/e",
        "https://u:p@site.test/guides/f",
        "https://site.test/guides/a",
        "/guides/g",
    )
    found = survey({HERE: body})
    assert paths(found) == ["/guides/a", "/guides/g"]
    assert (found.named, found.problem) == (2, None)


def test_pages_that_are_known_stay_when_there_are_too_many() -> None:
    urls = [f"https://site.test/guides/{number}" for number in range(6)]
    assert paths(survey({HERE: urlset(*urls)})) == ["/guides/0", "/guides/1", "/guides/2"]
    known = survey({HERE: urlset(*urls)}, known=(urls[5], urls[1]))
    assert paths(known) == ["/guides/0", "/guides/1", "/guides/5"]
    assert known.named == 6


def test_an_index_with_packed_parts() -> None:
    one, two = "https://site.test/one.xml.gz", "https://site.test/two.xml"
    found = survey(
        {
            HERE: index(one, two),
            one: gzip.compress(urlset("https://site.test/guides/a")),
            two: urlset("https://site.test/guides/b"),
        }
    )
    assert paths(found) == ["/guides/a", "/guides/b"]
    assert found.problem is None


def test_a_part_that_cannot_be_had_is_said() -> None:
    one, other = "https://site.test/one.xml", "https://other.test/two.xml"
    for broken in ("https://site.test/gone.xml", other, "http://10.0.0.1/"):
        found = survey(
            {
                HERE: index(broken, one),
                one: urlset("https://site.test/guides/a"),
                other: urlset("https://site.test/guides/b"),
            }
        )
        assert paths(found) == ["/guides/a"]
        assert found.problem is not None


def test_an_index_of_indexes_is_not_followed() -> None:
    deep = "https://site.test/deep.xml"
    assert paths(survey({HERE: index(HERE, deep), deep: index(HERE)})) == []


def test_an_index_without_end() -> None:
    parts = {f"https://site.test/{n}.xml": urlset() for n in range(60)}
    found = survey({HERE: index(*parts), **parts})
    assert found.problem is not None
    assert "more than 50 sitemaps" in str(found.problem)


def test_a_sitemap_that_cannot_be_had() -> None:
    surveyor = Surveyor(MemoryWeb(), AddressList(sitemaps=(MAP,)))
    with pytest.raises(AddressRefused, match="HTTP 404"):
        surveyor.survey(MAP, Validators())
    broken = MemoryWeb({HERE: failure(AddressAway)})
    with pytest.raises(AddressAway):
        Surveyor(broken, AddressList(sitemaps=(MAP,))).survey(MAP, Validators())
    away = MemoryWeb({HERE: Signpost("https://other.test/sitemap.xml")})
    with pytest.raises(AddressRefused, match="not listed"):
        Surveyor(away, AddressList(sitemaps=(MAP,))).survey(MAP, Validators())
