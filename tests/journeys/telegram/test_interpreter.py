"""A French customer and staff who write English, with a language model between them that lies."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.i18n.translations import Translations
from handlers import wording_interpreter_texts as texts
from handlers import wording_relay_texts as relay_texts
from handlers import wording_staff_texts as staff_texts
from knowledge.generation.openai_writer import Endpoint, OpenAIWriter, load_client
from knowledge.translation.interpreter import Interpreter
from tests.journeys.telegram.consulting import Advisor
from tests.journeys.telegram.service import Scene, said
from tests.model_server.faults import Fault
from tests.model_server.interpreting import (
    QUESTION,
    QUESTION_IN_ENGLISH,
    REPLY,
    Lie,
    LyingInterpreter,
)
from tests.model_server.server import ModelServer
from tests.unit.knowledge.generation.answers import make_model

pytestmark = pytest.mark.asyncio

_SENT = "Veuillez venir le 3 décembre 2026 avec 2 photos et payer 800\N{NO-BREAK SPACE}yuans"


@pytest.fixture
def model(socket_enabled: None) -> Iterator[ModelServer]:
    del socket_enabled
    load_client()
    with ModelServer() as server:
        server.script.writer = LyingInterpreter()
        yield server


@pytest.fixture
def french(scene: Scene, model: ModelServer, tmp_path: Path) -> Scene:
    writer = OpenAIWriter(Endpoint(url=model.url, model="test"))
    interpreter = Interpreter(model=make_model(writer, tmp_path))
    anna = scene.people.add_user("Anna", language_code="fr")
    return replace(scene, anna=anna, interpreter=interpreter)


@asynccontextmanager
async def claimed(scene: Scene) -> AsyncGenerator[int, None]:
    """A service, and the topic of a case that Sam has."""
    async with scene.service(Advisor()):
        scene.people.send_text(scene.anna, QUESTION)
        topic = await scene.topic()
        await scene.topic_text(topic, QUESTION_IN_ENGLISH)
        told = len(scene.texts(scene.anna))
        scene.people.press(
            scene.sam, staff_texts.CLAIM_BUTTON, chat_id=scene.group, thread_id=topic
        )
        await scene.people.wait_for(lambda: len(scene.texts(scene.anna)) > told, seconds=8)
        yield topic


def shown_to_staff(scene: Scene, topic: int, part: str) -> int:
    return sum(part in view.text for view in scene.people.read_topic(scene.group, topic))


async def test_each_side_reads_its_own_language(french: Scene, model: ModelServer) -> None:
    people = french.people
    async with claimed(french) as topic:
        assert shown_to_staff(french, topic, QUESTION) >= 1
        people.send_text(french.sam, REPLY, chat_id=french.group, thread_id=topic)
        told = await people.wait_for_text(french.anna, _SENT, seconds=8)
        mark = Translations().gettext(texts.TRANSLATED_FOR_YOU, language="fr")
        assert said(mark) in told.text
        assert not any("Please come" in text for text in french.texts(french.anna))
        await french.topic_text(topic, _SENT)
        people.press(french.sam, relay_texts.UNDO_BUTTON, chat_id=french.group, thread_id=topic)
        await people.wait_for(
            lambda: not any(_SENT in text for text in french.texts(french.anna)), seconds=8
        )
    writer = model.script.writer
    assert isinstance(writer, LyingInterpreter)
    assert not any("138" in text or "example.org" in text for text in writer.seen)


async def test_no_lie_reaches_the_customer(french: Scene, model: ModelServer) -> None:
    people, group = french.people, french.group
    lies = [lie for lie in Lie if lie is not Lie.NONE]
    async with claimed(french) as topic:
        before = french.texts(french.anna)
        model.script.writer = LyingInterpreter(list(lies))
        for _ in lies:
            people.send_text(french.sam, REPLY, chat_id=group, thread_id=topic)
        await people.wait_for(lambda: refused(french, topic) == len(lies), seconds=20)
        model.script.fault = Fault.HTTP_500
        people.send_text(french.sam, REPLY, chat_id=group, thread_id=topic)
        await people.wait_for(lambda: refused(french, topic) > len(lies), seconds=8)
        assert french.texts(french.anna) == before
        people.press(french.sam, texts.SEND_ANYWAY_BUTTON, chat_id=group, thread_id=topic)
        told = await people.wait_for_text(french.anna, "Please come", seconds=8)
        assert told.text == REPLY


def refused(scene: Scene, topic: int) -> int:
    return shown_to_staff(scene, topic, said(texts.NOT_TRANSLATED))
