"""The case card: one message that tells all, and the name of its topic."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from telegram.error import BadRequest

from bot.desk.briefing import Briefing, DraftReply, DraftState, SolvedCase
from bot.desk.mail import Draft
from bot.desk.ticket import Entry, EntryAudience, EntryKind, Ticket
from bot.i18n.translations import Translations
from handlers import wording_case_texts as case_texts
from handlers.chat.case_card import CaseCards, topic_name
from handlers.chat.rich_text import MESSAGE_LIMIT, utf16_length
from handlers.chat.topic_icons import TopicIcons
from handlers.wording import Wording
from handlers.wording_cases import CaseWording
from knowledge.passage import Audience
from tests.unit.chat.doubles import ScriptedApi
from tests.unit.i18n.samples import make_conversation, make_ticket

MOMENT = datetime(2026, 11, 22, tzinfo=UTC)
WORDS = CaseWording(wording=Wording(Translations()), language="en", zone=ZoneInfo("Asia/Shanghai"))


def cards(icons: TopicIcons | None = None) -> CaseCards:
    return CaseCards(words=WORDS, icons=icons or TopicIcons())


def card_of(ticket: Ticket) -> Draft:
    return cards().shown(make_conversation(), ticket)


def text_of(draft: Draft) -> str:
    return str(draft.payload["plain"])


def actions_of(draft: Draft) -> list[str]:
    markup = json.dumps(draft.payload["parameters"])
    found = markup.split("v1:")[1:]
    return [one.partition(":")[0] for one in found]


def after(ticket: Ticket, kind: EntryKind, text: str = "", target: str = "") -> Ticket:
    entry = Entry(
        kind=kind,
        author="11",
        name="Li",
        text=text,
        audience=EntryAudience.STAFF,
        at=MOMENT + timedelta(minutes=1),
        target=target,
    )
    return replace(ticket, entries=(*ticket.entries, entry))


def briefed(draft: str = "Quoted. [1]", state: DraftState = DraftState.OFFERED) -> Ticket:
    reply = DraftReply(text=draft, state=state)
    return replace(make_ticket(), briefing=Briefing(draft=reply))


def test_a_draft_is_shown_whole_or_cannot_be_sent_unread() -> None:
    short, long = card_of(briefed()), card_of(briefed("x" * 5000))
    assert "Quoted. [1]" in text_of(short)
    assert actions_of(short)[:3] == ["dsend", "dedit", "ddrop"]
    assert "xxx" not in text_of(long)
    assert actions_of(long)[:2] == ["dedit", "ddrop"]


def test_the_button_sends_the_draft_that_the_card_shows_and_no_other() -> None:
    first, second = briefed("Quoted. [1]"), briefed("Another. [1]")
    assert first.briefing is not None
    assert first.briefing.offered is not None
    data = f"v1:dsend:{first.id}/{first.briefing.offered.digest}"
    assert data in json.dumps(card_of(first).payload["parameters"])
    assert data not in json.dumps(card_of(second).payload["parameters"])


def test_where_there_is_no_draft_the_card_says_so() -> None:
    ticket = replace(make_ticket(), briefing=Briefing())
    assert case_texts.NO_DRAFT in text_of(card_of(ticket))
    assert "dsend" not in actions_of(card_of(ticket))
    decided = card_of(briefed(state=DraftState.DISCARDED))
    assert "dsend" not in actions_of(decided)
    assert case_texts.DRAFT_TITLE not in text_of(decided)


def test_whatever_is_known_fits_one_message() -> None:
    solved = SolvedCase(ticket=3, audience=Audience.ACTOR, question="q" * 900, reply="𝕣" * 900)
    briefing = Briefing(solved=(solved,) * 3, draft=DraftReply(text="𝕕" * 990))
    ticket = replace(make_ticket(note="𝕟" * 4000), briefing=briefing)
    before = [
        replace(entry, text="𝕢" * 4000) if entry.kind is EntryKind.QUESTION else entry
        for entry in ticket.entries
    ]
    ticket = replace(ticket, entries=(*before[:1] * 8, *before[1:]))
    shown = text_of(card_of(ticket))
    assert utf16_length(shown) <= MESSAGE_LIMIT
    assert "𝕕" * 990 in shown, "the draft is what is sent"


def test_what_was_said_lies_folded() -> None:
    parameters = card_of(make_ticket()).payload["parameters"]
    assert "<blockquote expandable>👤 Вопрос?\\n🤖 Ответ.</blockquote>" in json.dumps(
        parameters, ensure_ascii=False
    )


def test_the_card_tells_how_things_stand() -> None:
    until = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    snoozed = after(make_ticket(), EntryKind.SNOOZED, until.isoformat())
    assert "24 Nov, 09:00" in text_of(card_of(snoozed))
    notes = after(make_ticket(state="claimed"), EntryKind.NOTES_ONLY)
    assert case_texts.NOTES_ONLY in text_of(card_of(notes))
    assert case_texts.REPLIES_OUT_BUTTON in json.dumps(
        card_of(notes).payload, ensure_ascii=False, default=str
    )
    rated = after(make_ticket(state="closed"), EntryKind.RATED, "4")
    assert "⭐⭐⭐⭐" in text_of(card_of(rated))
    assert actions_of(card_of(rated)) == ["reopen"]


@pytest.mark.parametrize(
    ("ticket", "name"),
    [
        (make_ticket(), "#12 ⏳ ru · Ольга"),
        (make_ticket(urgent=True), "#12 🔴⏳ ru · Ольга"),
        (make_ticket(state="claimed"), "#12 💬 ru · Ольга"),
        (make_ticket(state="returned"), "#12 🤖 ru · Ольга"),
        (make_ticket(state="closed", urgent=True), "#12 ✅ ru · Ольга"),
        (
            after(make_ticket(), EntryKind.SNOOZED, "2026-11-24T09:00+00:00"),
            "#12 💤 ru · Ольга",
        ),
    ],
)
def test_the_list_of_topics_shows_number_state_and_language(ticket: Ticket, name: str) -> None:
    assert topic_name(make_conversation(), ticket) == name


@pytest.mark.asyncio
async def test_icons_are_those_that_telegram_has() -> None:
    api = ScriptedApi()
    api.answers["getForumTopicIconStickers"] = lambda _: [
        {"emoji": "❓", "custom_emoji_id": "1"},
        {"emoji": "❗", "custom_emoji_id": "2"},
        {"emoji": "✅", "custom_emoji_id": "3"},
    ]
    icons = TopicIcons()
    assert icons.icon_of(make_ticket()) == ""
    await icons.load(api)
    assert icons.icon_of(make_ticket()) == "1"
    assert icons.icon_of(make_ticket(urgent=True)) == "2", "with or without its invisible mark"
    assert icons.icon_of(make_ticket(state="closed")) == "3"
    assert icons.icon_of(make_ticket(state="claimed")) == ""
    renamed = cards(icons).renamed(make_conversation(), make_ticket())
    assert renamed.payload["parameters"] == {
        "name": "#12 ⏳ ru · Ольга",
        "icon_custom_emoji_id": "1",
    }


@pytest.mark.asyncio
async def test_without_icons_a_topic_has_none() -> None:
    api = ScriptedApi()
    api.answers["getForumTopicIconStickers"] = lambda _: BadRequest("no")
    icons = TopicIcons()
    await icons.load(api)
    assert icons.icon_of(make_ticket()) == ""
