"""The Telegram service: what it consists of, how it starts and how it ends."""

import asyncio
import logging
import random
import signal
from collections.abc import AsyncGenerator, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Final

from telegram.error import InvalidToken
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from handlers.chat.alarms import Alarms
from handlers.chat.albums import Albums
from handlers.chat.api import BotApi
from handlers.chat.boxes import MessageBoxes
from handlers.chat.checks import check_staff_group, insist
from handlers.chat.context import ChatSettings, Door, Line
from handlers.chat.flood import Flood
from handlers.chat.gap_worker import GapWorker
from handlers.chat.housekeeping import Housekeeper
from handlers.chat.inbox import Receiver
from handlers.chat.interpreter_worker import InterpreterWorker
from handlers.chat.limiter import Limiter
from handlers.chat.membership import Membership
from handlers.chat.moving import follow_moves, remember_move
from handlers.chat.outbox import Sender
from handlers.chat.polling import Poller
from handlers.chat.registration import register
from handlers.chat.routing import Dispatch
from handlers.chat.webhook import WebhookServer, await_backlog, register_webhook, remove_webhook
from handlers.chat.workers import MOST_AT_ONCE, Workers
from knowledge.errors import TokenRefused

_LOG = logging.getLogger(__name__)

GRACE: Final = 8.0
"""Seconds for what is under way when the service is asked to end."""

_CONNECTIONS: Final = 64
# Besides the threads that think: for the inbox, the outbox, and transactions of handlers.
_MORE_THREADS: Final = 4


def run(door: Door) -> None:
    """Serve until SIGTERM or SIGINT; raises ``DoorError`` where the service cannot start."""
    asyncio.run(_run_until_signalled(door))


async def serve(door: Door, *, stop: asyncio.Event) -> None:
    """Serve until ``stop`` is set."""
    asyncio.get_running_loop().set_default_executor(
        ThreadPoolExecutor(MOST_AT_ONCE + _MORE_THREADS)
    )
    async with _bot(door.settings) as bot:
        await _serve_as(bot, door, stop)


async def _serve_as(bot: ExtBot[None], door: Door, stop: asyncio.Event) -> None:
    line = _line(bot, door)
    receiver = Receiver(door, line)
    webhook = door.settings.webhook
    # The port is taken first: nothing has begun when it turns out to be in use.
    server = WebhookServer(webhook, receiver) if webhook else None
    await _check_group(door, line)
    dispatch = Dispatch(door, line, bot)
    await dispatch.initialize()
    flood = Flood(door, dispatch.parse)
    workers = Workers(door, line, handle=dispatch.handle, rescue=dispatch.rescue, backlogs=flood)
    sender = Sender(door, line)
    incoming = _listen(server, door, line) if server else _poll(receiver, line)
    _LOG.info("serving as @%s", bot.username)
    try:
        alarms = Alarms(door, line)
        jobs = [
            incoming,
            workers.run(),
            sender.run(),
            alarms.run(),
            GapWorker(door.gaps, line).run(),
            InterpreterWorker(door.interpreter, line).run(),
            Albums(door, line).run(),
            Housekeeper(door, line).run(),
            _introduce_to_people(door, line),
        ]
        await _until_stopped(stop, jobs)
    finally:
        await asyncio.gather(workers.finish(GRACE), sender.finish(GRACE))


@asynccontextmanager
async def _bot(settings: ChatSettings) -> AsyncGenerator[ExtBot[None], None]:
    root = settings.base_url.rstrip("/")
    try:
        bot: ExtBot[None] = ExtBot(
            settings.token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            # A timeout of the wait for a free connection is surely no loss: it may be long.
            request=HTTPXRequest(connection_pool_size=_CONNECTIONS, pool_timeout=10.0),
            get_updates_request=HTTPXRequest(connection_pool_size=2),
        )
    except InvalidToken as error:
        raise TokenRefused from error
    try:
        await insist(bot.initialize, sleep=asyncio.sleep)
        yield bot
    finally:
        await bot.shutdown()


def _line(bot: ExtBot[None], door: Door) -> Line:
    return Line(
        api=BotApi(bot),
        bot_id=bot.id,
        # Not a clock of this process alone: others on the database keep the same limits.
        limiter=Limiter(
            clock=lambda: door.clock().timestamp(), sleep=asyncio.sleep, name=str(bot.id)
        ),
        boxes=MessageBoxes(),
        sleep=asyncio.sleep,
        jitter=random.SystemRandom().random,
    )


async def _check_group(door: Door, line: Line) -> None:
    settings = door.settings
    await door.transact(lambda unit: follow_moves(unit, settings))
    if not settings.staff_groups:
        _LOG.warning("there is no staff group: cases wait in the database until there is one")
    for group in settings.staff_groups:
        present = await check_staff_group(line, group)
        if present != group:
            await door.transact(partial(remember_move, old=group, new=present))
            await door.transact(lambda unit: follow_moves(unit, settings))


async def _poll(receiver: Receiver, line: Line) -> None:
    await insist(lambda: remove_webhook(line), sleep=line.sleep)
    await Poller(line, receiver).run()


async def _listen(server: WebhookServer, door: Door, line: Line) -> None:
    settings = door.settings.webhook
    serving = asyncio.create_task(server.run(), name="webhook")
    try:
        if settings is not None:
            await insist(lambda: register_webhook(line, settings), sleep=line.sleep)
            await insist(lambda: await_backlog(line), sleep=line.sleep)
        # Cancelled while it waits for the task itself, this would cancel the server in turn, which
        # then could not end its connections.
        await asyncio.wait({serving})
    finally:
        server.stop()
        await serving


async def _introduce_to_people(door: Door, line: Line) -> None:
    await door.composer.icons.load(line.api)
    await Membership(door, line).meet_administrators()
    await register(line, door.wording)
    # The service ends when one of its jobs does; this one has nothing left to do but to stay.
    await asyncio.Event().wait()


async def _until_stopped(
    stop: asyncio.Event, jobs: Sequence[Coroutine[object, object, None]]
) -> None:
    """Run the jobs until ``stop`` is set; raises what ends one of them before that."""
    stopping = asyncio.create_task(_wait(stop), name="stop")
    tasks = [stopping, *(asyncio.create_task(job) for job in jobs)]
    ended, running = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    for task in ended:
        task.result()


async def _wait(stop: asyncio.Event) -> None:
    await stop.wait()


async def _run_until_signalled(door: Door) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    serving = asyncio.create_task(serve(door, stop=stop))
    stopping = asyncio.create_task(_wait(stop))
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    # While Telegram cannot be reached the start itself lasts, and must be possible to end.
    await asyncio.wait({serving}, timeout=GRACE + 1)
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
