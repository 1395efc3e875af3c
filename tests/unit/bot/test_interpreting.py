"""Messages that are translated between staff and customer, with a desk in memory."""

from dataclasses import replace

import pytest

from bot.desk.casework import Casework
from bot.desk.desk import Desk
from bot.desk.interpreter_desk import MOST_ATTEMPTS, InterpreterDesk
from bot.desk.interpreting import Interpreting
from bot.desk.support import Support
from bot.desk.ticket import EntryKind, Staff
from bot.desk.translation_tasks import TaskState, TranslationTask
from knowledge.errors import DeskError, ThreadNotFound
from tests.fakes.composer import PlainComposer
from tests.fakes.interpreters import PlainInterpreterComposer, ScriptedInterpreter
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.watched_units import Killed
from tests.unit.bot.stage import LI, TOPIC, Stage, message, reply

ASKED = "Quelqu'un peut-il m'aider à propos de mon visa de travail, s'il vous plaît ?"
CUSTOMER, STAFF = "test:anna", "test:staff"


class InterpretedStage(Stage):
    """A French customer and Chinese staff; the case is open, has its topic, and is Li's."""

    def __init__(self, interpreter: ScriptedInterpreter | None = None) -> None:
        self.storage = MemoryStorage()
        super().__init__(self.storage)
        self.interpreter = interpreter or ScriptedInterpreter(self._assert_no_transaction)
        self.restart()
        self.desk.ask_for_person(message(ASKED))
        self.place_ticket()
        self.desk.claim(self.ticket().id, LI)

    def restart(self) -> None:
        super().restart()
        interpreting = Interpreting(staff_language="zh-Hans", clock=self.clock)
        support = Support(interpreting=interpreting)
        self.desk = Desk(self.units, self.consultant, PlainComposer(), self.clock, support)
        self.interpreters = InterpreterDesk(
            units=self.units,
            casework=Casework(composer=PlainComposer(), clock=self.clock),
            composer=PlainInterpreterComposer(),
            interpreter=self.interpreter,
        )

    def settle(self) -> "InterpretedStage":
        """Translate and send all that there is, and forget it."""
        while self.interpreters.advance():
            pass
        self.sent()
        return self

    def says(self, text: str, reference: str = "1", staff: Staff = LI) -> None:
        self.desk.staff_wrote(TOPIC, reply(text, reference, staff))

    def tasks(self) -> list[TranslationTask]:
        return list(self.storage.state.translations.values())


@pytest.fixture
def stage() -> InterpretedStage:
    return InterpretedStage().settle()


class TestWhatACustomerWrites:
    def test_is_shown_at_once_and_its_translation_follows(self) -> None:
        stage = InterpretedStage()
        assert f"customer: {ASKED}" in stage.sent(STAFF)
        assert stage.interpreters.advance()
        assert stage.sent() == [f"translated: <zh-Hans> {ASKED}"]
        assert not stage.interpreters.advance()

    def test_is_not_translated_when_staff_read_it_anyway(self, stage: InterpretedStage) -> None:
        stage.desk.receive(message("请问还需要什么材料？", "2"))
        assert not stage.interpreters.advance()

    @pytest.mark.parametrize("text", ["👍", "+86 138", "10000"])
    def test_is_not_translated_when_it_has_no_words(
        self, stage: InterpretedStage, text: str
    ) -> None:
        stage.desk.receive(message(text, "2"))
        assert not stage.interpreters.advance()

    def test_comes_in_one_message_when_several_wait(self, stage: InterpretedStage) -> None:
        for number, said in enumerate(("Merci beaucoup pour tout", "Et pour ma femme ?"), 2):
            stage.desk.receive(message(said, str(number)))
        stage.sent()
        stage.interpreters.advance()
        assert stage.sent() == [
            "translated: <zh-Hans> Merci beaucoup pour tout + <zh-Hans> Et pour ma femme ?"
        ]

    def test_is_shown_alone_when_the_check_refuses(self, stage: InterpretedStage) -> None:
        stage.desk.receive(message("C'est illegible pour moi, je crois bien", "2"))
        stage.sent()
        assert stage.interpreters.advance()
        assert stage.sent() == []

    def test_is_translated_again_when_it_is_changed(self, stage: InterpretedStage) -> None:
        stage.desk.receive(message("Je viens demain matin", "2"))
        stage.settle()
        changed = replace(message("Je viens demain soir, pardon", "2"), edited=True)
        stage.desk.edited(changed)
        stage.sent()
        stage.interpreters.advance()
        assert stage.sent() == ["translated: <zh-Hans> Je viens demain soir, pardon"]


class TestAReplyOfStaff:
    def test_waits_for_its_translation(self, stage: InterpretedStage) -> None:
        stage.says("请带护照来。")
        assert stage.sent(CUSTOMER) == []
        stage.interpreters.advance()
        assert stage.sent(CUSTOMER) == ["<fr> 请带护照来。"]

    def test_is_kept_as_it_was_written(self, stage: InterpretedStage) -> None:
        stage.says("请带护照来。")
        stage.interpreters.advance()
        kept = {entry.kind: entry.text for entry in stage.ticket().entries}
        assert kept[EntryKind.REPLY] == "请带护照来。"
        assert kept[EntryKind.TRANSLATED] == "<fr> 请带护照来。"

    def test_is_not_overtaken(self, stage: InterpretedStage) -> None:
        stage.says("请带护照来。", "1")
        stage.says("Merci, à bientôt chez nous !", "2")
        assert stage.sent(CUSTOMER) == []
        stage.interpreters.advance()
        assert stage.sent(CUSTOMER) == ["<fr> 请带护照来。", "Li: Merci, à bientôt chez nous !"]

    @pytest.mark.parametrize("text", ["Bonjour, venez demain à neuf heures.", "12367", "👍"])
    def test_goes_at_once_when_the_customer_reads_it(
        self, stage: InterpretedStage, text: str
    ) -> None:
        stage.says(text)
        assert stage.sent(CUSTOMER) == [f"Li: {text}"]
        assert not stage.interpreters.advance()

    def test_is_no_picture_without_words(self, stage: InterpretedStage) -> None:
        picture = replace(reply("[photo]"), source={"kind": "photo"})
        stage.desk.staff_wrote(TOPIC, picture)
        assert stage.sent(CUSTOMER) == ["Li: [photo]"]
        assert not stage.interpreters.advance()

    def test_is_no_note(self, stage: InterpretedStage) -> None:
        stage.says("// 他很着急")
        assert not stage.interpreters.advance()
        assert stage.sent(CUSTOMER) == []
        assert stage.interpreter.asked == [ASKED]

    def test_goes_back_when_the_check_refuses(self, stage: InterpretedStage) -> None:
        stage.says("这是 illegible 的话")
        stage.interpreters.advance()
        assert stage.sent(CUSTOMER) == []
        assert stage.kinds()[-1] is EntryKind.UNDELIVERED

    def test_tells_staff_why_it_was_refused(self, stage: InterpretedStage) -> None:
        stage.says("这是 illegible 的话")
        stage.interpreters.advance()
        assert stage.sent() == ["refused: figures"]

    def test_does_not_hold_up_the_next_when_refused(self, stage: InterpretedStage) -> None:
        stage.says("这是 illegible 的话", "1")
        stage.says("请带护照来。", "2")
        while stage.interpreters.advance():
            pass
        assert stage.sent(CUSTOMER) == ["<fr> 请带护照来。"]

    def test_goes_back_when_it_does_not_fit(self, stage: InterpretedStage) -> None:
        stage.says("这句话 does not fit 一条消息")
        stage.interpreters.advance()
        assert stage.sent() == ["refused: does not fit"]

    def test_goes_back_when_there_is_no_interpreter_any_more(self, stage: InterpretedStage) -> None:
        stage.says("请带护照来。")
        stage.interpreters = replace(stage.interpreters, interpreter=None)
        stage.interpreters.advance()
        assert stage.sent() == ["refused: no reply"]

    def test_is_not_sent_when_the_thread_changed_hands(self, stage: InterpretedStage) -> None:
        stage.says("请带护照来。")
        stage.interpreter.meanwhile = lambda: _pass_to_bot(stage)
        stage.interpreters.advance()
        sent = stage.sent()
        assert "<fr> 请带护照来。" not in sent
        assert "refused: changed hands" in sent


class TestWhatStaffDoMeanwhile:
    def test_taking_it_back(self, stage: InterpretedStage) -> None:
        stage.says("请带护照来。")
        stage.desk.withdraw(TOPIC, LI, "1")
        stage.settle()
        assert stage.tasks()[-1].state is TaskState.OBSOLETE
        assert stage.sent(CUSTOMER) == []

    def test_changing_it_sends_the_new_text_alone(self, stage: InterpretedStage) -> None:
        stage.says("请带护照来。")
        stage.desk.staff_edited(TOPIC, reply("请带护照和照片来。"))
        while stage.interpreters.advance():
            pass
        assert stage.sent(CUSTOMER) == ["<fr> 请带护照和照片来。"]

    def test_changing_it_after_it_was_refused(self, stage: InterpretedStage) -> None:
        stage.says("这是 illegible 的话")
        stage.settle()
        stage.desk.staff_edited(TOPIC, reply("请带护照来。"))
        stage.interpreters.advance()
        assert stage.sent(CUSTOMER) == ["<fr> 请带护照来。"]

    def test_changing_it_after_it_was_sent(self, stage: InterpretedStage) -> None:
        stage.says("请带护照来。")
        stage.settle()
        stage.desk.staff_edited(TOPIC, reply("请带护照和照片来。"))
        assert stage.sent(CUSTOMER) == []
        stage.interpreters.advance()
        assert stage.sent(CUSTOMER) == ["<fr> 请带护照和照片来。"]

    def test_sending_it_as_it_is(self, stage: InterpretedStage) -> None:
        stage.says("这是 illegible 的话")
        stage.settle()
        stage.interpreters.send_anyway(stage.tasks()[-1].id, LI)
        assert stage.sent(CUSTOMER) == ["Li: 这是 illegible 的话"]
        with pytest.raises(DeskError):
            stage.interpreters.send_anyway(stage.tasks()[-1].id, LI)
        assert stage.sent(CUSTOMER) == []

    def test_sending_what_was_taken_back_is_refused(self, stage: InterpretedStage) -> None:
        stage.says("这是 illegible 的话")
        stage.settle()
        stage.desk.withdraw(TOPIC, LI, "1")
        with pytest.raises(DeskError):
            stage.interpreters.send_anyway(stage.tasks()[-1].id, LI)

    def test_sending_it_when_the_ticket_is_closed_is_refused(self, stage: InterpretedStage) -> None:
        stage.says("这是 illegible 的话")
        stage.settle()
        stage.desk.close(stage.ticket().id, LI)
        with pytest.raises(ThreadNotFound):
            stage.interpreters.send_anyway(stage.tasks()[-1].id, LI)

    def test_sending_the_translation_that_was_kept_back(self, stage: InterpretedStage) -> None:
        stage.says("请带护照来。")
        stage.interpreter.meanwhile = lambda: _pass_to_bot(stage)
        stage.interpreters.advance()
        stage.sent()
        (kept,) = (task for task in stage.tasks() if task.state is TaskState.REFUSED)
        stage.interpreters.send_anyway(kept.id, LI)
        assert "<fr> 请带护照来。" in stage.sent(CUSTOMER)


class TestAProcessThatDies:
    @pytest.mark.parametrize("commit", [1, 2])
    @pytest.mark.parametrize("moment", ["die_before", "die_after"])
    def test_sends_a_reply_once(self, stage: InterpretedStage, commit: int, moment: str) -> None:
        stage.says("请带护照来。")
        setattr(stage.units, moment, commit)
        with pytest.raises(Killed):
            stage.interpreters.advance()
        stage.restart()
        while stage.interpreters.advance():
            pass
        assert stage.sent(CUSTOMER) == ["<fr> 请带护照来。"]

    def test_while_the_model_writes(self, stage: InterpretedStage) -> None:
        stage.says("请带护照来。")
        stage.interpreter.meanwhile = _die
        with pytest.raises(Killed):
            stage.interpreters.advance()
        stage.interpreter.meanwhile = lambda: None
        stage.restart()
        stage.interpreters.advance()
        assert stage.sent(CUSTOMER) == ["<fr> 请带护照来。"]

    def test_of_one_message_again_and_again_gives_it_back(self, stage: InterpretedStage) -> None:
        stage.says("请带护照来。")
        stage.interpreter.meanwhile = _die
        for _ in range(MOST_ATTEMPTS):
            with pytest.raises(Killed):
                stage.interpreters.advance()
            stage.restart()
        stage.interpreters.advance()
        assert stage.sent() == ["refused: no reply"]


def _pass_to_bot(stage: InterpretedStage) -> None:
    """The thread goes to the bot and back: it is open, and another hand has it."""
    stage.desk.return_to_bot(stage.ticket().id, LI)
    stage.desk.ask_for_person(message("Encore une question pour vous, merci", "9"))


def _die() -> None:
    raise Killed
