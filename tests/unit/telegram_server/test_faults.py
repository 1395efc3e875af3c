import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError, TimedOut

from tests.telegram_server.faults import Fault, FaultKind
from tests.telegram_server.people import People
from tests.telegram_server.running import RunningServer
from tests.unit.telegram_server.scene import Scene

pytestmark = pytest.mark.asyncio


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


@pytest.mark.parametrize("kind", ["hang", "slow"])
async def test_late_answers(
    bot: Bot, running: RunningServer, people: People, scene: Scene, kind: FaultKind
) -> None:
    running.server.faults.add(Fault(kind, seconds=0.5))

    with pytest.raises(TimedOut):
        await bot.send_message(scene.anna, "once", read_timeout=0.1)

    was_processed = any(view.text == "once" for view in people.read_chat(scene.anna))
    assert was_processed is (kind == "slow")


async def test_a_revoked_token(bot: Bot, running: RunningServer) -> None:
    running.bot.is_revoked = True

    with pytest.raises(InvalidToken):
        await bot.get_me()
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{running.base_url}99:NOBODY/getMe")
    assert answer.status_code == 401
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_the_rate_model_limits_groups_by_the_minute(
    bot: Bot, running: RunningServer, scene: Scene
) -> None:
    running.server.limits.is_on = True
    for _ in range(20):
        await bot.send_message(scene.desk, "x")
        running.server.clock.advance(1)
    with pytest.raises(RetryAfter, match="0:00:40"):
        await bot.create_forum_topic(scene.desk, "T")
    running.server.clock.advance(40)
    await bot.create_forum_topic(scene.desk, "T")


async def test_the_rate_model_allows_bursts_in_private(
    bot: Bot, running: RunningServer, scene: Scene
) -> None:
    running.server.limits.is_on = True
    for _ in range(5):
        await bot.send_message(scene.anna, "x")
    with pytest.raises(RetryAfter):
        await bot.send_message(scene.anna, "x")
    await bot.send_message(scene.desk, "another chat")


async def test_the_plan_can_be_cleared(bot: Bot, running: RunningServer) -> None:
    running.server.faults.add(Fault("error", code=400, description="Bad Request: no", times=9))
    with pytest.raises(BadRequest):
        await bot.get_me()
    running.server.faults.clear()
    assert (await bot.get_me()).is_bot
