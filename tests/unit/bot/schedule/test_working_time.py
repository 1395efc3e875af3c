"""Working time: what is added can be measured again, and time never runs backwards."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.schedule.hours import DEFAULT_HOURS, OpeningHours, Spans, Week, parse_week
from bot.desk.schedule.working_time import add_working, is_open, next_opening, working_between

SHENZHEN = ZoneInfo("Asia/Shanghai")
HOURS = OpeningHours(week=parse_week(DEFAULT_HOURS))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHENZHEN)


@pytest.mark.parametrize(
    ("begin", "hours", "end"),
    [
        ("2026-11-23 09:00", 2, "2026-11-23 11:00"),
        ("2026-11-23 11:00", 2, "2026-11-23 14:30"),  # lunch does not count
        ("2026-11-23 17:30", 1, "2026-11-24 09:30"),
        ("2026-11-27 17:30", 1, "2026-11-30 09:30"),  # a weekend
        ("2026-11-22 03:00", 2, "2026-11-23 11:00"),  # Sunday night
        ("2026-09-30 17:00", 2, "2026-10-08 10:00"),  # the week of National Day
        ("2026-10-09 17:00", 2, "2026-10-10 10:00"),  # a Saturday that is worked
        ("2026-02-13 17:00", 8, "2026-02-14 17:30"),
        ("2026-11-23 12:30", 0, "2026-11-23 13:30"),
    ],
)
def test_working_time_passes_only_while_it_is_open(begin: str, hours: int, end: str) -> None:
    assert add_working(HOURS, at(begin), timedelta(hours=hours)) == at(end)


def test_what_lies_between_is_counted() -> None:
    assert working_between(HOURS, at("2026-11-20 17:00"), at("2026-11-23 10:00")) == timedelta(
        hours=2
    )
    assert working_between(HOURS, at("2026-11-23 10:00"), at("2026-11-20 17:00")) == timedelta(0)


def test_it_opens_next() -> None:
    assert next_opening(HOURS, at("2026-11-23 10:00")) == at("2026-11-23 10:00")
    assert next_opening(HOURS, at("2026-11-23 12:00")) == at("2026-11-23 13:30")
    assert not is_open(HOURS, at("2026-11-23 18:00"))
    assert next_opening(HOURS, at("2026-12-31 18:00")) == at("2027-01-04 09:00")


def test_another_zone_may_change_its_clocks() -> None:
    berlin = OpeningHours(week=parse_week("daily 01:00-04:00"), zone="Europe/Berlin")
    # On 25 October 2026 the hour from two to three comes twice.
    begin = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)
    assert working_between(berlin, begin, begin + timedelta(hours=12)) == timedelta(hours=4)


def _spans(cuts: list[int]) -> Spans:
    cuts = sorted(set(cuts))
    return tuple(zip(cuts[::2], cuts[1::2], strict=False))


_some_spans = st.lists(st.integers(0, 96), max_size=6).map(
    lambda cuts: _spans([15 * each for each in cuts])
)
_weeks = (
    st.tuples(st.tuples(*[_some_spans] * 7), _some_spans)
    .map(lambda drawn: Week(*drawn))
    .filter(lambda week: any(week.days[:5]))
)
_days = st.dates(date(2025, 12, 1), date(2027, 6, 30))
_some_hours = st.builds(
    OpeningHours,
    week=_weeks,
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York"]),
    closed=st.frozensets(_days, max_size=3),
    opened=st.lists(st.tuples(_days, _some_spans.filter(bool)), max_size=2).map(tuple),
)
_moments = st.timedeltas(timedelta(0), timedelta(days=570)).map(
    lambda passed: datetime(2025, 12, 1, tzinfo=UTC) + passed
)
_durations = st.timedeltas(timedelta(0), timedelta(hours=80))


@settings(deadline=None, max_examples=150)
@given(hours=_some_hours, moment=_moments, duration=_durations)
def test_adding_and_measuring_are_inverse(
    hours: OpeningHours, moment: datetime, duration: timedelta
) -> None:
    end = add_working(hours, moment, duration)
    assert end >= moment
    assert working_between(hours, moment, end) == duration
    opened = next_opening(hours, moment)
    assert working_between(hours, moment, opened) == timedelta(0)
    assert is_open(hours, opened)


@settings(deadline=None, max_examples=150)
@given(
    hours=_some_hours,
    moments=st.lists(_moments, min_size=3, max_size=3).map(sorted),
    durations=st.tuples(_durations, _durations),
)
def test_it_never_runs_backwards_and_adds_up(
    hours: OpeningHours, moments: list[datetime], durations: tuple[timedelta, timedelta]
) -> None:
    early, middle, late = moments
    less, more = sorted(durations)
    assert add_working(hours, early, more) <= add_working(hours, late, more)
    assert add_working(hours, early, less) <= add_working(hours, early, more)
    parts = working_between(hours, early, middle) + working_between(hours, middle, late)
    assert parts == working_between(hours, early, late)
    assert working_between(hours, early, late) <= late - early
