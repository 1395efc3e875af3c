"""The rules for catalogs, each with a catalog that breaks it."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.i18n.catalog_rules import find_faults, plural_forms
from bot.i18n.catalogs import (
    extract,
    find_language_faults,
    find_template_faults,
    read,
    render,
    update,
)
from bot.i18n.locales import catalog_path
from bot.i18n.message_rules import find_message_faults, placeholders

_HEADER = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"""


def _catalog(text: str) -> Catalog:
    return read_po(BytesIO(f"{_HEADER}\n{text}".encode()), locale="ru")


def _template() -> Catalog:
    template = Catalog(fuzzy=False)
    template.add("Hello, {name}")
    template.add(("{count} day", "{count} days"))
    return template


_GREETING = 'msgid "Hello, {name}"\nmsgstr "Привет, {name}"\n\n'
_DAYS = (
    'msgid "{count} day"\nmsgid_plural "{count} days"\n'
    'msgstr[0] "{count} день"\nmsgstr[1] "{count} дня"\nmsgstr[2] "{count} дней"\n\n'
)


def test_a_complete_catalog_has_no_faults() -> None:
    assert list(find_faults(_catalog(_GREETING + _DAYS), template=_template())) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (_DAYS, "missing: “Hello, {name}”"),
        (_GREETING.replace("Привет, {name}", "") + _DAYS, "not translated: “Hello, {name}”"),
        ("#, fuzzy\n" + _GREETING + _DAYS, "fuzzy: “Hello, {name}”"),
        (
            _GREETING.replace("Привет, {name}", "Привет") + _DAYS,
            "other fields than in English: “Hello, {name}”",
        ),
        (
            _GREETING + _DAYS.replace("{count} дня", "дня"),
            "other fields than in English: “{count} day”",
        ),
        (
            _GREETING + _DAYS.replace('msgstr[2] "{count} дней"', ""),
            "not translated: “{count} day”",
        ),
        (
            _GREETING + 'msgid "{count} day"\nmsgstr "{count} день"\n',
            "missing: “{count} day”",
        ),
        (
            _GREETING + _DAYS + 'msgid "Gone"\nmsgstr "Нет"\n',
            "no longer in the code: “Gone”",
        ),
    ],
)
def test_a_fault_is_named(text: str, fault: str) -> None:
    assert fault in list(find_faults(_catalog(text), template=_template()))


def test_the_plural_forms_are_those_of_the_language() -> None:
    english = _HEADER + '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    catalog = read_po(BytesIO(english.encode()), locale="ru")
    (fault,) = find_faults(catalog, template=Catalog(fuzzy=False))
    assert fault.startswith("the plural forms are not those of the language")


@pytest.mark.parametrize(
    ("tag", "count"),
    [("ar", 6), ("id", 1), ("ja", 1), ("ko", 1), ("th", 1), ("vi", 1), ("fr", 2), ("ru", 3)],
)
def test_each_language_has_its_plural_forms(tag: str, count: int) -> None:
    assert plural_forms(Locale.parse(tag)).startswith(f"nplurals={count};")


_STEPS = "Run “helpdesk ingest --starter”, or /help; see docs/settings.md and FAQ_SIZE."
_PASOS = "Ejecute «helpdesk ingest --starter» o /help; vea docs/settings.md y FAQ_SIZE."
_CALL = "Call:\n110 – police\n119 – fire brigade\nUp to 4,000 characters"


@pytest.mark.parametrize(
    ("tag", "source", "text"),
    [
        ("es", _STEPS, _PASOS),
        ("es", _CALL, "Llame:\n110 – policía\n119 – bomberos\nHasta 4.000 caracteres"),
        ("fr", _CALL, "Appelez :\n110 – police\n119 – pompiers\n4\u202f000 caractères au plus"),
        ("ar", _CALL, "اتصل:\n١١٠ – الشرطة\n١١٩ – الإطفاء\nحتى ٤٬٠٠٠ حرف"),
        ("ar", "Send /help.", "أرسل \u200e/help."),
        ("fr", "Sources", "Sources"),
        ("de", "Ticket {ticket} · {reason}", "Ticket {ticket} · {reason}"),
        ("ru", "{document}: {problem}", "{document}: {problem}"),
        ("zh_Hant", "Which documents are there?", "有哪些文件？"),
        ("ja", "It is not a folder.", "フォルダーではありません。"),
    ],
)
def test_a_good_translation_has_no_faults(tag: str, source: str, text: str) -> None:
    message = Message(source, text)
    assert list(find_message_faults(message, locale=Locale.parse(tag))) == []


@pytest.mark.parametrize(
    ("tag", "source", "text", "fault"),
    [
        ("es", _STEPS, _PASOS.replace("ingest", "cargar"), "“helpdesk ingest --starter”"),
        ("es", _STEPS, _PASOS.replace("/help", "/ayuda"), "it lacks /help"),
        ("es", _STEPS, _PASOS.replace("settings", "ajustes"), "it lacks docs/settings.md"),
        ("es", _STEPS, _PASOS.replace("FAQ_SIZE", "TAMAÑO"), "it lacks FAQ_SIZE"),
        ("es", _CALL, "Llame:\n112 – policía\n119 – bomberos\n4.000", "it lacks the number 110"),
        ("es", _CALL, "Llame: 110 – policía, 119 – bomberos; 4.000", "other lines"),
        ("es", "It is not a folder.", "It is not a folder.", "left in English"),
        ("es", "It is not a folder.", "Pues it is not una carpeta.", "English words are left"),
        ("ar", "Send /help.", "أرسل /help.", "a left-to-right mark (U+200E) is missing"),
        ("ru", "Close", "Close", "not in the script of the language"),
        ("zh_Hans", "Which documents are there?", "哪些資料？", "the other Chinese script"),
        ("zh_Hant", "Which documents are there?", "哪些资料？", "the other Chinese script"),
        ("zh_Hant", "Which documents are there?", "哪些資料和资料？", "the other Chinese script"),
    ],
)
def test_a_fault_in_a_translation_is_named(tag: str, source: str, text: str, fault: str) -> None:
    faults = list(find_message_faults(Message(source, text), locale=Locale.parse(tag)))
    assert any(fault in each for each in faults)


def test_a_plural_has_as_many_forms_as_the_language() -> None:
    message = Message(("{count} day", "{count} days"), ("{count} يوم", "{count} أيام"))
    faults = list(find_message_faults(message, locale=Locale.parse("ar"), forms=6))
    assert faults == ["other plural forms than the language has"]


def test_a_file_that_is_no_catalog_is_named(tmp_path: Path) -> None:
    path = catalog_path("ru", folder=tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text('msgid "a"\nnonsense\n', encoding="utf-8")
    (fault,) = find_language_faults("ru", template=_template(), folder=tmp_path)
    assert fault.startswith("its file cannot be read")


def test_finds_the_fields_of_a_text() -> None:
    assert placeholders("{a} {{b}} {c}") == {"a", "c"}


def _write_code(root: Path, text: str) -> None:
    for room in ("bot", "handlers", "ingest", "knowledge"):
        (root / room).mkdir(exist_ok=True)
    (root / "handlers" / "door.py").write_text(text, encoding="utf-8")


def test_extracts_every_kind_of_marked_text(tmp_path: Path) -> None:
    _write_code(
        tmp_path,
        'N_("a"); _("b"); w.phrase("c {x}", language="ru"); w.gettext("d", language="ru")\n'
        'w.phrases("{count} e", "{count} es", 3, language="ru"); w.phrase(variable)\n',
    )
    found = {message.id for message in extract(tmp_path) if message.id}
    assert found == {"a", "b", "c {x}", "d", ("{count} e", "{count} es")}


def test_an_old_template_is_noticed(tmp_path: Path) -> None:
    _write_code(tmp_path, 'N_("a")\n')
    path = tmp_path / "messages.pot"
    path.write_bytes(render(extract(tmp_path)))
    assert list(find_template_faults(extract(tmp_path), path=path)) == []
    _write_code(tmp_path, 'N_("b")\n')
    assert len(list(find_template_faults(extract(tmp_path), path=path))) == 1


def test_a_template_without_texts_is_noticed(tmp_path: Path) -> None:
    _write_code(tmp_path, "")
    assert "no texts were found in the code" in list(find_template_faults(extract(tmp_path)))


def test_update_begins_a_language_and_keeps_what_is_there(tmp_path: Path) -> None:
    for tag in ("en", "ja"):
        catalog_path(tag, folder=tmp_path).parent.mkdir(parents=True)
    update(_template(), folder=tmp_path)
    english, japanese = (read(catalog_path(tag, folder=tmp_path), tag=tag) for tag in ("en", "ja"))
    assert list(find_faults(english, template=_template())) == []
    assert len(list(find_faults(japanese, template=_template()))) == 2
    japanese.add("Hello, {name}", string="{name}さん、こんにちは")
    catalog_path("ja", folder=tmp_path).write_bytes(render(japanese))
    before = catalog_path("ja", folder=tmp_path).read_bytes()
    update(_template(), folder=tmp_path)
    assert catalog_path("ja", folder=tmp_path).read_bytes() == before
