"""Whoever presses a button is told what came of it, and nobody else is."""

import asyncio

import pytest

from bot.desk.ticket import Staff
from handlers import wording_case_texts as case_texts
from handlers.chat import presses
from handlers.chat.buttons import Action
from handlers.chat.presses import Pressed, Presses, Toast
from knowledge.errors import AlreadyClaimed, ThreadNotFound
from tests.unit.chat.group import SAM, Group, press

pytestmark = pytest.mark.asyncio

SECOND_GROUP = -1002


@pytest.fixture
def group() -> Group:
    return Group()


class Work:
    """A handler that is told what to do."""

    def __init__(self) -> None:
        self.pressed: list[tuple[Pressed, Staff]] = []
        self.trouble: Exception | None = None
        self.begun = asyncio.Event()
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def __call__(self, pressed: Pressed, staff: Staff) -> Toast:
        self.pressed.append((pressed, staff))
        self.begun.set()
        await self.go_on.wait()
        if self.trouble is not None:
            raise self.trouble
        return Toast("done")


def room(group: Group, work: Work) -> Presses:
    return Presses(group.door, group.line, customers={}, staff={Action.CLAIM: work})


async def test_a_press_is_answered_with_what_came_of_it(group: Group) -> None:
    work = Work()
    group.begin()
    await room(group, work).pressed(press("v1:claim:12"), None)  # type: ignore[arg-type]
    ((pressed, staff),) = work.pressed
    assert (pressed.ticket, pressed.choice) == (12, "")
    assert staff == Staff(identity="11", name="Sam")
    assert [answer["text"] for answer in group.answers] == ["done"]


async def test_who_hides_behind_a_group_presses_as_they_write(group: Group) -> None:
    group.door.settings.more_groups = (SECOND_GROUP,)
    group.members[SAM] = {"status": "administrator", "is_anonymous": True}
    work = Work()
    group.begin()
    update = press("v1:claim:12", chat=SECOND_GROUP)
    await room(group, work).pressed(update, None)  # type: ignore[arg-type]
    ((_, staff),) = work.pressed
    assert staff == Staff(identity=str(SECOND_GROUP), name="Staff"), "what they write has that id"


async def test_a_second_group_reads_the_language_of_staff(group: Group) -> None:
    group.door.settings.more_groups = (SECOND_GROUP,)
    group.door.settings.staff_language = "de"
    work = Work()
    work.trouble = AlreadyClaimed(staff="Kim")
    group.begin()
    update = press("v1:claim:12", chat=SECOND_GROUP)
    await room(group, work).pressed(update, None)  # type: ignore[arg-type]
    german = group.door.wording.error(work.trouble, language="de")
    assert [answer["text"] for answer in group.answers] == [german]


async def test_what_is_refused_is_told_to_who_pressed_alone(group: Group) -> None:
    work = Work()
    work.trouble = AlreadyClaimed(staff="Kim")
    group.begin()
    await room(group, work).pressed(press("v1:claim:12"), None)  # type: ignore[arg-type]
    (answer,) = group.answers
    assert (answer["text"], answer["show_alert"]) == ("Kim already has this thread.", True)
    assert group.lines() == []


async def test_a_button_that_has_had_its_day_says_so(group: Group) -> None:
    work = Work()
    work.trouble = ThreadNotFound(ticket=12)
    group.begin()
    await room(group, work).pressed(press("v1:claim:12"), None)  # type: ignore[arg-type]
    assert group.answers[0]["text"] == case_texts.NOT_OPEN


async def test_where_the_answer_comes_too_late_a_refusal_is_a_line(group: Group) -> None:
    work, group.late = Work(), True
    work.trouble = AlreadyClaimed(staff="Kim")
    handling = group.begin()
    await room(group, work).pressed(press("v1:claim:12"), None)  # type: ignore[arg-type]
    assert group.lines() == ["⚠️ Kim already has this thread."]
    assert handling.finished, "the line is written once"


async def test_what_takes_too_long_is_answered_before(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presses, "_IN_TIME", 0.01)
    work = Work()
    work.trouble = AlreadyClaimed(staff="Kim")
    work.go_on.clear()
    group.begin()
    task = asyncio.create_task(
        room(group, work).pressed(press("v1:claim:12"), None)  # type: ignore[arg-type]
    )
    await group.answered.wait()
    assert "text" not in group.answers[0]
    work.go_on.set()
    await task
    assert group.lines() == ["⚠️ Kim already has this thread."]


async def test_who_is_not_in_the_group_gets_nowhere(group: Group) -> None:
    work = Work()
    group.begin()
    await room(group, work).pressed(press("v1:claim:12", by=66), None)  # type: ignore[arg-type]
    assert work.pressed == []
    assert group.answers[0]["text"] == case_texts.REFUSED_PRESS


async def test_a_button_of_staff_does_nothing_elsewhere(group: Group) -> None:
    work = Work()
    group.begin()
    await room(group, work).pressed(press("v1:claim:12", chat=11), None)  # type: ignore[arg-type]
    assert work.pressed == []
    assert "text" not in group.answers[0]


async def test_a_number_that_no_database_can_hold_is_none(group: Group) -> None:
    work = Work()
    group.begin()
    await room(group, work).pressed(press(f"v1:claim:{'9' * 40}"), None)  # type: ignore[arg-type]
    ((pressed, _),) = work.pressed
    assert pressed.ticket == 0
