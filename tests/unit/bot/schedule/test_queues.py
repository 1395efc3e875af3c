"""Hours and queues as people write them, and where cases end up."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.desk.queue_file import parse_queues
from bot.desk.schedule.hours import (
    DEFAULT_HOURS,
    OpeningHours,
    parse_dates,
    parse_open_days,
    parse_week,
)
from bot.desk.schedule.queues import Facts, Step, Tell, default_queues
from bot.desk.schedule.working_time import add_working, next_opening

CENTRE = OpeningHours(week=parse_week(DEFAULT_HOURS))
FILE = """
[[queue]]
name = "urgent"
urgent = true
hours = "daily 08:00-24:00; holidays 10:00-16:00"
first_reply = "15m"
next_reply = "30m"
ladder = { "50%" = "duty", "100%" = "lead" }
lead = "Wang"
[[queue.duty]]
staff = "@li"
days = "mon-fri"
[[queue.duty]]
staff = "Chen"
days = ["sat,sun", "holidays"]
[[queue.duty]]
staff = "Zhao"
dates = ["2026-10-01..2026-10-03"]

[[queue]]
name = "visas"
languages = ["ru", "zh-Hant"]
audiences = ["actor"]
words = ["visa", "签证"]
closed = [2026-12-31]
open = ["2026-12-26 09:00-12:00"]
first_reply = "1h30m"
solution = "3d"

[[queue]]
name = "rest"
"""


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "never open"),
        ("holidays 10:00-12:00", "never open"),
        ("fun 09:00-12:00", "“fun” is no day"),
        ("mon-fri", "are no times"),
        ("mon-fri 9-12", "are no times"),
        ("mon 12:00-09:00", "forward"),
        ("mon 22:00-25:00", "forward"),
        ("mon 09:75-10:00", "60 minutes"),
        ("mon 09:00-12:00 11:00-13:00", "overlap"),
    ],
)
def test_wrong_hours_are_explained(written: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        parse_week(written)


def test_hours_are_read() -> None:
    week = parse_week("Mon-Fri 9:00–12:00, 13:30-18:00; sat-sun 10:00-12:00; holidays 10:00-11:00")
    assert week.days[0] == ((540, 720), (810, 1080))
    assert week.days[5] == week.days[6] == ((600, 720),)
    assert week.holidays == ((600, 660),)
    assert week.longest == timedelta(hours=7, minutes=30)


def test_days_are_read() -> None:
    assert parse_dates("2026-12-31, 2027-02-05..2027-02-07") == {
        date(2026, 12, 31),
        *(date(2027, 2, day) for day in (5, 6, 7)),
    }
    assert parse_open_days("2027-02-20; 2026-12-26 09:00-12:00") == (
        (date(2026, 12, 26), ((540, 720),)),
        (date(2027, 2, 20), ()),
    )
    with pytest.raises(ValueError, match="“31” is neither"):
        parse_dates("31 December")


def test_days_of_the_operator_win_over_the_calendar() -> None:
    hours = OpeningHours(
        week=CENTRE.week,
        closed=parse_dates("2026-11-24"),
        opened=parse_open_days("2026-11-28; 2026-10-01 10:00-11:00"),
    )
    assert hours.spans(date(2026, 11, 24)) == ()
    assert hours.spans(date(2026, 11, 28)) == CENTRE.week.days[4]
    assert hours.spans(date(2026, 10, 1)) == ((600, 660),)


def test_cases_find_their_queue() -> None:
    queues = parse_queues(FILE, CENTRE)
    visa = Facts(reason="unsure", language="ru", audience="actor", text="Нужна VISA или нет?")
    assert queues.assign(visa).name == "visas"
    assert queues.assign(Facts(reason="danger", language="ru", urgent=True)).name == "urgent"
    for other in (
        Facts(reason="unsure", language="zh-Hans", audience="actor", text="签证"),
        Facts(reason="unsure", language="ru", audience="company", text="visa"),
        Facts(reason="unsure", language="ru", audience="actor", text="permit"),
    ):
        assert queues.assign(other).name == "rest"
    assert queues.named("rest").targets.first == timedelta(hours=2)
    assert queues.named("a queue that was renamed").name == "rest"
    assert queues.named("visas").targets.solution == timedelta(hours=22, minutes=30)


def test_a_queue_may_have_its_own_hours() -> None:
    queues = parse_queues(FILE, CENTRE)
    urgent, visas = queues.named("urgent"), queues.named("visas")
    shenzhen = ZoneInfo("Asia/Shanghai")
    sunday = datetime(2026, 11, 22, 23, 50, tzinfo=shenzhen)
    assert add_working(urgent.hours, sunday, urgent.targets.first) == datetime(
        2026, 11, 23, 8, 5, tzinfo=shenzhen
    )
    holiday = datetime(2026, 10, 1, 8, 0, tzinfo=shenzhen)
    assert next_opening(urgent.hours, holiday) == holiday.replace(hour=10)
    assert visas.hours.spans(date(2026, 12, 31)) == ()
    assert visas.hours.spans(date(2026, 12, 26)) == ((540, 720),)


def test_somebody_is_on_duty() -> None:
    urgent = parse_queues(FILE, CENTRE).named("urgent")
    assert urgent.on_duty(date(2026, 11, 23)) == "@li"
    assert urgent.on_duty(date(2026, 11, 22)) == "Chen"
    assert urgent.on_duty(date(2026, 10, 6)) == "Chen", "a holiday on a Tuesday"
    assert urgent.on_duty(date(2026, 10, 2)) == "Zhao"
    assert urgent.ladder == (Step(50, Tell.DUTY), Step(100, Tell.LEAD))


def test_without_a_file_there_are_queues() -> None:
    queues = default_queues(CENTRE)
    danger = queues.assign(Facts(reason="danger", language="en", urgent=True))
    complaint = queues.assign(Facts(reason="complaint", language="en"))
    other = queues.assign(Facts(reason="unsure", language="en"))
    assert danger.targets.first < complaint.targets.first < other.targets.first


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[queue", "no TOML"),
        ("", r"\[\[queue\]\] tables"),
        ("lead = 'x'", r"\[\[queue\]\] tables"),
        ("[queue]\nname = 'x'", r"\[\[queue\]\]"),
        ("[[queue]]\nlead = 'x'", "number 1 has no name"),
        ("[[queue]]\nname = 'x'\n[[queue]]\nname = 'x'", "same name"),
        ("[[queue]]\nname = 'x'\nurgent = true", "whatever is left"),
        ("[[queue]]\nname = 'x'\nhour = '1'", "“x”: “hour” is unknown"),
        ("[[queue]]\nname = 'x'\nhours = 'never'", "“x”: “never” is no day|are no times"),
        ("[[queue]]\nname = 'x'\nfirst_reply = 'soon'", "“soon” is no time"),
        ("[[queue]]\nname = 'x'\nsolution = '0m'", "“0m” is no time"),
        ("[[queue]]\nname = 'x'\nurgent = 'yes'", "true or false"),
        ("[[queue]]\nname = 'x'\nreasons = ['rain']", "among"),
        ("[[queue]]\nname = 'x'\nladder = { '5' = 'boss' }", "nobody to tell"),
        ("[[queue]]\nname = 'x'\nladder = { 'x%' = 'lead' }", "no share"),
        ("[[queue]]\nname = 'x'\nladder = 'x'", "written like"),
        ("[[queue]]\nname = 'x'\nlanguages = [1]", "list of texts"),
        ("[[queue]]\nname = 'x'\n[[queue.duty]]\ndays = 'mon'", "no staff"),
        ("[[queue]]\nname = 'x'\n[[queue.duty]]\nstaff = 'Li'", "neither days nor dates"),
        ("[[queue]]\nname = 'x'\n[[queue.duty]]\nstaff = 'Li'\ndays = 'xyz'", "no day"),
    ],
)
def test_a_wrong_file_is_explained(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        parse_queues(text, CENTRE)
