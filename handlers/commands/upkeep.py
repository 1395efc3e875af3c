"""``helpdesk documents expiring``, ``due``, ``undated`` and ``conflicts``: what needs a person."""

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence

from bot.bootstrap import Workplace
from bot.settings import read_settings
from handlers.commands import shelf_texts as texts
from handlers.commands.duplicates import list_lapsed
from handlers.commands.speaking import Speaker, speaker_of, use_utf8, write_json
from knowledge.codec import decode
from knowledge.conflicts import Disagreement
from knowledge.contradictions import find_contradictions
from knowledge.deadlines import Deadline, Part, find_due, find_expiring, find_undated
from knowledge.meaning import choose_meaning
from knowledge.passage import Audience, Passage
from knowledge.shelf_reading import ShelfReader
from knowledge.snapshot import Snapshot


def run(arguments: Namespace) -> int:
    """Print one of the lists; it is no failure that something stands on it."""
    use_utf8()
    workplace = Workplace(read_settings(arguments.data))
    workplace.check_folder()
    snapshot = ShelfReader(workplace.index, workplace.embedder.fingerprint).current()[0]
    if arguments.action == "conflicts":
        return _conflicts(snapshot, workplace, arguments)
    found = _list(snapshot, workplace, arguments)
    say = speaker_of(workplace.translations, workplace.settings.language)
    lapsed = list_lapsed(snapshot, workplace.today()) if arguments.action == "due" else []
    if arguments.json:
        about = [{"document": one, "dated": dated} for one, dated in lapsed]
        more = {"lapsed": about} if arguments.action == "due" else {}
        write_json({arguments.action: found, **more})
        return 0
    lines = [_line(one, say) for one in found]
    lines += [say(texts.LAPSED, document=one, dated=dated) for one, dated in lapsed]
    nothing = say(texts.NOTHING[arguments.action], days=arguments.days)
    sys.stdout.writelines(f"{line}\n" for line in lines or [nothing])
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


def _line(one: Mapping[str, object], say: Speaker) -> str:
    """``2026-12-22  29 days left  faq/filing.csv FIL-02  title  [filing officer]``."""
    missing = one.get("missing")
    if isinstance(missing, Sequence):
        head = ", ".join(say(texts.MISSING[name]) for name in missing)
    else:
        days = int(str(one["days_left"]))
        left = say(texts.OVER, days=-days) if days < 0 else say(texts.LEFT, days=days)
        head = f"{one.get('ends') or one.get('review_by')}  {left}"
    place = " ".join(str(one[name]) for name in ("document", "place") if one[name])
    owner = f"  [{one['owner']}]" if one["owner"] else ""
    return f"{head}  {place}  {one['title']}{owner}"


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
        say = speaker_of(workplace.translations, workplace.settings.language)
        sys.stdout.write(f"{say(texts.NOTHING['conflicts'], compared=result.compared)}\n")
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
