"""The product behind the door, for journeys; it imports nothing that takes long."""

from datetime import UTC, datetime

from bot.desk.desk import Desk
from bot.desk.ports import Consultant
from bot.desk.support import Support
from bot.i18n.translations import Translations
from bot.storage.database import Database
from handlers.chat.composer import TelegramComposer
from handlers.chat.context import ChatSettings, Door
from handlers.wording import Wording

_ALONE = Support()


def now() -> datetime:
    """Return the present moment, with a time zone."""
    return datetime.now(UTC)  # noqa: TID251 - the service runs in real time here


def make_door(
    settings: ChatSettings, units: Database, consultant: Consultant, support: Support = _ALONE
) -> Door:
    """Wire the product behind the door."""
    wording = Wording(Translations())
    composer = TelegramComposer(wording=wording, staff_language=settings.staff_language, clock=now)
    return Door(
        settings=settings,
        desk=Desk(units, consultant, composer, now, support),
        units=units,
        wording=wording,
        composer=composer,
        clock=now,
    )
