"""Promises in the other languages of the desk: weekdays, tomorrow, and dates in their usual forms.

Staff write Chinese and English; what is read here is the common run of a promise, no more.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.desk.promises.days import Day, Standpoint


@dataclass(frozen=True, slots=True)
class Wording:
    """How a language promises: ``weekdays`` from Monday on, all of it regular expressions."""

    commitment: str
    refusal: str
    today: str
    tomorrow: str
    weekdays: tuple[str, ...]
    next_week: str = r"(?!)"


WORDINGS: Final[Mapping[str, Wording]] = {
    "ru": Wording(
        r"\b(?:по|от|с|на|со|при|под|пере|у|про|вер)\w*(?:им|ем|ём|у|ю|ит|ет|ится|емся|ёмся|усь|юсь)\b"
        r"|\bвы (?:получите|услышите)\b|\bбуд(?:ем|у|ет)\b",
        r"\bне (?:смож|мож|уд|буд)|\bпожалуйста\b|\bесли\b|\bвам (?:нужно|надо|следует)|вчера|\bзакрыт",
        r"\bсегодня\b",
        r"\bзавтра\b",
        (r"понедельник", r"вторник", r"сред[ауые]\b", r"четверг", r"пятниц", r"суббот", r"воскресень"),
        r"\bна (?:следующей|будущей) неделе\b",
    ),
    "de": Wording(
        r"\b(?:wir|ich)\b.*\b(?:werden?|meld\w+|ruf\w+|antwort\w+|schick\w+|send\w+|geb\w+|schreib\w+)\b"
        r"|\b(?:meld|ruf|antwort|schick|send|geb|schreib|werd)\w*\s+(?:wir|ich)\b"
        r"|\bsie (?:hören|erhalten|bekommen)\b",
        r"\b(?:nicht|bitte|wenn|falls|könnten|geschlossen|müssen sie|sie müssen)\b",
        r"\bheute\b",
        r"(?<!über)\bmorgen\b",
        ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag|sonnabend", "sonntag"),
        r"\bnächste woche\b",
    ),
    "fr": Wording(
        r"\b(?:nous|je|on)\b.*\b\w+(?:rons|rai|ra)\b|\bj['’]\w+rai\b|\bvous (?:recevrez|aurez)\b"
        r"|\b(?:nous allons|je vais|on va)\b"
        r"|\b(?:je|nous) (?:vous|te) (?:r?appel|répon|écri|envo|contact|recontact|tien)\w+",
        r"\bne\b|\bn['’]|\bs['’]il vous plaît\b|\bveuillez\b|\bsi (?:vous|nous)\b|\bferm[ée]",
        r"\baujourd['’]hui\b",
        r"(?<!après-)(?<!après )\bdemain\b",
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        r"\bla semaine prochaine\b",
    ),
    "es": Wording(
        r"\b\w+(?:remos|ré|rá|rán|rás)\b|\b(?:vamos|voy|va) a \w+r\w*\b"
        r"|\b(?:le|les|te|lo|la|os) (?:llam|respond|contest|escrib|avis|envi|enví)\w+(?:o|os)\b",
        r"\bno\b|\bpor favor\b|\bsi (?:usted|nos|no|le)\b|\bcerrad",
        r"\bhoy\b",
        r"(?<!pasado )(?<!la )\bmañana\b",
        ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
        r"\bla (?:próxima semana|semana que viene)\b",
    ),
    "pt": Wording(
        r"\b\w+(?:remos|rei|rá|rão)\b|\b(?:vamos|vou|vai) \w+r\b"
        r"|\b(?:ligamos|respondemos|retornamos|avisamos|enviamos|ligo|respondo|retorno|aviso|envio)\b",
        r"\bnão\b|\bpor favor\b|\bse (?:você|nos|não|o senhor|a senhora)\b|\bfechad",
        r"\bhoje\b",
        r"(?<!depois de )\bamanhã\b",
        ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"),
        r"\b(?:na )?(?:próxima semana|semana que vem)\b",
    ),
    "tr": Wording(
        r"\w+(?:acağız|eceğiz|acağım|eceğim|arız|eriz|ırız|iriz|uruz|ürüz|arım|erim|ırım|irim)\b",
        r"\blütfen\b|\w+(?:mayacağız|meyeceğiz|meyiz|mayız)\b|\beğer\b|\bkapalı",
        r"\bbugün\b",
        r"\byarın\b",
        ("pazartesi", "salı", "çarşamba", "perşembe", "cuma(?!rtesi)", "cumartesi", "pazar(?!tesi)"),
        r"\b(?:gelecek|önümüzdeki|haftaya) hafta\b",
    ),
    "id": Wording(
        r"\b(?:kami|saya|kita|tim kami)\b.*\b(?:akan|menghubungi|menjawab|membalas|menelepon|mengirim|"
        r"mengabari|kabari|hubungi|kirim|balas)\b",
        r"\b(?:tidak|mohon|silakan|tolong|jika|kalau|tutup|belum)\b",
        r"\bhari ini\b",
        r"\bbesok\b",
        ("senin", "selasa", "rabu", "kamis", r"jum['’]?at", "sabtu", "minggu(?! (?:ini|depan|lalu))"),
        r"\bminggu depan\b",
    ),
    "vi": Wording(
        r"\bsẽ\b",
        r"\b(?:không|vui lòng|xin hãy|nếu|đóng cửa|chưa)\b",
        r"\bhôm nay\b",
        r"\b(?:ngày mai|mai)\b",
        (
            "thứ (?:hai|2)",
            "thứ (?:ba|3)",
            "thứ (?:tư|4)",
            "thứ (?:năm|5)",
            "thứ (?:sáu|6)",
            "thứ (?:bảy|7)",
            "chủ nhật",
        ),
        r"\btuần (?:sau|tới)\b",
    ),
    "th": Wording(
        r"จะ\S{0,12}?(?:ติดต่อ|โทร|ตอบ|ส่ง|แจ้ง|อัปเดต|ดำเนินการ)",
        r"ไม่|กรุณา|โปรด|หาก|ถ้า|ปิดทำการ",
        r"วันนี้",
        r"พรุ่งนี้",
        ("วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัส", "วันศุกร์", "วันเสาร์", "วันอาทิตย์"),
        r"สัปดาห์หน้า|อาทิตย์หน้า",
    ),
    "ja": Wording(
        r"(?:連絡|電話|回答|返信|返事|報告|お知らせ|知らせ|送付|お送り|送り|対応|手配|用意)\S{0,6}"
        r"(?:いたします|致します|します|差し上げ|申し上げ|させて|する予定|できる見込み)",
        r"ください|下さい|お願い|ません|でしょうか|もし|休み|休業",
        r"本日|今日",
        r"明日",
        ("月曜", "火曜", "水曜", "木曜", "金曜", "土曜", "日曜"),
        r"来週(?![月火水木金土日])",
    ),
    "ko": Wording(
        r"(?:연락|전화|답변|답장|회신|안내|보내|알려|처리|확인)\S*\s*(?:드리겠|하겠|해 ?드리|드릴|할게|주겠|겠습니다|드립니다)",
        r"주세요|주십시오|바랍니다|않|못|만약|휴무",
        r"오늘",
        r"내일",
        ("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"),
        r"다음 ?주(?! ?[월화수목금토일]요일)",
    ),
    "ar": Wording(
        r"(?<!\w)س(?:ن|أ|ت|ي)\w{2,}|\bسوف\b",
        r"\bلن\b|\bلا\b|يرجى|من فضلك|\bإذا\b|مغلق",
        r"اليوم(?! التالي)",
        r"(?<!بعد )غد[اًا]*(?!\w)",
        ("الاثنين|الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
        r"الأسبوع (?:القادم|المقبل)",
    ),
}  # fmt: skip

_ISO: Final = re.compile(r"(?<!\d)(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC: Final = re.compile(
    r"(?<![\d.])(\d{1,2})[./](\d{1,2})(?:[./](20\d\d|\d\d))?\.?(?![\d:]|[./]\d)"
)
_EAST: Final = re.compile(r"(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_VIETNAMESE: Final = re.compile(r"\b(\d{1,2}) tháng (\d{1,2})\b")
_NEXT_DAY: Final = {"ja": "来週", "ko": "다음 ?주 ?"}


def days(text: str, at: Standpoint, language: str) -> Iterator[tuple[int, Day]]:
    """Yield the days that a text names in a language, with where each stands."""
    wording = WORDINGS[language]
    for pattern, day in (
        (wording.today, at.after(days=0)),
        (wording.tomorrow, at.after(days=1)),
        (wording.next_week, at.end_of_week(1)),
    ):
        yield from ((match.start(), day) for match in re.finditer(pattern, text, re.IGNORECASE))
    for number, pattern in enumerate(wording.weekdays):
        for match in re.finditer(pattern, text, re.IGNORECASE):
            lead = _NEXT_DAY.get(language)
            later = lead and re.search(f"{lead}(?:の)?$", text[: match.start()])
            yield match.start(), at.weekday(number, 1 if later else None)
    for form, order in (
        (_EAST, (1, 2)),
        (_VIETNAMESE, (2, 1)),
        (_month_names(language), (2, 1)),
    ):
        for match in form.finditer(text):
            found = _on(match, order, at, language)
            if found:
                yield match.start(), found


def numeric_days(text: str, at: Standpoint) -> Iterator[tuple[int, Day]]:
    """Yield days in figures, the day before the month: 2026-11-27, 27.11., 27/11/2026."""
    for match in _ISO.finditer(text):
        day = at.on(year=int(match[1]), month=int(match[2]), day=int(match[3]))
        if day:
            yield match.start(), day
    for match in _NUMERIC.finditer(text):
        year = int(match[3]) % 100 + 2000 if match[3] else None
        orders = ((match[2], match[1]), (match[1], match[2]))
        found = [at.on(month=int(month), day=int(day), year=year) for month, day in orders]
        known = next(filter(None, found), None)
        if known:
            yield match.start(), known


def _on(match: re.Match[str], order: tuple[int, int], at: Standpoint, language: str) -> Day | None:
    month, day = match[order[0]], match[order[1]]
    number = int(month) if month.isdecimal() else _months(language).get(month.casefold(), 0)
    return at.on(month=number, day=int(day)) if number else None


@lru_cache(maxsize=32)
def _months(language: str) -> Mapping[str, int]:
    from babel.core import Locale

    named = Locale.parse(language).months
    found: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for number, name in named[context]["wide"].items():
            found.setdefault(str(name).casefold(), int(number))
    return found


@lru_cache(maxsize=32)
def _month_names(language: str) -> re.Pattern[str]:
    """A day and the name of its month: 28 ноября, 28. November, 28 de noviembre."""
    names = "|".join(re.escape(each) for each in sorted(_months(language), key=len, reverse=True))
    return re.compile(rf"(?<!\d)(\d{{1,2}})\.?(?:er|º)?\s*(?:de\s+)?({names})(?!\w)", re.IGNORECASE)
