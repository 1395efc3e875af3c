"""``helpdesk hours``: when the desk is open, who is on duty, and what the calendar lacks."""

import sys
from argparse import Namespace
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final
from unicodedata import combining, east_asian_width

from bot.bootstrap import Workplace
from bot.desk.schedule.calendar import DayKind, missing_years
from bot.desk.schedule.hours import Spans
from bot.desk.schedule.queues import Queue
from bot.settings import read_settings
from handlers.commands.speaking import Speaker, speaker_of, use_utf8, write_json
from handlers.wording_cases import CaseWording
from handlers.wording_time_texts import HOLIDAYS
from knowledge.errors import N_

KINDS: Final[Mapping[DayKind, str]] = {
    DayKind.WORKDAY: N_("workday"),
    DayKind.WEEKEND: N_("weekend"),
    DayKind.HOLIDAY: N_("holiday"),
    DayKind.MAKE_UP: N_("worked in exchange"),
}
CLOSED: Final = N_("closed")
ON_DUTY: Final = N_("on duty: {staff}")
NOT_KNOWN: Final = N_(
    "The public holidays of {year} are not known in full. Until chinesecalendar has them, only the "
    "statutory days are closed and no weekend is worked: update it, or name the days in "
    "HELPDESK_CLOSED_DAYS and HELPDESK_OPEN_DAYS."
)


def run(arguments: Namespace) -> int:
    """Print the days to come for each queue; 1 when the calendar lacks one of their years."""
    use_utf8()
    workplace = Workplace(read_settings(arguments.data))
    queues, today = workplace.queues, workplace.today()
    days = [today + timedelta(days=each) for each in range(arguments.days)]
    missing = missing_years(queues.listed[-1].hours.calendar, today)
    if arguments.json:
        listed = {each.name: [_day(each, day) for day in days] for each in queues.listed}
        write_json({"queues": listed, "years_not_known": missing})
        return int(bool(missing))
    say = speaker_of(workplace.translations, workplace.settings.language)
    words = CaseWording(wording=say.wording, language=say.language, zone=workplace.zone)
    for queue in queues.listed:
        sys.stdout.write(f"{words.queue(queue.name, queue.title)}\n")
        listed_days = [_day(queue, day) for day in days]
        room = max(_width(_kind(day, say)) for day in listed_days)
        sys.stdout.writelines(f"  {_line(day, say, room)}\n" for day in listed_days)
    sys.stderr.writelines(f"{say(NOT_KNOWN, year=year)}\n" for year in missing)
    return int(bool(missing))


def _day(queue: Queue, day: date) -> dict[str, object]:
    holiday = queue.hours.calendar.holiday(day)
    return {
        "day": day.isoformat(),
        "kind": queue.hours.calendar.kind(day).value,
        "holiday": holiday.value if holiday else "",
        "open": _written(queue.hours.spans(day)),
        "on_duty": queue.on_duty(day),
    }


def _line(day: Mapping[str, object], say: Speaker, room: int) -> str:
    """``2026-11-23  workday  09:00-12:00 13:30-18:00  on duty: @li``."""
    kind = _kind(day, say)
    kind += " " * (room - _width(kind))
    duty = f"  {say(ON_DUTY, staff=day['on_duty'])}" if day["on_duty"] else ""
    return f"{day['day']}  {kind}  {day['open'] or say(CLOSED)}{duty}"


def _kind(day: Mapping[str, object], say: Speaker) -> str:
    names = {each.value: text for each, text in HOLIDAYS.items()}
    return say(names.get(str(day["holiday"])) or KINDS[DayKind(str(day["kind"]))])


def _width(text: str) -> int:
    """The columns that a text takes up at a terminal; marks above letters take none."""
    wide = sum(east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(bool(combining(sign)) for sign in text)


def _written(spans: Spans) -> str:
    def clock(minutes: int) -> str:
        return f"{minutes // 60:02}:{minutes % 60:02}"

    return " ".join(f"{clock(begin)}-{clock(end)}" for begin, end in spans)
