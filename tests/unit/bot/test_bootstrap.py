import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pytest

from bot.bootstrap import Workplace, readable
from bot.i18n.locales import KNOWN_LOCALES
from bot.settings import Settings
from knowledge.embedding import HashEmbedder
from knowledge.errors import DataFolderBusy, DataFolderError, EmptyShelf
from knowledge.passage import Audience
from knowledge.shelf import writing
from tests.unit.knowledge.stock import text_document


def make_workplace(folder: Path, time_zone: str = "Asia/Shanghai") -> Workplace:
    return Workplace(Settings(data=folder, embedding_model="hash", time_zone=time_zone))


def test_looking_around_makes_nothing(tmp_path: Path) -> None:
    workplace = make_workplace(tmp_path / "data")
    workplace.check_folder()
    assert workplace.embedder.fingerprint == HashEmbedder.fingerprint
    assert workplace.consultant is workplace.consultant
    assert not (tmp_path / "data").exists()


def test_an_empty_folder_has_an_empty_library(tmp_path: Path) -> None:
    library = make_workplace(tmp_path / "data").library
    with pytest.raises(EmptyShelf, match="data"):
        library.search("fee", language="en", audience=Audience.PUBLIC, limit=1)


def test_the_database_is_made_where_it_is_opened(tmp_path: Path) -> None:
    workplace = make_workplace(tmp_path / "deep" / "data")
    with workplace.open_units()() as unit:
        assert unit.inbox.parked() == 0
    assert workplace.database.is_file()


@pytest.mark.parametrize("below", ["data", "data/below"])
def test_a_file_is_no_data_folder(tmp_path: Path, below: str) -> None:
    (tmp_path / "data").write_text("a file")
    workplace = make_workplace(tmp_path / below)
    with pytest.raises(DataFolderError, match="--data"):
        workplace.prepare_folder()
    if below == "data":
        with pytest.raises(DataFolderError, match="--data"):
            workplace.check_folder()


def test_only_one_service_uses_a_folder(tmp_path: Path) -> None:
    workplace = make_workplace(tmp_path / "data")
    other = make_workplace(tmp_path / "data")
    with workplace.serving():
        with pytest.raises(DataFolderBusy, match="data"), other.serving():
            pytest.fail("two services at once")
        with make_workplace(tmp_path / "elsewhere").serving():
            pass
    with other.serving():
        pass


def test_an_error_while_serving_is_not_hidden_and_frees_the_folder(tmp_path: Path) -> None:
    workplace = make_workplace(tmp_path / "data")
    with pytest.raises(EmptyShelf), workplace.serving():
        raise EmptyShelf(folder=tmp_path)
    with workplace.serving():
        pass


@pytest.mark.parametrize(
    ("time_zone", "today"),
    [
        ("Asia/Shanghai", date(2026, 1, 1)),
        ("UTC", date(2025, 12, 31)),
        ("America/New_York", date(2025, 12, 31)),
    ],
)
def test_today_is_today_where_the_centre_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, time_zone: str, today: date
) -> None:
    moment = datetime(2025, 12, 31, 17, 0, tzinfo=UTC)
    monkeypatch.setattr(Workplace, "now", lambda _: moment)
    assert make_workplace(tmp_path, time_zone).today() == today


def test_the_clock_knows_its_zone(tmp_path: Path) -> None:
    assert make_workplace(tmp_path).now().tzinfo is UTC


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("en", ("en",)),
        ("zh-Hans", ("zh-Hans", "zh-Hant", "en")),
        ("zh-Hant", ("zh-Hant", "zh-Hans", "en")),
        ("ru", ("ru", "en")),
        ("es", ("es", "en")),
        ("uk", ("uk",)),
        ("kk", ("kk", "ru", "en")),
        ("fr", ("fr", "en", "zh-Hans")),
        ("ar", ("ar", "en", "zh-Hans")),
        ("pt", ("pt", "pt-BR", "es", "en")),
        ("pt-BR", ("pt-BR", "es", "en")),
        ("und", ("und", "en")),
    ],
)
def test_the_languages_that_somebody_reads(language: str, first: tuple[str, ...]) -> None:
    order = readable(language)
    assert order[: len(first)] == first
    assert len(set(order)) == len(order)
    assert set(KNOWN_LOCALES) <= set(order)


_FIRST_QUESTIONS: Final = """
import sys
from pathlib import Path

import numpy
from py3langid.langid import LanguageIdentifier

from bot.bootstrap import Workplace
from bot.desk.questions import Question
from bot.settings import Settings

def refuse(*_, **__):
    raise RuntimeError("a question loads what the warm-up should have loaded")

workplace = Workplace(Settings(data=Path(sys.argv[1]), embedding_model="hash"))
workplace.warm_up()
LanguageIdentifier.from_model_file = numpy.load = refuse
for text in ("What does the filing of a drama cost?", "Сколько стоит регистрация?", "备案收费吗？"):
    workplace.consultant.consult(Question(text=text))
"""


def test_the_first_questions_load_nothing_after_the_warm_up(tmp_path: Path) -> None:
    workplace = make_workplace(tmp_path)
    with writing(workplace.index, lambda: workplace.embedder) as writer:
        writer.put(text_document("fees.md", "Filing a drama is free."), root="tests")
        writer.publish()
    command = [sys.executable, "-c", _FIRST_QUESTIONS, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
