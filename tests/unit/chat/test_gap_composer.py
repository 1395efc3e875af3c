from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.desk.conversation import Address, Conversation, Customer, Owner
from bot.desk.faq_entry import FaqEntry, FaqFinding, FaqState, FindingKind
from bot.desk.mail import Draft
from bot.desk.ticket import Entry, EntryAudience, EntryKind, Ticket
from bot.desk.unanswered import OpenQuestion, Unanswered
from bot.i18n.translations import Translations
from handlers import wording_gap_texts as texts
from handlers.chat.buttons import Action
from handlers.chat.gap_composer import TelegramGapComposer, draft_of, entry_in, make_button
from handlers.wording import Wording
from knowledge.passage import Audience
from tests.contracts.faq_entries import make_entry
from tests.fakes.clock import START
from tests.fakes.gaps import answer_from

WORDING = Wording(Translations())
COMPOSER = TelegramGapComposer(wording=WORDING, staff_language="en", today=lambda: date(2026, 3, 2))
ENTRY = replace(make_entry(5), id=3)


def ticket(*kinds: EntryKind) -> Ticket:
    entries = tuple(
        Entry(kind=kind, author="7", text="x", audience=EntryAudience.THREAD, at=START)
        for kind in kinds
    )
    return Ticket(
        id=5, conversation=1, reason="unsure", urgent=False, topic="-100/9", entries=entries
    )


def texts_of(drafts: list[Draft]) -> str:
    return "\n".join(str(draft.payload.get("plain", "")) for draft in drafts)


def changed(entry: FaqEntry, *kinds: EntryKind) -> list[Draft]:
    return COMPOSER.changed(entry, ticket(*kinds))


def test_a_draft_is_one_message_that_others_can_name() -> None:
    (draft,) = COMPOSER.drafted(ENTRY, ticket())
    assert draft.payload["mirrors"] == draft_of(3)
    assert entry_in(draft_of(3)) == 3
    assert entry_in(("telegram:ticket:3", "card")) == 0
    shown = texts_of([draft])
    for part in (
        "May I act?",
        "可以演戏吗",
        "Apply for it first.",
        "https://example.org",
        "desk lead",
    ):
        assert part in shown
    assert str(draft.payload["parameters"]).count("callback_data") == 3


def test_the_button_names_the_version_that_stands_above_it() -> None:
    (first,) = COMPOSER.drafted(ENTRY, ticket())
    author = ENTRY.author
    again = ENTRY.changed(ENTRY.content, by=author, at=START)
    (second,) = COMPOSER.drafted(again, ticket())
    assert "v1:gapok:3/0'" in str(first.payload["parameters"])
    assert "v1:gapok:3/1'" in str(second.payload["parameters"])


def test_a_change_edits_the_message_and_takes_buttons_that_do_nothing() -> None:
    (draft,) = changed(replace(ENTRY, state=FaqState.APPROVED))
    assert (draft.method, draft.payload["edits"]) == ("editMessageText", draft_of(3))
    assert "callback_data" not in str(draft.payload["parameters"])


def test_an_entry_of_several_messages_is_shown_anew() -> None:
    long = replace(ENTRY, content=replace(ENTRY.content, answer="word " * 1200))
    drafts = changed(long)
    assert len(drafts) == 2
    assert {draft.method for draft in drafts} == {"sendMessage"}
    assert "mirrors" in drafts[-1].payload


def test_the_topic_of_a_closed_ticket_is_closed_again() -> None:
    told = replace(ENTRY, state=FaqState.TOLD, told=2)
    methods = [draft.method for draft in changed(told, EntryKind.CLOSED)]
    assert methods == ["editMessageText", "closeForumTopic"]
    assert len(changed(told, EntryKind.CLAIMED)) == 1


def test_staff_read_why_an_entry_came_back() -> None:
    finding = FaqFinding(
        kind=FindingKind.UNREACHED, about="May I act?", other="handed_off/not-covered"
    )
    drafts = COMPOSER.returned(replace(ENTRY, findings=(finding,)), ticket())
    assert "“May I act?” is not answered from this entry" in texts_of(drafts)
    assert "a person is asked (no source)" in texts_of(drafts)


@pytest.mark.parametrize("outcome", ["clarify/ambiguous", "declined/off-topic", "smalltalk/about"])
def test_what_the_bot_does_instead_is_told_in_words(outcome: str) -> None:
    finding = FaqFinding(kind=FindingKind.UNREACHED, about="May I act?", other=outcome)
    drafts = COMPOSER.returned(replace(ENTRY, findings=(finding,)), ticket())
    assert "but so: the bot " in texts_of(drafts)
    assert outcome not in texts_of(drafts)


def test_an_editor_reads_who_may_have_asked_the_same_and_how_to_say_so() -> None:
    asked = [
        FaqFinding(kind=FindingKind.ALIKE, about=text, other=tag)
        for text, tag in (("Можно сниматься?", "ru"), ("出演できますか", "ja"))
    ]
    entry = replace(ENTRY, findings=tuple(asked))
    shown = texts_of(COMPOSER.drafted(entry, ticket()))
    assert "1. [ru] Можно сниматься?\n2. [ja] 出演できますか" in shown
    assert "“same: 1 3”" in shown
    assert "⚠️" not in shown
    approved = replace(entry, state=FaqState.APPROVED)
    assert "Можно" not in texts_of(changed(approved))


def test_only_a_ticket_with_an_answer_has_the_button() -> None:
    assert make_button(WORDING, "en", ticket(EntryKind.QUESTION)) == []
    (button,) = make_button(WORDING, "en", ticket(EntryKind.QUESTION, EntryKind.REPLY))
    assert (button.action, button.id, button.label) == (Action.GAP, "5", texts.MAKE_BUTTON)


def test_a_customer_is_told_what_they_asked_and_can_say_what_they_think() -> None:
    customer = Customer(
        id=1,
        door="telegram",
        identity="9",
        name="Boris",
        audience=Audience.PUBLIC,
        language="",
        client_language="ru",
        reachable=True,
    )
    conversation = Conversation(
        id=1,
        customer=customer,
        address=Address(door="telegram", chat="9"),
        owner=Owner.BOT,
        epoch=0,
        language="ru",
    )
    question = Unanswered(
        conversation=1,
        reference="12/edit3c",
        text="Can I <act>?",
        at=START,
        why="unhelpful",
        helped=False,
    )
    asked = OpenQuestion(conversation=conversation, question=question, language="en")
    (draft,) = COMPOSER.told(conversation, asked, answer_from(ENTRY, "en"))
    assert draft.fenced
    assert draft.payload["answers"] == "Can I <act>?", "staff are told when the fence stops it"
    parameters = str(draft.payload["parameters"])
    assert "Can I &lt;act&gt;?" in parameters
    assert "v1:up:12'" in parameters
    assert "2 March 2026" in texts_of([draft])
    late = replace(question, at=datetime(2026, 3, 2, 16, 30, tzinfo=UTC))
    assert "3 March 2026" in COMPOSER.told_text(
        replace(asked, question=late), answer_from(ENTRY, "en")
    ), "by the clock of the centre, where it was half past midnight"
    assert "Apply for it first." in COMPOSER.told_text(asked, answer_from(ENTRY, "en"))
