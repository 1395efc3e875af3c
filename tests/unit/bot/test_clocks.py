"""Which clocks a timeline leaves running."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.desk.clocks import read_clocks
from bot.desk.schedule.hours import DEFAULT_HOURS, OpeningHours, parse_week
from bot.desk.ticket import Entry, EntryAudience, EntryKind
from bot.desk.timers import TimerKind

HOURS = OpeningHours(week=parse_week(DEFAULT_HOURS))
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def at(minutes: int) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


def timeline(*kinds: str) -> list[Entry]:
    """One entry every ten minutes; a minus before a kind: it was said before the ticket."""
    return [
        Entry(
            kind=EntryKind(kind.removeprefix("-")),
            author="li" if kind in {"reply", "note", "claimed"} else "anna",
            text="",
            audience=EntryAudience.THREAD,
            at=at(-60 if kind.startswith("-") else 10 * number),
        )
        for number, kind in enumerate(kinds)
    ]


def running(*kinds: str) -> dict[TimerKind, datetime]:
    clocks = read_clocks(timeline(*kinds))
    return {each.kind: each.started for each in clocks if each.since is not None}


FIRST, NEXT, SOLUTION = TimerKind.FIRST, TimerKind.NEXT, TimerKind.SOLUTION


@pytest.mark.parametrize(
    ("kinds", "left"),
    [
        ("opened question", {FIRST: 0, SOLUTION: 0}),
        ("opened -question -reply question", {FIRST: 0, SOLUTION: 0}),
        ("opened question answer claimed note", {FIRST: 0, SOLUTION: 0}),
        ("opened question claimed reply", {SOLUTION: 0}),
        ("opened question claimed reply question question", {NEXT: 40, SOLUTION: 0}),
        ("opened question claimed reply question reply", {SOLUTION: 0}),
        ("opened question claimed reply undelivered", {FIRST: 0, SOLUTION: 0}),
        ("opened question claimed reply question reply undelivered", {NEXT: 40, SOLUTION: 0}),
        ("opened question claimed reply undelivered reply", {SOLUTION: 0}),
        ("opened question claimed undelivered reply", {SOLUTION: 0}),
        ("opened question claimed returned", {}),
        ("opened question claimed reply closed", {}),
        ("opened question claimed reply closed reopened", {FIRST: 50, SOLUTION: 0}),
        ("opened question snoozed", {}),
        ("opened question snoozed woken", {FIRST: 0, SOLUTION: 0}),
        ("opened question snoozed question", {FIRST: 0, SOLUTION: 0}),
        ("opened question claimed reply snoozed question", {NEXT: 50, SOLUTION: 0}),
        ("question", {}),
    ],
)
def test_clocks_follow_from_the_timeline(kinds: str, left: dict[TimerKind, int]) -> None:
    assert running(*kinds.split()) == {kind: at(minutes) for kind, minutes in left.items()}


def test_a_message_that_the_customer_changes_wants_an_answer() -> None:
    assert running("opened", "question", "claimed", "reply", "edited") == {
        NEXT: at(40),
        SOLUTION: at(0),
    }


def test_a_reply_that_staff_change_is_still_a_reply() -> None:
    entries = timeline("opened", "question", "claimed", "reply", "edited")
    entries[-1] = replace(entries[-1], author="li")
    assert [each.kind for each in read_clocks(entries)] == [SOLUTION]


def test_what_is_put_off_does_not_count() -> None:
    first, _ = read_clocks(timeline("opened", "question", "snoozed", "note", "woken"))
    # Twenty minutes before it was put off at 09:20, and the rest from 09:40 on.
    assert first.spent(HOURS) == timedelta(minutes=20)
    assert first.reaches(timedelta(hours=1), HOURS) == at(80)


def test_a_clock_that_is_paused_reaches_nothing() -> None:
    first, _ = read_clocks(timeline("opened", "question", "snoozed"))
    assert first.reaches(timedelta(hours=1), HOURS) is None
