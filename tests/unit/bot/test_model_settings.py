"""The settings of a language model, and the workplace that they make."""

from pathlib import Path

import pytest

from bot.bootstrap import Workplace
from bot.settings import Settings, read_settings
from knowledge.errors import SettingsError


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"HELPDESK_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def set_model(patch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        patch.setenv(f"HELPDESK_MODEL_{name.upper()}", value)


def make_workplace(folder: Path) -> Workplace:
    return Workplace(read_settings(folder / "data").model_copy(update={"embedding_model": "hash"}))


def test_without_an_address_there_is_no_model(tmp_path: Path) -> None:
    workplace = make_workplace(tmp_path)
    assert workplace.model is None
    assert workplace.consultant.wording is None
    assert workplace.consultant.rewriting is None


def test_an_address_and_a_name_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_model(monkeypatch, url="http://127.0.0.1:9/v1/", name="test", timeout="3")
    workplace = make_workplace(tmp_path)
    assert workplace.model is not None
    assert workplace.model.seconds == 3
    assert workplace.consultant.wording is not None
    assert workplace.consultant.rewriting is not None
    assert not (tmp_path / "data").exists(), "looking around makes nothing"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://api.example.org/v1", "https://api.example.org/v1"),
        ("https://api.example.org/v1/", "https://api.example.org/v1"),
        ("https://api.example.org/v1/chat/completions", "https://api.example.org/v1"),
    ],
)
def test_an_address_may_be_written_in_several_ways(
    monkeypatch: pytest.MonkeyPatch, given: str, kept: str
) -> None:
    set_model(monkeypatch, url=given, name="test")
    assert read_settings().model_url == kept


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("MODEL_URL", {"url": "api.example.org", "name": "test"}),
        ("MODEL_URL", {"url": "file:///etc/passwd", "name": "test"}),
        ("MODEL_NAME", {"url": "http://127.0.0.1:9/v1"}),
        ("MODEL_NAME", {"url": "http://127.0.0.1:9/v1", "name": "  "}),
        ("MODEL_TIMEOUT", {"timeout": "0"}),
        ("MODEL_DAILY_BUDGET", {"daily_budget": "-1"}),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, values: dict[str, str]
) -> None:
    set_model(monkeypatch, **values)
    with pytest.raises(SettingsError, match=rf"HELPDESK_{name}"):
        read_settings()


def test_the_key_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    set_model(monkeypatch, url="http://127.0.0.1:9/v1", name="test", key="sk-hush")
    settings = read_settings()
    assert settings.model_key.get_secret_value() == "sk-hush"
    assert "hush" not in f"{settings!r} {settings} {settings.model_dump_json()}"
