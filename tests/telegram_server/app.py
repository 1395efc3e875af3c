"""The HTTP face of the server: Bot API methods, files, and the control API for tests."""

import inspect
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.telegram_server import errors
from tests.telegram_server.broken_answers import answer_before, spoil
from tests.telegram_server.control import control_routes
from tests.telegram_server.errors import ApiError, ViolationError
from tests.telegram_server.forms import Form, read_form
from tests.telegram_server.methods import FAMILIES
from tests.telegram_server.methods.registry import HANDLERS, Call
from tests.telegram_server.server import RecordedCall, TelegramServer
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import BotAccount
from tests.telegram_server.validation import decode_parameters, method_models

HTTP_METHODS = ["GET", "POST"]
_MANY_AT_ONCE = frozenset({"copyMessages", "forwardMessages"})


class BotApi:
    """Answers the requests of bots."""

    def __init__(self, server: TelegramServer) -> None:
        self._server = server
        server.run_method = self.run_method
        self.families = len(FAMILIES)

    async def answer_method(self, request: Request) -> Response:
        """Answer /bot<token>/<method>."""
        try:
            bot = self._server.find_bot(request.path_params["token"])
            call = await self._read_call(bot, request)
        except ApiError as error:
            return self._refuse(error)
        record = RecordedCall(call.method, call.values)
        self._server.calls.append(record)
        fault = self._server.faults.take(call.method, call.get("chat_id"))
        if fault is not None:
            spoiled = await answer_before(fault)
            if spoiled is not None:
                record.error = f"fault: {fault.kind}"
                return spoiled
        answer = await self._process(call, record)
        return answer if fault is None else await spoil(fault, answer)

    async def run_method(self, bot: BotAccount, name: str, values: JsonObject) -> None:
        """Carry out a method that stands in a webhook's answer."""
        try:
            call = self._make_call(bot, name, Form(values))
        except ApiError as error:
            self._refuse(error)
            return
        record = RecordedCall(call.method, call.values)
        self._server.calls.append(record)
        await self._process(call, record)

    async def _read_call(self, bot: BotAccount, request: Request) -> Call:
        return self._make_call(bot, request.path_params["method"], await read_form(request))

    def _make_call(self, bot: BotAccount, name: str, form: Form) -> Call:
        model = method_models().get(name.lower())
        if model is None:
            self._server.violations.append(f"unknown method {name}")
            raise ApiError(404, "Not Found: method not found")
        api_name = str(model.__api_method__)
        if name.lower() not in HANDLERS:
            text = f"{api_name} is not supported by this server"
            raise errors.violation(text, code=501)
        return Call(self._server, bot, api_name, decode_parameters(api_name, form), form.files)

    async def _process(self, call: Call, record: RecordedCall) -> Response:
        try:
            self._check_limits(call)
            with self._server.lock:
                result = HANDLERS[call.method.lower()](call)
            if inspect.isawaitable(result):
                result = await result
        except ApiError as error:
            record.error = error.description
            return self._refuse(error)
        except Exception as error:
            self._server.violations.append(f"{call.method} broke the server: {error!r}")
            raise
        return JSONResponse({"ok": True, "result": result})

    def _check_limits(self, call: Call) -> None:
        chat_id = call.get("chat_id")
        many = call.get("message_ids") if call.method in _MANY_AT_ONCE else call.get("media")
        messages = len(many) if isinstance(many, list) else 1
        known = chat_id if isinstance(chat_id, int) else None
        self._server.limits.check(call.method, known, messages)

    def _refuse(self, error: ApiError) -> Response:
        if isinstance(error, ViolationError):
            self._server.violations.append(error.description)
        return JSONResponse(error.payload(), status_code=error.code)

    async def answer_file(self, request: Request) -> Response:
        """Answer /file/bot<token>/<path>."""
        try:
            self._server.find_bot(request.path_params["token"])
        except ApiError as error:
            return self._refuse(error)
        stored = self._server.files.find_by_path(request.path_params["path"])
        if stored is None:
            return self._refuse(ApiError(404, "Not Found"))
        return Response(stored.content, media_type="application/octet-stream")


def create_app(server: TelegramServer, more: Sequence[Route] = ()) -> Starlette:
    """Build the ASGI application, perhaps with more routes than a Bot API server has."""
    api = BotApi(server)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        for doors in server.doors.values():
            await doors.courier.close()

    return Starlette(
        routes=[
            Route("/bot{token}/{method}", api.answer_method, methods=HTTP_METHODS),
            Route("/file/bot{token}/{path:path}", api.answer_file),
            *control_routes(server),
            *more,
        ],
        lifespan=lifespan,
    )
