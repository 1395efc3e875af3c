"""An interpreter that says what it is told to say, and a composer for what comes of it."""

from collections.abc import Callable, Sequence

from bot.desk.conversation import Conversation
from bot.desk.mail import Draft, OutboxRow
from bot.desk.ticket import Ticket
from bot.desk.translation_tasks import TranslationTask
from knowledge.translation.checking import Loss
from knowledge.translation.interpreter import Outcome, Refusal, Translation
from tests.fakes.composer import to_staff


class ScriptedInterpreter:
    """Turns ``text`` into ``<language> text``; refuses what holds ``illegible``."""

    def __init__(self, check: Callable[[], None] = lambda: None) -> None:
        self.asked: list[str] = []
        self.fixed: Sequence[str] = ()
        self.meanwhile: Callable[[], None] = lambda: None
        self._check = check

    def translate(
        self, text: str, language: str, *, into: str, fixed: Sequence[str] = ()
    ) -> Outcome:
        self._check()
        self.asked.append(text)
        self.fixed = fixed
        self.meanwhile()
        if "illegible" in text:
            return Refusal(losses=(Loss.FIGURES,))
        return Translation(
            text=f"<{into}> {text}", language=into, source_language=language, locked=()
        )


class PlainInterpreterComposer:
    """Texts that are easy to read in an assertion."""

    def question_translated(
        self, conversation: Conversation, ticket: Ticket, tasks: Sequence[TranslationTask]
    ) -> list[Draft]:
        said = " + ".join(task.result for task in tasks)
        return [to_staff(conversation, ticket, f"translated: {said}")]

    def reply_translated(self, row: OutboxRow, task: TranslationTask) -> Draft | None:
        if "does not fit" in task.text:
            return None
        payload = {**row.payload, "text": task.result}
        return Draft(queue=row.queue, method=row.method, payload=payload)

    def fixed_parts(self, row: OutboxRow) -> Sequence[str]:
        return tuple(part for part in str(row.payload["text"]).split() if part.startswith("`"))

    def reply_refused(
        self, conversation: Conversation, ticket: Ticket, task: TranslationTask
    ) -> list[Draft]:
        return [to_staff(conversation, ticket, f"refused: {', '.join(task.problems)}")]
