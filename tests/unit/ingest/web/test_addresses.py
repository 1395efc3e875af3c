from datetime import timedelta
from pathlib import Path

import pytest

from ingest.web.addresses import AddressList, read_addresses
from ingest.web.problems import ListUnusable

LIST = """
audience = "company"
every = "2w"

[[page]]
url = "https://Example.org/fees.html"

[[page]]
url = "https://example.org/rules.pdf"
audience = "staff"
issuer = "某某局"
confidence = "m"
language = "zh-CN"
effective_from = 2026-01-01
topics = ["fees", "stores"]
every = "12h"

[[sitemap]]
url = "https://example.org/sitemap.xml"
prefix = "https://example.org/guides/"
most = 20
"""


def read(tmp_path: Path, text: str) -> AddressList:
    path = tmp_path / "addresses.toml"
    path.write_text(text, "utf-8")
    return read_addresses(path)


def test_a_list(tmp_path: Path) -> None:
    addresses = read(tmp_path, LIST)
    fees, rules = addresses.pages
    [sitemap] = addresses.sitemaps
    assert str(fees.url) == "https://example.org/fees.html"
    assert (fees.every, fees.facts) == (timedelta(weeks=2), {"audience": "company"})
    assert rules.every == timedelta(hours=12)
    assert rules.facts == {
        "audience": "staff",
        "issuer": "某某局",
        "confidence": "m",
        "language": "zh-CN",
        "effective_from": "2026-01-01",
        "topics": "fees; stores",
    }
    assert (sitemap.most, sitemap.every) == (20, timedelta(weeks=2))
    assert str(sitemap.prefix) == "https://example.org/guides/"


def test_names_may_be_chinese(tmp_path: Path) -> None:
    [page] = read(tmp_path, '[[page]]\n"网址" = "https://example.org/"\n"受众" = "staff"\n').pages
    assert page.facts == {"audience": "staff"}


def test_an_empty_list(tmp_path: Path) -> None:
    assert read(tmp_path, "") == AddressList()


PAGE = '[[page]]\nurl = "https://example.org/"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[page]", "not TOML"),
        ('[page]\nurl = "https://example.org/"', "[[page]]"),
        ("page = 3", "[[page]]"),
        ("[[page]]\n", "no “url”"),
        ("[[page]]\nurl = 3\n", "no “url”"),
        ('[[page]]\nurl = "file:///etc/passwd"\n', "must begin with http"),
        ('[[page]]\nurl = "https://me:secret@example.org/"\n', "password"),
        ('[[page]]\nurl = "http://0x7f.1/"\n', "four decimal numbers"),
        (PAGE + PAGE, "listed twice"),
        (PAGE + 'audiance = "staff"\n', "“audiance” means nothing here (https://example.org/)"),
        (PAGE + 'audience = "everybody"\n', "one of public, company"),
        (PAGE + 'checked = "2026-01-01"\n', "“checked” means nothing"),
        (PAGE + "most = 3\n", "“most” means nothing"),
        (PAGE + 'every = "7 years"\n', "between 1h and 366d"),
        (PAGE + 'every = "0h"\n', "between 1h and 366d"),
        (PAGE + "every = 7\n", "between 1h and 366d"),
        (PAGE + 'issued = "soon"\n', "must be a date"),
        ('colour = "red"\n', "“colour” means nothing here (defaults)"),
        ('url = "https://example.org/"\n', "“url” means nothing here"),
        ('[[sitemap]]\nurl = "https://example.org/s.xml"\n', "no “prefix”"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ListUnusable) as caught:
        read(tmp_path, text)
    assert said in str(caught.value)
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize(
    "prefix", ["https://other.org/guides/", "http://example.org/guides/", "https://example.org/g"]
)
def test_a_prefix_is_on_the_server_and_ends_with_a_slash(tmp_path: Path, prefix: str) -> None:
    text = f'[[sitemap]]\nurl = "https://example.org/s.xml"\nprefix = "{prefix}"\n'
    with pytest.raises(ListUnusable, match="must end with /"):
        read(tmp_path, text)


@pytest.mark.parametrize("most", ["0", "5001", "true", '"many"'])
def test_there_is_a_maximum_of_pages(tmp_path: Path, most: str) -> None:
    text = '[[sitemap]]\nurl = "https://a.org/s.xml"\nprefix = "https://a.org/"\n'
    with pytest.raises(ListUnusable, match="between 1 and 5000"):
        read(tmp_path, f"{text}most = {most}\n")


def test_no_list(tmp_path: Path) -> None:
    with pytest.raises(ListUnusable, match="HELPDESK_ADDRESSES"):
        read_addresses(tmp_path / "addresses.toml")
    with pytest.raises(ListUnusable, match="the system says"):
        read_addresses(tmp_path)
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\0")
    with pytest.raises(ListUnusable, match="not TOML"):
        read_addresses(tmp_path / "binary.toml")
