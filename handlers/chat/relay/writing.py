"""The part of the composer that passes messages on, both ways, and says what does not pass."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Final

from bot.desk.conversation import Conversation
from bot.desk.mail import Draft, StaffMessage
from bot.desk.questions import Message
from bot.desk.relay import StaffRecord, Standing
from bot.desk.ticket import Ticket
from handlers import wording_relay_texts as texts
from handlers.chat.buttons import Action, Button, keyboard
from handlers.chat.letters import packed, to_chat, to_topic
from handlers.chat.messages import (
    customer_text,
    message_parameters,
    reading_language,
    topic_text,
    warning_text,
)
from handlers.chat.relay.content import Content, contents_in
from handlers.chat.relay.passing import Destination, changed, passed_on
from handlers.chat.render import render_text
from handlers.wording import Wording

DELIVERED: Final = "👍"
KEPT: Final = "✍"
TAKEN_BACK: Final = "🙈"
# What Telegram never copies, or only in part.
_SELDOM_COPIED: Final = frozenset(
    {"poll", "story", "game", "checklist", "paid_media", "invoice", "giveaway", "giveaway_winners"}
)
_SHOWN: Final = 200


def reaction(ticket: int, message: int, sign: str, *, silent: bool = True) -> Draft:
    """React to a message in a ticket's topic, or with "" take the reaction away."""
    signs = [{"type": "emoji", "emoji": sign}] if sign else []
    parameters = {"message_id": message, "reaction": signs}
    return to_topic(ticket, "setMessageReaction", parameters, silent=silent)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayWriter:
    """Writes what passes and what does not; staff read one language, customers theirs."""

    wording: Wording
    staff_language: str

    def customer_wrote(
        self, conversation: Conversation, ticket: Ticket, message: Message
    ) -> list[Draft]:
        """A copy of the message, or a change of that copy; a pressed button as text."""
        if not message.source:
            return _unread(conversation, ticket, message)
        write = partial(to_topic, ticket.id)
        if not message.edited:
            extra = self._beside(conversation, ticket, message)
            return passed_on(message.source, Destination(write=write, extra=extra))
        # Where there is no copy to change, the new version is shown by itself.
        again = passed_on(message.source, Destination(write=write))
        extra = {"otherwise": packed(again)}
        drafts = changed(message.source, Destination(write=write, extra=extra))
        return drafts or topic_text(ticket.id, f"✏️ {_said(message)}")

    def staff_replied(
        self, conversation: Conversation, ticket: Ticket, reply: StaffMessage
    ) -> list[Draft]:
        """The reply: text with its formatting, anything else as a copy that names nobody."""
        chat, contents = conversation.address.chat, contents_in(reply.source)
        if not contents:
            # Such as a draft: it has no message of its own among staff, but can be taken back.
            tie = (ticket.topic.partition("/")[0], reply.reference)
            return [_tied(one, tie) for one in customer_text(chat, reply.text)]
        here = contents[0].place
        extra = {"receipt": here, "of_ticket": ticket.id, "problem": _problem(contents[0])}
        write = partial(to_chat, chat)
        if reply.edited:
            extra |= {"problem": "edit"}
            drafts = changed(reply.source, Destination(write=write, extra=extra))
            return drafts or self.undelivered(conversation, ticket, "edit")
        extra |= self._then(ticket, contents[0])
        if len(contents) > 1:
            lost = topic_text(ticket.id, f"⚠️ {self._staff(texts.ALBUM_INCOMPLETE)}")
            extra |= {"problem": "album", "incomplete": packed(lost)}
        return passed_on(reply.source, Destination(write=write, extra=extra, as_text=True))

    def kept_back(
        self, conversation: Conversation, ticket: Ticket, record: StaffRecord
    ) -> list[Draft]:
        """A sign on a note; under what is held, the choice what to do with it."""
        del conversation
        if not record.message.reference.isdigit():
            return []
        number = int(record.message.reference)
        if record.standing is Standing.NOTE:
            return [reaction(ticket.id, number, KEPT)]
        send = texts.SEND_BUTTON if ticket.claimed_by else texts.CLAIM_AND_SEND_BUTTON
        buttons = keyboard(
            [
                Button(self._staff(send), Action.SEND_HELD, str(number)),
                Button(self._staff(texts.KEEP_NOTE_BUTTON), Action.KEEP_HELD, str(number)),
            ]
        )
        why = self._staff(_reason(ticket), staff=ticket.claimed_by_name)
        beside = {"reply_parameters": {"message_id": number}}
        return [
            to_topic(ticket.id, "sendMessage", {**each, **beside}, extra={"plain": plain})
            for each, plain in message_parameters(render_text(why), buttons)
        ]

    def album_changed(self, album: StaffMessage, part: StaffMessage) -> StaffMessage:
        """The same messages but one, and all their captions."""
        new = {one.place: one for one in contents_in(part.source)}
        contents = [new.get(one.place, one) for one in contents_in(album.source)]
        source = {**album.source, "contents": [asdict(one) for one in contents]}
        text = "\n".join(one.text for one in contents if one.text) or part.text
        return replace(album, reference=album.parts[0], text=text, source=source, edited=False)

    def withdrawn(
        self, conversation: Conversation, ticket: Ticket, record: StaffRecord
    ) -> list[Draft]:
        """Delete the customer's copies; where none had gone out, only say so with a sign."""
        message = record.message
        group = record.topic.partition("/")[0]
        places = [(group, each) for each in message.parts or (message.reference,)]
        line = topic_text(ticket.id, self._staff(texts.TAKEN_BACK))
        numbered = message.reference.isdigit()
        if not record.rows:
            sign = (
                reaction(ticket.id, int(places[0][1]), TAKEN_BACK, silent=False)
                if numbered
                else None
            )
            return [sign] if sign else line
        done: dict[str, object] = {"then": packed(line)}
        if numbered:
            done = {"receipt": places[0], "receipt_sign": TAKEN_BACK}
        chat, extra = conversation.address.chat, {"problem": "undo", "of_ticket": ticket.id}
        first, *others = places
        return [
            to_chat(chat, "deleteMessage", {}, extra={**extra, **done, "edits": first}),
            *(to_chat(chat, "deleteMessage", {}, extra={**extra, "edits": p}) for p in others),
        ]

    def undelivered(self, conversation: Conversation, ticket: Ticket, problem: str) -> list[Draft]:
        """A line in the topic."""
        del conversation
        kind = problem.partition("kind:")[2]
        known = texts.RELAY_PROBLEMS.get(problem)
        if kind:
            said = self._staff(texts.NOT_COPIED_TO_CUSTOMER, kind=self._kind(kind))
        elif known:
            said = self._staff(known)
        else:
            said = self.wording.undelivered(problem, language=self.staff_language)
        return warning_text(ticket.id, said)

    def _beside(
        self, conversation: Conversation, ticket: Ticket, message: Message
    ) -> dict[str, object]:
        """What is written if the copy, a part of it, or what it replies to cannot be shown."""
        contents = contents_in(message.source)
        language, chat = reading_language(conversation), conversation.address.chat
        extra = self._then(ticket, contents[0])
        if len(contents) > 1:
            lost = topic_text(ticket.id, f"⚠️ {self._staff(texts.ALBUM_INCOMPLETE)}")
            told = self.wording.phrase(texts.ALBUM_PARTS_LOST, language=language)
            extra["incomplete"] = packed([*lost, *customer_text(chat, told)])
        if contents[0].kind != "text":
            extra["otherwise"] = packed(self._placeholder(conversation, ticket, contents[0]))
        reply = message.source.get("reply")
        quoted = reply.get("quote") or reply.get("text") if isinstance(reply, Mapping) else ""
        if quoted:
            shown = self._staff(texts.IN_REPLY_TO, quoted=str(quoted)[:_SHOWN])
            extra["unlinked"] = packed(topic_text(ticket.id, shown))
        return extra

    def _then(self, ticket: Ticket, one: Content) -> dict[str, object]:
        """What staff should know of a copy that is less than the original."""
        text = texts.POLL_IS_A_COPY if one.kind == "poll" else ""
        if one.options.get("live"):
            text = texts.PLACE_STANDS_STILL
        return {"then": packed(topic_text(ticket.id, self._staff(text)))} if text else {}

    def _placeholder(self, conversation: Conversation, ticket: Ticket, one: Content) -> list[Draft]:
        """Show staff that something cannot be shown, and ask the customer for another form."""
        language = reading_language(conversation)
        line = f"⚠️ {self._staff(texts.NOT_COPIED, kind=self._kind(one.kind))}"
        shown = "\n\n".join(part for part in (line, one.told, one.text) if part)
        kind = self._kind(one.kind, language)
        told = self.wording.phrase(texts.NOT_PASSED_ON, language=language, kind=kind)
        drafts = [
            to_topic(ticket.id, "sendMessage", each, extra={"plain": plain, "mirrors": one.place})
            for each, plain in message_parameters(render_text(shown))
        ]
        return [*drafts, *customer_text(conversation.address.chat, told)]

    def _kind(self, kind: str, language: str = "") -> str:
        text = texts.KINDS.get(kind, texts.OTHER_KIND)
        return self.wording.phrase(text, language=language or self.staff_language)

    def _staff(self, text: str, **fields: object) -> str:
        return self.wording.phrase(text, language=self.staff_language, **fields)


def _tied(draft: Draft, tie: tuple[str, str]) -> Draft:
    return replace(draft, payload={**draft.payload, "mirrors": tie})


def _reason(ticket: Ticket) -> str:
    if ticket.notes_only:
        return texts.HELD_IN_NOTES_MODE
    return texts.HELD_FOR_COLLEAGUE if ticket.claimed_by else texts.HELD_UNCLAIMED


def _unread(conversation: Conversation, ticket: Ticket, message: Message) -> list[Draft]:
    """A pressed button as text; what the library cannot read is copied by its number."""
    if not message.reference.isdigit():
        return topic_text(ticket.id, f"👉 {message.spoken}")
    chat = conversation.address.chat
    copied = {"from_chat_id": int(chat), "message_id": int(message.reference)}
    extra = {"plain": message.spoken, "mirrors": (chat, message.reference)}
    return [to_topic(ticket.id, "copyMessage", copied, extra=extra)]


def _problem(one: Content) -> str:
    return f"kind:{one.kind}" if one.kind in _SELDOM_COPIED or not one.kind else "failed"


def _said(message: Message) -> str:
    (one,) = contents_in(message.source)
    return one.told or message.spoken
