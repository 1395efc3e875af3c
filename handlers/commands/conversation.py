"""``helpdesk chat`` and ``helpdesk demo``: the terminal door."""

import getpass
import sys
from argparse import Namespace
from contextlib import suppress

from bot.bootstrap import Workplace
from bot.desk.questions import Sender
from bot.desk.ticket import Staff
from bot.settings import read_settings
from handlers.commands.contact_renewal import renew_contacts
from handlers.commands.ingest import stock
from handlers.commands.speaking import (
    having_patience,
    start_logging,
    terminal_language,
    use_utf8,
)
from handlers.terminal import TerminalParts, chat, demo
from handlers.terminal_console import Console
from handlers.wording import Wording
from knowledge.errors import N_, DataFolderBusy, EmptyShelf
from knowledge.passage import Audience

PREPARING = N_("Preparing the starter knowledge. This happens once and takes a moment.")


def run(arguments: Namespace) -> int:
    """Talk until the input ends."""
    use_utf8()
    settings = read_settings(arguments.data)
    start_logging("ERROR")
    workplace = Workplace(settings)
    workplace.check_folder()
    language = terminal_language(settings.language)
    wording = Wording(workplace.translations)
    if not workplace.library.documents():
        if not arguments.with_staff:
            raise EmptyShelf(folder=workplace.folder)
        sys.stderr.write(wording.phrase(PREPARING, language=language) + "\n")
        stock(workplace, Namespace(paths=[], starter=True, audience=None))
    with suppress(DataFolderBusy):  # whoever writes there brings them too, or the next start does
        renew_contacts(workplace, wording)
    with having_patience(workplace):
        workplace.warm_up()
    console = Console(sys.stdin, sys.stdout)
    consultant = workplace.consultant
    parts = TerminalParts(
        units=workplace.open_units(),
        consultant=consultant.telling(console.tell) if console.interactive else consultant,
        wording=wording,
        clock=workplace.now,
        sender=_sender(arguments, language),
        staff=Staff(identity="terminal", name=_user_name()),
        staff_language=language,
    )
    talk = demo if arguments.with_staff else chat
    return talk(parts, console)


def _sender(arguments: Namespace, language: str) -> Sender:
    return Sender(
        identity="terminal",
        name=_user_name(),
        client_language=language,
        audience=Audience(arguments.audience or Audience.PUBLIC),
    )


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in many containers
        return "terminal"
