"""Writes what people read of translations in Telegram."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from bot.desk.conversation import Conversation
from bot.desk.mail import Draft, OutboxRow, Priority
from bot.desk.ticket import Ticket
from bot.desk.translation_tasks import TranslationTask
from bot.i18n.formats import language_name
from handlers import wording_interpreter_texts as texts
from handlers import wording_relay_texts as relay_texts
from handlers import wording_texts as answer_texts
from handlers.chat.api import as_object
from handlers.chat.buttons import Action, Button, Markup, keyboard
from handlers.chat.letters import packed, to_topic, unpacked
from handlers.chat.messages import message_parameters
from handlers.chat.relay.formatting import carry, fixed_parts
from handlers.chat.render import render_text
from handlers.chat.translated import FormattedText, text_of, with_text
from handlers.wording import Wording
from knowledge.translation.citations import quotations
from knowledge.translation.interpreter import Silence
from knowledge.translation.locks import lock

SIGN: Final = "🌐"
_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramInterpreterComposer:
    """``InterpreterComposer`` for this door; all that staff get of it makes no sound."""

    wording: Wording
    staff_language: str

    def question_translated(
        self, conversation: Conversation, ticket: Ticket, tasks: Sequence[TranslationTask]
    ) -> list[Draft]:
        """One message, which replies to the copy of what was said last."""
        said = [self._headed(texts.TRANSLATED, task) for task in tasks]
        chat, message = conversation.address.chat, tasks[-1].message
        shown = "\n\n".join(said)
        reply = {"replies": {"chat": chat, "message": message}}
        drafts = self._to_staff(ticket.id, shown, extra=reply if message.isdigit() else {})
        return [_quiet(draft) for draft in drafts]

    def reply_translated(self, row: OutboxRow, task: TranslationTask) -> Draft | None:
        """The same call with the translation for its text; once it has arrived, staff see it."""
        said = text_of(row)
        locked = lock(task.text, task.language, into=task.into, fixed=self.fixed_parts(row))
        carried = carry(locked, said.text, said.entities, task.result)
        below = "".join(f"\n\n🔗 {link}" for link in carried.links)
        lead = "" if said.entities else self._lead(task)
        below += f"\n\n{SIGN} {self._mark(task, lead)}"
        text = task.result.removeprefix(lead).lstrip()
        new = FormattedText(text=text, entities=carried.entities)
        call = with_text(row, new, below)
        if call is None:
            return None
        method, parameters = call
        undo = Button(self._phrase(relay_texts.UNDO_BUTTON), Action.UNDO, task.message)
        told = self._headed(texts.SENT_TRANSLATED, task)
        if carried.dropped:
            told += f"\n\n⚠️ {self._phrase(texts.FORMATTING_DROPPED)}"
        shown = [
            _quiet(_under(draft, task))
            for draft in self._to_staff(task.ticket, told, keyboard([undo]))
        ]
        then = [*unpacked(row.payload, "then"), *shown]
        payload = {**row.payload, "parameters": parameters, "then": packed(then)}
        if "text" in parameters:
            payload["plain"] = parameters["text"]
        return Draft(queue=row.queue, method=method, payload=payload)

    def fixed_parts(self, row: OutboxRow) -> tuple[str, ...]:
        """Code, tags, commands."""
        said = text_of(row)
        return fixed_parts(said.text, said.entities)

    def reply_refused(
        self, conversation: Conversation, ticket: Ticket, task: TranslationTask
    ) -> list[Draft]:
        """Why it has not gone out, under what staff wrote, and the button to send it."""
        del conversation
        if task.result:
            shown, label = self._headed(texts.KEPT_BACK, task), texts.SEND_TRANSLATION_BUTTON
        else:
            why = [f"• {self._problem(problem)}" for problem in task.problems]
            said = self._named(texts.NOT_TRANSLATED, task)
            shown = "\n".join([f"⚠️ {said}", *why, self._what_next(task)])
            label = texts.SEND_ANYWAY_BUTTON
        send = Button(self._phrase(label), Action.SEND_UNTRANSLATED, str(task.id))
        drafts = self._to_staff(ticket.id, shown, keyboard([send]))
        return [_under(draft, task) for draft in drafts]

    def _mark(self, task: TranslationTask, lead: str) -> str:
        """What the customer reads under a translation; what was cited stands there as it is."""
        name = language_name(task.language, language=task.into)
        quoted = quotations(task.text, task.into)
        text = texts.TRANSLATED_QUOTATION if quoted and not lead else texts.TRANSLATED_FOR_YOU
        said = self.wording.phrase(text, language=task.into, source=name)
        return "\n".join(filter(None, (said, lead, quoted)))

    def _lead(self, task: TranslationTask) -> str:
        """The notice of a draft that what follows is in another language: now it is below."""
        name = language_name(task.language, language=task.into)
        phrase = self.wording.phrase
        notices = (
            phrase(answer_texts.OTHER_LANGUAGE, language=task.into, original=name),
            phrase(answer_texts.OTHER_TRANSLATION, language=task.into, translation=name),
        )
        return next((one for one in notices if task.result.startswith(one)), "")

    def _what_next(self, task: TranslationTask) -> str:
        """A draft that was sent by its button is no message that could be changed: it is shown."""
        if task.message.isdigit():
            return self._named(texts.WHAT_NEXT, task)
        return f"{self._named(texts.WHAT_NEXT_FOR_DRAFT, task)}\n\n{task.text}"

    def _to_staff(
        self,
        ticket: int,
        text: str,
        markup: Markup | None = None,
        *,
        extra: Mapping[str, object] = _NOTHING,
    ) -> list[Draft]:
        return [
            to_topic(ticket, "sendMessage", each, extra={**extra, "plain": plain})
            for each, plain in message_parameters(render_text(text), markup)
        ]

    def _headed(self, heading: str, task: TranslationTask) -> str:
        return f"{SIGN} {self._named(heading, task)}\n{task.result}"

    def _named(self, text: str, task: TranslationTask) -> str:
        staff = self.staff_language
        return self._phrase(
            text,
            source=language_name(task.language, language=staff),
            into=language_name(task.into, language=staff),
        )

    def _problem(self, problem: str) -> str:
        return self._phrase(texts.PROBLEMS.get(problem, texts.PROBLEMS[Silence.NO_REPLY]))

    def _phrase(self, text: str, **fields: object) -> str:
        return self.wording.phrase(text, language=self.staff_language, **fields)


def _quiet(draft: Draft) -> Draft:
    return replace(_with(draft, disable_notification=True), priority=Priority.LOW)


def _under(draft: Draft, task: TranslationTask) -> Draft:
    """Let a message reply to what staff wrote."""
    if not task.message.isdigit():
        return draft
    return _with(draft, reply_parameters={"message_id": int(task.message)})


def _with(draft: Draft, **parameters: object) -> Draft:
    given = as_object(draft.payload.get("parameters"))
    return replace(draft, payload={**draft.payload, "parameters": {**given, **parameters}})
