"""What comes of a sitemap over weeks."""

import pytest

from ingest.web.problems import AddressAway
from ingest.web.records import Doubt
from ingest.web.report import Outcome
from knowledge.passage import Audience
from tests.fakes.fetchers import Leaf, Signpost, failure
from tests.unit.ingest.web.desk import GUIDES, MAP, PAID, SITE, Desk


def test_its_pages_come_and_carry_its_facts(desk: Desk) -> None:
    desk.list(head='audience = "company"')
    desk.list_sitemap()
    desk.name("a.html", "b.html")
    assert set(desk.outcomes()) == {f"{GUIDES}a.html", f"{GUIDES}b.html"}
    assert desk.provenance(f"{GUIDES}a.html").audience is Audience.COMPANY


def test_a_page_that_is_listed_itself_has_its_own_facts(desk: Desk) -> None:
    url = f"{GUIDES}a.html"
    desk.list(f'{url}\naudience = "staff"')
    desk.list_sitemap()
    desk.name("a.html")
    desk.run()
    assert desk.web.asked.count(url) == 1
    assert desk.provenance(url).audience is Audience.STAFF


def test_it_is_not_read_before_it_is_due(desk: Desk) -> None:
    desk.list_sitemap()
    desk.name("a.html")
    desk.run(due=True)
    desk.name("a.html", "b.html")
    assert desk.outcomes(days=6, due=True) == {}
    assert desk.outcomes(days=1, due=True) == {
        f"{GUIDES}a.html": Outcome.UNCHANGED,
        f"{GUIDES}b.html": Outcome.NEW,
    }


def test_a_page_that_it_names_no_more_goes_when_that_is_sure(desk: Desk) -> None:
    desk.list_sitemap()
    desk.name("a.html", "b.html")
    desk.run()
    desk.name("a.html")
    [doubted] = [one for one in desk.run(days=7).visits if one.outcome is Outcome.DOUBTED]
    assert (doubted.url, doubted.doubt) == (f"{GUIDES}b.html", Doubt.UNLISTED)
    assert f"{GUIDES}b.html" in desk.shelved()
    assert desk.outcomes(days=3)[f"{GUIDES}b.html"] is Outcome.RETIRED
    assert set(desk.shelved()) == {f"{GUIDES}a.html"}
    assert f"{GUIDES}b.html" not in desk.outcomes(days=7)


@pytest.mark.parametrize(
    "broken", [failure(AddressAway), Leaf(b"<html>?</html>"), Signpost("https://evil.test/")]
)
def test_a_sitemap_that_cannot_be_read_takes_nothing_away(desk: Desk, broken: Leaf) -> None:
    desk.list_sitemap()
    desk.name("a.html", "b.html")
    desk.run()
    desk.web.pages[MAP] = broken
    outcomes = desk.outcomes(days=7)
    assert outcomes.pop(MAP) is Outcome.FAILED
    assert set(outcomes.values()) == {Outcome.UNCHANGED}
    assert len(desk.shelved()) == 2


def test_part_of_an_index_that_cannot_be_read_takes_nothing_away(desk: Desk) -> None:
    desk.list_sitemap()
    desk.name("a.html", "b.html")
    desk.run()
    part = f"{SITE}/part.xml"
    desk.web.pages[part] = Leaf(f"<urlset><url><loc>{GUIDES}c.html</loc></url></urlset>".encode())
    desk.put(f"{GUIDES}c.html", PAID)
    locations = f"<sitemap><loc>{part}</loc></sitemap><sitemap><loc>{SITE}/gone.xml</loc></sitemap>"
    desk.web.pages[MAP] = Leaf(f"<sitemapindex>{locations}</sitemapindex>".encode())
    outcomes = desk.outcomes(days=7)
    assert outcomes[MAP] is Outcome.FAILED
    assert outcomes[f"{GUIDES}c.html"] is Outcome.NEW
    assert outcomes[f"{GUIDES}a.html"] is outcomes[f"{GUIDES}b.html"] is Outcome.UNCHANGED
    assert len(desk.shelved()) == 3


def test_it_says_when_there_are_more_pages_than_are_fetched(desk: Desk) -> None:
    desk.list_sitemap(most=2)
    desk.name("a.html", "b.html", "c.html")
    [overflow] = desk.run().overflows
    assert (overflow.url, overflow.named, overflow.most) == (MAP, 3, 2)
    desk.name("c.html", "b.html", "a.html")
    assert set(desk.outcomes(days=7)) == {f"{GUIDES}a.html", f"{GUIDES}b.html"}


def test_when_it_is_taken_off_the_list_its_pages_go(desk: Desk) -> None:
    desk.list_sitemap()
    desk.name("a.html")
    desk.run()
    desk.list()
    assert desk.outcomes() == {f"{GUIDES}a.html": Outcome.RETIRED}
    assert desk.shelved() == {}
