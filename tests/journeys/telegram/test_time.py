"""A case on a clock of our own: told by when, reminded, promised for Friday, and kept."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from handlers import wording_time_texts as texts
from handlers.chat import alarms
from tests.journeys.telegram.consulting import Advisor
from tests.journeys.telegram.service import Scene, said
from tests.journeys.telegram.wiring import now

pytestmark = pytest.mark.asyncio

SHENZHEN = ZoneInfo("Asia/Shanghai")


class WallClock:
    """Goes on like any clock, from the moment that it is set to."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def set(self, moment: datetime) -> None:
        self._ahead = moment - now()

    def __call__(self) -> datetime:
        return now() + self._ahead


def november(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHENZHEN)


def marked(scene: Scene) -> bool:
    return any("👀" in view.reactions for view in scene.people.read_chat(scene.group))


async def test_time_runs_out_and_a_promise_is_kept(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarms, "PAUSE", 0.2)
    people, group, anna, sam = scene.people, scene.group, scene.anna, scene.sam
    clock = WallClock(november(22, 20))
    async with scene.service(Advisor(), clock=clock):
        people.send_text(anna, "person please, I'm in Moscow")
        # On a Sunday evening: the office opens on Monday at nine.
        await people.wait_for_text(anna, "Mon 23 Nov, 04:00–06:00 (your time, Moscow)")
        topic = await scene.topic()
        await scene.topic_text(topic, "person please")
        before = len(scene.texts(anna))
        people.send_text(anna, "/status")
        await people.wait_for(lambda: len(scene.texts(anna)) > before)
        assert "Mon 23 Nov, 04:00–06:00 (your time, Moscow)" in scene.texts(anna)[-1]

        clock.set(november(23, 10))
        await people.wait_for(lambda: marked(scene), seconds=8)
        clock.set(november(23, 11))
        late = await scene.topic_text(topic, "was due by Mon 23 Nov, 11:00")
        assert said(texts.OVERDUE_UNCLAIMED) in late

        people.press(sam, "Claim", chat_id=group, thread_id=topic)
        await people.wait_for_text(anna, "A colleague has taken over")
        people.send_text(sam, "We will call you on Friday.", chat_id=group, thread_id=topic)
        await people.wait_for_text(anna, "We will call you on Friday.")
        await scene.topic_text(topic, "Noted for Fri 27 Nov")

    clock.set(november(27, 9))
    async with scene.service(Advisor(), clock=clock):
        today = await scene.topic_text(topic, "today is the day")
        assert "Sam" in today
        people.press(sam, texts.KEPT_BUTTON, chat_id=group, thread_id=topic)
        await scene.topic_text(topic, "Done (Sam)")
        clock.set(november(27, 18))
        people.send_text(anna, "thank you")
        await scene.topic_text(topic, "thank you")
        shown = [view.text for view in people.read_topic(group, topic)]
        assert not any(said(texts.PROMISE_OVERDUE) in text for text in shown)
