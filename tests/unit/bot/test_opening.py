"""Whoever asks for opening hours reads those of the schedule, and of nobody else."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from bot.desk.consulting import ShelfConsultant
from bot.desk.intent import Intent, Reading
from bot.desk.intent_rules import judge
from bot.desk.outcomes import SmallTalk, SmallTalkKind
from bot.desk.questions import Question
from bot.desk.schedule.hours import OpeningHours, parse_week
from bot.desk.schedule.opening import look_ahead
from bot.i18n.translations import Translations
from handlers.wording import Wording
from knowledge.answer import Finding, Inquiry, NotFound
from knowledge.passage import Audience

HOURS = OpeningHours(week=parse_week("mon-fri 09:00-12:00 13:30-18:00"))
WORDING = Wording(Translations())

ASKED = [
    ("en", "When does the office open?"),
    ("en", "What are your opening hours?"),
    ("en", "are you open on weekends?"),
    ("en", "hi, when are you open tomorrow please?"),
    ("zh-Hans", "你们几点上班？"),
    ("zh-Hans", "请问你们国庆放假吗"),
    ("zh-Hant", "你們辦公時間是什麼"),
    ("de", "Wann haben Sie geöffnet?"),
    ("de", "Wie sind Ihre Öffnungszeiten?"),
    ("fr", "Quels sont vos horaires d'ouverture ?"),
    ("es", "¿A qué hora abren?"),
    ("pt-BR", "Que horas vocês abrem amanhã?"),
    ("ru", "Вы работаете в выходные?"),
    ("ja", "営業時間を教えてください"),
    ("ko", "사무실은 언제 열어요?"),
    ("id", "Jam berapa kantor buka?"),
    ("th", "เวลาทำการคือกี่โมงครับ"),
    ("ar", "متى يفتح مكتبكم؟"),
    ("vi", "Văn phòng mở cửa lúc mấy giờ?"),
    ("tr", "Çalışma saatleriniz nedir?"),
]
OF_OTHERS = [
    ("zh-Hans", "前海服务中心几点上班"),
    ("zh-Hans", "几点可以让童星下班？"),
    ("zh-Hans", "什么时候开放备案"),
    ("en", "When does the immigration office open?"),
    ("en", "When do you open a case?"),
    ("en", "What time does the tax bureau close?"),
    ("en", "What are the working hours of a child actor?"),
    ("en", "How do you work?"),
    ("de", "Wann öffnet das Portal?"),
    ("ru", "Когда работает налоговая?"),
    ("ru", "Как вы работаете?"),
]


@pytest.mark.parametrize(("language", "text"), ASKED)
def test_who_asks_when_somebody_is_there_is_understood(language: str, text: str) -> None:
    assert judge(text, language) == "hours"


@pytest.mark.parametrize(("language", "text"), OF_OTHERS)
def test_the_hours_of_others_are_not_ours(language: str, text: str) -> None:
    assert judge(text, language) != "hours"


def words(now: datetime, language: str = "en") -> str:
    talk = SmallTalk(language=language, reason=SmallTalkKind.HOURS, opening=look_ahead(HOURS, now))
    return WORDING.outcome(talk, language=language, today=now.date()).text


def test_an_open_desk_says_so_and_gives_the_week() -> None:
    told = words(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))  # a Monday, ten o'clock there
    assert "We are open now." in told
    assert "Mon 23 Nov (today): 09:00–12:00, 13:30–18:00" in told
    assert "Tue 24 Nov (tomorrow): 09:00–12:00, 13:30–18:00" in told
    assert "Sat 28 Nov: closed all day" in told
    assert "Shenzhen time" in told


def test_after_hours_it_says_when_it_opens_again() -> None:
    told = words(datetime(2026, 11, 27, 12, 0, tzinfo=UTC))  # Friday evening
    assert "We open again: Mon 30 Nov, 09:00 (Shenzhen time)" in told


def test_a_holiday_is_named_and_a_weekend_that_is_worked_is_open() -> None:
    told = words(datetime(2026, 10, 5, 2, 0, tzinfo=UTC))
    assert "public holiday in China (National Day)" in told
    assert "Mon 5 Oct (today): closed for a public holiday (National Day)" in told
    assert "Sat 10 Oct: 09:00–12:00, 13:30–18:00" in told


@dataclass
class Shelf:
    asked: list[str] = field(default_factory=list)

    def consult(self, inquiry: Inquiry) -> Finding:
        self.asked.append(inquiry.text)
        return NotFound(reason="not-covered", confidence=0.1)


class Rules:
    def read(self, text: str, *, language: str) -> Reading:
        return Reading(intent=Intent(judge(text, language)), certainty=1.0, by="rule")


def test_the_shelf_has_no_say_in_it() -> None:
    shelf, now = Shelf(), datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    consultant = ShelfConsultant(
        shelf=shelf,
        intents=Rules(),
        readable=lambda language: (language,),
        today=lambda: date(2026, 11, 23),
        opening=lambda: look_ahead(HOURS, now),
    )
    question = Question(text="When does the office open?", audience=Audience.PUBLIC)
    outcome = consultant.consult(question)
    assert isinstance(outcome, SmallTalk)
    assert outcome.opening == look_ahead(HOURS, now)
    assert shelf.asked == []
