"""People's actions over HTTP, for tests that run the server in another process."""

import inspect
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.telegram_server.errors import ApiError
from tests.telegram_server.faults import Fault
from tests.telegram_server.people import Attachment, People
from tests.telegram_server.people.acting import ImpossibleActionError
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.shapes import JsonObject

_NOT_REMOTE = frozenset(
    {"wait_for", "wait_until", "wait_for_text", "download", "write", "tell_bot"}
)
_NOT_REMOTE_SUFFIX = "_of"


def _to_json(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, list):
        return [_to_json(item) for item in value]
    return value


def _read_arguments(body: JsonObject) -> JsonObject:
    arguments = dict(body)
    if "attachment" in arguments:
        arguments["attachment"] = Attachment.from_json(arguments["attachment"])
    if "attachments" in arguments:
        items = arguments["attachments"]
        arguments["attachments"] = [Attachment.from_json(item) for item in items]
    if "without" in arguments:
        arguments["without"] = tuple(arguments["without"])
    return arguments


class Control:
    """Answers requests below /_control."""

    def __init__(self, server: TelegramServer) -> None:
        self._server = server

    def _find_action(self, people: People, name: str) -> Callable[..., Any] | None:
        if name.startswith("_") or name in _NOT_REMOTE or name.endswith(_NOT_REMOTE_SUFFIX):
            return None
        action = getattr(people, name, None)
        return action if inspect.ismethod(action) else None

    async def act(self, request: Request) -> Response:
        """Let people do something: the path names the action, the body its arguments."""
        body: JsonObject = await request.json() if await request.body() else {}
        bots = list(self._server.bots.values())
        wanted = body.pop("bot_id", bots[0].user.id)
        bot = next(bot for bot in bots if bot.user.id == wanted)
        action = self._find_action(People(self._server, bot), request.path_params["action"])
        if action is None:
            return JSONResponse({"error": "no such action"}, status_code=404)
        try:
            result = action(**_read_arguments(body))
        except (ImpossibleActionError, ApiError, TypeError, KeyError) as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        return JSONResponse({"result": _to_json(result)})

    async def list_violations(self, _: Request) -> Response:
        """List what bots did wrong."""
        return JSONResponse({"result": self._server.violations})

    async def list_calls(self, _: Request) -> Response:
        """List the requests of bots."""
        return JSONResponse({"result": [asdict(call) for call in self._server.calls]})

    async def add_fault(self, request: Request) -> Response:
        """Plan a fault."""
        self._server.faults.add(Fault(**await request.json()))
        return JSONResponse({"result": True})

    async def clear_faults(self, _: Request) -> Response:
        """Forget all planned faults."""
        self._server.faults.clear()
        return JSONResponse({"result": True})

    async def advance_clock(self, request: Request) -> Response:
        """Let time pass."""
        self._server.clock.advance(float((await request.json())["seconds"]))
        return JSONResponse({"result": self._server.clock.now()})

    async def restart(self, _: Request) -> Response:
        """Break all open polls, as a restart does."""
        self._server.restart()
        return JSONResponse({"result": True})

    async def change_settings(self, request: Request) -> Response:
        """Change what a test in the same process would change on the objects."""
        body: JsonObject = await request.json()
        server = self._server
        server.limits.is_on = body.pop("rate_limits", server.limits.is_on)
        server.webhook_delay_factor = body.pop("webhook_delay_factor", server.webhook_delay_factor)
        server.faults.webhook_copies = body.pop("webhook_copies", server.faults.webhook_copies)
        server.faults.webhook_holds |= body.pop("webhook_holds", {})
        server.tells_private_reactions = body.pop(
            "tells_private_reactions", server.tells_private_reactions
        )
        is_revoked = body.pop("is_revoked", None)
        for bot in server.bots.values():
            bot.is_revoked = bot.is_revoked if is_revoked is None else is_revoked
        if body:
            return JSONResponse({"error": f"unknown settings {sorted(body)}"}, status_code=400)
        return JSONResponse({"result": True})


def control_routes(server: TelegramServer) -> list[Route]:
    """Return the routes of the control API."""
    control = Control(server)
    return [
        Route("/_control/people/{action}", control.act, methods=["POST"]),
        Route("/_control/violations", control.list_violations),
        Route("/_control/calls", control.list_calls),
        Route("/_control/faults", control.add_fault, methods=["POST"]),
        Route("/_control/faults", control.clear_faults, methods=["DELETE"]),
        Route("/_control/restart", control.restart, methods=["POST"]),
        Route("/_control/settings", control.change_settings, methods=["POST"]),
        Route("/_control/clock/advance", control.advance_clock, methods=["POST"]),
    ]
