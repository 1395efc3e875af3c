"""Each loss with a translation that suffers it, and translations that suffer none."""

import pytest

from knowledge.translation.checking import Loss, losses


@pytest.mark.parametrize(
    ("loss", "original", "language", "translation", "into"),
    [
        (Loss.NEGATION, "您不需要签证。", "zh-Hans", "You need a visa.", "en"),
        (
            Loss.NEGATION,
            "You may not start to work.",
            "en",
            "Sie dürfen anfangen zu arbeiten.",
            "de",
        ),
        (Loss.TERMS, "请办理工作许可。", "zh-Hans", "Please apply for the residence permit.", "en"),
        (Loss.TERMS, "您还没有备案号。", "zh-Hans", "You are overstaying.", "en"),
        (Loss.TERMS, "您还没有备案号。", "zh-Hans", "You have no copyright yet.", "en"),
        (
            Loss.TERMS,
            "我的护照丢了。我的工作许可还有效。",
            "zh-Hans",
            "My work permit is lost. My passport is still valid.",
            "en",
        ),
        (Loss.FIGURES, "费用为500元。", "zh-Hans", "The fee is 600 yuan.", "en"),
        (Loss.FIGURES, "Bring 2 photos.", "en", "Apportez 3 photos.", "fr"),
        (Loss.DATES, "12月3日来。", "zh-Hans", "Come on 4 December.", "en"),
        (Loss.ADDRESSES, "Write to a@b.org", "en", "请写信至 c@b.org", "zh-Hans"),
        (Loss.ADDRESSES, "请给我们打电话。", "zh-Hans", "Call us: https://evil.example", "en"),
        (Loss.RULES, "见 GB/T 28181-2016。", "zh-Hans", "See GB/T 28182-2016.", "en"),
        (
            Loss.LANGUAGE,
            "请明天来我们的办公室。",
            "zh-Hans",
            "请明天来我们的办公室找我谈一谈。",
            "en",
        ),
        (
            Loss.LANGUAGE,
            "请明天来我们的办公室。",
            "zh-Hans",
            "Por favor venga mañana a la oficina.",
            "fr",
        ),
        (Loss.LENGTH, "Yes.", "en", "是的，" + "另外请您把所有材料都准备好再来" * 3, "zh-Hans"),
        (Loss.FORM, "Hello", "en", "你好\u202e", "zh-Hans"),
    ],
)
def test_a_loss_is_found(
    loss: Loss, original: str, language: str, translation: str, into: str
) -> None:
    assert loss in losses(original, language, translation, into)


@pytest.mark.parametrize(
    ("original", "language", "translation", "into"),
    [
        ("请带护照和2张照片来。", "zh-Hans", "Please bring your passport and 2 photos.", "en"),
        ("您不需要签证。", "zh-Hans", "You do not need a visa.", "en"),
        ("Vous ne devez pas travailler avant.", "fr", "在此之前您不能工作。", "zh-Hans"),
        ("Wir haben alle Rechte an dem Film.", "de", "我们拥有这部电影的全部版权。", "zh-Hans"),
        (
            "我的护照丢了。我的工作许可还有效。",
            "zh-Hans",
            "My passport is lost. My work permit is still valid; the passport is gone.",
            "en",
        ),
        ("费用为5万元。", "zh-Hans", "The fee is 50,000 yuan.", "en"),
        ("Напишите на a@b.org до 3 декабря.", "ru", "请在12月3日前写信至 a@b.org。", "zh-Hans"),
        (
            "See https://example.org/x and call.",
            "en",
            "请看 https://example.org/x 并致电。",
            "zh-Hans",
        ),
    ],
)
def test_a_true_translation_is_let_through(
    original: str, language: str, translation: str, into: str
) -> None:
    assert losses(original, language, translation, into) == ()
