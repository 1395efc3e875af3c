"""Storages that break a promise the product rests on: a simulation must notice each of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any, Final, Self, cast

from bot.desk.conversation import Owner
from bot.desk.ports import UnitOfWork, UnitOfWorkFactory
from bot.desk.relay import AlbumPart, StaffRecord, Standing
from bot.desk.ticket import EntryKind
from handlers.chat.letters import to_chat
from tests.simulation.process import BEGINNING

Replaced = Mapping[str, Mapping[str, Callable[..., Any]]]
"""By port and method: what is called instead, with the unit it belongs to first."""


def _forget_the_fence(unit: UnitOfWork, drafts: Any, **named: Any) -> list[int]:  # noqa: ANN401
    return unit.outbox.put([replace(draft, fenced=False) for draft in drafts], **named)


def _keep_the_epoch(
    unit: UnitOfWork, conversation: int, owner: Owner, *, expected_epoch: int
) -> bool:
    done = unit.conversations.set_owner(conversation, owner, expected_epoch=expected_epoch)
    state = cast("Any", unit)._state  # noqa: SLF001 - the memory of a fake
    kept = replace(state.conversations[conversation], epoch=expected_epoch)
    state.conversations[conversation] = kept
    return done


def _overlook_claims(unit: UnitOfWork, ticket: int) -> object:
    found = unit.tickets.get(ticket)
    left = tuple(entry for entry in found.entries if entry.kind is not EntryKind.CLAIMED)
    return replace(found, entries=left)


def _send_again(unit: UnitOfWork, **named: Any) -> list[object]:  # noqa: ANN401
    for row in unit.outbox.interrupted(**named):
        unit.outbox.postpone(row.id, BEGINNING)
    return []


def _done_at_once(unit: UnitOfWork, **named: Any) -> object:  # noqa: ANN401
    row = unit.inbox.next(**named)
    if row is not None:
        unit.inbox.done(row.id)
    return row


def _send_held(unit: UnitOfWork, record: StaffRecord) -> None:
    unit.relay.update(record)
    if record.standing is Standing.HELD:
        ticket = unit.tickets.get(record.ticket)
        chat = unit.conversations.get(ticket.conversation).address.chat
        text = {"text": record.message.text}
        unit.outbox.put([to_chat(chat, "sendMessage", text, extra={"plain": record.message.text})])


def _tell_nobody(unit: UnitOfWork, drafts: Any, **named: Any) -> list[int]:  # noqa: ANN401
    ticket = named.get("ticket")
    entries = unit.tickets.get(ticket).entries if ticket else ()
    if entries and entries[-1].kind is EntryKind.UNDELIVERED:
        return []
    return unit.outbox.put(drafts, **named)


def _keep_no_part(unit: UnitOfWork, part: AlbumPart) -> None:
    """Neither the part of the album nor a word about it."""


def _keep_the_topic(unit: UnitOfWork, ticket: int, topic: str) -> None:
    if topic:
        unit.tickets.set_topic(ticket, topic)


BREAKAGES: Final[Mapping[str, Replaced]] = {
    "a store that ignores epochs": {"outbox": {"put": _forget_the_fence}},
    "a claim that leaves the epoch as it was": {"conversations": {"set_owner": _keep_the_epoch}},
    "a claim that does not look who has it": {"tickets": {"get": _overlook_claims}},
    "a start that sends again what was being sent": {"outbox": {"interrupted": _send_again}},
    "an inbox that forgets before all is done": {"inbox": {"next": _done_at_once}},
    "held replies are sent anyway": {"relay": {"update": _send_held}},
    "a failed reply that nobody is told of": {"outbox": {"put": _tell_nobody}},
    "parts of albums that are not kept": {"relay": {"gather": _keep_no_part}},
    "a deleted topic that is not let go of": {"tickets": {"set_topic": _keep_the_topic}},
}


def break_storage(name: str) -> Callable[[UnitOfWorkFactory], UnitOfWorkFactory]:
    """Return what spoils a storage in this way."""
    replaced = BREAKAGES[name]
    return lambda units: lambda: cast("UnitOfWork", _BrokenUnit(units(), replaced))


class _BrokenUnit:
    """A transaction with some methods replaced."""

    def __init__(self, unit: UnitOfWork, replaced: Replaced) -> None:
        self._unit = unit
        self._replaced = replaced

    def __enter__(self) -> Self:
        self._unit.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._unit.__exit__(kind, error, trace)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - every port of the unit it stands for
        found = getattr(self._unit, name)
        methods = self._replaced.get(name)
        return _BrokenPort(found, self._unit, methods) if methods else found


class _BrokenPort:
    """A port with some methods replaced."""

    def __init__(
        self, port: object, unit: UnitOfWork, methods: Mapping[str, Callable[..., Any]]
    ) -> None:
        self._port = port
        self._unit = unit
        self._methods = methods

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the port has
        if name not in self._methods:
            return getattr(self._port, name)
        method, unit = self._methods[name], self._unit
        return lambda *arguments, **named: method(unit, *arguments, **named)
