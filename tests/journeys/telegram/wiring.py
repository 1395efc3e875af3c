"""The product behind the door, for journeys; it imports nothing that takes long."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.desk.desk import Desk
from bot.desk.ports import Clock, Consultant
from bot.desk.schedule.hours import CENTRE_ZONE, DEFAULT_HOURS, OpeningHours, parse_week
from bot.desk.schedule.queues import default_queues
from bot.desk.support import Support
from bot.desk.timing import Timing
from bot.i18n.translations import Translations
from bot.storage.database import Database
from handlers.chat.alerts import TelegramAlerts
from handlers.chat.composer import TelegramComposer
from handlers.chat.context import ChatSettings, Door
from handlers.wording import Wording

_ALONE = Support()


def now() -> datetime:
    """Return the present moment, with a time zone."""
    return datetime.now(UTC)  # noqa: TID251 - the service runs in real time here


def make_door(
    settings: ChatSettings,
    units: Database,
    consultant: Consultant,
    support: Support = _ALONE,
    *,
    clock: Clock = now,
) -> Door:
    """Wire the product behind the door; the centre has its ordinary hours in Shenzhen."""
    wording = Wording(Translations())
    language = settings.staff_language
    composer = TelegramComposer(wording=wording, staff_language=language, clock=clock)
    alerts = TelegramAlerts(
        wording=wording, staff_language=language, zone=CENTRE_ZONE, settings=settings
    )
    queues = default_queues(OpeningHours(week=parse_week(DEFAULT_HOURS)))
    timing = Timing(queues=queues, clock=clock, alerts=alerts)
    support = replace(support, timing=timing)
    return Door(
        settings=settings,
        desk=Desk(units, consultant, composer, clock, support),
        units=units,
        wording=wording,
        composer=composer,
        clock=clock,
        alerts=alerts,
    )
