"""``handlers.chat.api.Api`` over the simulated Telegram, in the weather of the world."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tests.simulation.life import Life
from tests.simulation.weather import LATEST, Fortune, Passage, Weather
from tests.telegram_server.errors import ApiError

FETCH = "getUpdates"
_TIMED_OUT = 5.0
_CARRIED_OUT = frozenset({Fortune.FINE, Fortune.UNHEARD, Fortune.LATE})


class ConnectError(Exception):
    """Named as the library's network layer names a failure before anything was sent."""


@dataclass(frozen=True, slots=True)
class Request:
    """A call that has left."""

    method: str
    parameters: Mapping[str, object]
    passage: Passage


class Wire(Protocol):
    """Telegram's end of the line."""

    def call(self, method: str, parameters: Mapping[str, object]) -> object:
        """Carry a method out."""

    def sent(self, method: str, parameters: Mapping[str, object]) -> None:
        """A request has left that will be carried out."""

    def fetch(self, offset: int) -> list[Mapping[str, object]]:
        """Return waiting updates."""


class SimulatedApi:
    """Calls of one process. What has been sent arrives, whatever becomes of the process."""

    def __init__(
        self,
        wire: Wire,
        life: Life,
        weather: Weather,
        watch: Callable[[str, Mapping[str, object]], None],
    ) -> None:
        self._wire = wire
        self._life = life
        self._weather = weather
        self._watch = watch
        self.news = asyncio.Event()
        self._under_way: dict[asyncio.Future[object], tuple[Request, asyncio.TimerHandle]] = {}

    @property
    def under_way(self) -> int:
        """How many requests have left and not arrived."""
        return len(self._under_way)

    def let_go(self) -> None:
        """The process has ended: what it has sent arrives soon, or sooner."""
        loop = asyncio.get_event_loop()
        for arrived, (request, handle) in list(self._under_way.items()):
            if handle.when() > loop.time() + LATEST:
                handle.cancel()
                self._send_off(arrived, request, LATEST)

    async def __call__(
        self, method: str, parameters: Mapping[str, object], *, patience: float | None = None
    ) -> object:
        """Call a method."""
        del patience
        if method == FETCH:
            return await self._fetch(parameters)
        self._life.step(f"before {method}")
        self._watch(method, parameters)
        passage = self._weather.passage()
        if passage.fortune is Fortune.REFUSED:
            await asyncio.sleep(passage.back)
            raise NetworkError(passage.fortune.value) from ConnectError
        result = await self._send(method, parameters, passage)
        self._life.step(f"after {method}")
        return result

    async def _send(
        self, method: str, parameters: Mapping[str, object], passage: Passage
    ) -> object:
        loop = asyncio.get_running_loop()
        arrived: asyncio.Future[object] = loop.create_future()
        request = Request(method, dict(parameters), passage)
        if passage.fortune in _CARRIED_OUT:
            self._wire.sent(method, request.parameters)
        self._send_off(arrived, request, passage.there)
        if passage.fortune is Fortune.LATE:
            await asyncio.sleep(_TIMED_OUT)
            raise TimedOut
        result = await arrived
        await asyncio.sleep(passage.back)
        if isinstance(result, ApiError):
            raise as_library_error(result)
        if passage.fortune in {Fortune.LOST, Fortune.UNHEARD}:
            raise TimedOut
        return result

    def _send_off(self, arrived: asyncio.Future[object], request: Request, seconds: float) -> None:
        handle = asyncio.get_event_loop().call_later(seconds, self._arrive, arrived, request)
        self._under_way[arrived] = (request, handle)

    def _arrive(self, arrived: asyncio.Future[object], request: Request) -> None:
        del self._under_way[arrived]
        fortune, wait = request.passage.fortune, request.passage.wait
        result: object = None
        try:
            if fortune is Fortune.FLOOD:
                result = ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
            elif fortune is Fortune.BROKEN:
                result = ApiError(500, "Internal Server Error: restart")
            elif fortune is Fortune.GARBLED and "parse_mode" in request.parameters:
                result = ApiError(400, "Bad Request: can't parse entities: byte offset 1")
            elif fortune is not Fortune.LOST:
                result = self._wire.call(request.method, request.parameters)
        except ApiError as error:
            result = error
        if not arrived.done():
            arrived.set_result(result)

    async def _fetch(self, parameters: Mapping[str, object]) -> object:
        self._life.check()
        await asyncio.sleep(self._weather.passage().there)
        offset, timeout = parameters.get("offset"), parameters.get("timeout")
        until = asyncio.get_running_loop().time() + (timeout if isinstance(timeout, int) else 0)
        while True:
            self.news.clear()
            found = self._wire.fetch(offset if isinstance(offset, int) else 0)
            left = until - asyncio.get_running_loop().time()
            if found or left <= 0:
                break
            await self._wait(left)
        if self._weather.passage().fortune is not Fortune.FINE:
            # What it would have returned comes again with the next request.
            raise TimedOut
        self._life.step(f"after {FETCH}")
        return found

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self.news.wait()
        except TimeoutError:
            return


def as_library_error(error: ApiError) -> TelegramError:
    """Return what the library raises for an answer with ``ok: false``."""
    kinds: dict[int, type[TelegramError]] = {400: BadRequest, 403: Forbidden, 409: Conflict}
    if error.code == HTTPStatus.UNAUTHORIZED:
        return InvalidToken()
    if error.retry_after is not None:
        return RetryAfter(error.retry_after)
    moved = error.payload().get("parameters", {}).get("migrate_to_chat_id")
    if moved is not None:
        return ChatMigrated(moved)
    return kinds.get(error.code, NetworkError)(error.description)
