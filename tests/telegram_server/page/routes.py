"""The page and what it asks of the server besides the control API."""

import json
from pathlib import Path
from typing import Protocol

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tests.telegram_server.page.screen import describe_screen
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import BotAccount

_PAGE = Path(__file__).with_name("page.html")
_MARK = '"SCREEN"'


class Service(Protocol):
    """The service the people talk to, which can be stopped and started."""

    @property
    def is_running(self) -> bool:
        """Whether its process lives."""

    def start(self) -> None:
        """Start it, if it does not run."""

    def stop(self) -> None:
        """End it, if it runs."""


class Page:
    """Answers the page's requests for one bot."""

    def __init__(self, server: TelegramServer, bot: BotAccount, service: Service | None) -> None:
        self._server = server
        self._bot = bot
        self._service = service

    def _screen(self) -> JsonObject:
        screen = describe_screen(self._server, self._bot)
        running = None if self._service is None else self._service.is_running
        screen["is_running"] = running
        screen["version"] += "" if running is None else str(int(running))
        return screen

    async def show(self, _: Request) -> Response:
        """Show the page, with what is to be seen at this moment written into it."""
        # "</script>" in somebody's message must not end the script.
        now = json.dumps(self._screen(), default=str).replace("<", "\\u003c")
        return HTMLResponse(_PAGE.read_text(encoding="utf-8").replace(_MARK, now, 1))

    async def tell(self, request: Request) -> Response:
        """Tell what is to be seen, unless the page has seen it (`?seen=` names the version)."""
        screen = self._screen()
        if request.query_params.get("seen") == screen["version"]:
            return Response(status_code=204)
        return JSONResponse(screen)

    async def open_file(self, request: Request) -> Response:
        """Open a file that somebody sent."""
        stored = self._server.files.find_by_id(request.path_params["unique_id"])
        if stored is None:
            return Response(status_code=404)
        # A page that somebody sends as a file shall not run here.
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        return Response(stored.content, media_type=stored.mime_type, headers=headers)

    async def switch_service(self, request: Request) -> Response:
        """Start or stop the service."""
        if self._service is None:
            return JSONResponse({"error": "the service is not started from here"}, status_code=400)
        if (await request.json())["is_running"]:
            self._service.start()
        else:
            self._service.stop()
        return JSONResponse({"result": self._service.is_running})


def page_routes(
    server: TelegramServer, bot: BotAccount, service: Service | None = None
) -> list[Route]:
    """Return the routes of the page."""
    page = Page(server, bot, service)
    return [
        Route("/", page.show),
        Route("/_page/screen", page.tell),
        Route("/_page/file/{unique_id}", page.open_file),
        Route("/_page/service", page.switch_service, methods=["POST"]),
    ]
