from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import PartialDate


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-03", date(2025, 3, 1), date(2025, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-03-09", date(2025, 3, 9), date(2025, 3, 9)),
        (" 2025-3-9 ", date(2025, 3, 9), date(2025, 3, 9)),
    ],
)
def test_a_partial_date_spans_the_days_that_it_can_mean(text: str, first: date, last: date) -> None:
    read = PartialDate.parse(text)
    assert (read.first_day, read.last_day) == (first, last)


@pytest.mark.parametrize("text", ["", "25", "2025-13", "2025-02-30", "2025/03/01", "March 2025"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        PartialDate.parse(text)


@given(st.dates(), st.integers(1, 3))
def test_what_is_written_is_read_back(day: date, parts: int) -> None:
    written = "-".join(day.isoformat().split("-")[:parts])
    read = PartialDate.parse(written)
    assert str(read) == written
    assert read.first_day <= day <= read.last_day
