"""``helpdesk staff``: who works here, and what each of them may do."""

import re
import sys
from argparse import Namespace
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from bot.bootstrap import Workplace
from bot.desk.casework import Casework
from bot.desk.claims import Claims
from bot.desk.roster import EVERYBODY, EVERYTHING, Member, Right
from bot.desk.staffing import Staffing
from bot.settings import read_settings
from handlers.commands.speaking import Speaker, speaker_of, use_utf8, write_json
from handlers.terminal_composer import TerminalComposer
from knowledge.errors import N_, UsageError
from knowledge.passage import Audience
from knowledge.problem import Problem

_Word = TypeVar("_Word", bound=StrEnum)

_NUMBER = re.compile(r"-?\d{1,18}", re.ASCII)

ALL = "all"
NOTHING = "nothing"

NOBODY_SEEN = N_(
    "Nobody of the staff has done anything yet; until then everyone may do everything."
)
UNKNOWN_WORDS = N_("“{words}” is none of these: {known}.")
NO_NUMBER = N_(
    "“{id}” is not the number of anybody on Telegram. “helpdesk staff list” shows the numbers of "
    "all who were seen."
)
NOT_MET = N_("not seen yet")
PRESENT = N_("there")
ABSENT = N_("not there any more")
LINE = N_("{identity}  {name}  {present}  may: {rights}  for: {audiences}")


def run(arguments: Namespace) -> int:
    """List the staff, or say what one of them may do."""
    use_utf8()
    workplace = Workplace(read_settings(arguments.data))
    speaker = speaker_of(workplace.translations, workplace.settings.language)
    if arguments.action == "list":
        _show(_everybody(workplace, arguments.door), speaker, as_json=arguments.json)
        return 0
    if arguments.door == "telegram" and not _NUMBER.fullmatch(arguments.id):
        raise UsageError(problem=Problem(NO_NUMBER, {"id": arguments.id}))
    units = workplace.open_units()
    composer = TerminalComposer(wording=speaker.wording, clock=workplace.now)
    casework = Casework(composer=composer, clock=workplace.now)
    member = Staffing(units=units, claims=Claims(casework=casework)).permit(
        arguments.door,
        arguments.id,
        rights=_chosen(arguments.may, Right, EVERYTHING),
        audiences=_chosen(arguments.audiences, Audience, EVERYBODY),
    )
    _show([member], speaker, as_json=arguments.json)
    return 0


def _everybody(workplace: Workplace, door: str) -> Sequence[Member]:
    # A look makes no database.
    if not workplace.database.exists():
        return []
    with workplace.open_units()() as unit:
        return unit.roster.everybody(door)


def _chosen(words: str, kind: type[_Word], everything: frozenset[_Word]) -> frozenset[_Word]:
    """Read words with commas between them."""
    if words in {ALL, NOTHING}:
        return everything if words == ALL else frozenset()
    named = {word.strip() for word in words.split(",") if word.strip()}
    unknown = named - set(kind)
    if unknown or not named:
        known = ", ".join([*kind, ALL, NOTHING])
        fields = {"words": ", ".join(sorted(unknown)) or words, "known": known}
        raise UsageError(problem=Problem(UNKNOWN_WORDS, fields))
    return frozenset(kind(word) for word in named)


def _show(members: Sequence[Member], speaker: Speaker, *, as_json: bool) -> None:
    if as_json:
        write_json({"staff": [_as_object(one) for one in members]})
        return
    lines = [_line(one, speaker) for one in members] or [speaker(NOBODY_SEEN)]
    sys.stdout.write("\n".join(lines) + "\n")


def _line(member: Member, speaker: Speaker) -> str:
    here = PRESENT if member.present else ABSENT
    return speaker(
        LINE,
        identity=member.identity,
        name=member.name,
        present=speaker(here if member.was_met else NOT_MET),
        rights=_written(member.rights, EVERYTHING),
        audiences=_written(member.audiences, EVERYBODY),
    )


def _written(words: frozenset[_Word], everything: frozenset[_Word]) -> str:
    return ALL if words == everything else ", ".join(sorted(words)) or NOTHING


def _as_object(member: Member) -> dict[str, object]:
    return {
        "id": member.identity,
        "name": member.name,
        "present": member.present,
        "anonymous": member.anonymous,
        "seen": member.seen.isoformat() if member.seen else None,
        "may": sorted(member.rights),
        "for": sorted(member.audiences),
    }
