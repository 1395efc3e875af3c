"""Webhook delivery: ordered per queue, parallel across queues, retried until accepted."""

import asyncio
import json
import random
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpx

from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import BotAccount
from tests.telegram_server.update_queue import QueuedUpdate, QueueKey, UpdateQueue

if TYPE_CHECKING:
    from tests.telegram_server.server import TelegramServer

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header name
_NOT_IN_ANSWERS = frozenset({"setwebhook", "deletewebhook", "close", "logout"})
_GONE_SECONDS = 23 * 3600
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = (60.0, 120.0)
_LONGEST_RETRY_AFTER = 3600.0


@dataclass
class WebhookSettings:
    """What setWebhook said."""

    url: str = ""
    secret: str | None = None
    max_connections: int = 40


@dataclass
class WebhookTrouble:
    """The last failure, for getWebhookInfo."""

    date: int
    text: str


@dataclass
class Attempt:
    """One delivery a test can look at."""

    update_id: int
    key: QueueKey
    status: int | None


@dataclass
class CourierState:
    """Running deliveries by queue."""

    tasks: dict[QueueKey, asyncio.Task[None]] = field(default_factory=dict)
    attempts: list[Attempt] = field(default_factory=list)
    trouble: WebhookTrouble | None = None


class WebhookCourier:
    """Delivers the updates of one bot while a webhook is set."""

    def __init__(self, server: "TelegramServer", bot: BotAccount, queue: UpdateQueue) -> None:
        self._server = server
        self._bot = bot
        self._queue = queue
        self._loop: asyncio.AbstractEventLoop | None = None
        self._slots = asyncio.Semaphore(40)
        # Made when first needed: loading certificates takes longer than many a test.
        self._made_client: httpx.AsyncClient | None = None
        self._gone_since: float | None = None
        self.settings = WebhookSettings()
        self.state = CourierState()

    @property
    def _client(self) -> httpx.AsyncClient:
        if self._made_client is None:
            self._made_client = httpx.AsyncClient(timeout=60.0)
        return self._made_client

    async def close(self) -> None:
        """Stop for good."""
        self.stop()
        if self._made_client is not None:
            await self._made_client.aclose()

    @property
    def is_active(self) -> bool:
        """Whether a webhook is set."""
        return bool(self.settings.url)

    def configure(self, settings: WebhookSettings) -> None:
        """Start, change or (with an empty address) stop delivery; needs a running loop."""
        self._loop = asyncio.get_running_loop()
        self._slots = asyncio.Semaphore(settings.max_connections)
        self.settings = settings
        self.stop()
        self._start_queues()

    def stop(self) -> None:
        """Cancel deliveries under way."""
        for task in self.state.tasks.values():
            task.cancel()
        self.state.tasks.clear()

    def wake(self) -> None:
        """Tell the courier, from any thread, that updates came."""
        if self.is_active and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._start_queues)

    def _start_queues(self) -> None:
        if not self.is_active:
            return
        for key in {update.key for update in self._queue.waiting()}:
            running = self.state.tasks.get(key)
            if running is None or running.done():
                task = asyncio.ensure_future(self._drain(key))
                task.add_done_callback(self._finish)
                self.state.tasks[key] = task

    def _finish(self, task: asyncio.Task[None]) -> None:
        if task.cancelled():
            return
        failure = task.exception()
        if failure is not None:
            self._server.violations.append(f"webhook delivery broke the server: {failure!r}")
            return
        # An update may have come between the last look and the end of the task.
        self._start_queues()

    def _head(self, key: QueueKey) -> QueuedUpdate | None:
        return next((u for u in self._queue.waiting() if u.key == key), None)

    async def _drain(self, key: QueueKey) -> None:
        failures = 0
        while self.is_active and (head := self._head(key)) is not None:
            pause = await self._deliver(head)
            if pause is None:
                failures = 0
                self._queue.remove(head.update_id)
                continue
            failures += 1
            wait = max(pause, self._backoff(failures))
            await asyncio.sleep(wait * self._server.webhook_delay_factor)

    def _backoff(self, failures: int) -> float:
        longest = random.uniform(*_LONGEST_PAUSE)
        return float(min(_FIRST_PAUSE * 2 ** (failures - 1), longest))

    async def _deliver(self, update: QueuedUpdate) -> float | None:
        """Post one update; return nothing when accepted, else the pause asked for."""
        await asyncio.sleep(self._server.faults.webhook_holds.get(update.kind, 0.0))
        async with self._slots:
            for _ in range(self._server.faults.webhook_copies):
                try:
                    answer = await self._post(update)
                except httpx.HTTPError as error:
                    self._note(update, None, f"Connection failed: {type(error).__name__}")
                    return 0.0
        if not answer.is_success:
            text = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
            self._note(update, answer.status_code, text)
            self._give_up_when_gone(answer.status_code)
            return _read_retry_after(answer)
        self._gone_since = None
        self._note(update, answer.status_code, None)
        await self._run_method_in_answer(answer)
        return None

    def _give_up_when_gone(self, status: int) -> None:
        """Unset a webhook that has said 410 for 23 hours."""
        now = self._server.clock.now()
        if status != HTTPStatus.GONE:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = now
        elif now - self._gone_since >= _GONE_SECONDS:
            self.settings = WebhookSettings()

    async def _post(self, update: QueuedUpdate) -> httpx.Response:
        headers = {"Content-Type": "application/json"}
        if self.settings.secret:
            headers[SECRET_HEADER] = self.settings.secret
        content = json.dumps(update.payload(), ensure_ascii=False)
        return await self._client.post(self.settings.url, content=content, headers=headers)

    def _note(self, update: QueuedUpdate, status: int | None, trouble: str | None) -> None:
        self.state.attempts.append(Attempt(update.update_id, update.key, status))
        if trouble is not None:
            self.state.trouble = WebhookTrouble(self._server.clock.seconds(), trouble)

    async def _run_method_in_answer(self, answer: httpx.Response) -> None:
        """Carry out the method that may stand in the answer; its result is told to nobody."""
        try:
            body = json.loads(answer.content)
        except ValueError:
            return
        if not isinstance(body, dict) or "method" not in body:
            return
        name = str(body.pop("method"))
        if name.lower().startswith("get") or name.lower() in _NOT_IN_ANSWERS:
            self._server.violations.append(f"webhook answers with {name}, which is ignored")
        else:
            await self._server.run_method(self._bot, name, body)

    def describe(self) -> JsonObject:
        """Write WebhookInfo."""
        info: JsonObject = {
            "url": self.settings.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue.waiting()),
        }
        if self.is_active:
            info |= {"max_connections": self.settings.max_connections, "ip_address": "127.0.0.1"}
        if self._queue.allowed:
            info["allowed_updates"] = self._queue.allowed
        if self.state.trouble is not None:
            info["last_error_date"] = self.state.trouble.date
            info["last_error_message"] = self.state.trouble.text
        return info


def _read_retry_after(answer: httpx.Response) -> float:
    value = answer.headers.get("Retry-After", "")
    return min(float(value), _LONGEST_RETRY_AFTER) if value.isdigit() else 0.0
