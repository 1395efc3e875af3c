"""Transactions that are watched: where the process may die, and what they have made true."""

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self, cast

from bot.desk.conversation import Conversation, Owner
from bot.desk.ports import UnitOfWork, UnitOfWorkFactory
from tests.simulation.life import Ledger, Life
from tests.simulation.strands import pause

_PORTS = ("conversations", "inbox", "outbox", "tickets")
_READING = frozenset(
    {"get", "at", "recent", "versions", "settled", "current", "at_topic", "of_customer", "listed"}
    | {"next", "parked", "due", "interrupted", "waiting", "find"}
)


class WatchedUnits:
    """Begins transactions of one process."""

    def __init__(
        self,
        units: UnitOfWorkFactory,
        life: Life,
        ledger: Ledger,
        delay: Callable[[], float],
    ) -> None:
        self.units = units
        self.life = life
        self.ledger = ledger
        self.delay = delay

    def __call__(self) -> UnitOfWork:
        return cast("UnitOfWork", WatchedUnit(self))


class WatchedUnit:
    """One transaction; others may come before it, and none inside."""

    def __init__(self, watch: WatchedUnits) -> None:
        self._watch = watch
        self._unit = watch.units()
        self._facts: list[Callable[[], None]] = []
        self.written: list[str] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - every port of the unit it stands for
        port = getattr(self._unit, name)
        if name in _PORTS:
            port = self.__dict__[name] = WatchedPort(name, port, self)
        return port

    def __enter__(self) -> Self:
        pause(self._watch.delay())
        self._watch.life.check()
        self._unit.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._unit.__exit__(kind, error, trace)

    def commit(self) -> None:
        """Commit, with a step before and after it when anything was written."""
        if not self.written:
            self._unit.commit()
            return
        name = f"commit {self.written[0]}"
        self._watch.life.step(f"before {name}")
        self._unit.commit()
        for fact in self._facts:
            fact()
        self._watch.life.step(f"after {name}")

    def note(self, name: str, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> None:
        """Remember what a call makes true once this is committed."""
        if name == "outbox.put":
            self._note_drafts(arguments[0], named.get("conversation"))
        elif name == "conversations.set_owner":
            self._note_owner(arguments[0], arguments[1])

    def _note_owner(self, conversation: int, owner: Owner) -> None:
        ledger = self._watch.ledger
        chat = int(self._unit.conversations.get(conversation).address.chat)

        def change() -> None:
            ledger.chats[conversation] = chat
            if owner is Owner.PERSON:
                ledger.owned.add(conversation)
                ledger.claims += 1
            else:
                ledger.owned.discard(conversation)

        self._facts.append(change)

    def _note_drafts(self, drafts: Any, conversation: Conversation | None) -> None:  # noqa: ANN401 - passed through
        for draft in drafts:
            if draft.fenced and conversation is not None:
                said = self._watch.ledger.fenced.setdefault(int(conversation.address.chat), set())
                said.add(str(draft.payload["parameters"].get("text")))
                said.add(str(draft.payload.get("plain")))


class WatchedPort:
    """Passes calls on, and tells the transaction of those that write."""

    def __init__(self, name: str, port: object, unit: WatchedUnit) -> None:
        self._name = name
        self._port = port
        self._unit = unit

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the port has
        method = getattr(self._port, name)
        if name in _READING:
            return method

        def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - passed through
            result = method(*arguments, **named)
            if result is not False:
                full = f"{self._name}.{name}"
                self._unit.written.append(full)
                self._unit.note(full, arguments, named)
            return result

        return call
