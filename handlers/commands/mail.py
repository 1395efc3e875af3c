"""``helpdesk mail``: updates that could not be handled, and messages that did not arrive."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from bot.bootstrap import Workplace
from bot.desk.mail import Delivery, InboxRow, OutboxRow
from bot.desk.ports import Inbox, Outbox, UnitOfWork
from bot.settings import read_settings
from handlers.commands import mail_texts as texts
from handlers.commands.speaking import Speaker, speaker_of, use_utf8, write_json
from knowledge.errors import MailUnknown

_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A row that somebody should look at; ``id`` is what the command calls it."""

    id: str
    row: int
    problem: str
    content: object
    fate: Delivery | None = None

    @classmethod
    def of_update(cls, row: InboxRow) -> Self:
        """An update that was put aside."""
        return cls(id=f"in-{row.id}", row=row.id, problem=row.error, content=row.raw)

    @classmethod
    def of_message(cls, row: OutboxRow) -> Self:
        """A message that failed, or may have."""
        content = {"queue": row.queue, "method": row.method, "payload": dict(row.payload)}
        problem = str(row.result.get("problem", ""))
        return cls(id=f"out-{row.id}", row=row.id, problem=problem, content=content, fate=row.state)


def run(arguments: Namespace) -> int:
    """List, show, try again or dismiss."""
    use_utf8()
    workplace = Workplace(read_settings(arguments.data))
    workplace.check_folder()
    speaker = speaker_of(workplace.translations, workplace.settings.language)
    names = getattr(arguments, "ids", ())
    if not workplace.database.exists():
        # A look makes no database.
        if names:
            raise MailUnknown(id=names[0])
        _list({}, speaker, as_json=arguments.json)
        return 0
    with workplace.open_units()() as unit:
        items = {item.id: item for item in _items(unit)}
        chosen = [_find(items, each) for each in names]
        match arguments.action:
            case "list":
                _list(items, speaker, as_json=arguments.json)
            case "show":
                _show(chosen)
            case "retry":
                _retry(unit, chosen, speaker)
            case _:
                _dismiss(unit, chosen, speaker)
        unit.commit()
    return 0


def _items(unit: UnitOfWork) -> Iterator[Item]:
    yield from (Item.of_update(row) for row in unit.inbox.put_aside())
    yield from (Item.of_message(row) for row in unit.outbox.troubled())


def _find(items: dict[str, Item], name: str) -> Item:
    if name not in items:
        raise MailUnknown(id=name)
    return items[name]


def _list(items: dict[str, Item], speaker: Speaker, *, as_json: bool) -> None:
    if as_json:
        found = [
            {"id": item.id, "fate": item.fate or "parked", "problem": item.problem}
            for item in items.values()
        ]
        write_json({"mail": found})
        return
    for item in items.values():
        fate = texts.FATES[item.fate] if item.fate else texts.PUT_ASIDE
        sys.stdout.write(f"{item.id:10} {speaker(fate)}  {item.problem[:_SHOWN]}\n")
    if not items:
        sys.stdout.write(f"{speaker(texts.NOTHING)}\n")


def _show(items: list[Item]) -> None:
    for item in items:
        write_json({"id": item.id, "problem": item.problem, "content": item.content})


def _retry(unit: UnitOfWork, items: list[Item], speaker: Speaker) -> None:
    for item in items:
        _box(unit, item).retry(item.row)
        text = texts.PERHAPS_TWICE if item.fate is Delivery.UNKNOWN else texts.RETRIED
        sys.stdout.write(f"{speaker(text, id=item.id)}\n")


def _dismiss(unit: UnitOfWork, items: list[Item], speaker: Speaker) -> None:
    for item in items:
        _box(unit, item).dismiss(item.row)
        sys.stdout.write(f"{speaker(texts.DISMISSED, id=item.id)}\n")


def _box(unit: UnitOfWork, item: Item) -> Inbox | Outbox:
    return unit.outbox if item.fate else unit.inbox
