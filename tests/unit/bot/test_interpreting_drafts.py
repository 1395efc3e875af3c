"""Draft replies and albums that are translated for a customer, with a desk in memory."""

from dataclasses import replace

import pytest

from bot.desk.briefing import Briefing, DraftReply
from bot.desk.ticket import EntryKind
from bot.desk.translation_tasks import TaskState
from tests.unit.bot.stage import LI, TOPIC, reply
from tests.unit.bot.test_interpreting import CUSTOMER, STAFF, InterpretedStage


@pytest.fixture
def stage() -> InterpretedStage:
    return InterpretedStage().settle()


class TestADraftReply:
    def test_waits_for_its_translation_like_a_reply(self, stage: InterpretedStage) -> None:
        offer(stage, "请带护照来。")
        stage.desk.drafts.send(stage.ticket().id, LI)
        assert stage.sent(CUSTOMER) == []
        stage.interpreters.advance()
        assert stage.sent(CUSTOMER) == ["<fr> 请带护照来。"]
        kept = {entry.kind: entry.text for entry in stage.ticket().entries}
        assert kept[EntryKind.REPLY] == "请带护照来。"
        assert kept[EntryKind.TRANSLATED] == "<fr> 请带护照来。"

    def test_goes_at_once_when_it_is_quoted_in_the_customers_language(
        self, stage: InterpretedStage
    ) -> None:
        draft = (
            "L'employeur demande le permis de travail avant le début. [1]\n\n"
            "Sources\n[1] 外国人来华工作许可服务指南 · 国家外国专家局\n    https://example.org/1"
        )
        offer(stage, draft)
        stage.desk.drafts.send(stage.ticket().id, LI)
        assert stage.sent(CUSTOMER) == [f"Li: {draft}"]
        assert not stage.interpreters.advance()

    def test_goes_back_when_the_check_refuses(self, stage: InterpretedStage) -> None:
        offer(stage, "这是 illegible 的话")
        stage.desk.drafts.send(stage.ticket().id, LI)
        stage.interpreters.advance()
        assert "refused: figures" in stage.sent(STAFF)
        stage.interpreters.send_anyway(stage.tasks()[-1].id, LI)
        assert stage.sent(CUSTOMER) == ["Li: 这是 illegible 的话"]

    def test_is_translated_as_staff_have_changed_it(self, stage: InterpretedStage) -> None:
        offer(stage, "请带护照来。")
        stage.desk.drafts.replace(stage.ticket().id, reply("请带护照和照片来。", "7"))
        stage.interpreters.advance()
        assert stage.sent(CUSTOMER) == ["<fr> 请带护照和照片来。"]
        stage.desk.staff_edited(TOPIC, reply("请只带护照来。", "7"))
        stage.interpreters.advance()
        assert stage.sent(CUSTOMER) == ["<fr> 请只带护照来。"]

    def test_can_be_taken_back_while_it_waits(self, stage: InterpretedStage) -> None:
        offer(stage, "请带护照来。")
        stage.desk.drafts.send(stage.ticket().id, LI)
        stage.desk.withdraw(TOPIC, LI)
        stage.settle()
        assert stage.tasks()[-1].state is TaskState.OBSOLETE


class TestAnAlbum:
    def test_goes_out_whole_when_a_part_is_changed_after_it_was_refused(
        self, stage: InterpretedStage
    ) -> None:
        album = replace(reply("这是 illegible 的话", "5"), parts=("5", "6"))
        stage.desk.staff_wrote(TOPIC, album)
        stage.settle()
        stage.desk.staff_edited(TOPIC, reply("请带护照来。", "6"))
        stage.interpreters.advance()
        assert stage.sent(CUSTOMER) == ["<fr> album: 请带护照来。"]
        stage.desk.withdraw(TOPIC, LI, "5")
        assert stage.sent(CUSTOMER) == ["(deleted)"]


def offer(stage: InterpretedStage, text: str) -> None:
    """Put a draft reply on the card."""
    ticket = stage.ticket().id
    with stage.units() as unit:
        unit.tickets.brief(ticket, Briefing(draft=DraftReply(text=text)))
        unit.commit()
