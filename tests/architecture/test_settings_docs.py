"""The page about settings says what the code says."""

from bot.settings import PREFIX, Settings
from handlers.settings_docs import PAGE, main, render_page
from tests.architecture.sources import ROOT

_LEAST_SETTINGS = 12


def test_the_page_is_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == render_page()
    assert main(["check"]) == 0


def test_the_page_names_every_setting() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert PAGE.is_relative_to(ROOT)
    assert len(Settings.model_fields) >= _LEAST_SETTINGS
    for name in Settings.model_fields:
        assert f"`{PREFIX}{name.upper()}`" in page


def test_every_setting_says_what_it_is_for() -> None:
    undescribed = [name for name, each in Settings.model_fields.items() if not each.description]
    assert undescribed == []
