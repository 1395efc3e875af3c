"""The texts around the answers: errors, commands, tickets."""

import re

import pytest

from bot.desk.outcomes import HandOffReason
from bot.desk.ticket import TicketState
from handlers import wording_case_texts as case_texts
from handlers import wording_staff_texts as staff_texts
from handlers import wording_texts as texts
from handlers.wording import Wording
from ingest.problems import Problem
from knowledge.errors import DocumentUnreadable, HelpdeskError, PortInUse, SettingsError
from tests.unit.i18n.directions import without_isolates
from tests.unit.i18n.pseudo import PseudoTranslations, strip_bracketed
from tests.unit.i18n.samples import QUOTE, make_citation, make_conversation, make_ticket

_FIELDS = re.compile(r"\{(\w+)\}")


def _leaves(kind: type[HelpdeskError]) -> list[type[HelpdeskError]]:
    return [kind, *(leaf for child in kind.__subclasses__() for leaf in _leaves(child))]


@pytest.mark.parametrize("kind", _leaves(HelpdeskError), ids=lambda kind: kind.__name__)
def test_every_error_can_be_read(
    wording: Wording, language: str, kind: type[HelpdeskError]
) -> None:
    fields = {name: f"<{name}>" for name in _FIELDS.findall(kind.template)}
    text = wording.error(kind(**fields), language=language)
    assert all(value in text for value in fields.values())
    assert (text == str(kind(**fields))) == (language == "en")


def test_the_cause_of_an_error_is_translated_too(wording: Wording) -> None:
    error = DocumentUnreadable(document="a.csv", problem=Problem("the file is empty."))
    assert wording.error(error, language="es") == "No se puede leer a.csv: el archivo está vacío."


def test_a_cause_within_a_cause_is_translated_too(wording: Wording) -> None:
    why = Problem("it was decoded with the wrong encoding")
    problem = Problem("most of its text is damaged: {reason}.", {"reason": why})
    text = wording.error(DocumentUnreadable(document="a.txt", problem=problem), language="zh-Hans")
    assert text == "无法读取 a.txt：大部分文字已损坏：解码时用错了编码。"


def test_a_cause_that_is_plain_text_is_looked_up(wording: Wording) -> None:
    known = SettingsError(name="X", problem="the file is empty.")
    unknown = SettingsError(name="X", problem="It is 3.")
    assert "el archivo está vacío." in wording.error(known, language="es")
    assert "It is 3." in wording.error(unknown, language="es")


def test_names_are_not_taken_for_texts(wording: Wording) -> None:
    assert "Close" in wording.error(PortInUse(address="Close"), language="ru")


def test_help_lists_every_command(wording: Wording, language: str) -> None:
    listed = re.findall(r"^/(\w+) – .", wording.help(language=language), re.MULTILINE)
    assert listed == ["start", "help", "language", "human", "status"]


@pytest.mark.parametrize(
    ("message", "limit"),
    [
        (texts.BOT_DESCRIPTION, 512),
        (texts.BOT_SHORT_DESCRIPTION, 120),
        *((description, 256) for description in texts.COMMANDS.values()),
        *((message, 200) for message in (texts.RATED_HELPFUL, texts.RATED_UNHELPFUL)),
        (case_texts.REFUSED_PRESS, 200),
    ],
)
def test_keeps_to_the_lengths_that_chat_services_allow(
    wording: Wording, language: str, message: str, limit: int
) -> None:
    # Telegram counts UTF-16 units.
    assert len(wording.phrase(message, language=language).encode("utf-16-le")) // 2 <= limit


@pytest.mark.parametrize("state", TicketState)
def test_tells_where_a_ticket_stands(wording: Wording, language: str, state: TicketState) -> None:
    ticket = make_ticket(state=state)
    assert ticket.state is state
    assert "12" in wording.status(ticket, language=language)
    assert wording.change(ticket, language=language)
    assert "12" in wording.staff_change(ticket, language=language)


def test_tells_that_there_is_no_ticket(wording: Wording) -> None:
    assert wording.status(None, language="zh-TW").startswith("您沒有處理中的案件")


@pytest.mark.parametrize("problem", staff_texts.UNDELIVERED_PROBLEMS)
def test_tells_staff_what_did_not_arrive(wording: Wording, language: str, problem: str) -> None:
    said = wording.phrase(staff_texts.UNDELIVERED_PROBLEMS[problem], language=language)
    assert said in wording.undelivered(problem, language=language)
    assert without_isolates(wording.undelivered("E7", language=language)).endswith("E7")


def test_the_card_is_in_the_language_of_staff(wording: Wording) -> None:
    card = wording.staff_card(make_conversation(), make_ticket(state="claimed"), language="zh-Hans")
    assert card.title == "工单 12 · Ольга · 没有依据"
    assert card.text.splitlines()[1:] == [
        "身份: 外籍演员",
        "语言: 俄语",
        "紧急程度: 普通",
        "状态: 已接手 – 李雷",
        "问题: Вопрос?",
        "机器人已答复: Ответ.",
    ]


def test_every_word_of_the_card_goes_through_the_catalogs() -> None:
    pseudo = Wording(PseudoTranslations())
    card = pseudo.staff_card(make_conversation(), make_ticket(), language="zh-Hans")
    shown = [card.title, *(row.label for row in card.rows), *(row.value for row in card.rows)]
    own = [strip_bracketed(text) for text in shown]
    # What is left are names, and what was said.
    assert set(filter(None, own)) == {"俄语", "Вопрос?", "Ответ."}


def test_the_card_shows_what_the_sources_say_that_disagree(wording: Wording) -> None:
    quoted = wording.quotations((make_citation(),), language="zh-Hans")
    assert quoted.startswith("[1] 外国人在中国就业管理规定 · 劳动部 · 劳部发〔1996〕29号 · 第五条")
    assert f"“{QUOTE}”" in quoted
    assert quoted.endswith("https://example.org/29")
    ticket = make_ticket(reason="conflict", note=quoted)
    assert quoted in wording.staff_card(make_conversation(), ticket, language="zh-Hans").text
    assert wording.quotations((), language="zh-Hans") == ""


def test_what_colleagues_note_is_not_on_the_card(wording: Wording) -> None:
    ticket = make_ticket(note="call back", author="李雷")
    assert "call back" not in wording.staff_card(make_conversation(), ticket, language="en").text


@pytest.mark.parametrize("reason", HandOffReason)
def test_the_card_names_every_reason(
    wording: Wording, language: str, reason: HandOffReason
) -> None:
    named = wording.reason(make_ticket(reason=reason), language=language)
    assert named
    assert named != reason.value or reason in {HandOffReason.COMPLAINT, HandOffReason.ATTACHMENT}


def test_a_reason_that_is_not_ours_is_shown(wording: Wording) -> None:
    assert wording.reason(make_ticket(reason="moved"), language="ru") == "moved"


def test_an_urgent_card_says_so_first(wording: Wording, language: str) -> None:
    ticket = make_ticket(reason="danger", urgent=True)
    card = wording.staff_card(make_conversation(name=""), ticket, language=language)
    assert card.title.startswith("🔴")
    assert all(row.label and row.value for row in card.rows)


def test_the_customers_own_choice_is_their_language(wording: Wording) -> None:
    conversation = make_conversation(language="es", spoken="ru")
    assert (
        "Language: Spanish" in wording.staff_card(conversation, make_ticket(), language="en").text
    )
