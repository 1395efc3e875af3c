"""What Telegram is told of translations."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

import pytest

from bot.desk.mail import Delivery, Draft, OutboxRow
from bot.desk.translation_tasks import Direction, TranslationTask
from bot.i18n.translations import Translations
from handlers import wording_interpreter_texts as texts
from handlers import wording_texts as answer_texts
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


def test_the_notice_of_another_language_stands_where_that_language_does() -> None:
    notice = Wording(Translations()).phrase(
        answer_texts.OTHER_LANGUAGE, language="fr", original="chinois simplifié"
    )
    quoted, source = "工作许可由用人单位申请。 [1]", "Sources\n[1] 指南 · 国家外国专家局"
    draft = replace(
        task(f"{notice}\n\nL'employeur fait la demande. [1]\n\n{source}", "draft4/5"),
        text=f"{notice}\n\n{quoted}\n\n{source}",
    )
    text = str(sent(_WRITER.reply_translated(row("sendMessage", text="…"), draft))["text"])
    assert text.startswith("L'employeur")
    assert text.endswith(f"{notice}\n{quoted}")


def test_a_draft_that_was_refused_is_shown_with_its_text() -> None:
    refused = replace(task("", "draft4/5"), problems=("figures",))
    (draft,) = _WRITER.reply_refused(make_conversation(), make_ticket(), refused)
    text = str(sent(draft)["text"])
    assert text.endswith("您好")
    assert "reply_parameters" not in sent(draft)
    assert "v1:tsend:5" in str(sent(draft)["reply_markup"])


def album(method: str, *captions: str) -> OutboxRow:
    media = [
        {"type": "photo", "media": f"file{number}", "caption": caption, "caption_entities": []}
        for number, caption in enumerate(captions)
    ]
    ties = [["-1", "7"], ["-1", "8"]]
    if method == "sendMediaGroup":
        found = row(method, media=media)
    else:
        found = row(method, from_chat_id=-1, message_ids=[7, 8])
        found = replace(found, payload={**found.payload, "media": media})
    return replace(found, payload={**found.payload, "mirrors_each": ties})


@pytest.mark.parametrize("method", ["copyMessages", "sendMediaGroup"])
def test_an_album_goes_out_with_its_caption_translated(method: str) -> None:
    draft = _WRITER.reply_translated(album(method, "您好", ""), task())
    assert draft is not None
    assert draft.method == "sendMediaGroup"
    first, second = cast("list[dict[str, str]]", sent(draft)["media"])
    assert (first["media"], second["media"]) == ("file0", "file1")
    assert first["caption"].startswith("Bonjour\n\n🌐")
    assert "caption" not in second
    assert draft.payload["mirrors_each"] == [["-1", "7"], ["-1", "8"]]
    assert "from_chat_id" not in sent(draft)


def test_each_picture_keeps_its_own_caption() -> None:
    written = replace(task("Avant\nAprès"), text="之前\n之后")
    draft = _WRITER.reply_translated(album("copyMessages", "之前", "之后"), written)
    first, second = cast("list[dict[str, str]]", sent(draft)["media"])
    assert first["caption"] == "Avant"
    assert second["caption"].startswith("Après\n\n🌐")


def test_captions_that_do_not_add_up_stand_under_the_first_picture() -> None:
    written = replace(task("Avant et après"), text="之前\n之后")
    draft = _WRITER.reply_translated(album("copyMessages", "之前", "之后"), written)
    first, second = cast("list[dict[str, str]]", sent(draft)["media"])
    assert first["caption"].startswith("Avant et après\n\n🌐")
    assert "caption" not in second


def formatted(text: str, result: str, *entities: Mapping[str, object]) -> Draft:
    written = replace(task(result), text=text)
    row_of = row("sendMessage", text=text, entities=list(entities))
    draft = _WRITER.reply_translated(row_of, written)
    assert draft is not None
    return draft


def entity(kind: str, text: str, part: str, **more: object) -> dict[str, object]:
    at = text.index(part)
    units = [len(each.encode("utf-16-le")) // 2 for each in (text[:at], part)]
    return {"type": kind, "offset": units[0], "length": units[1], **more}


def formatting_of(draft: Draft) -> list[tuple[str, str]]:
    text = str(sent(draft)["text"]).encode("utf-16-le")
    found = cast("list[dict[str, int]]", sent(draft).get("entities", []))
    return [
        (
            str(e["type"]),
            text[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"),
        )
        for e in found
    ]


def warned(draft: Draft) -> bool:
    return any(
        texts.FORMATTING_DROPPED in str(one.payload) for one in unpacked(draft.payload, "then")
    )


def test_what_was_locked_is_formatted_where_it_went() -> None:
    text = "😀 请在2026年12月3日前付5000元，代码 A😀B。"
    draft = formatted(
        text,
        "😀😀 Payez 5\u202f000\u00a0yuans chinois avant le 3 décembre 2026, code A😀B.",
        entity("bold", text, "2026年12月3日"),
        entity("code", text, "A😀B"),
    )
    assert formatting_of(draft) == [("bold", "3 décembre 2026"), ("code", "A😀B")]
    assert not warned(draft)


def test_formatting_of_whole_lines_and_of_everything_stays() -> None:
    text = "第一点😀\n\n请带护照。\n再见"
    draft = formatted(
        text,
        "Premier point 😀\nApportez votre passeport.\n\nAu revoir",
        entity("bold", text, "请带护照。"),
        entity("italic", text, text),
        entity("text_link", text, "请带护照。\n再见", url="https://a.example"),
    )
    assert formatting_of(draft) == [
        ("bold", "Apportez votre passeport."),
        ("italic", "Premier point 😀\nApportez votre passeport.\n\nAu revoir"),
        ("text_link", "Apportez votre passeport.\n\nAu revoir"),
    ]
    assert not warned(draft)


def test_what_has_no_certain_place_is_dropped_and_staff_are_told() -> None:
    text = "请看这个网页，谢谢。"
    draft = formatted(
        text,
        "Voir cette page, merci.",
        entity("bold", text, "谢谢"),
        entity("text_link", text, "这个网页", url="https://a.example/1"),
    )
    assert formatting_of(draft) == []
    assert "\n\n🔗 https://a.example/1\n\n🌐" in str(sent(draft)["text"])
    assert warned(draft)


def test_code_and_tags_are_fixed_for_the_translation() -> None:
    text = "😀代码 A-1 和 #签证 请保留"
    entities = [entity("hashtag", text, "#签证"), entity("code", text, "A-1")]
    assert _WRITER.fixed_parts(row("sendMessage", text=text, entities=entities)) == ("A-1", "#签证")
    caption = row("copyMessage", from_chat_id=1, message_id=7)
    caption = replace(
        caption, payload={**caption.payload, "caption": text, "caption_entities": entities}
    )
    assert _WRITER.fixed_parts(caption) == ("A-1", "#签证")


@pytest.mark.parametrize("problem", [*Loss, *sorted(set(Silence) - {Silence.NOT_NEEDED})])
def test_every_reason_has_words(problem: str) -> None:
    assert texts.PROBLEMS[problem]
