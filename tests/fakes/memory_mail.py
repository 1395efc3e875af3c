"""Inbox, outbox, links, feedback, meters and moves in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.conversation import Conversation
from bot.desk.ports import Delivery, Draft, InboxRow, OutboxRow
from knowledge.errors import DeskError
from tests.fakes.memory_state import State, StoredMeter, StoredUpdate, Verdict


class MemoryInbox:
    def __init__(self, state: State) -> None:
        self._state = state

    def put(self, *, source: str, number: int, queue: str, raw: str, at: datetime) -> bool:
        known = {(kept.row.source, kept.row.number) for kept in self._state.inbox.values()}
        if (source, number) in known:
            return False
        row = InboxRow(
            id=self._state.number("inbox"),
            source=source,
            number=number,
            queue=queue,
            raw=raw,
            attempts=0,
        )
        self._state.inbox[row.id] = StoredUpdate(row=row, state="waiting", at=at)
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

    def waiting(self, queue: str, *, limit: int) -> Sequence[InboxRow]:
        kept = [k.row for k in self._state.inbox.values() if k.state == "waiting"]
        return sorted((r for r in kept if r.queue == queue), key=lambda r: (r.number, r.id))[:limit]

    def has(self, *, source: str, number: int) -> bool:
        kept = self._state.inbox.values()
        return any((k.row.source, k.row.number) == (source, number) for k in kept)

    def done(self, row: int) -> None:
        self._state.inbox[row] = replace(self._state.inbox[row], state="done")

    def failed(self, row: int, error: str, *, park: bool) -> None:
        kept = self._state.inbox[row]
        failed = replace(kept.row, attempts=kept.row.attempts + 1, error=error)
        state = "parked" if park else "waiting"
        self._state.inbox[row] = replace(kept, row=failed, state=state)

    def parked(self) -> int:
        return len(self.put_aside())

    def put_aside(self) -> Sequence[InboxRow]:
        return [kept.row for kept in self._state.inbox.values() if kept.state == "parked"]

    def retry(self, row: int) -> bool:
        return self._leave_parked(row, "waiting")

    def dismiss(self, row: int) -> bool:
        return self._leave_parked(row, "dismissed")

    def sweep(self, *, before: datetime, limit: int) -> int:
        over = {"done", "dismissed"}
        kept = self._state.inbox
        old = [id_ for id_, k in kept.items() if k.state in over and k.at < before][:limit]
        for id_ in old:
            del kept[id_]
        return len(old)

    def _leave_parked(self, row: int, state: str) -> bool:
        kept = self._state.inbox.get(row)
        if kept is None or kept.state != "parked":
            return False
        fresh = replace(kept.row, attempts=0)
        self._state.inbox[row] = replace(kept, row=fresh, state=state)
        return True


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
        self, *, now: datetime, excluding: frozenset[str], within: str = "", without: str = ""
    ) -> OutboxRow | None:
        queues: dict[str, list[OutboxRow]] = {}
        for row in self._state.outbox.values():
            if row.state.unfinished:
                queues.setdefault(row.queue, []).append(row)
        ready = [
            (min(row.priority for row in rows), rows[0].id, rows[0])
            for queue, rows in queues.items()
            if queue not in excluding
            and queue.startswith(within)
            and not (without and queue.startswith(without))
            and (rows[0].not_before is None or rows[0].not_before <= now)
            and rows[0].state is Delivery.PENDING
        ]
        return min(ready)[2] if ready else None

    def following(self, row: int, *, limit: int) -> Sequence[OutboxRow]:
        queue = self.get(row).queue
        rows = self._state.outbox.values()
        next_ones = [r for r in rows if r.queue == queue and r.id > row]
        return [r for r in next_ones if r.state is Delivery.PENDING][:limit]

    def fold(self, row: int, others: Sequence[int], draft: Draft) -> None:
        for each in (row, *others):
            if self.get(each).state is not Delivery.PENDING:
                raise DeskError(problem=f"the outgoing message {each} is not pending.")
        self._keep(replace(self.get(row), method=draft.method, payload=dict(draft.payload)))
        for each in others:
            self.settle(each, Delivery.DROPPED, result={"reason": "folded", "into": row})

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

    def troubled(self) -> Sequence[OutboxRow]:
        bad = {Delivery.FAILED, Delivery.UNKNOWN}
        rows = self._state.outbox.values()
        return [r for r in rows if r.state in bad and r.id not in self._state.dismissed]

    def retry(self, row: int) -> bool:
        found = next((r for r in self.troubled() if r.id == row), None)
        if found is not None:
            self._keep(replace(found, state=Delivery.PENDING, not_before=None, attempts=0))
        return found is not None

    def dismiss(self, row: int) -> bool:
        found = any(r.id == row for r in self.troubled())
        if found:
            self._state.dismissed[row] = True
        return found

    def sweep(self, *, now: datetime, before: datetime, limit: int) -> int:
        finished, dismissed = self._state.finished, self._state.dismissed
        over = {Delivery.SENT, Delivery.DROPPED}
        swept = [r.id for r in self._state.outbox.values() if r.state in over or r.id in dismissed]
        old = [id_ for id_ in swept if id_ in finished and finished[id_] < before][:limit]
        for id_ in old:
            del self._state.outbox[id_]
        new = [id_ for id_ in swept if id_ not in finished][:limit]
        finished.update(dict.fromkeys(new, now))
        return len(old) + len(new)

    def _put(self, draft: Draft, conversation: Conversation | None, ticket: int | None) -> int:
        if draft.fenced and conversation is None:
            raise DeskError(problem="a fenced message needs a conversation.")
        row = OutboxRow(
            id=self._state.number("outbox"),
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
            priority=draft.rank,
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

    def mirrors(self, here: tuple[str, str]) -> Sequence[tuple[str, str]]:
        return [message for message, mirror in self._state.links.items() if mirror == here]


class MemoryFeedback:
    def __init__(self, state: State) -> None:
        self._state = state

    def rate(self, *, conversation: int, reference: str, helpful: bool, at: datetime) -> None:
        self._state.feedback[conversation, reference] = Verdict(helpful=helpful, at=at)


class MemoryMeters:
    def __init__(self, state: State) -> None:
        self._state = state

    def read(self, names: Sequence[str]) -> Mapping[str, str]:
        kept = self._state.meters
        return {name: kept[name].state for name in names if name in kept}

    def write(self, states: Mapping[str, str], *, until: datetime) -> None:
        for name, state in states.items():
            self._state.meters[name] = StoredMeter(state=state, until=until)

    def forget(self, before: datetime) -> int:
        old = [name for name, kept in self._state.meters.items() if kept.until < before]
        for name in old:
            del self._state.meters[name]
        return len(old)


class MemoryMoves:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, old: str, new: str) -> bool:
        if old in self._state.moves:
            return False
        self._state.moves[old] = new
        return True

    def all(self) -> Mapping[str, str]:
        known = self._state.moves
        ends = {}
        for old in known:
            end, seen = known[old], {old}
            while end in known and end not in seen:
                seen.add(end)
                end = known[end]
            ends[old] = end
        return ends
