"""A French customer and staff who write English, with a language model between them that lies."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk.briefing import Findings, SolvedCase
from bot.desk.outcomes import HandedOff
from bot.desk.questions import Question
from bot.desk.support import Support
from bot.i18n.translations import Translations
from handlers import wording_case_texts as case_texts
from handlers import wording_interpreter_texts as texts
from handlers import wording_relay_texts as relay_texts
from handlers import wording_staff_texts as staff_texts
from handlers import wording_texts as answer_texts
from knowledge.generation.openai_writer import Endpoint, OpenAIWriter, load_client
from knowledge.translation.interpreter import Interpreter
from tests.journeys.telegram.consulting import Advisor, answer
from tests.journeys.telegram.service import Scene, said
from tests.journeys.telegram.test_cases import press
from tests.model_server.faults import Fault
from tests.model_server.interpreting import (
    QUESTION,
    QUESTION_IN_ENGLISH,
    REPLY,
    Lie,
    LyingInterpreter,
)
from tests.model_server.server import ModelServer
from tests.telegram_server.people import Attachment
from tests.unit.knowledge.generation.answers import make_model

pytestmark = pytest.mark.asyncio

_SENT = "Veuillez venir le 3 décembre 2026 avec 2 photos et payer 800\N{NO-BREAK SPACE}yuans"


class EnglishBriefer:
    """Proposes an answer that the shelf has in English only."""

    def brief(
        self, question: Question, outcome: HandedOff, solved: Sequence[SolvedCase]
    ) -> Findings:
        """Find a draft."""
        del solved
        proposed = answer(question.text, outcome.language).found
        text = "The employer applies for it first, long before any work starts [1]."
        return Findings(
            proposed=replace(proposed, text=text, language="en", in_asked_language=False)
        )


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
async def claimed(scene: Scene, support: Support | None = None) -> AsyncGenerator[int, None]:
    """A service, and the topic of a case that Sam has."""
    async with scene.service(Advisor(), support=support):
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


def teach(model: ModelServer, **words: str) -> None:
    writer = model.script.writer
    assert isinstance(writer, LyingInterpreter)
    writer.known |= {part.replace("_", " "): said for part, said in words.items()}


async def test_a_draft_is_translated_and_its_sources_are_not(
    french: Scene, model: ModelServer
) -> None:
    people = french.people
    async with claimed(french, Support(briefer=EnglishBriefer())) as topic:
        teach(model, The_employer_applies_for_it_first="L'employeur en fait d'abord la demande")
        await press(french, topic, case_texts.SEND_DRAFT_BUTTON)
        told = await people.wait_for_text(french.anna, "L'employeur en fait", seconds=8)
        translated, original = told.text.split("🌐")
        assert "Rules & permits" in translated
        assert "The employer" in original
        notice = said(Translations().gettext(answer_texts.OTHER_LANGUAGE, language="fr"))
        assert notice in original
        assert notice not in translated
        await french.topic_text(topic, "L'employeur en fait")
        people.press(french.sam, relay_texts.UNDO_BUTTON, chat_id=french.group, thread_id=topic)
        await people.wait_for(
            lambda: not any("L'employeur" in text for text in french.texts(french.anna)), seconds=8
        )
    writer = model.script.writer
    assert isinstance(writer, LyingInterpreter)
    assert not any("Rules & permits" in text for text in writer.seen)


async def test_a_draft_whose_translation_fails_goes_back_to_staff(
    french: Scene, model: ModelServer
) -> None:
    people, group = french.people, french.group
    async with claimed(french, Support(briefer=EnglishBriefer())) as topic:
        teach(model, The_employer_applies_for_it_first="L'employeur n'en fait pas la demande")
        before = french.texts(french.anna)
        await press(french, topic, case_texts.SEND_DRAFT_BUTTON)
        shown = await french.topic_text(topic, said(texts.NOT_TRANSLATED))
        assert "The employer applies for it first" in shown
        assert french.texts(french.anna) == before
        people.press(french.sam, texts.SEND_ANYWAY_BUTTON, chat_id=group, thread_id=topic)
        await people.wait_for_text(french.anna, "The employer applies for it first", seconds=8)


async def test_an_album_is_translated_both_ways(french: Scene, model: ModelServer) -> None:
    people = french.people
    async with claimed(french) as topic:
        teach(
            model,
            Please_sign_all_pages="Veuillez signer toutes les pages",
            Voici_les_deux_pages="Here are the two pages",
        )
        pair = [Attachment("photo", "Please sign all pages", b"1"), Attachment("photo", "", b"2")]
        people.send_album(french.sam, pair, chat_id=french.group, thread_id=topic)
        told = await people.wait_for_text(
            french.anna, "Veuillez signer toutes les pages", seconds=15
        )
        pictures = [view for view in people.read_chat(french.anna) if view.kind == "photo"]
        assert [view.album for view in pictures] == [told.album, told.album]
        assert told.album is not None
        assert not any("Please sign" in view.text for view in pictures)
        mine = [
            Attachment("photo", "Voici les deux pages que vous vouliez", b"3"),
            Attachment("photo", "", b"4"),
        ]
        people.send_album(french.anna, mine)
        await french.topic_text(topic, "Here are the two pages", seconds=15)
        assert shown_to_staff(french, topic, "Voici les deux pages") == 1


async def test_an_album_that_was_refused_goes_out_whole_once_its_caption_is_changed(
    french: Scene, model: ModelServer
) -> None:
    people = french.people
    async with claimed(french) as topic:
        teach(
            model,
            Please_sign_3_pages="Veuillez signer 4 pages",
            Please_sign_all_pages="Veuillez signer toutes les pages",
        )
        pair = [Attachment("photo", "", b"1"), Attachment("photo", "Please sign 3 pages", b"2")]
        sent = people.send_album(french.sam, pair, chat_id=french.group, thread_id=topic)
        await french.topic_text(topic, said(texts.NOT_TRANSLATED), seconds=15)
        assert not [view for view in people.read_chat(french.anna) if view.kind == "photo"]
        people.edit_text(french.sam, sent[1], "Please sign all pages", chat_id=french.group)
        await people.wait_for_text(french.anna, "Veuillez signer toutes les pages", seconds=15)
        pictures = [view for view in people.read_chat(french.anna) if view.kind == "photo"]
        assert len(pictures) == 2
        assert len({view.album for view in pictures}) == 1


async def test_formatting_goes_where_it_surely_belongs(french: Scene, model: ModelServer) -> None:
    people = french.people
    async with claimed(french) as topic:
        teach(
            model,
            Please_come_on="Veuillez venir le",
            and_bring_the_form="et apporter le formulaire",
            Thank_you_very_much="Merci beaucoup",
        )
        people.send_html(
            french.sam,
            "😀 Please come on <b>3 December 2026</b> and bring "
            '<a href="https://example.org/form">the form</a>.\n<i>Thank you very much.</i>',
            chat_id=french.group,
            thread_id=topic,
        )
        told = await people.wait_for_text(french.anna, "Veuillez venir", seconds=8)
        assert "<b>3 décembre 2026</b>" in told.html
        assert "<i>Merci beaucoup.</i>" in told.html
        assert "https://example.org/form" in told.text
        await french.topic_text(topic, texts.FORMATTING_DROPPED)


def refused(scene: Scene, topic: int) -> int:
    return shown_to_staff(scene, topic, said(texts.NOT_TRANSLATED))
