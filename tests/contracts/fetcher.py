"""What every fetcher promises."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from ingest.web.fetcher import Fetched, Fetcher, Missing, Order, Unmodified, Validators
from ingest.web.problems import AddressAway, AddressBusy, AddressRefused, NotFetched, RobotsRefuse
from ingest.web.scope import Scope
from ingest.web.url import Url, parse_url

BODY = "<html><body><p>外国演员需要签证。</p></body></html>".encode()
WAIT = 86_400.0


@dataclass(frozen=True)
class FetcherStage:
    """A fetcher, the address of its site without a slash at the end, and ways to set its pages.

    ``puts`` takes target, body and ETag; ``redirects`` takes target and where it leads.
    """

    fetcher: Fetcher
    origin: str
    puts: Callable[[str, bytes, str], None]
    redirects: Callable[[str, str], None]
    closes: Callable[[str], None]
    breaks: Callable[[str], None]
    tires: Callable[[str], None]

    def order(self, target: str, validators: Validators | None = None) -> Order:
        url = parse_url(f"{self.origin}{target}")
        return Order(url, _alone(url), validators or Validators())

    def fetch(self, target: str) -> Fetched:
        page = self.fetcher.fetch(self.order(target))
        assert isinstance(page, Fetched)
        return page


class FetcherContract:
    """Inherit, and give a fixture ``stage``."""

    def test_a_page(self, stage: FetcherStage) -> None:
        stage.puts("/visa.html", BODY, '"1"')
        page = stage.fetch("/visa.html")
        assert (page.body, page.media.ending, page.moved) == (BODY, ".html", False)
        assert str(page.url) == f"{stage.origin}/visa.html"
        assert page.validators == Validators(str(page.url), '"1"')

    def test_what_has_not_changed_is_not_sent_again(self, stage: FetcherStage) -> None:
        stage.puts("/visa.html", BODY, '"1"')
        known = stage.fetch("/visa.html").validators
        again = stage.fetcher.fetch(stage.order("/visa.html", known))
        assert isinstance(again, Unmodified)
        stage.puts("/visa.html", BODY + b"<p>new</p>", '"2"')
        changed = stage.fetcher.fetch(stage.order("/visa.html", known))
        assert isinstance(changed, Fetched)
        assert changed.validators.etag == '"2"'

    def test_the_tag_of_another_page_says_nothing(self, stage: FetcherStage) -> None:
        stage.puts("/visa.html", BODY, '"1"')
        other = Validators(f"{stage.origin}/other.html", '"1"')
        assert isinstance(stage.fetcher.fetch(stage.order("/visa.html", other)), Fetched)

    def test_no_page(self, stage: FetcherStage) -> None:
        assert isinstance(stage.fetcher.fetch(stage.order("/nothing.html")), Missing)

    def test_a_redirect_on_the_site_is_followed(self, stage: FetcherStage) -> None:
        stage.puts("/new.html", BODY, '"1"')
        stage.redirects("/old.html", "/new.html")
        page = stage.fetch("/old.html")
        assert page.body == BODY
        assert str(page.url) == page.validators.url == f"{stage.origin}/new.html"

    @pytest.mark.parametrize(
        "target",
        [
            "http://stranger.test/",
            "//stranger.test/",
            "https://8.8.8.8/",
            "http://127.0.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "file:///etc/passwd",
            "ftp://site.test/",
            "javascript:alert(1)",
            "http://user:password@site.test/",
            "",
        ],
    )
    def test_a_redirect_off_the_site_is_not(self, stage: FetcherStage, target: str) -> None:
        stage.redirects("/old.html", target)
        with pytest.raises(AddressRefused):
            stage.fetcher.fetch(stage.order("/old.html"))

    def test_a_redirect_out_of_the_prefix_is_not(self, stage: FetcherStage) -> None:
        stage.puts("/login", BODY, "")
        stage.redirects("/guides/old.html", "/login")
        url = parse_url(f"{stage.origin}/guides/old.html")
        scope = Scope(url, fence=parse_url(f"{stage.origin}/guides/"))
        with pytest.raises(AddressRefused, match="outside"):
            stage.fetcher.fetch(Order(url, scope))

    def test_redirects_have_an_end(self, stage: FetcherStage) -> None:
        stage.redirects("/a.html", "/b.html")
        stage.redirects("/b.html", "/a.html")
        with pytest.raises(AddressRefused, match="without an end"):
            stage.fetcher.fetch(stage.order("/a.html"))

    def test_what_robots_txt_closes(self, stage: FetcherStage) -> None:
        stage.puts("/open.html", BODY, "")
        stage.closes("/closed.html")
        with pytest.raises(RobotsRefuse, match=r"robots\.txt"):
            stage.fetcher.fetch(stage.order("/closed.html"))
        assert stage.fetch("/open.html").body == BODY

    def test_a_server_in_trouble(self, stage: FetcherStage) -> None:
        stage.breaks("/visa.html")
        with pytest.raises(AddressAway):
            stage.fetcher.fetch(stage.order("/visa.html"))

    def test_a_server_that_asks_for_a_rest(self, stage: FetcherStage) -> None:
        stage.tires("/visa.html")
        with pytest.raises(AddressBusy) as caught:
            stage.fetcher.fetch(stage.order("/visa.html"))
        assert caught.value.fields["wait"] == WAIT

    def test_an_error_names_the_address(self, stage: FetcherStage) -> None:
        stage.breaks("/visa.html")
        with pytest.raises(NotFetched, match=r"/visa\.html"):
            stage.fetcher.fetch(stage.order("/visa.html"))


def _alone(url: Url) -> Scope:
    return Scope(url, frozenset({(url.host, url.port)}))
