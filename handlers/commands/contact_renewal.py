"""Contact data that were set or changed come onto the shelf when a service or a talk starts."""

from pathlib import Path

from bot.bootstrap import Workplace
from handlers.commands.contacts import CONTACTS_DOCUMENT, contacts_reviser
from handlers.commands.held import open_custody
from handlers.wording import Wording
from ingest.homes import STARTER, find_file
from ingest.scan import hash_bytes
from ingest.shelving import WrittenShelf
from ingest.sync import Keeping
from knowledge.shelf import writing


def renew_contacts(workplace: Workplace, wording: Wording) -> bool:
    """Bring contact data that was set or changed onto the shelf; whether there was any to bring.

    A shelf without the starter knowledge is left alone. Raises ``DataFolderBusy`` while another
    process writes to it.
    """
    entry = workplace.library.documents().get(CONTACTS_DOCUMENT)
    if entry is None or entry.root != STARTER:
        return False
    revise = contacts_reviser(workplace.settings, wording)
    data = revise(CONTACTS_DOCUMENT, Path(find_file(CONTACTS_DOCUMENT, STARTER)).read_bytes())
    if entry.origin.source_hash == hash_bytes(data):
        return False
    with writing(workplace.index, lambda: workplace.embedder, now=workplace.now) as writer:
        keeping = Keeping(WrittenShelf(writer), open_custody(workplace))
        keeping.read_again(CONTACTS_DOCUMENT, STARTER, revise=revise)
    return True
