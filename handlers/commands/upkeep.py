"""``helpdesk documents expiring``, ``due``, ``undated`` and ``conflicts``: what needs a person."""

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence

from bot.bootstrap import Workplace
from bot.settings import read_settings
from handlers.commands.speaking import use_utf8, write_json
from knowledge.codec import decode
from knowledge.conflicts import Disagreement
from knowledge.contradictions import find_contradictions
from knowledge.deadlines import Deadline, Part, find_due, find_expiring, find_undated
from knowledge.meaning import choose_meaning
from knowledge.passage import Audience, Passage
from knowledge.shelf_reading import ShelfReader
from knowledge.snapshot import Snapshot

_NOTHING = {
    "expiring": "Nothing ends in the next {days} days.",
    "due": "Nothing is due for a review in the next {days} days.",
    "undated": "Everything says when it was issued or since when it holds.",
    "conflicts": "No two passages say different things; {compared} pairs were compared.",
}


def run(arguments: Namespace) -> int:
    """Print one of the lists; it is no failure that something stands on it."""
    use_utf8()
    workplace = Workplace(read_settings(arguments.data))
    workplace.check_folder()
    snapshot = ShelfReader(workplace.index, workplace.embedder.fingerprint).current()[0]
    if arguments.action == "conflicts":
        return _conflicts(snapshot, workplace, arguments)
    found = _list(snapshot, workplace, arguments)
    if arguments.json:
        write_json({arguments.action: found})
        return 0
    for one in found:
        sys.stdout.write(f"{_line(one)}\n")
    if not found:
        _say_nothing(arguments.action, days=arguments.days)
    return 0


def _list(
    snapshot: Snapshot, workplace: Workplace, arguments: Namespace
) -> list[dict[str, object]]:
    passages: list[Passage] = [decode(stored) for stored in snapshot.texts]
    today, days = workplace.today(), arguments.days
    if arguments.action == "expiring":
        return [_deadline(one, "ends") for one in find_expiring(passages, today, days=days)]
    if arguments.action == "due":
        return [_deadline(one, "review_by") for one in find_due(passages, today, days=days)]
    undated = find_undated(passages)
    return [{**_about(part), "missing": list(missing)} for part, missing in undated]


def _about(part: Part) -> dict[str, object]:
    source = part.source
    return {
        "document": part.document,
        "place": part.place,
        "title": source.title,
        "audience": source.audience,
        "owner": source.owner,
        "jurisdiction": str(source.jurisdiction or ""),
        "checked": str(source.checked or ""),
    }


def _deadline(one: Deadline, name: str) -> dict[str, object]:
    return {name: one.day.isoformat(), "days_left": one.left, **_about(one.part)}


def _line(one: Mapping[str, object]) -> str:
    """``2026-12-22  29 d  faq/filing.csv FIL-02  title  [filing officer]``."""
    missing = one.get("missing")
    day = one.get("ends") or one.get("review_by") or ""
    head = (
        f"no {', no '.join(missing)}" if isinstance(missing, Sequence) else f"{day}  {_left(one)}"
    )
    place = " ".join(str(one[name]) for name in ("document", "place") if one[name])
    owner = f"  [{one['owner']}]" if one["owner"] else ""
    return f"{head}  {place}  {one['title']}{owner}"


def _left(one: Mapping[str, object]) -> str:
    days = int(str(one["days_left"]))
    return f"{-days:4} d over" if days < 0 else f"{days:4} d left"


def _conflicts(snapshot: Snapshot, workplace: Workplace, arguments: Namespace) -> int:
    reader = Audience(arguments.audience or Audience.STAFF)
    meaning = choose_meaning(workplace.settings.embedding_model)
    result = find_contradictions(snapshot, today=workplace.today(), reader=reader, meaning=meaning)
    if arguments.json:
        pairs = [_pair(one) for one in result.found]
        write_json({"conflicts": pairs, "compared": result.compared, "passages": result.passages})
        return 0
    for one in result.found:
        sys.stdout.write("\n".join(map(_quote, (one.one, one.other))) + "\n\n")
    if not result.found:
        _say_nothing("conflicts", compared=result.compared)
    return 0


def _pair(one: Disagreement) -> list[dict[str, object]]:
    return [
        {
            "document": passage.document,
            "place": passage.locator,
            "quote": quote,
            "language": passage.language,
            "audience": passage.provenance.audience,
            "owner": passage.provenance.owner,
        }
        for passage, quote in (one.one, one.other)
    ]


def _quote(said: tuple[Passage, str]) -> str:
    passage, quote = said
    source = passage.provenance
    return f"{passage.document}  {passage.locator}  ({source.audience})\n  “{quote}”"


def _say_nothing(action: str, **figures: int) -> None:
    sys.stdout.write(f"{_NOTHING[action].format(**figures)}\n")
