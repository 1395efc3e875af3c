"""From a question that nobody could answer, in three languages, to the people who asked it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bootstrap import Workplace
from bot.desk.desk import Desk
from bot.i18n.translations import Translations
from bot.settings import Settings
from handlers import wording_gap_texts as texts
from handlers import wording_staff_texts as staff_texts
from handlers.chat.app import serve
from handlers.chat.composer import TelegramComposer
from handlers.chat.context import Door
from handlers.chat.gap_composer import TelegramGapComposer
from handlers.commands.gap_wiring import make_gap_desk
from handlers.wording import Wording
from ingest.shelving import WrittenShelf
from ingest.sync import synchronise
from knowledge.evaluation.cases import read_desk_cases
from knowledge.shelf import writing
from tests.journeys.telegram.service import Scene, said
from tests.journeys.telegram.wiring import now

pytestmark = [pytest.mark.asyncio, pytest.mark.model]

RULE = "# Office hours\n\nThe office is open from Monday to Friday.\n"
ANSWER = "The centre gives free dubbing courses every second Saturday of the month."


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    place = Workplace(Settings(data=tmp_path / "data"))
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "hours.md").write_text(RULE, encoding="utf-8")
    with writing(place.index, lambda: place.embedder) as writer:
        synchronise([tmp_path / "documents"], WrittenShelf(writer))
    place.warm_up()
    return place


@asynccontextmanager
async def service(scene: Scene, workplace: Workplace) -> AsyncGenerator[Door, None]:
    """Run the service with its gap loop on a real shelf."""
    wording = Wording(Translations())
    composer = TelegramComposer(
        wording=wording, staff_language="en", clock=now, offers_entries=True
    )
    gap_composer = TelegramGapComposer(wording=wording, staff_language="en", today=workplace.today)
    units = scene.database
    door = Door(
        settings=replace(scene.settings, staff_language="en"),
        desk=Desk(units, workplace.consultant, composer, now),
        units=units,
        wording=wording,
        composer=composer,
        clock=now,
        gaps=make_gap_desk(workplace, units, gap_composer, staff_language="en"),
    )
    stop = asyncio.Event()
    task = asyncio.create_task(serve(door, stop=stop))
    try:
        yield door
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)


async def test_those_who_asked_in_other_languages_are_told(
    scene: Scene, workplace: Workplace
) -> None:
    people, group, sam = scene.people, scene.group, scene.sam
    boris = people.add_user("Борис", language_code="ru")
    wang = people.add_user("王伟", language_code="zh")
    async with service(scene, workplace):
        people.send_text(scene.anna, "Hello! Does the centre offer free dubbing courses?")
        topic = await scene.topic()
        await scene.topic_text(topic, "dubbing courses?")
        people.send_text(boris, "Есть ли у вас бесплатные курсы по дубляжу?")
        people.send_text(wang, "中心有免费的配音培训课吗？")
        await scene.topic(3)
        await scene.claim(topic)
        reply = people.send_text(sam, f"Dear Anna, {ANSWER}", chat_id=group, thread_id=topic)
        await people.wait_for_text(scene.anna, ANSWER)

        people.send_text(sam, "/faq", chat_id=group, thread_id=topic, reply_to=reply)
        await scene.topic_text(topic, said(texts.HOW_TO_CHANGE), seconds=60)
        shown = people.read_topic(group, topic)[-1]
        assert "1. [en] Does the centre offer free dubbing courses?" in shown.text
        assert f"[en]\n{ANSWER}" in shown.text
        people.press(sam, texts.APPROVE_BUTTON, chat_id=group, thread_id=topic)

        for customer, asked in ((boris, "дубляжу"), (wang, "培训课")):
            view = await people.wait_for_text(customer, ANSWER, seconds=60)
            assert asked in view.text
            assert "Service centre" in view.text
        await scene.topic_text(topic, texts.TOLD_LABEL, seconds=60)
    assert sum(ANSWER in text for text in scene.texts(scene.anna)) == 1
    assert len(read_desk_cases(workplace.folder / "faq")) >= 2


async def test_staff_see_what_is_asked_and_may_make_an_entry_of_a_closed_case(
    scene: Scene, workplace: Workplace
) -> None:
    people, group, sam = scene.people, scene.group, scene.sam
    async with service(scene, workplace):
        people.send_text(scene.anna, "Does the centre offer free dubbing courses?")
        topic = await scene.topic()
        await scene.topic_text(topic, "dubbing courses?")
        people.send_text(sam, "/gaps", chat_id=group)

        def listed() -> bool:
            return any("1 waiting" in view.text for view in people.read_chat(group))

        await people.wait_for(listed, seconds=20)
        await scene.claim(topic)
        people.send_text(sam, ANSWER, chat_id=group, thread_id=topic)
        await people.wait_for_text(scene.anna, ANSWER)
        people.press(sam, staff_texts.CLOSE_BUTTON, chat_id=group, thread_id=topic)

        def offered() -> bool:
            rows = (row for view in people.read_topic(group, topic) for row in view.buttons)
            return any(texts.MAKE_BUTTON in row for row in rows)

        await people.wait_for(offered, seconds=20)
        people.press(sam, texts.MAKE_BUTTON, chat_id=group, thread_id=topic)
        await scene.topic_text(topic, said(texts.HOW_TO_CHANGE), seconds=60)
        shown = people.read_topic(group, topic)[-1]
        change = "owner: training desk\nquestion: dubbing course"
        people.send_text(sam, change, chat_id=group, thread_id=topic, reply_to=shown.message_id)

        def changed() -> bool:
            views = people.read_topic(group, topic)
            return any(view.is_bot and "training desk" in view.text for view in views)

        await people.wait_for(changed, seconds=30)
        people.press(sam, texts.DISCARD_BUTTON, chat_id=group, thread_id=topic)
        await scene.topic_text(topic, "discarded", seconds=30)
    assert not any("training desk" in text for text in scene.texts(scene.anna))
    assert "desk-answers.csv" not in workplace.library.documents()


async def test_an_editor_says_who_asked_the_same_in_other_words(
    scene: Scene, workplace: Workplace
) -> None:
    people, group, sam = scene.people, scene.group, scene.sam
    yuki = people.add_user("由紀", language_code="ja")
    words = "吹き替えの無料講座はありますか"
    async with service(scene, workplace):
        people.send_text(scene.anna, "Does the centre offer free dubbing courses?")
        topic = await scene.topic()
        await scene.topic_text(topic, "dubbing courses?")
        people.send_text(yuki, words)
        await scene.topic(2)
        await scene.claim(topic)
        reply = people.send_text(sam, ANSWER, chat_id=group, thread_id=topic)
        await people.wait_for_text(scene.anna, ANSWER)
        people.send_text(sam, "/faq", chat_id=group, thread_id=topic, reply_to=reply)
        await scene.topic_text(topic, said(texts.HOW_TO_ADD), seconds=60)
        shown = people.read_topic(group, topic)[-1]
        assert f"1. [ja] {words}" in shown.text
        people.send_text(sam, "same: 1", chat_id=group, thread_id=topic, reply_to=shown.message_id)
        await scene.topic_text(topic, f"2. [ja] {words}", seconds=60)
        people.press(sam, texts.APPROVE_BUTTON, chat_id=group, thread_id=topic)
        await people.wait_for_text(yuki, ANSWER, seconds=60)
        await scene.topic_text(topic, texts.TOLD_LABEL, seconds=60)
    assert sum(ANSWER in text for text in scene.texts(yuki)) == 1
