import csv
import io
from dataclasses import replace

from handlers.commands.model_trials import keep_originals, make_requests, read_phrasebook
from knowledge.passage import Audience, Passage
from tests.fakes.scripted_desk import make_passage

ORIGINAL = replace(make_passage("z", "可以。费用为10元。", entry="E-1"), language="zh-Hans")
ENGLISH = make_passage("e", "You may. It costs 10 yuan.", entry="E-1", questions=("May I?",))
RUSSIAN = replace(
    make_passage("r", "Можно, за 10 юаней.", entry="E-1", questions=("Можно?",)), language="ru"
)
TRADITIONAL = replace(
    make_passage("t", "可以。費用為10元。", entry="E-1", questions=("可以嗎？",)),
    language="zh-Hant",
)


def index(*passages: Passage) -> dict[tuple[str, str], Passage]:
    return {(one.entry, one.language): one for one in passages}


ENTRIES = index(ORIGINAL, ENGLISH, RUSSIAN, TRADITIONAL)


def test_a_table_keeps_its_questions_and_its_original_answers() -> None:
    table = "id,question:en,answer:zh-Hans,answer:en\nE-1,May I?,可以。,You may.\n"
    kept = keep_originals("faq/a.csv", b"\xef\xbb\xbf" + table.encode())
    [row] = csv.DictReader(io.StringIO(kept.decode()))
    assert row == {"id": "E-1", "question:en": "May I?", "answer:zh-Hans": "可以。"}
    assert keep_originals("guide.md", b"answer:en") == b"answer:en"


def test_sentences_are_paired_where_there_are_as_many() -> None:
    book = read_phrasebook(ENTRIES)
    assert book["可以。", "en"] == "You may."
    assert book["费用为10元。", "en"] == "It costs 10 yuan."
    assert not any(language == "ru" for _, language in book)


def test_questions_are_asked_whose_answers_a_model_may_word() -> None:
    # Not in Russian: its sentences are not known; not in Traditional: that is no other language.
    requests = make_requests(ENTRIES, read_phrasebook(ENTRIES))
    assert [(one.question, one.language) for one in requests] == [("May I?", "en")]


def test_what_is_not_for_everybody_is_not_asked() -> None:
    source = replace(ENGLISH.provenance, audience=Audience.COMPANY)
    entries = index(ORIGINAL, replace(ENGLISH, provenance=source))
    assert make_requests(entries, read_phrasebook(entries)) == []
