"""``helpdesk documents duplicates``: what stands there more than once, and what is served."""

import sys
from argparse import Namespace
from itertools import groupby

from bot.bootstrap import Workplace
from bot.settings import read_settings
from handlers.commands.speaking import use_utf8, write_json
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
        _show(found, snapshot, audience)
    return 0


def describe_links(workplace: Workplace, name: str) -> list[str]:
    """What else on the shelf a document is: a copy of what is served, a translation, an edition."""
    snapshot = ShelfReader(workplace.index, workplace.embedder.fingerprint).current()[0]
    found = list_duplicates(snapshot.links, snapshot.table, day=workplace.today())
    return [
        *(
            f"{one.served} is served instead ({one.passages} of {one.whole} passages:"
            f" {one.reason.value})"
            for one in found
            if one.document == name
        ),
        *(f"also in translation: {other}" for other in snapshot.links.translations_of(name)),
        *(f"another edition: {other}" for other in snapshot.links.versions_of(name)),
    ]


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


def _show(found: list[Duplicate], snapshot: Snapshot, audience: Audience) -> None:
    lines: list[str] = []
    for served, others in groupby(found, key=lambda one: one.served):
        lines.append(f"{served}  is served instead of")
        lines += [
            f"    {one.document}  {one.passages} of {one.whole} passages: {one.reason.value}"
            for one in others
        ]
    alike = list(list_alike(snapshot.links, snapshot.table, audience=audience))
    lines += [f"{one}  says the same as  {other}" for one, other in alike]
    lines += [
        f"{one}  is a translation of  {other}  ({count} passages)"
        for (one, other), count in _translations(snapshot, audience)
    ]
    lines += [
        f"{one}  is another edition of  {other}" for one, other in _editions(snapshot, audience)
    ]
    sys.stdout.write("\n".join(lines or ["Nothing stands on the shelf more than once."]) + "\n")


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
