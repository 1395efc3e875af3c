from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.web.problems import AddressAway, AddressBusy, RobotsRefuse
from tests.contracts.fetcher import WAIT, FetcherContract, FetcherStage
from tests.fakes.fetchers import Leaf, MemoryWeb, Signpost, failure
from tests.web_server.faults import redirect
from tests.web_server.server import Reply, Tagged, WebServer
from tests.web_server.stage import Stage


class TestMemoryWeb(FetcherContract):
    @pytest.fixture
    def stage(self) -> FetcherStage:
        web, origin = MemoryWeb(), "https://site.test"

        def put(target: str, body: bytes, etag: str) -> None:
            web.pages[f"{origin}{target}"] = Leaf(body, etag=etag)

        def send_on(target: str, where: str) -> None:
            web.pages[f"{origin}{target}"] = Signpost(where)

        def close(target: str) -> None:
            robots = failure(RobotsRefuse)
            robots.fields["problem"] = "robots.txt does not allow it."
            web.pages[f"{origin}{target}"] = robots

        def fail(target: str) -> None:
            web.pages[f"{origin}{target}"] = failure(AddressAway)

        def tire(target: str) -> None:
            web.pages[f"{origin}{target}"] = failure(AddressBusy, wait=WAIT)

        return FetcherStage(web, origin, put, send_on, close, fail, tire)


class TestWebFetcher(FetcherContract):
    @pytest.fixture
    def stage(self, tmp_path: Path) -> Iterator[FetcherStage]:
        with WebServer() as server:

            def put(target: str, body: bytes, etag: str) -> None:
                server.pages[target] = Tagged(body, etag) if etag else Reply(body)

            def send_on(target: str, where: str) -> None:
                server.pages[target] = redirect(where)

            def close(target: str) -> None:
                server.pages[target] = Reply(b"must not be asked")
                rules = f"User-agent: *\nDisallow: {target}\n".encode()
                server.pages["/robots.txt"] = Reply(rules, kind="text/plain")

            def fail(target: str) -> None:
                server.pages[target] = Reply(status=500)

            def tire(target: str) -> None:
                headers = {"Retry-After": str(round(WAIT))}
                server.pages[target] = Reply(status=429, headers=headers)

            fetcher = Stage(server, tmp_path).fetcher()
            origin = server.url("")
            yield FetcherStage(fetcher, origin, put, send_on, close, fail, tire)
