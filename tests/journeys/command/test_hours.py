"""``helpdesk hours``: when the desk is open, as people read it."""

from unicodedata import east_asian_width

import pytest

from tests.journeys.command.running import Helpdesk


@pytest.mark.parametrize(
    ("language", "queues"),
    [
        ("zh-Hans", ["危险", "投诉", "其他"]),
        ("en", ["Danger", "Complaints", "Everything else"]),
    ],
)
def test_queues_are_called_as_staff_call_them(
    helpdesk: Helpdesk, monkeypatch: pytest.MonkeyPatch, language: str, queues: list[str]
) -> None:
    monkeypatch.setenv("HELPDESK_LANGUAGE", language)
    lines = helpdesk("hours", "--days", "2").out.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == queues
    assert list(helpdesk("hours", "--json").json["queues"]) == ["urgent", "complaints", "general"]


@pytest.mark.parametrize("language", ["zh-Hans", "ja", "en"])
def test_the_columns_line_up(
    helpdesk: Helpdesk, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Weekends and workdays have names of different length; Chinese letters are two wide."""
    monkeypatch.setenv("HELPDESK_LANGUAGE", language)
    monkeypatch.setenv("HELPDESK_HOURS", "daily 09:00-18:00; holidays 09:00-18:00")
    lines = helpdesk("hours", "--days", "14").out.splitlines()
    heads = [line.partition("09:00")[0] for line in lines if line.startswith(" ")]
    assert len({sum(1 + (east_asian_width(one) in "WF") for one in head) for head in heads}) == 1
