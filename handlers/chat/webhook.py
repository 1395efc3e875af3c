"""Takes updates by webhook; Telegram hears 200 only when an update is stored.

Telegram holds back all later updates of a chat, and of the whole staff group, until it hears that.
So nothing but a failure to store may ever answer anything else to a genuine request.
"""

import hmac
import json
import logging
import socket
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from handlers.chat.api import as_number, as_object
from handlers.chat.context import Line, WebhookSettings
from handlers.chat.inbox import ALLOWED_UPDATES, Receiver
from knowledge.errors import DatabaseError, PortInUse

_LOG = logging.getLogger(__name__)

_SECRET_HEADER: Final = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header
# One update is far smaller.
_BODY_LIMIT: Final = 1 << 20
_BACKLOG_CHECKS: Final = 30
_BACKLOG_PAUSE: Final = 0.5
_TURN: Final = 1.0
"""Within so many seconds replicas that start together try to register."""


class WebhookRoute:
    """The one address that Telegram calls."""

    def __init__(self, receiver: Receiver, secret: str) -> None:
        """Take updates from whoever knows the secret."""
        self._receiver = receiver
        self._secret = secret.encode()

    async def take(self, request: Request) -> Response:
        """Store one update."""
        given = request.headers.get(_SECRET_HEADER, "").encode("latin-1", "replace")
        if not hmac.compare_digest(given, self._secret):
            _LOG.warning("a call of the webhook had a wrong secret")
            return _answer(HTTPStatus.FORBIDDEN)
        body = await _read(request)
        if body is None:
            return _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        update = _parse(body)
        if update is None:
            return _answer(HTTPStatus.BAD_REQUEST)
        try:
            await self._receiver.store([update])
        except DatabaseError:
            _LOG.exception("an update could not be stored; Telegram will send it again")
            return _answer(HTTPStatus.SERVICE_UNAVAILABLE)
        return _answer(HTTPStatus.OK)


async def _read(request: Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _BODY_LIMIT:
            return None
    return bytes(body)


def _parse(body: bytes) -> Mapping[str, object] | None:
    try:
        update = json.loads(body)
    except ValueError:
        return None
    return update if isinstance(update, dict) else None


def _answer(status: HTTPStatus) -> Response:
    # What was refused may not have been read to its end, and would block the connection.
    headers = {} if status is HTTPStatus.OK else {"connection": "close"}
    return PlainTextResponse(status.phrase, status_code=status, headers=headers)


class _QuietServer(uvicorn.Server):
    """Leaves the signals to the service, which has more to end than this."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


class WebhookServer:
    """Listens for Telegram until it is stopped."""

    def __init__(self, settings: WebhookSettings, receiver: Receiver) -> None:
        """Take the port; raises ``PortInUse``."""
        self._socket = _listen(settings)
        route = WebhookRoute(receiver, settings.secret)
        path = settings.path or urlsplit(settings.url).path or "/"
        app = Starlette(routes=[Route(path, route.take, methods=["POST"])])
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
        self._server = _QuietServer(config)

    async def run(self) -> None:
        """Listen, for ever."""
        try:
            await self._server.serve(sockets=[self._socket])
        finally:
            self._socket.close()

    def stop(self) -> None:
        """Take no more updates."""
        self._server.should_exit = True


def _listen(settings: WebhookSettings) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise PortInUse(address=f"{settings.host}:{settings.port}") from error
    return listener


async def register_webhook(line: Line, settings: WebhookSettings) -> None:
    """Tell Telegram where we listen, unless it knows, or another replica tells it just now."""
    address = _address(settings)
    if await _is_registered(line, address):
        return
    # Telegram takes this once in a second.
    await line.sleep(_TURN * line.jitter())
    if await _is_registered(line, address):
        return
    wanted = {
        "url": address,
        "secret_token": settings.secret,
        "allowed_updates": ALLOWED_UPDATES,
        "drop_pending_updates": False,
    }
    await line.api("setWebhook", wanted)


async def _is_registered(line: Line, address: str) -> bool:
    info = as_object(await line.api("getWebhookInfo", {}))
    same_kinds = sorted(_words(info.get("allowed_updates"))) == sorted(ALLOWED_UPDATES)
    return info.get("url") == address and same_kinds


def _address(settings: WebhookSettings) -> str:
    """Return the address with a trace of the secret, which Telegram never tells.

    Without it nobody would notice that Telegram still uses an old one.
    """
    trace = sha256(settings.secret.encode()).hexdigest()[:8]
    return f"{settings.url}{'&' if '?' in settings.url else '?'}v={trace}"


async def remove_webhook(line: Line) -> None:
    """Make polling possible; what has piled up is kept."""
    info = as_object(await line.api("getWebhookInfo", {}))
    if info.get("url"):
        await line.api("deleteWebhook", {"drop_pending_updates": False})


async def await_backlog(line: Line) -> None:
    """Wait until Telegram has delivered what had piled up, or gives no more for now."""
    for _ in range(_BACKLOG_CHECKS):
        info = as_object(await line.api("getWebhookInfo", {}))
        if not as_number(info.get("pending_update_count")):
            break
        await line.sleep(_BACKLOG_PAUSE)
    line.caught_up.set()


def _words(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []
