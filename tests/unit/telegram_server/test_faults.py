import httpx
import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tests.telegram_server.faults import Fault, FaultKind
from tests.telegram_server.people import People
from tests.telegram_server.running import RunningServer
from tests.unit.telegram_server.scene import Scene

pytestmark = pytest.mark.asyncio

# PTB waits 0.1 s in these tests for each piece of an answer.
_LATE: dict[str, float] = {"hang": 0.5, "slow": 0.5, "trickle": 3.0}


@pytest.fixture(autouse=True)
def _without_the_old_type_of_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


async def test_a_planned_error_happens_at_the_planned_call(
    bot: Bot, running: RunningServer, scene: Scene
) -> None:
    fault = Fault("error", method="sendMessage", chat_id=scene.anna, skip=1)
    fault.code, fault.retry_after = 429, 7
    running.server.faults.add(fault)
    await bot.send_message(scene.anna, "first")
    await bot.send_message(scene.desk, "elsewhere")
    with pytest.raises(RetryAfter, match="Retry in 0:00:07"):
        await bot.send_message(scene.anna, "second")
    await bot.send_message(scene.anna, "third")


@pytest.mark.parametrize("kind", ["drop", "truncate", "html_502"])
async def test_broken_answers(
    bot: Bot, running: RunningServer, people: People, scene: Scene, kind: FaultKind
) -> None:
    running.server.faults.add(Fault(kind, method="sendMessage"))

    with pytest.raises(TelegramError):
        await bot.send_message(scene.anna, "once")

    was_processed = any(view.text == "once" for view in people.read_chat(scene.anna))
    assert was_processed is (kind != "html_502")
    assert (await bot.get_me()).is_bot


@pytest.mark.parametrize("kind", ["hang", "slow", "trickle"])
async def test_late_answers(
    bot: Bot, running: RunningServer, people: People, scene: Scene, kind: FaultKind
) -> None:
    running.server.faults.add(Fault(kind, seconds=_LATE[kind]))

    with pytest.raises(TimedOut):
        await bot.send_message(scene.anna, "once", read_timeout=0.1)

    was_processed = any(view.text == "once" for view in people.read_chat(scene.anna))
    assert was_processed is (kind != "hang")


async def test_a_revoked_token(bot: Bot, running: RunningServer) -> None:
    running.bot.is_revoked = True

    with pytest.raises(InvalidToken):
        await bot.get_me()
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{running.base_url}99:NOBODY/getMe")
    assert answer.status_code == 401
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_the_plan_can_be_cleared(bot: Bot, running: RunningServer) -> None:
    running.server.faults.add(Fault("error", code=400, description="Bad Request: no", times=9))
    with pytest.raises(BadRequest):
        await bot.get_me()
    running.server.faults.clear()
    assert (await bot.get_me()).is_bot


async def test_faults_may_be_a_matter_of_chance(
    bot: Bot, running: RunningServer, scene: Scene
) -> None:
    fault = Fault("error", method="sendMessage", code=500, times=99, probability=0.3)
    running.server.faults.add(fault)
    failed = []
    for number in range(40):
        try:
            await bot.send_message(scene.anna, str(number))
        except TelegramError:
            failed.append(number)
    assert 4 <= len(failed) <= 20


async def test_a_server_that_is_down_refuses_connections(
    bot: Bot, running: RunningServer, people: People, scene: Scene
) -> None:
    people.send_text(scene.anna, "before")
    running.refuse_connections()
    with pytest.raises(NetworkError, match="ConnectError"):
        await bot.send_message(scene.anna, "lost")
    people.send_text(scene.anna, "meanwhile")
    running.accept_connections()

    await bot.send_message(scene.anna, "found")

    assert [view.text for view in people.read_chat(scene.anna)] == [
        "/start",
        "before",
        "meanwhile",
        "found",
    ]
    texts = [u.message.text for u in await bot.get_updates() if u.message]
    assert texts[-1] == "meanwhile"


async def test_a_fault_may_tell_of_a_new_group(
    bot: Bot, running: RunningServer, scene: Scene
) -> None:
    running.server.faults.add(Fault("error", code=400, migrate_to=-100777))
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(scene.desk, "x")
    assert caught.value.new_chat_id == -100777
