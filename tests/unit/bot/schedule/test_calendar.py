from datetime import date, timedelta

import pytest

from bot.desk.schedule.calendar import ChineseCalendar, DayKind, Holiday

CALENDAR = ChineseCalendar()


@pytest.mark.parametrize(
    ("day", "kind", "holiday"),
    [
        (date(2026, 11, 23), DayKind.WORKDAY, None),
        (date(2026, 11, 22), DayKind.WEEKEND, None),
        (date(2026, 10, 6), DayKind.HOLIDAY, Holiday.NATIONAL_DAY),
        (date(2026, 10, 4), DayKind.HOLIDAY, Holiday.NATIONAL_DAY),
        (date(2026, 10, 10), DayKind.MAKE_UP, None),
        (date(2026, 2, 14), DayKind.MAKE_UP, None),
        (date(2026, 2, 23), DayKind.HOLIDAY, Holiday.SPRING_FESTIVAL),
    ],
)
def test_a_year_that_was_announced(day: date, kind: DayKind, holiday: Holiday | None) -> None:
    assert CALENDAR.covers(day.year)
    assert (CALENDAR.kind(day), CALENDAR.holiday(day)) == (kind, holiday)


def test_a_year_that_nobody_announced_yet_has_its_statutory_days() -> None:
    year = next(year for year in range(2027, 2037) if not CALENDAR.covers(year))
    assert CALENDAR.holiday(date(year, 1, 1)) is Holiday.NEW_YEAR
    assert CALENDAR.holiday(date(year, 10, 3)) is Holiday.NATIONAL_DAY
    days = [date(year, 1, 1) + timedelta(days=each) for each in range(365)]
    kinds = [CALENDAR.kind(day) for day in days]
    assert kinds.count(DayKind.HOLIDAY) in {12, 13}, "thirteen, less where two fall together"
    assert DayKind.MAKE_UP not in kinds


@pytest.mark.parametrize("year", [1999, 2003, 2060, 9998])
def test_any_year_has_an_answer(year: int) -> None:
    assert not CALENDAR.covers(year)
    assert CALENDAR.kind(date(year, 5, 1)) is DayKind.HOLIDAY
    assert CALENDAR.holiday(date(year, 3, 10)) is None


def test_where_both_are_known_the_statutory_days_are_among_those_announced() -> None:
    # Only the moving days of years to come stand in our table; the others must agree.
    for year in (2024, 2025, 2026):
        for month, day in ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3)):
            assert CALENDAR.kind(date(year, month, day)) is DayKind.HOLIDAY
