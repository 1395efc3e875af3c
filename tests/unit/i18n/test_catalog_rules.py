"""The rules for catalogs, each with a catalog that breaks it."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.i18n.catalog_rules import find_faults, placeholders
from bot.i18n.catalogs import (
    extract,
    find_language_faults,
    find_template_faults,
    read,
    render,
    update,
)
from bot.i18n.locales import catalog_path

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
