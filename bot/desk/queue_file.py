"""The file of queues, as TOML. See docs/queues.md for what may stand in it."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.desk.outcomes import HandOffReason
from bot.desk.schedule.hours import (
    OpeningHours,
    parse_dates,
    parse_days,
    parse_open_days,
    parse_week,
)
from bot.desk.schedule.queues import (
    DEFAULT_LADDER,
    Duty,
    Ladder,
    Queue,
    Queues,
    Rule,
    Targets,
    parse_ladder,
)
from knowledge.passage import Audience

_DURATION: Final = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")
_NAME: Final = re.compile(r"[0-9A-Za-z_-]{1,20}")
_QUEUE_KEYS: Final = frozenset(
    {
        "name",
        "title",
        "reasons",
        "languages",
        "audiences",
        "words",
        "urgent",
        "hours",
        "closed",
        "open",
        "first_reply",
        "next_reply",
        "solution",
        "ladder",
        "lead",
        "duty",
    }
)
_DUTY_KEYS: Final = frozenset({"staff", "days", "dates"})

Table = Mapping[str, object]


def parse_queues(text: str, hours: OpeningHours) -> Queues:
    """Read the file; ``hours`` are the centre's, for queues that have none of their own.

    Raises ``ValueError``, which says in which queue what is wrong.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"it is no TOML: {error}"
        raise ValueError(message) from error
    tables = _tables(content, "queue")
    if set(content) - {"queue"} or not tables:
        message = "it must consist of [[queue]] tables, and of at least one"
        raise ValueError(message)
    queues = [_queue(each, number, hours) for number, each in enumerate(tables, start=1)]
    names = [each.name for each in queues]
    if len(set(names)) < len(names):
        message = "two queues have the same name"
        raise ValueError(message)
    if queues[-1].rule != Rule():
        message = (
            f"the last queue, “{names[-1]}”, must take whatever is left: leave out reasons, "
            "languages, audiences, words and urgent there, or add one below"
        )
        raise ValueError(message)
    return Queues(tuple(queues))


def _queue(table: Table, number: int, centre: OpeningHours) -> Queue:
    name = str(table.get("name", "")).strip()
    if not name:
        message = f"queue number {number} has no name"
        raise ValueError(message)
    if not _NAME.fullmatch(name):
        message = f"queue “{name}”: a name consists of letters from a to z, figures, - and _"
        raise ValueError(message)
    try:
        _refuse_others(table, _QUEUE_KEYS)
        hours = _hours(table, centre)
        return Queue(
            name=name,
            hours=hours,
            targets=_targets(table, hours.week.longest),
            rule=_rule(table),
            ladder=_ladder(table),
            duty=tuple(_duty(each) for each in _tables(table, "duty")),
            lead=str(table.get("lead", "")),
            label=str(table.get("title", "")),
        )
    except ValueError as error:
        message = f"queue “{name}”: {error}"
        raise ValueError(message) from error


def _hours(table: Table, centre: OpeningHours) -> OpeningHours:
    changed = centre
    if "hours" in table:
        changed = replace(changed, week=parse_week(str(table["hours"])))
    if "closed" in table:
        days = parse_dates(" ".join(_words(table, "closed")))
        changed = replace(changed, closed=changed.closed | days)
    if "open" in table:
        days_open = dict(changed.opened) | dict(parse_open_days(";".join(_words(table, "open"))))
        changed = replace(changed, opened=tuple(sorted(days_open.items())))
    return changed


def _targets(table: Table, day: timedelta) -> Targets:
    solution = table.get("solution")
    return Targets(
        first=parse_duration(str(table.get("first_reply", "2h")), day=day),
        next=parse_duration(str(table.get("next_reply", "4h")), day=day),
        solution=None if solution is None else parse_duration(str(solution), day=day),
    )


def parse_duration(text: str, *, day: timedelta) -> timedelta:
    """Read ``30m``, ``2h``, ``1h30m`` or ``3d``, where ``d`` is a working day of that length."""
    found = _DURATION.fullmatch(text.replace(" ", ""))
    days, hours, minutes = (int(each or 0) for each in found.groups()) if found else (0, 0, 0)
    duration = days * day + timedelta(hours=hours, minutes=minutes)
    if not duration:
        message = f"“{text}” is no time to work in; write it like 30m, 2h, 1h30m or 3d"
        raise ValueError(message)
    return duration


def _rule(table: Table) -> Rule:
    urgent = table.get("urgent")
    if urgent is not None and not isinstance(urgent, bool):
        message = "urgent must be true or false"
        raise ValueError(message)
    return Rule(
        reasons=_known(table, "reasons", frozenset(HandOffReason)),
        audiences=_known(table, "audiences", frozenset(Audience)),
        languages=frozenset(_words(table, "languages")),
        words=tuple(each.casefold() for each in _words(table, "words")),
        urgent=urgent,
    )


def _known(table: Table, key: str, known: frozenset[str]) -> frozenset[str]:
    wanted = frozenset(_words(table, key))
    if wanted - known:
        message = f"{key} must be among {', '.join(sorted(known))}"
        raise ValueError(message)
    return wanted


def _ladder(table: Table) -> Ladder:
    steps = table.get("ladder")
    if steps is None:
        return DEFAULT_LADDER
    if not isinstance(steps, Mapping):
        message = 'the ladder must be written like { "80%" = "owner", "100%" = "duty" }'
        raise ValueError(message)  # noqa: TRY004 - all that is wrong in the file is one kind
    return parse_ladder({str(share): str(told) for share, told in steps.items()})


def _duty(table: Table) -> Duty:
    _refuse_others(table, _DUTY_KEYS)
    staff = str(table.get("staff", "")).strip()
    if not staff:
        message = "a duty names no staff"
        raise ValueError(message)
    names = [name for each in _words(table, "days") for name in re.split(r"[,\s]+", each)]
    weekdays = [day for name in names if name != "holidays" for day in parse_days(name)]
    dates: frozenset[date] = parse_dates(" ".join(_words(table, "dates")))
    if not names and not dates:
        message = f"the duty of {staff} has neither days nor dates"
        raise ValueError(message)
    return Duty(
        staff=staff, weekdays=frozenset(weekdays), holidays="holidays" in names, dates=dates
    )


def _tables(table: Table, key: str) -> Sequence[Table]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        message = f"write {key} as [[{key}]]"
        raise ValueError(message)
    return found


def _words(table: Table, key: str) -> list[str]:
    """A text or a list of texts (or of days)."""
    found = table.get(key, [])
    listed = found if isinstance(found, list) else [found]
    if not all(isinstance(each, str | date) for each in listed):
        message = f"{key} must be text, or a list of texts"
        raise ValueError(message)
    return [str(each) for each in listed]


def _refuse_others(table: Table, known: frozenset[str]) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        message = f"“{unknown[0]}” is unknown; there is {', '.join(sorted(known))}"
        raise ValueError(message)
