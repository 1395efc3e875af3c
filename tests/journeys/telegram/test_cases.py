"""What staff do with a case by its card, and what the customer does when it has ended."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import pytest

from bot.desk.briefing import Findings, Gap, SolvedCase
from bot.desk.outcomes import HandedOff
from bot.desk.questions import Question
from bot.desk.support import Support
from bot.desk.ticket import TicketState
from handlers import wording_case_texts as case_texts
from handlers import wording_staff_texts as staff_texts
from handlers import wording_texts as texts
from knowledge.passage import Audience
from tests.journeys.telegram.consulting import Advisor, answer
from tests.journeys.telegram.service import Scene, said
from tests.journeys.telegram.test_staff import hand_off
from tests.telegram_server.people.views import MessageView

pytestmark = pytest.mark.asyncio

_BOILERPLATE = "About “person please”: apply first [1]."


class Briefer:
    """Proposes what the advisor would have answered."""

    def brief(
        self, question: Question, outcome: HandedOff, solved: Sequence[SolvedCase]
    ) -> Findings:
        """Find something of each kind."""
        del solved
        proposed = answer(question.text, outcome.language).found
        before = SolvedCase(
            ticket=7, audience=Audience.PUBLIC, question="What form?", reply="The long one."
        )
        gaps = (Gap.COUNTRY,)
        return Findings(country="BR", gaps=gaps, solved=(before,), proposed=proposed)


SUPPORT = Support(briefer=Briefer())


def card_in(scene: Scene, topic: int) -> MessageView:
    """The newest card in a topic."""
    shown = scene.people.read_topic(scene.group, topic)
    return next(view for view in reversed(shown) if staff_texts.AUDIENCE_LABEL in view.text)


def labels(view: MessageView) -> set[str]:
    return {label for row in view.buttons for label in row}


async def press(scene: Scene, topic: int, label: str, user: int = 0) -> str:
    """Press a button of the card; what the one who pressed was told."""
    people = scene.people
    await people.wait_for(lambda: label in labels(card_in(scene, topic)), seconds=8)
    card = card_in(scene, topic).message_id
    query = people.press(
        user or scene.sam, label, chat_id=scene.group, thread_id=topic, message_id=card
    )
    told = await people.wait_for(lambda: people.answer_to(query), seconds=8)
    return str(told.get("text") or "")


async def test_a_draft_is_sent_or_changed(scene: Scene) -> None:
    people, group, anna, sam = scene.people, scene.group, scene.anna, scene.sam
    async with scene.service(Advisor(), support=SUPPORT):
        people.send_text(anna, "hello?")
        await people.wait_for_text(anna, "About “hello?”")
        topic = await hand_off(scene)
        card = card_in(scene, topic)
        for part in ("Brazil", case_texts.GAPS[Gap.COUNTRY], "hello?", "The long one."):
            assert part in card.text
        assert "<blockquote expandable>" in card.html
        assert case_texts.DRAFT_TITLE in card.text
        assert _BOILERPLATE in card.text

        await press(scene, topic, case_texts.EDIT_DRAFT_BUTTON)
        await scene.topic_text(topic, "copy the draft below")
        prompt = people.read_topic(group, topic)[-1]
        assert prompt.text.startswith("Sam, copy")
        mine = people.send_text(
            sam, "Apply early.", chat_id=group, thread_id=topic, reply_to=prompt.message_id
        )
        assert mine
        await people.wait_for_text(anna, "Apply early.")
        await people.wait_for(
            lambda: case_texts.SEND_DRAFT_BUTTON not in labels(card_in(scene, topic)), seconds=8
        )

        people.send_text(scene.anna, "Thank you!")
        await scene.topic_text(topic, "Thank you!")
        await press(scene, topic, staff_texts.RETURN_BUTTON)
        await people.wait_for_text(anna, said(texts.CHANGE[TicketState.RETURNED]))
        people.send_text(anna, "person for another thing")
        told = await press(scene, topic, case_texts.SEND_DRAFT_BUTTON)
        assert told == said(case_texts.SENT_TOAST)
        await people.wait_for_text(anna, "About “person for another thing”: apply first")
    assert len(people.topics(group)) == 1


async def test_a_case_is_given_away_and_put_off(scene: Scene) -> None:
    people, group = scene.people, scene.group
    kim = people.add_user("Kim")
    people.add_member(group, kim)
    async with scene.service(Advisor()) as door:
        topic = await hand_off(scene)
        await press(scene, topic, case_texts.TRANSFER_BUTTON)
        await press(scene, topic, "Kim")
        await scene.topic_text(topic, "Sam gave ticket 1 to Kim.")
        await people.wait_for_text(scene.anna, said(texts.CHANGE[TicketState.CLAIMED]))

        await press(scene, topic, case_texts.SNOOZE_BUTTON)
        told = await press(scene, topic, case_texts.HOUR_BUTTON)
        assert told.startswith("Ticket 1 is put off until")
        await people.wait_for(lambda: "💤" in people.topics(group)[0].name, seconds=8)
        assert [one.id for one in door.desk.wake(door.clock() + timedelta(hours=1))] == [1]
        await scene.topic_text(topic, "was put off until now")
        first = card_in(scene, topic).message_id
        people.send_text(scene.sam, "/card", chat_id=group, thread_id=topic)
        await people.wait_for(lambda: card_in(scene, topic).message_id > first, seconds=8)
        assert await press(scene, topic, case_texts.NOTES_ONLY_BUTTON)
        await people.wait_for(
            lambda: said(case_texts.NOTES_ONLY) in card_in(scene, topic).text, seconds=8
        )
    assert not any("/card" in text for text in scene.texts(scene.anna))


async def test_whoever_was_removed_has_no_access(scene: Scene) -> None:
    people, group, sam = scene.people, scene.group, scene.sam
    outsider = people.add_user("Olga")
    boss = people.add_user("Boss")
    people.add_member(group, boss, anonymous=True)
    async with scene.service(Advisor()) as door:
        topic = await hand_off(scene)
        card = card_in(scene, topic).message_id
        await press(scene, topic, staff_texts.CLAIM_BUTTON)
        people.send_text(sam, "Hello", chat_id=group, thread_id=topic)
        await people.wait_for_text(scene.anna, "Hello")

        people.add_member(group, sam, status="kicked")
        await scene.topic_text(topic, "Sam is not in this group any more.")
        for user in (sam, outsider):
            query = people.press_data(user, group, card, "v1:claim:1")
            told = await people.wait_for(partial(people.answer_to, query), seconds=8)
            assert told["text"] == said(case_texts.REFUSED_PRESS)
        assert door.desk.thread(1)[1].state is TicketState.WAITING

        await press(scene, topic, staff_texts.CLAIM_BUTTON, user=boss)
        await scene.topic_text(topic, "claimed – Staff")
        people.send_text(boss, "The boss here", chat_id=group, thread_id=topic)
        await people.wait_for_text(scene.anna, "The boss here")
    assert not any("Boss" in view.text for view in people.read_topic(group, topic))


async def test_a_closed_case_is_rated_and_opened_again(scene: Scene) -> None:
    people, group, anna = scene.people, scene.group, scene.anna
    async with scene.service(Advisor()) as door:
        topic = await hand_off(scene)
        await press(scene, topic, staff_texts.CLAIM_BUTTON)
        people.send_text(scene.sam, "Here you are", chat_id=group, thread_id=topic)
        await people.wait_for_text(anna, "Here you are")
        await press(scene, topic, staff_texts.CLOSE_BUTTON)
        await people.wait_for_text(anna, said(case_texts.RATE_REQUEST))
        request = people.read_chat(anna)[-1].message_id
        query = people.press(anna, "4⭐")
        told = await people.wait_for(lambda: people.answer_to(query), seconds=8)
        assert told["text"] == said(case_texts.RATED_TOAST)
        people.send_text(anna, "Kind people", reply_to=request)
        await people.wait_for_text(anna, said(case_texts.COMMENT_THANKS))
        await scene.topic_text(topic, "The customer says about ticket 1: Kind people")
        await scene.topic_text(topic, "⭐⭐⭐⭐")

        people.send_text(anna, "/status")
        await people.wait_for_text(anna, "Ticket 1 is closed.")
        closing = next(v for v in people.read_chat(anna) if case_texts.CLOSED in v.text)
        people.send_text(anna, "But the form?", reply_to=closing.message_id)
        await people.wait_for_text(anna, said(texts.CHANGE[TicketState.WAITING]))
        await scene.topic_text(topic, "But the form?")
        assert door.desk.thread(1)[1].state is TicketState.WAITING
        await people.wait_for(lambda: not people.topics(group)[0].is_closed, seconds=8)
    assert len(people.topics(group)) == 1
