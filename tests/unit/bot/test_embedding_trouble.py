"""The service for embeddings fails while people ask: a person answers, and nothing is lost."""

from pathlib import Path

import pytest

from bot.bootstrap import Workplace
from bot.desk.desk import Desk
from bot.desk.outcomes import HandedOff, HandOffReason
from bot.settings import Settings
from knowledge.errors import EmbeddingError
from knowledge.passage import Audience
from knowledge.shelf import writing
from tests.embedding_server.server import KEY, MODEL, EmbeddingServer, Failure
from tests.fakes.composer import PlainComposer
from tests.unit.bot.stage import ADDRESS, message
from tests.unit.knowledge.stock import text_document

QUESTION = "What does the filing of a micro-drama cost?"
FAULTS = {
    "down": Failure(closed=True),
    "broken": Failure(500),
    "busy": Failure(429, headers={"Retry-After": "40"}),
    "no vectors": Failure(body=b'{"data": []}'),
    "no numbers": Failure(body=b'{"data": [{"index": 0, "embedding": [NaN]}]}'),
    "another length": Failure(body=b'{"data": [{"index": 0, "embedding": [1.0, 0.0]}]}'),
    "no JSON": Failure(body=b"<html>"),
}


def make_workplace(folder: Path, server: EmbeddingServer) -> Workplace:
    settings = Settings(
        data=folder,
        embedding_url=server.url,
        embedding_model=MODEL,
        embedding_key=KEY,  # type: ignore[arg-type]  # pydantic wraps it
        embedding_timeout=5,
    )
    return Workplace(settings)


def fill(workplace: Workplace, *names: str) -> None:
    with writing(workplace.index, lambda: workplace.embedder) as writer:
        for name in names:
            writer.put(text_document(name, f"Filing is free, says {name}."), root="tests")
        writer.publish()


@pytest.mark.parametrize("name", FAULTS)
def test_a_person_answers_what_could_not_be_looked_up(tmp_path: Path, name: str) -> None:
    with EmbeddingServer() as server:
        workplace = make_workplace(tmp_path, server)
        fill(workplace, "fees.md")
        workplace.intents.warm_up()
        desk = Desk(workplace.open_units(), workplace.consultant, PlainComposer(), workplace.now)
        server.script.failures = [FAULTS[name]] * 2
        outcome = desk.receive(message(QUESTION))
        assert isinstance(outcome, HandedOff)
        assert outcome.reason is HandOffReason.FAILURE
        [ticket] = desk.status(ADDRESS)
        assert QUESTION in [entry.text for entry in ticket.entries]


@pytest.mark.parametrize("name", FAULTS)
def test_an_ingest_that_fails_leaves_the_shelf_as_it_was(tmp_path: Path, name: str) -> None:
    with EmbeddingServer() as server:
        workplace = make_workplace(tmp_path, server)
        fill(workplace, "fees.md")
        server.script.failures = [FAULTS[name]] * 99
        other = make_workplace(tmp_path, server)
        patient = other.embedder._embedder  # type: ignore[attr-defined]  # noqa: SLF001 - what waits, and need not here
        patient._sleep = lambda _: None  # noqa: SLF001 - the same
        with pytest.raises(EmbeddingError, match="HELPDESK_EMBEDDING"):
            fill(other, "fees.md", "times.md")
        server.script.failures = []
        assert list(workplace.library.documents()) == ["fees.md"]
        again = workplace.library.search(QUESTION, language="en", audience=Audience.PUBLIC, limit=3)
        assert [one.passage.document for one in again] == ["fees.md"]
