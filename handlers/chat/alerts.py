"""Tells staff in Telegram that time runs out, with as few messages as will do.

The group bears some twenty messages a minute for all topics together. So the first step is a
reaction on the case card, a topic gets one line for all that is due in it, and where many cases are
due at once, or a lead is told, one message in General names them all.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from bot.desk.alerts import Alert
from bot.desk.mail import Draft
from bot.desk.relay import Place
from bot.desk.schedule.queues import Tell
from bot.desk.ticket import Staff, Ticket
from bot.desk.timers import Timer, TimerKind
from bot.i18n.times import weekday_in_words, zoned_in_words
from handlers import wording_time_texts as texts
from handlers.chat.buttons import Action, Button, Markup, keyboard
from handlers.chat.context import ChatSettings
from handlers.chat.letters import OUTBOX, card_of, ticket_queue, to_topic
from handlers.chat.messages import message_parameters
from handlers.chat.rich_text import RichText, joined, link, plain, split
from handlers.chat.topics import group_in, thread_in
from handlers.wording import Wording

_MOST_TOPICS: Final = 3
"""So many topics get a line of their own at one moment; for more, one message names them all."""

_MOST_LISTED: Final = 20
_LOOK: Final = "👀"


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramAlerts:
    """``AlertComposer`` for this door; ``zone`` is the clock on the centre's wall."""

    wording: Wording
    staff_language: str
    zone: str
    settings: ChatSettings

    @property
    def group(self) -> int | None:
        """The first staff group, by the number that it has now."""
        return self.settings.staff_group

    def alerted(self, alerts: Sequence[Alert]) -> list[Draft]:
        """A reaction, a line in the topic, or a line in General, by whom it is to reach."""
        if self.group is None:
            return []
        by_topic: dict[int, list[Alert]] = defaultdict(list)
        leads: dict[str, list[Alert]] = defaultdict(list)
        for alert in alerts:
            if alert.tell is Tell.LEAD:
                leads[alert.staff.name].append(alert)
            elif alert.tell is not Tell.QUIET:
                by_topic[alert.ticket.id].append(alert)
        quiet = {a.ticket.id for a in alerts if a.tell is Tell.QUIET} - set(by_topic)
        drafts = [_look(ticket) for ticket in sorted(quiet)]
        if len(by_topic) > _MOST_TOPICS:
            drafts += self._digest("", [a for some in by_topic.values() for a in some])
        else:
            drafts += [draft for some in by_topic.values() for draft in self._in_topic(some)]
        return drafts + [d for name, some in leads.items() for d in self._digest(name, some)]

    def promised(self, ticket: Ticket, timer: Timer) -> list[Draft]:
        """One line, without a sound, with the buttons for what may become of it."""
        shown = plain(self._phrase(texts.PROMISE_NOTED, day=self.day(timer), promise=timer.text))
        return _written(ticket.id, shown, self.promise_buttons(timer), quietly=True)

    def dropped(self, ticket: Ticket, timer: Timer) -> list[Draft]:
        """One line, without a sound."""
        shown = plain(self._phrase(texts.PROMISE_DROPPED, promise=timer.text))
        return _written(ticket.id, shown, quietly=True)

    def settled(self, timer: Timer, staff: Staff, place: Place, *, kept: bool) -> list[Draft]:
        """The message whose button was pressed, as it reads now."""
        text = texts.PROMISE_KEPT if kept else texts.PROMISE_MOVED
        fields: dict[str, object] = {"staff": staff.name, "promise": timer.text}
        fields |= {} if kept else {"day": self.day(timer)}
        markup = keyboard() if kept else self.promise_buttons(timer)
        [(parameters, words), *_] = message_parameters([plain(self._phrase(text, **fields))])
        pressed = {"chat_id": int(place[0]), "message_id": int(place[1]), "reply_markup": markup}
        payload = {"parameters": {**parameters, **pressed}, "plain": words}
        return [Draft(queue=ticket_queue(timer.ticket), method="editMessageText", payload=payload)]

    def promise_buttons(self, timer: Timer) -> Markup:
        """What staff can say of a promise."""
        number = str(timer.id)
        done = Button(self._phrase(texts.KEPT_BUTTON), Action.KEPT, number)
        return keyboard([done, Button(self._phrase(texts.MOVED_BUTTON), Action.MOVED, number)])

    def day(self, timer: Timer) -> str:
        """The day by which something is due."""
        return weekday_in_words(timer.due, zone=self.zone, language=self.staff_language)

    def _in_topic(self, alerts: Sequence[Alert]) -> list[Draft]:
        promises = [a for a in alerts if a.timer.kind is TimerKind.PROMISE]
        others = [a for a in alerts if a.timer.kind is not TimerKind.PROMISE]
        drafts = []
        if others:
            lines = joined([self._line(each) for each in others], "\n")
            drafts = _written(others[0].ticket.id, lines)
        for each in promises:
            buttons = self.promise_buttons(each.timer)
            drafts += _written(each.ticket.id, self._line(each), buttons)
        return drafts

    def _line(self, alert: Alert) -> RichText:
        timer, named = alert.timer, alert.staff.name
        if timer.kind is TimerKind.PROMISE:
            text = texts.PROMISE_OVERDUE if alert.late else texts.PROMISE_TODAY
        elif named:
            text = texts.OVERDUE if alert.late else texts.DUE
        else:
            text = texts.OVERDUE_UNCLAIMED if alert.late else texts.DUE_UNCLAIMED
        shown = named or self._phrase(texts.ANYBODY)
        written = self._phrase(
            text, staff=shown, owed=self._owed(timer), when=self._when(timer), promise=timer.text
        )
        return _mentioning(written, alert.staff)

    def _digest(self, name: str, alerts: Sequence[Alert]) -> list[Draft]:
        staff = name or ", ".join(dict.fromkeys(a.staff.name for a in alerts if a.staff.name))
        head = self._phrase(texts.DIGEST, staff=staff or self._phrase(texts.ANYBODY))
        lines = [self._case_line(each) for each in alerts[:_MOST_LISTED]]
        if len(alerts) > _MOST_LISTED:
            more = len(alerts) - _MOST_LISTED
            lines.append(plain(self._phrase(texts.DIGEST_MORE, count=more)))
        return [
            Draft(
                queue=f"{OUTBOX}general",
                method="sendMessage",
                payload={"parameters": {"chat_id": self.group, **parameters}, "plain": words},
            )
            for parameters, words in message_parameters(split(joined([plain(head), *lines], "\n")))
        ]

    def _case_line(self, alert: Alert) -> RichText:
        text = self._phrase(
            texts.DIGEST_LINE,
            ticket=alert.ticket.id,
            owed=self._owed(alert.timer),
            when=self._when(alert.timer),
        )
        group = group_in(alert.ticket.topic)
        thread = thread_in(group, alert.ticket.topic)
        # The address of a topic: without the -100 that marks supergroups.
        chat = str(group).removeprefix("-100")
        return link(text, f"https://t.me/c/{chat}/{thread}") if thread else plain(text)

    def _owed(self, timer: Timer) -> str:
        return self._phrase(texts.OWED[timer.kind])

    def _when(self, timer: Timer) -> str:
        return zoned_in_words(timer.due, zone=self.zone, language=self.staff_language)

    def _phrase(self, text: str, **fields: object) -> str:
        return self.wording.phrase(text, language=self.staff_language, **fields)


def _written(
    ticket: int, text: RichText, markup: Markup | None = None, *, quietly: bool = False
) -> list[Draft]:
    silent: Mapping[str, object] = {"disable_notification": True} if quietly else {}
    return [
        to_topic(ticket, "sendMessage", {**parameters, **silent}, extra={"plain": words})
        for parameters, words in message_parameters(split(text), markup)
    ]


def _look(ticket: int) -> Draft:
    """A reaction on the case card: nobody is disturbed, and whoever looks sees it."""
    reaction = {"reaction": [{"type": "emoji", "emoji": _LOOK}]}
    card = {"edits": card_of(ticket)}
    return to_topic(ticket, "setMessageReaction", reaction, silent=True, extra=card)


def _mentioning(text: str, staff: Staff) -> RichText:
    """The text with the name of somebody as a mention, where their number is known."""
    start = text.find(staff.name) if staff.name and staff.identity.isdigit() else -1
    if start < 0:
        return plain(text)
    before, after = text[:start], text[start + len(staff.name) :]
    name = plain(staff.name).marked(f'<a href="tg://user?id={escape(staff.identity)}">', "</a>")
    return plain(before) + name + after
