"""``helpdesk documents``: what is on the shelf."""

import sys
from argparse import Namespace
from dataclasses import asdict

from bot.bootstrap import Workplace
from bot.settings import read_settings
from handlers.commands import shelf_texts as texts
from handlers.commands.duplicates import describe_links
from handlers.commands.held import open_store
from handlers.commands.speaking import Speaker, speaker_of, use_utf8, write_json
from knowledge.errors import DocumentUnknown, EmptyShelf
from knowledge.passage import Passage
from knowledge.shelf import writing
from knowledge.snapshot import ManifestEntry


def run(arguments: Namespace) -> int:
    """List, show or remove."""
    use_utf8()
    workplace = Workplace(read_settings(arguments.data))
    workplace.check_folder()
    if arguments.action == "list":
        return _list(workplace, as_json=arguments.json)
    if arguments.action == "show":
        return _show(workplace, arguments.id)
    return _remove(workplace, arguments.id)


def _list(workplace: Workplace, *, as_json: bool) -> int:
    documents = workplace.library.documents()
    if as_json:
        write_json({"documents": [_about(name, one) for name, one in sorted(documents.items())]})
        return 0
    if not documents:
        say = speaker_of(workplace.translations, workplace.settings.language)
        sys.stderr.write(f"{say(EmptyShelf.template, folder=workplace.folder)}\n")
    for name, entry in sorted(documents.items()):
        facts = f"{len(entry.passages):4}  {entry.language:8} {entry.audience:8}"
        sys.stdout.write(f"{facts} {name}  {entry.title}\n")
    return 0


def _about(name: str, entry: ManifestEntry) -> dict[str, object]:
    return {
        "id": name,
        "title": entry.title,
        "language": entry.language,
        "audience": entry.audience,
        "passages": len(entry.passages),
        "root": entry.root,
        "state": entry.state,
        "version": entry.version,
        "since": entry.since,
        "history": [asdict(past) for past in entry.history],
        "source_hash": entry.origin.source_hash,
        "parser": entry.origin.parser,
        "splitter": entry.origin.splitter,
        **{name: str(day or "") for name, day in entry.dates.items()},
    }


def _show(workplace: Workplace, name: str) -> int:
    entry, passages = workplace.library.document(name)
    say = speaker_of(workplace.translations, workplace.settings.language)
    state, version = say(texts.STATES[entry.state]), say(texts.VERSION, number=entry.version)
    since = [say(texts.SINCE, moment=entry.since)] if entry.since else []
    facts = " · ".join([entry.language, entry.audience, state, version, *since])
    sys.stdout.write(f"{name}\n{entry.title}\n{facts}\n")
    for past in reversed(entry.history):
        ended = say(texts.ENDINGS[past.ended])
        sys.stdout.write(f"{past.number}: {past.since} – {past.until} ({ended})\n")
    sys.stdout.writelines(f"{line}\n" for line in describe_links(workplace, name, say))
    for passage in passages:
        sys.stdout.write(f"\n— {passage.locator} ({_dates(passage, say)})\n{passage.text}\n")
    return 0


def _dates(passage: Passage, say: Speaker) -> str:
    source = passage.provenance
    known = ((form, getattr(source, name)) for name, form in texts.FACTS.items())
    return ", ".join([passage.language, *(say(form, fact=fact) for form, fact in known if fact)])


def _remove(workplace: Workplace, name: str) -> int:
    with writing(workplace.index, lambda: workplace.embedder, now=workplace.now) as writer:
        if name not in writer.documents:
            raise DocumentUnknown(document=name)
        writer.drop(name)
        writer.publish()
    open_store(workplace).drop(name)
    sys.stdout.write(f"{name}\n")
    return 0
