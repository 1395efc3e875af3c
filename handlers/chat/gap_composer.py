"""Writes what staff and customers read in Telegram about FAQ entries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from bot.desk.conversation import Conversation
from bot.desk.faq_entry import FaqEntry, FaqState, FindingKind
from bot.desk.mail import Draft
from bot.desk.outcomes import Answered
from bot.desk.schedule.hours import CENTRE_ZONE
from bot.desk.ticket import EntryKind, Ticket, TicketState
from bot.desk.unanswered import OpenQuestion
from bot.i18n.formats import day_in_words
from handlers import wording_gap_texts as texts
from handlers import wording_texts
from handlers.chat.buttons import Action, Button, Markup, keyboard
from handlers.chat.letters import DOOR, OUTBOX, Tie, to_chat, to_topic
from handlers.chat.messages import message_parameters, topic_text
from handlers.chat.render import render_reply
from handlers.chat.rich_text import RichText, bold, italic, joined, plain, split
from handlers.wording import Reply, Wording
from handlers.wording_gaps import GapWording, shorten

MARK: Final = "📝"
"""How every message about an entry begins."""
_ENTRY: Final = f"{OUTBOX}faq:"
_EDITED: Final = "/edit"


def draft_of(entry: int) -> Tie:
    """Return what the message that shows an entry is tied to."""
    return (f"{_ENTRY}{entry}", "draft")


def entry_in(tie: Tie | None) -> int:
    """Return the entry that a message shows; 0 for none."""
    number = tie[0].removeprefix(_ENTRY) if tie and tie[0].startswith(_ENTRY) else ""
    return int(number) if number.isdigit() else 0


def make_button(wording: Wording, language: str, ticket: Ticket) -> list[Button]:
    """Return the button that makes a FAQ entry of a ticket; [] where nobody has answered in it."""
    if not any(one.kind is EntryKind.REPLY for one in ticket.entries):
        return []
    label = wording.phrase(texts.MAKE_BUTTON, language=language)
    return [Button(label, Action.GAP, str(ticket.id))]


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramGapComposer:
    """``GapComposer`` for this door."""

    wording: Wording
    staff_language: str
    today: Callable[[], date]
    door: str = DOOR
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(CENTRE_ZONE))

    def drafted(self, entry: FaqEntry, ticket: Ticket) -> list[Draft]:
        """The entry in the ticket's topic, with its buttons."""
        del ticket
        return self._shown_anew(entry)

    def changed(self, entry: FaqEntry, ticket: Ticket) -> list[Draft]:
        """The same message as it is now; an entry of several messages is shown anew."""
        parts = self._parts(entry)
        drafts = self._shown_anew(entry) if len(parts) > 1 else self._edits(entry)
        finished = entry.state in {FaqState.TOLD, FaqState.DISCARDED}
        if finished and ticket.state is TicketState.CLOSED:
            # It was opened again for the entry.
            drafts.append(to_topic(ticket.id, "closeForumTopic", {}, silent=True))
        return drafts

    def returned(self, entry: FaqEntry, ticket: Ticket) -> list[Draft]:
        """A line that says why, and the entry as a draft again."""
        del ticket
        title = self._staff.phrase(texts.RETURNED, entry=entry.id)
        reasons = "\n".join(self._staff.finding(one) for one in entry.findings)
        return [*topic_text(entry.ticket, f"⚠️ {title}\n{reasons}"), *self._shown_anew(entry)]

    def told(
        self, conversation: Conversation, asked: OpenQuestion, outcome: Answered
    ) -> list[Draft]:
        """The question of some time ago, the answer, and its buttons under the last part."""
        parts = render_reply(self._reply(asked, outcome))
        markup = self._verdicts(asked, outcome.language)
        # A person who takes over before it goes out learns that it did not.
        question = asked.question.text
        return [
            to_chat(
                conversation.address.chat,
                "sendMessage",
                parameters,
                fenced=True,
                extra={"plain": text, "answers": "" if number else question},
            )
            for number, (parameters, text) in enumerate(message_parameters(parts, markup))
        ]

    def told_text(self, asked: OpenQuestion, outcome: Answered) -> str:
        """The same without its dress."""
        return self._reply(asked, outcome).text

    def staff_told(self, ticket: Ticket, text: str) -> list[Draft]:
        """What the bot told the customer, marked as its own."""
        return topic_text(ticket.id, f"🤖 {text}")

    def not_told(self, entry: FaqEntry, ticket: Ticket, asked: OpenQuestion) -> list[Draft]:
        """A note in the topic."""
        question = shorten(asked.question.text)
        said = self._staff.phrase(texts.NOT_TOLD, entry=entry.id, question=question)
        return topic_text(ticket.id, f"{MARK} {said}")

    @property
    def _staff(self) -> GapWording:
        return GapWording(self.wording, self.staff_language)

    def _shown_anew(self, entry: FaqEntry) -> list[Draft]:
        *first, last = message_parameters(self._parts(entry), self._buttons(entry))
        drafts = [
            to_topic(entry.ticket, "sendMessage", each, extra={"plain": text})
            for each, text in first
        ]
        extra = {"plain": last[1], "mirrors": draft_of(entry.id), "renews": True}
        return [*drafts, to_topic(entry.ticket, "sendMessage", last[0], extra=extra)]

    def _edits(self, entry: FaqEntry) -> list[Draft]:
        ((parameters, text),) = message_parameters(self._parts(entry))
        parameters["reply_markup"] = self._buttons(entry) or keyboard()
        extra = {"plain": text, "edits": draft_of(entry.id)}
        return [to_topic(entry.ticket, "editMessageText", parameters, extra=extra)]

    def _parts(self, entry: FaqEntry) -> list[RichText]:
        say = self._staff
        content = entry.content
        rows = [bold(f"{label}: ") + value for label, value in say.facts(entry)]
        found = [
            plain(f"⚠️ {say.finding(one)}")
            for one in entry.findings
            if one.kind is not FindingKind.ALIKE
        ]
        is_draft = entry.state is FaqState.DRAFTED
        blocks = (
            bold(f"{MARK} {say.title(entry)}"),
            bold(say.phrase(texts.QUESTIONS_LABEL)) + f"\n{say.questions(entry)}",
            *(
                bold(f"{say.phrase(texts.ANSWER_LABEL)} [{language}]") + f"\n{text}"
                for language, text in content.answers
            ),
            joined(rows, "\n"),
            joined(found if is_draft else [], "\n"),
            self._alike(entry) if is_draft and entry.alike else plain(""),
            italic(say.phrase(texts.HOW_TO_CHANGE) if is_draft else ""),
        )
        return split(joined(blocks, "\n\n"))

    def _alike(self, entry: FaqEntry) -> RichText:
        """Who else may wait for this answer, for the editor to say."""
        say = self._staff
        label, how = say.phrase(texts.ALIKE_LABEL), say.phrase(texts.HOW_TO_ADD)
        return bold(label) + f"\n{say.alike(entry)}\n" + italic(how)

    def _buttons(self, entry: FaqEntry) -> Markup | None:
        if entry.state is not FaqState.DRAFTED:
            return None
        number = str(entry.id)
        wanted = (
            # What is approved is what stands above the button.
            (texts.APPROVE_BUTTON, Action.GAP_APPROVE, f"{number}/{entry.version}"),
            (texts.CHANGE_BUTTON, Action.GAP_CHANGE, number),
            (texts.DISCARD_BUTTON, Action.GAP_DISCARD, number),
        )
        return keyboard(
            [Button(self._staff.phrase(label), action, about) for label, action, about in wanted]
        )

    def _reply(self, asked: OpenQuestion, outcome: Answered) -> Reply:
        language = outcome.language
        reply = self.wording.outcome(outcome, language=language, today=self.today())
        at = asked.question.at
        told = self.wording.phrase(
            texts.TOLD,
            language=language,
            date=day_in_words(
                at.astimezone(self.zone).date() if at else self.today(), language=language
            ),
            question=shorten(asked.question.text),
        )
        return replace(reply, lead="\n\n".join(filter(None, (told, reply.lead))))

    def _verdicts(self, asked: OpenQuestion, language: str) -> Markup:
        about = asked.question.reference.partition(_EDITED)[0]

        def button(label: str, action: Action) -> Button:
            return Button(self.wording.phrase(label, language=language), action, about)

        verdicts: Sequence[Button] = (
            button(wording_texts.HELPFUL_BUTTON, Action.HELPFUL),
            button(wording_texts.UNHELPFUL_BUTTON, Action.UNHELPFUL),
        )
        return keyboard(verdicts, [button(wording_texts.PERSON_BUTTON, Action.PERSON)])
