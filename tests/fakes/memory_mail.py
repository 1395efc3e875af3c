"""Inbox, outbox, links and feedback in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.conversation import Conversation
from bot.desk.ports import Delivery, Draft, InboxRow, OutboxRow
from knowledge.errors import DeskError
from tests.fakes.memory_state import State, StoredUpdate, Verdict


class MemoryInbox:
    def __init__(self, state: State) -> None:
        self._state = state

    def put(self, *, source: str, number: int, queue: str, raw: str, at: datetime) -> bool:
        del at
        known = {(kept.row.source, kept.row.number) for kept in self._state.inbox.values()}
        if (source, number) in known:
            return False
        row = InboxRow(
            id=len(self._state.inbox) + 1,
            source=source,
            number=number,
            queue=queue,
            raw=raw,
            attempts=0,
        )
        self._state.inbox[row.id] = StoredUpdate(row=row, state="waiting")
        return True

    def next(self, *, excluding: frozenset[str], within: str = "") -> InboxRow | None:
        waiting = [kept.row for kept in self._state.inbox.values() if kept.state == "waiting"]
        free = (r for r in waiting if r.queue not in excluding and r.queue.startswith(within))
        first = next(free, None)
        if first is None:
            return None
        return min(
            (row for row in waiting if row.queue == first.queue), key=lambda r: (r.number, r.id)
        )

    def done(self, row: int) -> None:
        self._state.inbox[row] = replace(self._state.inbox[row], state="done")

    def failed(self, row: int, error: str, *, park: bool) -> None:
        kept = self._state.inbox[row]
        self._state.inbox[row] = StoredUpdate(
            row=replace(kept.row, attempts=kept.row.attempts + 1),
            state="parked" if park else "waiting",
            error=error,
        )

    def parked(self) -> int:
        return sum(kept.state == "parked" for kept in self._state.inbox.values())


class MemoryOutbox:
    def __init__(self, state: State) -> None:
        self._state = state

    def put(
        self,
        drafts: Sequence[Draft],
        *,
        conversation: Conversation | None = None,
        ticket: int | None = None,
    ) -> list[int]:
        return [self._put(draft, conversation, ticket) for draft in drafts]

    def due(
        self, *, now: datetime, excluding: frozenset[str], within: str = ""
    ) -> OutboxRow | None:
        heads: dict[str, OutboxRow] = {}
        for row in self._state.outbox.values():
            if row.state.unfinished:
                heads.setdefault(row.queue, row)
        for row in sorted(heads.values(), key=lambda head: head.id):
            free = row.queue not in excluding and row.queue.startswith(within)
            ready = row.not_before is None or row.not_before <= now
            if free and ready and row.state is Delivery.PENDING:
                return row
        return None

    def get(self, row: int) -> OutboxRow:
        if row not in self._state.outbox:
            raise DeskError(problem=f"there is no outgoing message {row}.")
        return self._state.outbox[row]

    def interrupted(self, *, within: str = "") -> Sequence[OutboxRow]:
        rows = self._state.outbox.values()
        return [r for r in rows if r.state is Delivery.SENDING and r.queue.startswith(within)]

    def begin(self, row: int, *, mark: str) -> bool:
        found = self.get(row)
        if found.state is not Delivery.PENDING:
            return False
        if found.epoch is not None and found.conversation is not None:
            present = self._state.conversations[found.conversation].epoch
            if present != found.epoch:
                self._keep(replace(found, state=Delivery.DROPPED, result={"reason": "stale"}))
                return False
        attempts = found.attempts + 1
        self._keep(replace(found, state=Delivery.SENDING, attempts=attempts, mark=mark))
        return True

    def settle(self, row: int, state: Delivery, *, result: Mapping[str, object]) -> None:
        found = self.get(row)
        if not found.state.may_become(state):
            raise DeskError(problem=f"the outgoing message {row} cannot become {state}.")
        self._keep(replace(found, state=state, result=dict(result), not_before=None))

    def postpone(self, row: int, until: datetime) -> None:
        found = self.get(row)
        if not found.state.unfinished:
            raise DeskError(problem=f"the outgoing message {row} is finished.")
        self._keep(replace(found, state=Delivery.PENDING, not_before=until))

    def waiting(self) -> int:
        return sum(row.state.unfinished for row in self._state.outbox.values())

    def _put(self, draft: Draft, conversation: Conversation | None, ticket: int | None) -> int:
        if draft.fenced and conversation is None:
            raise DeskError(problem="a fenced message needs a conversation.")
        row = OutboxRow(
            id=len(self._state.outbox) + 1,
            queue=draft.queue,
            method=draft.method,
            payload=dict(draft.payload),
            conversation=conversation.id if conversation else None,
            ticket=ticket,
            epoch=conversation.epoch if conversation and draft.fenced else None,
            state=Delivery.PENDING,
            attempts=0,
            not_before=None,
            mark="",
            silent=draft.silent,
        )
        self._keep(row)
        return row.id

    def _keep(self, row: OutboxRow) -> None:
        self._state.outbox[row.id] = row


class MemoryLinks:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, here: tuple[str, str], there: tuple[str, str]) -> None:
        self._state.links.setdefault(here, there)
        self._state.links.setdefault(there, here)

    def renew(self, here: tuple[str, str], there: tuple[str, str]) -> None:
        self._state.links[here] = there
        self._state.links[there] = here

    def find(self, here: tuple[str, str]) -> tuple[str, str] | None:
        return self._state.links.get(here)


class MemoryFeedback:
    def __init__(self, state: State) -> None:
        self._state = state

    def rate(self, *, conversation: int, reference: str, helpful: bool, at: datetime) -> None:
        self._state.feedback[conversation, reference] = Verdict(helpful=helpful, at=at)
