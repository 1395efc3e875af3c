"""The only wiring: which implementation stands behind which port, and the only real clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.desk.ports import UnitOfWorkFactory
from bot.i18n.negotiation import nearest_readable
from bot.i18n.translations import Translations
from bot.settings import Settings
from knowledge.embedding import Embedder
from knowledge.errors import N_, DataFolderBusy, DataFolderError
from knowledge.models import load_embedder
from knowledge.recent import RecentQuestions

if TYPE_CHECKING:
    from bot.desk.consulting import ShelfConsultant
    from knowledge.library import Library

_COMMON = ("zh-Hans", "zh-Hant", "en", "ru", "es")


@dataclass(frozen=True)
class Workplace:
    """Everything that the doors need, made when it is first used."""

    settings: Settings

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.settings.data

    @property
    def index(self) -> Path:
        """Where the shelf is kept."""
        return self.folder / "index"

    @property
    def database(self) -> Path:
        """The desk's database."""
        return self.folder / "desk.db"

    @cached_property
    def embedder(self) -> Embedder:
        """The embedder that the settings name."""
        return RecentQuestions(load_embedder(self.settings.embedding_model))

    @cached_property
    def library(self) -> "Library":
        """The shelf with its embedder."""
        from knowledge.library import Library

        return Library(self.index, self.embedder)

    @cached_property
    def consultant(self) -> "ShelfConsultant":
        """What thinks about questions."""
        from bot.desk.consulting import ShelfConsultant
        from bot.desk.intent import IntentReader

        return ShelfConsultant(
            shelf=self.library,
            intents=IntentReader(self.embedder, self.index),
            readable=readable,
            today=self.today,
        )

    @cached_property
    def translations(self) -> Translations:
        """The message catalogs."""
        return Translations()

    def open_units(self) -> UnitOfWorkFactory:
        """Open the database, made or upgraded where necessary."""
        from bot.storage.database import open_database

        self.prepare_folder()
        return open_database(self.database)

    def prepare_folder(self) -> None:
        """Make the data folder; raises ``DataFolderError`` when that cannot be done."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            problem = error.strerror or str(error)
            raise DataFolderError(folder=self.folder, problem=f"{problem}.") from error

    def check_folder(self) -> None:
        """Raise ``DataFolderError`` when what is named as data folder is none."""
        if self.folder.exists() and not self.folder.is_dir():
            raise DataFolderError(folder=self.folder, problem=N_("It is not a folder."))

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Today where the centre is."""
        return self.now().astimezone(ZoneInfo(self.settings.time_zone)).date()

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Be the one service on this data folder; a second one gets ``DataFolderBusy`` at once."""
        from filelock import FileLock, Timeout

        self.prepare_folder()
        try:
            with FileLock(self.folder / "service.lock", timeout=0):
                yield
        except Timeout as error:
            raise DataFolderBusy(folder=self.folder) from error


def readable(language: str) -> tuple[str, ...]:
    """The languages that somebody who writes ``language`` reads, best first."""
    order: list[str] = []
    left = [language, *(tag for tag in _COMMON if tag != language)]
    while left:
        order.append(nearest_readable(language, left))
        left.remove(order[-1])
    return tuple(order)
