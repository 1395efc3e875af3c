"""Contact data take effect when the desk starts, without another ingest."""

import pytest

from bot.bootstrap import Workplace
from bot.i18n.translations import Translations
from bot.settings import read_settings
from handlers.commands.contact_renewal import renew_contacts
from handlers.wording import Wording
from tests.journeys.command.running import Helpdesk

NUMBER = "0755-8266-0000"


def renew(helpdesk: Helpdesk) -> bool:
    return renew_contacts(Workplace(read_settings(helpdesk.data)), Wording(Translations()))


def shown(helpdesk: Helpdesk) -> str:
    return helpdesk("documents", "show", "faq/gaps.csv").out


def test_what_was_set_after_the_ingest_is_on_the_shelf_at_the_next_start(
    helpdesk: Helpdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert helpdesk("ingest", "--starter").code == 0
    assert not renew(helpdesk), "nothing was set"
    monkeypatch.setenv("HELPDESK_GAME_CENTRE_CONTACT", NUMBER)
    assert renew(helpdesk)
    assert NUMBER in shown(helpdesk)
    assert not renew(helpdesk), "it is done once"
    monkeypatch.setenv("HELPDESK_GAME_CENTRE_CONTACT", "")
    assert renew(helpdesk)
    assert NUMBER not in shown(helpdesk)
    assert helpdesk("documents", "check").code == 0


def test_a_shelf_of_ones_own_is_left_alone(
    stocked: Helpdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELPDESK_GAME_CENTRE_CONTACT", NUMBER)
    assert not renew(stocked)
