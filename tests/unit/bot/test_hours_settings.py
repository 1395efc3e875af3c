"""Hours and queues in the settings: what is wrong is named with its setting."""

from datetime import date
from pathlib import Path

import pytest

from bot.bootstrap import Workplace
from bot.settings import Settings, read_settings
from handlers.cli import main
from knowledge.errors import SettingsError


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("HOURS", "mon-fri", "no times"),
        ("CLOSED_DAYS", "Christmas", "neither a day"),
        ("OPEN_DAYS", "2026-12-26 9-12", "no times"),
    ],
)
def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, problem: str
) -> None:
    monkeypatch.setenv(f"HELPDESK_{name}", value)
    with pytest.raises(SettingsError, match=f"HELPDESK_{name}.*{problem}"):
        read_settings()


def test_the_settings_become_hours() -> None:
    settings = Settings(
        hours="mon-sat 10:00-19:00",
        closed_days="2026-11-24",
        open_days="2026-11-29",
        time_zone="Asia/Tokyo",
    )
    hours = Workplace(settings).queues.listed[0].hours
    assert hours.zone == "Asia/Tokyo"
    assert hours.spans(date(2026, 11, 24)) == ()
    assert hours.spans(date(2026, 11, 28)) == ((600, 1140),)
    assert hours.spans(date(2026, 11, 29)) == ((600, 1140),)


def test_a_file_of_queues_is_read(tmp_path: Path) -> None:
    path = tmp_path / "queues.toml"
    path.write_text("[[queue]]\nname = 'only'\ntitle = '大家'\n", encoding="utf-8")
    queues = Workplace(Settings(queues=path)).queues
    assert [(each.name, each.title) for each in queues.listed] == [("only", "大家")]


@pytest.mark.parametrize("text", [None, "[[queue]]\nname = 'a queue'\n", "\x00"])
def test_a_file_that_cannot_be_used_is_explained(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "queues.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="HELPDESK_QUEUES"):
        _ = Workplace(Settings(queues=path)).queues


def test_the_command_shows_the_days_to_come(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "queues.toml"
    path.write_text(
        "[[queue]]\nname = 'general'\n[[queue.duty]]\nstaff = '@li'\ndays = 'daily'\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("HELPDESK_QUEUES", str(path))
    monkeypatch.setenv("HELPDESK_LANGUAGE", "en")
    main(["--data", str(tmp_path), "hours", "--days", "7"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Everything else"
    assert len(lines) == 8
    assert all("on duty: @li" in line for line in lines[1:])
    main(["--data", str(tmp_path), "hours", "--json"])
    assert '"years_not_known"' in capsys.readouterr().out
