"""The words of every language."""

import pytest

from bot.i18n.locales import KNOWN_LOCALES
from bot.i18n.translations import Translations
from handlers.wording import Wording


@pytest.fixture(scope="session")
def wording() -> Wording:
    return Wording(Translations())


@pytest.fixture(params=KNOWN_LOCALES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)
