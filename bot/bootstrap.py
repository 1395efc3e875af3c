"""The only wiring: which implementation stands behind which port, and the only real clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.desk.ports import UnitOfWorkFactory
from bot.desk.schedule.hours import OpeningHours, parse_dates, parse_open_days, parse_week
from bot.desk.schedule.queues import Queues, default_queues
from bot.i18n.locales import KNOWN_LOCALES
from bot.i18n.negotiation import nearest_readable
from bot.i18n.translations import Translations
from bot.settings import Settings
from knowledge.embedding import Embedder
from knowledge.errors import N_, DataFolderBusy, DataFolderError, SettingsError
from knowledge.models import load_embedder
from knowledge.recent import RecentQuestions

if TYPE_CHECKING:
    from bot.desk.consulting import ShelfConsultant
    from bot.desk.intent import IntentReader
    from bot.desk.schedule.opening import Opening
    from bot.desk.support import Support
    from knowledge.generation.model import LanguageModel
    from knowledge.generation.rewording import Rewording
    from knowledge.library import Library
    from knowledge.reranking import Reranker
    from knowledge.translation.interpreter import Interpreter


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
        return self.recent

    @cached_property
    def recent(self) -> RecentQuestions:
        """The same, as what remembers the last questions and embeds many of them ahead."""
        chosen = self.settings
        if not chosen.embedding_url:
            return RecentQuestions(load_embedder(chosen.embedding_model))
        from knowledge.endpoint_embedding import EmbeddingEndpoint

        endpoint = EmbeddingEndpoint(
            url=chosen.embedding_url,
            model=chosen.embedding_model,
            key=chosen.embedding_key.get_secret_value(),
            timeout=chosen.embedding_timeout,
            batch=chosen.embedding_batch,
        )
        return RecentQuestions(load_embedder(chosen.embedding_model, endpoint))

    @cached_property
    def library(self) -> "Library":
        """The shelf with its embedder, and the thresholds that were calibrated for it."""
        from knowledge.calibration.current import CurrentJudge
        from knowledge.library import Library

        judge = CurrentJudge(
            self.folder, models=self.fingerprint, embedding=self.embedder.fingerprint
        )
        return Library(self.index, self.embedder, judge, self.reranker)

    @property
    def fingerprint(self) -> str:
        """Names the models whose scores calibrated thresholds hold for."""
        return "+".join(filter(None, (self.embedder.fingerprint, self.settings.reranker)))

    @cached_property
    def reranker(self) -> "Reranker | None":
        """The reranker that the settings name; None without one."""
        from knowledge.reranking import CrossEncoderModel

        return CrossEncoderModel(self.settings.reranker) if self.settings.reranker else None

    @cached_property
    def consultant(self) -> "ShelfConsultant":
        """What thinks about questions."""
        from bot.desk.consulting import ShelfConsultant
        from bot.desk.rewriting import ModelRewriting

        return ShelfConsultant(
            shelf=self.library,
            intents=self.intents,
            readable=readable,
            today=self.today,
            wording=self._wording(),
            rewriting=ModelRewriting(model=self.model) if self.model else None,
            opening=self.opening,
        )

    @cached_property
    def support(self) -> "Support":
        """What else the desk has: a briefer, and for how long ended cases go on."""
        from bot.desk.policy import Policy
        from bot.desk.shelf_briefer import ShelfBriefer
        from bot.desk.support import Support
        from knowledge.similarity import SimilarQuestions

        briefer = ShelfBriefer(
            shelf=self.library,
            similar=SimilarQuestions(self.embedder),
            readable=readable,
            today=self.today,
            wording=self._wording(),
        )
        days = timedelta(days=self.settings.reopen_days)
        return Support(briefer=briefer, policy=Policy(reopen_within=days))

    @property
    def zone(self) -> ZoneInfo:
        """The centre's time zone."""
        return ZoneInfo(self.settings.time_zone)

    @cached_property
    def intents(self) -> "IntentReader":
        """What tells what a message is after."""
        from bot.desk.intent import IntentReader

        return IntentReader(self.embedder, self.index)

    @cached_property
    def model(self) -> "LanguageModel | None":
        """The language model that the settings name; None without one."""
        chosen = self.settings
        if not chosen.model_url:
            return None
        from knowledge.generation.assembly import limit
        from knowledge.generation.openai_writer import Endpoint, OpenAIWriter

        key = chosen.model_key.get_secret_value()
        writer = OpenAIWriter(Endpoint(url=chosen.model_url, model=chosen.model_name, key=key))
        return limit(
            writer,
            folder=self.folder,
            seconds=chosen.model_timeout,
            tokens=chosen.model_daily_budget,
            today=self.today,
        )

    @cached_property
    def interpreter(self) -> "Interpreter | None":
        """What translates between staff and customers; None where that is not wanted."""
        if self.model is None or not self.settings.interpreter:
            return None
        from knowledge.translation.interpreter import Interpreter

        return Interpreter(model=self.model)

    @cached_property
    def queues(self) -> Queues:
        """The queues of cases, with their hours; raises ``SettingsError`` for a wrong file."""
        from bot.desk.queue_file import parse_queues

        chosen = self.settings
        hours = OpeningHours(
            week=parse_week(chosen.hours),
            zone=chosen.time_zone,
            closed=parse_dates(chosen.closed_days),
            opened=parse_open_days(chosen.open_days),
        )
        if chosen.queues is None:
            return default_queues(hours)
        try:
            return parse_queues(chosen.queues.read_text(encoding="utf-8-sig"), hours)
        except (OSError, ValueError) as error:
            problem = getattr(error, "strerror", None) or str(error)
            raise SettingsError(name="HELPDESK_QUEUES", problem=f"{problem}.") from error

    def opening(self) -> "Opening":
        """When staff are there in the days to come, in the queue of all that has no other."""
        from bot.desk.schedule.opening import look_ahead

        return look_ahead(self.queues.listed[-1].hours, self.now())

    def warm_up(self, *, slow: Callable[[], None] = lambda: None) -> None:
        """Load what a first question would wait for; ``slow`` is called where it takes a minute.

        So it is where the embedding model has not seen the examples of intents yet.
        """
        from bot.desk.rehearsal import rehearse

        self.library.warm_up()
        if not self.intents.is_warm():
            slow()
        self.intents.warm_up()
        rehearse(self.library, readable=readable, today=self.today())
        if self.model is not None:
            from knowledge.generation.openai_writer import load_client

            load_client()

    def _wording(self) -> "Rewording | None":
        if self.model is None:
            return None
        from knowledge.generation.assembly import make_rewording

        return make_rewording(self.model, self.embedder)

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
        return self.now().astimezone(self.zone).date()

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


@lru_cache(maxsize=256)
def readable(language: str) -> tuple[str, ...]:
    """The languages that somebody who writes ``language`` reads, best first."""
    order: list[str] = []
    left = [language, *(tag for tag in KNOWN_LOCALES if tag != language)]
    while left:
        order.append(nearest_readable(language, left))
        left.remove(order[-1])
    return tuple(order)
