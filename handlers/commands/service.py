"""``helpdesk run``: the service."""

import logging
from argparse import Namespace
from dataclasses import replace

from bot.bootstrap import Workplace
from bot.desk.desk import Desk
from bot.desk.timing import Timing
from bot.settings import PREFIX, Settings, read_settings
from handlers.chat.alerts import TelegramAlerts
from handlers.chat.app import run as serve
from handlers.chat.composer import TelegramComposer
from handlers.chat.context import ChatSettings, Door, WebhookSettings
from handlers.chat.gap_composer import TelegramGapComposer
from handlers.commands.contact_renewal import renew_contacts
from handlers.commands.gap_wiring import make_gap_desk
from handlers.commands.interpreter_wiring import make_interpreter_desk, make_interpreting
from handlers.commands.speaking import start_logging, use_utf8
from handlers.wording import Wording
from knowledge.errors import (
    N_,
    DataFolderBusy,
    EmbeddingServiceAway,
    EmptyShelf,
    IndexFailure,
    SettingsError,
)
from knowledge.renewal import remove_others

_LOG = logging.getLogger(__name__)
_EMBEDDING = (
    "The embedding model reads the examples of what people want: once, for a minute or so. "
    "Questions are taken when that is done."
)


def run(arguments: Namespace) -> int:
    """Serve until the process is asked to end."""
    use_utf8()
    settings = read_settings(arguments.data)
    start_logging(settings.log_level)
    chat = _chat_settings(settings)
    workplace = Workplace(settings)
    workplace.check_folder()
    with workplace.serving():
        _prepare(workplace)
        serve(_door(workplace, chat))
    return 0


def _prepare(workplace: Workplace) -> None:
    """Load what questions need; what another embedding model needed goes when that has worked.

    What may work later is tried again with each question. Raises ``EmptyShelf``.
    """
    try:
        if not workplace.library.documents():
            raise EmptyShelf(folder=workplace.folder)
        _renew(workplace)
        workplace.warm_up(slow=lambda: _LOG.info(_EMBEDDING))
    except (EmbeddingServiceAway, IndexFailure) as failure:
        _LOG.error("%s Until then a person answers.", failure)
    else:
        remove_others(workplace.index, workplace.embedder.fingerprint)


def _renew(workplace: Workplace) -> None:
    """Have the contact data of the settings in the answers; an ingest under way brings them too."""
    try:
        if renew_contacts(workplace, Wording(workplace.translations)):
            _LOG.info("The contact data of the settings are on the shelf now.")
    except DataFolderBusy as busy:
        _LOG.warning("The contact data of the settings were not brought onto the shelf: %s", busy)


def _door(workplace: Workplace, chat: ChatSettings) -> Door:
    units = workplace.open_units()
    wording = Wording(workplace.translations)
    composer = TelegramComposer(
        wording=wording,
        staff_language=chat.staff_language,
        clock=workplace.now,
        today=workplace.today,
        offers_entries=True,
        zone=workplace.zone,
    )
    gap_composer = TelegramGapComposer(
        wording=wording,
        staff_language=chat.staff_language,
        today=workplace.today,
        zone=workplace.zone,
    )
    alerts = TelegramAlerts(
        wording=wording,
        staff_language=chat.staff_language,
        zone=workplace.settings.time_zone,
        settings=chat,
    )
    timing = Timing(queues=workplace.queues, clock=workplace.now, alerts=alerts)
    language = chat.staff_language
    interpreting = make_interpreting(workplace, staff_language=language)
    support = replace(workplace.support, timing=timing, interpreting=interpreting)
    return Door(
        settings=chat,
        desk=Desk(units, workplace.consultant, composer, workplace.now, support),
        units=units,
        wording=wording,
        composer=composer,
        clock=workplace.now,
        gaps=make_gap_desk(workplace, units, gap_composer, staff_language=language),
        alerts=alerts,
        interpreter=make_interpreter_desk(workplace, units, composer),
    )


def _chat_settings(settings: Settings) -> ChatSettings:
    token = settings.telegram_token.get_secret_value()
    if not token:
        raise SettingsError(
            name=f"{PREFIX}TELEGRAM_TOKEN", problem=N_("It is empty; @BotFather gives you one.")
        )
    more = [int(each) for each in settings.telegram_staff_groups.split(",") if each]
    first = settings.telegram_staff_group
    return ChatSettings(
        token=token,
        base_url=settings.telegram_base_url,
        staff_group=more[0] if first is None and more else first,
        more_groups=tuple(more),
        kept_days=settings.mail_kept_days,
        staff_language=settings.staff_language,
        webhook=_webhook(settings),
    )


def _webhook(settings: Settings) -> WebhookSettings | None:
    if not settings.webhook_url:
        return None
    secret = settings.webhook_secret.get_secret_value()
    if not secret:
        raise SettingsError(
            name=f"{PREFIX}WEBHOOK_SECRET", problem=N_("A webhook needs a secret of your own.")
        )
    return WebhookSettings(
        url=settings.webhook_url,
        secret=secret,
        host=settings.webhook_host,
        port=settings.webhook_port,
    )
