"""What staff read about time, and how few messages it takes."""

import json
from datetime import UTC, datetime

from bot.desk.alerts import Alert
from bot.desk.mail import Draft
from bot.desk.schedule.hours import DEFAULT_HOURS, OpeningHours, parse_week
from bot.desk.schedule.queues import Queue, Tell, default_queues
from bot.desk.ticket import NOBODY, Staff, Ticket
from bot.desk.timers import Timer, TimerKind
from bot.i18n.translations import Translations
from handlers.chat.alerts import TelegramAlerts
from handlers.chat.context import ChatSettings
from handlers.wording import Wording

GROUP = -1001234567890
SECOND_GROUP = -1001234567891
DUE = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LI = Staff(identity="77", name="Li <Wei>")
CHEN = Staff(identity="", name="@chen")
QUEUE: Queue = default_queues(OpeningHours(week=parse_week(DEFAULT_HOURS))).listed[-1]


def composer(group: int | None = GROUP) -> TelegramAlerts:
    settings = ChatSettings(token="1:x", staff_group=group)  # noqa: S106 - made up
    return TelegramAlerts(
        wording=Wording(Translations()),
        staff_language="en",
        zone="Asia/Shanghai",
        settings=settings,
    )


def alert(
    number: int,
    tell: Tell,
    staff: Staff = CHEN,
    *,
    percent: int = 80,
    kind: TimerKind = TimerKind.FIRST,
) -> Alert:
    ticket = Ticket(
        id=number,
        conversation=1,
        reason="unsure",
        urgent=False,
        topic=f"{GROUP}/{40 + number}",
        entries=(),
    )
    timer = Timer(
        id=9, ticket=number, kind=kind, started=DUE, due=DUE, wakes=None, text="我们周五前答复您"
    )
    return Alert(ticket=ticket, timer=timer, queue=QUEUE, tell=tell, percent=percent, staff=staff)


def parameters(draft: Draft) -> dict[str, object]:
    found = json.loads(json.dumps(draft.payload["parameters"]))
    assert isinstance(found, dict)
    return found


def texts(drafts: list[Draft]) -> list[str]:
    return [str(parameters(each).get("text", "")) for each in drafts]


def test_the_first_step_is_a_reaction_that_disturbs_nobody() -> None:
    (draft,) = composer().alerted([alert(1, Tell.QUIET)])
    assert (draft.method, draft.silent) == ("setMessageReaction", True)
    assert draft.payload["edits"] == ("telegram:ticket:1", "card")


def test_the_owner_is_mentioned_in_the_topic() -> None:
    (draft,) = composer().alerted([alert(1, Tell.OWNER, LI)])
    assert draft.payload["ticket"] == 1
    name = '<a href="tg://user?id=77">Li &lt;Wei&gt;</a>'
    assert texts([draft]) == [f"⏳ {name}: the first reply is due by Mon 23 Nov, 11:00."]


def test_a_case_that_nobody_has_says_so() -> None:
    (draft,) = composer().alerted([alert(1, Tell.OWNER, NOBODY)])
    assert "Nobody has this case yet" in texts([draft])[0]


def test_what_is_due_in_one_topic_is_one_line_each_in_one_message() -> None:
    drafts = composer().alerted(
        [
            alert(1, Tell.OWNER),
            alert(1, Tell.DUTY, percent=100, kind=TimerKind.SOLUTION),
            alert(1, Tell.QUIET),
        ]
    )
    assert len(drafts) == 1
    assert "is due by" in texts(drafts)[0]
    assert "the solution was due by" in texts(drafts)[0]


def test_many_cases_are_one_message_in_general() -> None:
    drafts = composer().alerted([alert(number, Tell.DUTY, percent=100) for number in range(1, 26)])
    (draft,) = drafts
    assert parameters(draft)["chat_id"] == GROUP
    assert "message_thread_id" not in parameters(draft)
    text = texts(drafts)[0]
    assert "@chen: these cases need somebody now" in text
    assert "https://t.me/c/1234567890/41" in text
    assert text.count("Ticket") == 20
    assert "and others: 5" in text


def test_the_lead_reads_of_all_late_cases_in_one_message() -> None:
    wang, zhao = (Staff(identity="", name=name) for name in ("Wang", "Zhao"))
    drafts = composer().alerted(
        [
            alert(1, Tell.LEAD, wang, percent=150),
            alert(2, Tell.LEAD, zhao, percent=150),
            alert(3, Tell.LEAD, wang, percent=150),
        ]
    )
    assert [text.count("Ticket") for text in texts(drafts)] == [2, 1]
    assert [draft.queue for draft in drafts] == ["telegram:general"] * 2


def test_a_promise_comes_with_its_buttons() -> None:
    promise = alert(1, Tell.OWNER, LI, percent=50, kind=TimerKind.PROMISE)
    noted = composer().promised(promise.ticket, promise.timer)
    today = composer().alerted([promise])
    for draft in (*noted, *today):
        markup = json.dumps(parameters(draft)["reply_markup"])
        assert "v1:kept:9" in markup
        assert "v1:moved:9" in markup
    assert "Noted for Mon 23 Nov: “我们周五前答复您”" in texts(noted)[0]
    assert parameters(noted[0])["disable_notification"] is True
    assert "today is the day" in texts(today)[0]


def test_a_settled_promise_changes_its_message() -> None:
    timer = alert(1, Tell.OWNER, kind=TimerKind.PROMISE).timer
    (kept,) = composer().settled(timer, LI, (str(GROUP), "55"), kept=True)
    assert (kept.method, parameters(kept)["message_id"]) == ("editMessageText", 55)
    assert parameters(kept)["reply_markup"] == {"inline_keyboard": []}
    assert "Done (Li &lt;Wei&gt;)" in texts([kept])[0]
    (moved,) = composer().settled(timer, LI, (str(GROUP), "55"), kept=False)
    assert "v1:moved:9" in json.dumps(parameters(moved)["reply_markup"])


def test_a_promise_is_settled_in_the_group_in_which_it_stands() -> None:
    timer = alert(1, Tell.OWNER, kind=TimerKind.PROMISE).timer
    (kept,) = composer().settled(timer, LI, (str(SECOND_GROUP), "55"), kept=True)
    assert parameters(kept)["chat_id"] == SECOND_GROUP, "55 is another message in the first one"


def test_leads_read_in_the_group_of_today_after_it_has_moved() -> None:
    alerts = composer()
    alerts.settings.follow({str(GROUP): str(SECOND_GROUP)})
    (told,) = alerts.alerted([alert(1, Tell.LEAD)])
    assert parameters(told)["chat_id"] == SECOND_GROUP
    assert f"https://t.me/c/{str(GROUP).removeprefix('-100')}/41" in texts([told])[0]


def test_without_a_staff_group_nobody_is_told() -> None:
    assert composer(None).alerted([alert(1, Tell.LEAD), alert(1, Tell.OWNER)]) == []
