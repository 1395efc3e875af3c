"""``helpdesk db``: the database's schema and health."""

import sys
from argparse import Namespace

from bot.bootstrap import Workplace
from bot.settings import read_settings
from bot.storage.database import check, upgrade
from handlers.commands.speaking import use_utf8


def run(arguments: Namespace) -> int:
    """Upgrade the schema, or say what is wrong."""
    use_utf8()
    workplace = Workplace(read_settings(arguments.data))
    workplace.check_folder()
    if arguments.action == "upgrade":
        workplace.prepare_folder()
        sys.stdout.write(f"{upgrade(workplace.database)}\n")
        return 0
    problems = check(workplace.database)
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    sys.stdout.write("" if problems else "ok\n")
    return 1 if problems else 0
