"""What Telegram is told of translations."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.desk.mail import Delivery, Draft, OutboxRow
from bot.desk.translation_tasks import Direction, TranslationTask
from bot.i18n.translations import Translations
from handlers import wording_interpreter_texts as texts
from handlers.chat.interpreter import TelegramInterpreterComposer
from handlers.chat.letters import unpacked
from handlers.wording import Wording
from knowledge.translation.checking import Loss
from knowledge.translation.interpreter import Silence
from tests.fakes.clock import START
from tests.unit.i18n.samples import make_conversation, make_ticket

_WRITER = TelegramInterpreterComposer(wording=Wording(Translations()), staff_language="en")


def task(result: str = "Bonjour", reference: str = "7/3") -> TranslationTask:
    return TranslationTask(
        id=5,
        conversation=1,
        ticket=2,
        direction=Direction.TO_CUSTOMER,
        reference=reference,
        text="您好",
        language="zh-Hans",
        into="fr",
        epoch=1,
        at=START,
        result=result,
    )


def row(method: str, **parameters: object) -> OutboxRow:
    payload = {"parameters": {"chat_id": 9, **parameters}, "plain": "您好", "mirrors": ["-1", "7"]}
    return OutboxRow(
        id=1,
        queue="telegram:chat:9",
        method=method,
        payload=payload,
        conversation=1,
        ticket=2,
        epoch=None,
        state=Delivery.PENDING,
        attempts=0,
        not_before=None,
        mark="",
    )


def sent(draft: Draft | None) -> Mapping[str, object]:
    assert draft is not None
    parameters = draft.payload["parameters"]
    assert isinstance(parameters, Mapping)
    return parameters


@pytest.mark.parametrize(
    ("method", "field"),
    [
        ("sendMessage", "text"),
        ("editMessageText", "text"),
        ("copyMessage", "caption"),
        ("editMessageCaption", "caption"),
    ],
)
def test_the_customer_gets_the_translation_marked_and_nothing_of_the_original(
    method: str, field: str
) -> None:
    old = {field: "您好", "entities": [{"type": "bold", "offset": 0, "length": 2}]}
    draft = _WRITER.reply_translated(row(method, **old), task())
    text = str(sent(draft)[field])
    assert text.startswith("Bonjour\n")
    assert "chinois simplifié" in text
    assert "您好" not in text
    assert draft is not None
    assert draft.payload["mirrors"] == ["-1", "7"], "it can still be taken back and changed"


def test_a_caption_of_media_that_is_changed() -> None:
    media = {"type": "photo", "media": "f", "caption": "您好", "caption_entities": []}
    changed = sent(_WRITER.reply_translated(row("editMessageMedia", media=media), task()))
    assert str(changed["media"]).count("Bonjour") == 1
    assert "您好" not in str(changed)


@pytest.mark.parametrize(
    ("method", "length"),
    [("sendMessage", 4100), ("copyMessage", 1100), ("copyMessages", 5), ("sendMediaGroup", 5)],
)
def test_what_has_no_place_for_it_is_not_sent(method: str, length: int) -> None:
    assert _WRITER.reply_translated(row(method), task("é" * length)) is None


def test_staff_see_what_was_sent_once_it_has_arrived_and_can_take_it_back() -> None:
    draft = _WRITER.reply_translated(row("sendMessage", text="您好"), task())
    assert draft is not None
    (shown,) = unpacked(draft.payload, "then")
    said = shown.payload["parameters"]
    assert isinstance(said, Mapping)
    assert "Bonjour" in str(said["text"])
    assert said["reply_parameters"] == {"message_id": 7}
    assert said["disable_notification"]
    assert "v1:undo:7" in str(said["reply_markup"])


def test_what_was_cited_stands_under_its_translation_in_the_words_of_the_source() -> None:
    quoted = "工作许可由用人单位申请。 [1]"
    source = "Sources\n[1] 指南 · 国家外国专家局\n    https://example.org/1"
    draft = replace(
        task(f"L'employeur fait la demande. [1]\n\n{source}", "draft4/5"),
        text=f"{quoted}\n\n{source}",
    )
    text = str(sent(_WRITER.reply_translated(row("sendMessage", text="…"), draft))["text"])
    assert text.startswith("L'employeur")
    assert source in text
    assert text.endswith(f":\n{quoted}")


def test_a_draft_that_was_refused_is_shown_with_its_text() -> None:
    refused = replace(task("", "draft4/5"), problems=("figures",))
    (draft,) = _WRITER.reply_refused(make_conversation(), make_ticket(), refused)
    text = str(sent(draft)["text"])
    assert text.endswith("您好")
    assert "reply_parameters" not in sent(draft)
    assert "v1:tsend:5" in str(sent(draft)["reply_markup"])


@pytest.mark.parametrize("problem", [*Loss, *sorted(set(Silence) - {Silence.NOT_NEEDED})])
def test_every_reason_has_words(problem: str) -> None:
    assert texts.PROBLEMS[problem]
