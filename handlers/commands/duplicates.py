"""``helpdesk documents duplicates``: what stands there more than once, and what is served."""

import sys
from argparse import Namespace
from datetime import date
from itertools import groupby

from bot.bootstrap import Workplace
from bot.settings import read_settings
from handlers.commands import shelf_texts as texts
from handlers.commands.speaking import Speaker, speaker_of, use_utf8, write_json
from knowledge.duplicates.listing import Duplicate, list_alike, list_duplicates
from knowledge.passage import Audience
from knowledge.shelf_reading import ShelfReader
from knowledge.snapshot import Snapshot


def run(arguments: Namespace) -> int:
    """Print the groups; it is no failure that there are any."""
    use_utf8()
    workplace = Workplace(read_settings(arguments.data))
    workplace.check_folder()
    snapshot = ShelfReader(workplace.index, workplace.embedder.fingerprint).current()[0]
    audience = Audience(arguments.audience or Audience.STAFF)
    found = list_duplicates(
        snapshot.links, snapshot.table, audience=audience, day=workplace.today()
    )
    if arguments.json:
        write_json(_describe(found, snapshot, audience))
    else:
        say = speaker_of(workplace.translations, workplace.settings.language)
        _show(found, snapshot, audience, say)
    return 0


def describe_links(workplace: Workplace, name: str, say: Speaker) -> list[str]:
    """What else on the shelf a document is: a copy of what is served, a translation, an edition."""
    snapshot = ShelfReader(workplace.index, workplace.embedder.fingerprint).current()[0]
    links, day = snapshot.links, workplace.today()
    found = list_duplicates(links, snapshot.table, day=day)
    lapsed = [dated for document, dated in list_lapsed(snapshot, day) if document == name]
    return [
        *(_say_pair(texts.INSTEAD, one, one.served, say) for one in found if one.document == name),
        *(say(texts.LAPSED, document=name, dated=other) for other in lapsed),
        *(say(texts.ALSO_IN, document=other) for other in links.translations_of(name)),
        *(say(texts.OTHER_EDITION, document=other) for other in links.versions_of(name)),
    ]


def list_lapsed(snapshot: Snapshot, day: date) -> list[tuple[str, str]]:
    """The undated documents whose text is not in force, and the dated copy of each."""
    table = snapshot.table
    found = {
        (table.passage(table.rows[one]).document, table.passage(table.rows[other]).document)
        for one, other in snapshot.links.lapsed(table, day).items()
    }
    return sorted(found)


def _say_pair(form: str, one: Duplicate, document: str, say: Speaker) -> str:
    reason = say(texts.REASONS[one.reason])
    return say(form, document=document, reason=reason, passages=one.passages, whole=one.whole)


def _describe(found: list[Duplicate], snapshot: Snapshot, audience: Audience) -> dict[str, object]:
    alike = list_alike(snapshot.links, snapshot.table, audience=audience)
    return {
        "groups": [
            {"served": served, "others": [one.as_json() for one in others]}
            for served, others in groupby(found, key=lambda one: one.served)
        ],
        "alike": [list(pair) for pair in alike],
        "translations": [
            {"documents": list(pair), "passages": count}
            for pair, count in _translations(snapshot, audience)
        ],
        "editions": [list(pair) for pair in _editions(snapshot, audience)],
    }


def _show(found: list[Duplicate], snapshot: Snapshot, audience: Audience, say: Speaker) -> None:
    lines: list[str] = []
    for served, others in groupby(found, key=lambda one: one.served):
        lines.append(say(texts.SERVED, document=served))
        lines += [f"    {_say_pair(texts.GIVES_WAY, one, one.document, say)}" for one in others]
    alike = list(list_alike(snapshot.links, snapshot.table, audience=audience))
    lines += [say(texts.ALIKE, one=one, other=other) for one, other in alike]
    lines += [
        say(texts.TRANSLATION, one=one, other=other, count=count)
        for (one, other), count in _translations(snapshot, audience)
    ]
    editions = _editions(snapshot, audience)
    lines += [say(texts.EDITION, one=one, other=other) for one, other in editions]
    sys.stdout.write("\n".join(lines or [say(texts.ONCE)]) + "\n")


def _translations(snapshot: Snapshot, audience: Audience) -> list[tuple[tuple[str, str], int]]:
    listed = sorted(snapshot.links.translations, key=lambda one: one.documents)
    return [
        (one.documents, len(one.passages))
        for one in listed
        if _is_readable(snapshot, one.documents, audience)
    ]


def _editions(snapshot: Snapshot, audience: Audience) -> list[tuple[str, str]]:
    listed = sorted(snapshot.links.editions.versions)
    return [pair for pair in listed if _is_readable(snapshot, pair, audience)]


def _is_readable(snapshot: Snapshot, pair: tuple[str, str], audience: Audience) -> bool:
    return all(snapshot.documents[name].audience in audience.readable for name in pair)
