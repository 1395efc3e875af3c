"""Answers that planned faults give instead of, or after, processing."""

import asyncio

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from tests.telegram_server.errors import ApiError
from tests.telegram_server.faults import Fault

_BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"

_PIECES = 10


class DroppedResponse(Response):
    """An answer whose connection closes before the body."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Announce a body and never send it."""
        del scope, receive
        headers = [(b"content-type", b"application/json"), (b"content-length", b"4096")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        # The server closes a connection whose application fails half-way.
        text = "dropped on purpose"
        raise ConnectionAbortedError(text)


class TricklingResponse(Response):
    """An answer that comes in pieces, with time between them."""

    def __init__(self, body: bytes, seconds: float) -> None:
        super().__init__(body, media_type="application/json")
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send piece after piece."""
        del scope, receive
        body = bytes(self.body)
        step = max(1, len(body) // _PIECES)
        pieces = [body[start : start + step] for start in range(0, len(body), step)]
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            await asyncio.sleep(self._seconds / len(pieces))
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def answer_before(fault: Fault) -> Response | None:
    """Answer without processing, if the fault is of such a kind."""
    if fault.kind == "error":
        error = ApiError(
            fault.code,
            fault.describe(),
            retry_after=fault.retry_after,
            migrate_to=fault.migrate_to,
        )
        return JSONResponse(error.payload(), status_code=fault.code)
    if fault.kind == "html_502":
        return HTMLResponse(_BAD_GATEWAY, status_code=502)
    if fault.kind == "hang":
        await asyncio.sleep(fault.seconds)
        return HTMLResponse(_BAD_GATEWAY, status_code=504)
    return None


async def spoil(fault: Fault, answer: Response) -> Response:
    """Spoil the answer to a processed request."""
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    if fault.kind == "trickle":
        return TricklingResponse(bytes(answer.body), fault.seconds)
    if fault.kind == "drop":
        return DroppedResponse()
    if fault.kind == "truncate":
        body = bytes(answer.body)
        return Response(body[: len(body) // 2], media_type="application/json")
    return answer
