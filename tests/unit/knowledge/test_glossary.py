"""The glossary is complete, finds what it should, and keeps quiet about other things."""

from collections import Counter

import pytest

from bot.i18n.locales import KNOWN_LOCALES
from knowledge.glossary import concepts, expand, load_glossary, matters, names
from knowledge.language import base

LANGUAGES = sorted({base(tag) for tag in KNOWN_LOCALES})


def test_every_concept_has_a_name_in_every_language_of_the_desk() -> None:
    missing = [
        (concept, language)
        for concept, forms in load_glossary().items()
        for language in LANGUAGES
        if not forms.get(language)
    ]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_stands_once_and_tells_one_concept(language: str) -> None:
    forms = [form.lower() for each in load_glossary().values() for form in each[language]]
    assert [form for form, count in Counter(forms).items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_usual_name_is_written_in_full(language: str) -> None:
    unfinished = [
        each[language][0] for each in load_glossary().values() if "*" in each[language][0]
    ]
    assert unfinished == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_finds_its_concept(language: str) -> None:
    lost = [
        (concept, form)
        for concept, each in load_glossary().items()
        for form in each[language]
        if concept not in concepts(f"({form.replace('*', '')})", language)
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("question", "language", "wanted"),
    [
        ("没有工作许可被罚款多少？", "zh-Hans", {"work-permit", "fine"}),
        ("短劇備案號要怎麼申請？", "zh-Hant", {"micro-drama", "filing-number"}),
        ("Сколько ждать разрешения на работу?", "ru", {"work-permit"}),
        ("¿Qué multas hay por quedarme con el visado vencido?", "es", {"fine", "overstay"}),
        ("Quanto demora a permissao de trabalho?", "pt-BR", {"work-permit"}),
        ("就業許可は誰が申請しますか", "ja", {"work-permit"}),
        ("취업허가를 받으려면 초청장이 필요한가요?", "ko", {"work-permit", "invitation-letter"}),
        ("Apakah izin kerjanya bisa diperpanjang?", "id", {"work-permit"}),
        ("ขอใบอนุญาตทำงานนานไหม", "th", {"work-permit"}),
        ("هل أحتاج لتصريح العمل وللدراما القصيرة؟", "ar", {"work-permit", "micro-drama"}),
        ("L’amende sans permis de travail", "fr", {"fine", "work-permit"}),
        ("Giấy phép lao động mất bao lâu?", "vi", {"work-permit"}),
        ("Wie lange dauert die Arbeitsgenehmigung?", "de", {"work-permit"}),
        ("Çalışma iznim Qianhai'de geçerli mi?", "tr", {"work-permit", "qianhai"}),
        ("Brauche ich ein Z visa?", "de", {"z-visa"}),
        ("版号がないと配信できませんか", "ja", {"game-licence-number"}),
    ],
)
def test_terms_are_found_in_the_forms_people_write(
    question: str, language: str, wanted: set[str]
) -> None:
    assert wanted <= concepts(question, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I'm fine, thank you. It's time?", "en"),
        ("How do I get to the fine arts center?", "en"),
        ("Los Angeles Rams, un equipo deportivo", "es"),
        ("ใครเป็นคนแรกที่ส่งสัญญาณวิทยุ", "th"),
        ("粳糯米根據什麼被分成4級？", "zh-Hant"),
        ("Bao nhiêu lần vật ngã trong sự nghiệp?", "vi"),
        ("Er erzählte ausführlich von seiner Forderung.", "de"),
        ("自尊心を傷つけられた合同会社", "ja"),
        ("자존심의 손상", "ko"),
    ],
)
def test_other_talk_names_no_term(text: str, language: str) -> None:
    assert concepts(text, language) == frozenset()


@pytest.mark.parametrize(
    ("text", "language"),
    [("It's visa time?", "en"), ("C'est quoi le visa s'il te plaît", "fr")],
)
def test_a_letter_beside_it_makes_no_class_of_a_visa(text: str, language: str) -> None:
    assert concepts(text, language) == {"visa"}


def test_a_question_is_expanded_with_the_names_in_other_languages() -> None:
    added = expand("Berapa denda tanpa izin kerja?", "id", into=("zh-Hans", "zh-Hant", "en", "id"))

    assert {"罚款", "a fine", "工作许可", "work permit"} <= set(added)
    assert "izin kerja" not in added
    assert len(added) == len(set(added))


def test_a_language_without_an_entry_has_no_names() -> None:
    assert names("work-permit", ["fi", "en-GB"]) == ("work permit",)
    assert expand("Miten saan tyoeluvan?", "fi", into=("zh-Hans",)) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_matters_have_forms_in_every_language_and_each_is_found(language: str) -> None:
    lost = [
        (matter, form)
        for matter, each in load_glossary("matters").items()
        for form in each[language]
        if matter not in matters(f"({form.replace('*', '')})", language)
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("Как открыть банковский счёт?", "ru", {"bank-account"}),
        ("深圳怎么考驾照？", "zh-Hans", {"driving-licence"}),
        ("Diễn viên Đài Loan có cần giấy phép lao động không?", "vi", set()),
        ("Which visa do I need?", "en", set()),
    ],
)
def test_matters_are_told_from_the_field(text: str, language: str, wanted: set[str]) -> None:
    assert matters(text, language) == wanted
