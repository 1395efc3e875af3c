"""Customers, conversations and tickets in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.briefing import Briefing, SolvedCase
from bot.desk.conversation import WITHDRAWN, Address, Conversation, Customer, Owner, Turn
from bot.desk.questions import Sender
from bot.desk.ticket import Entry, EntryAudience, EntryKind, Ticket
from knowledge.errors import DeskError, ThreadNotFound
from tests.fakes.memory_state import State, StoredTurn


class MemoryCustomers:
    def __init__(self, state: State) -> None:
        self._state = state

    def meet(self, sender: Sender, door: str) -> Customer:
        customers = self._state.customers
        known = (c for c in customers.values() if (c.door, c.identity) == (door, sender.identity))
        before = next(known, None)
        customer = Customer(
            id=before.id if before else len(customers) + 1,
            door=door,
            identity=sender.identity,
            name=sender.name,
            audience=sender.audience,
            language=before.language if before else "",
            client_language=sender.client_language,
            reachable=True,
            zone=before.zone if before else "",
        )
        self._keep(customer)
        return customer

    def choose_language(self, customer: int, language: str) -> None:
        self._keep(replace(self._state.customers[customer], language=language))

    def set_reachable(self, customer: int, *, reachable: bool) -> None:
        self._keep(replace(self._state.customers[customer], reachable=reachable))

    def _keep(self, customer: Customer) -> None:
        self._state.customers[customer.id] = customer
        for conversation in list(self._state.conversations.values()):
            if conversation.customer.id == customer.id:
                changed = replace(conversation, customer=customer)
                self._state.conversations[conversation.id] = changed


class MemoryConversations:
    def __init__(self, state: State) -> None:
        self._state = state

    def open(self, customer: Customer, address: Address) -> Conversation:
        found = self.at(address)
        if found is not None:
            return found
        conversation = Conversation(
            id=len(self._state.conversations) + 1,
            customer=customer,
            address=address,
            owner=Owner.BOT,
            epoch=0,
            language="",
        )
        self._state.conversations[conversation.id] = conversation
        return conversation

    def get(self, conversation: int) -> Conversation:
        if conversation not in self._state.conversations:
            raise ThreadNotFound(ticket=conversation)
        return self._state.conversations[conversation]

    def at(self, address: Address) -> Conversation | None:
        rows = self._state.conversations.values()
        return next((row for row in rows if row.address.key == address.key), None)

    def remember(
        self, conversation: int, turn: Turn, *, reference: str = "", detail: str = ""
    ) -> bool:
        if reference and self._find(conversation, reference) is not None:
            return False
        self._state.turns[len(self._state.turns) + 1] = StoredTurn(
            conversation=conversation, turn=turn, reference=reference, detail=detail
        )
        return True

    def recent(self, conversation: int, limit: int, *, before: str = "") -> tuple[Turn, ...]:
        end = self._find(conversation, before) if before else None
        rows = [
            row.turn
            for number, row in self._state.turns.items()
            if row.conversation == conversation
            and (end is None or number < end)
            and row.settled != WITHDRAWN
        ]
        return tuple(rows[-limit:])

    def versions(self, conversation: int, reference: str) -> tuple[Turn, ...]:
        return tuple(
            row.turn
            for row in self._state.turns.values()
            if row.conversation == conversation
            and (row.reference == reference or row.reference.startswith(f"{reference}/edit"))
        )

    def settle(self, conversation: int, reference: str, *, how: str) -> None:
        found = self._find(conversation, reference)
        if found is not None:
            self._state.turns[found] = replace(self._state.turns[found], settled=how)

    def settled(self, conversation: int, reference: str) -> bool:
        found = self._find(conversation, reference)
        return found is not None and bool(self._state.turns[found].settled)

    def set_language(self, conversation: int, language: str) -> None:
        self._keep(replace(self.get(conversation), language=language))

    def set_owner(self, conversation: int, owner: Owner, *, expected_epoch: int) -> bool:
        found = self.get(conversation)
        if found.epoch != expected_epoch:
            return False
        self._keep(replace(found, owner=owner, epoch=found.epoch + 1))
        return True

    def _keep(self, conversation: Conversation) -> None:
        self._state.conversations[conversation.id] = conversation

    def _find(self, conversation: int, reference: str) -> int | None:
        rows = self._state.turns.items()
        place = (conversation, reference)
        return next((n for n, row in rows if (row.conversation, row.reference) == place), None)


class MemoryTickets:
    def __init__(self, state: State) -> None:
        self._state = state

    def open(self, conversation: int, *, reason: str, urgent: bool, at: datetime) -> Ticket:
        if self.current(conversation) is not None:
            raise DeskError(problem="this conversation already has an open ticket.")
        opened = Entry(
            kind=EntryKind.OPENED, author="", text=reason, audience=EntryAudience.THREAD, at=at
        )
        ticket = Ticket(
            id=len(self._state.tickets) + 1,
            conversation=conversation,
            reason=reason,
            urgent=urgent,
            topic="",
            entries=(opened,),
        )
        self._state.tickets[ticket.id] = ticket
        return ticket

    def get(self, ticket: int) -> Ticket:
        if ticket not in self._state.tickets:
            raise ThreadNotFound(ticket=ticket)
        return self._state.tickets[ticket]

    def current(self, conversation: int) -> Ticket | None:
        rows = self._state.tickets.values()
        mine = (row for row in rows if row.conversation == conversation and row.state.open)
        return next(mine, None)

    def latest(self, conversation: int) -> Ticket | None:
        rows = reversed(self._state.tickets.values())
        return next((row for row in rows if row.conversation == conversation), None)

    def reopen(self, ticket: int, entry: Entry, *, reason: str, urgent: bool) -> Ticket:
        found = self.get(ticket)
        if self.current(found.conversation) is not None:
            raise DeskError(problem="this conversation already has an open ticket.")
        self._state.tickets[ticket] = replace(found, reason=reason, urgent=urgent)
        self.add(ticket, entry)
        return self.get(ticket)

    def brief(self, ticket: int, briefing: Briefing) -> None:
        self._state.tickets[ticket] = replace(self.get(ticket), briefing=briefing)

    def asleep(self, until: datetime) -> Sequence[Ticket]:
        rows = [row for row in self._state.tickets.values() if row.state.open]
        due = [(row.snoozed_until, row) for row in rows if row.snoozed_until is not None]
        found = sorted((moment, row.id) for moment, row in due if moment <= until)
        return [self.get(number) for _, number in found]

    def solved(self, limit: int) -> Sequence[SolvedCase]:
        found = [
            SolvedCase(
                ticket=row.id,
                audience=self._state.conversations[row.conversation].customer.audience,
                question=row.asked,
                reply=row.answered,
            )
            for row in reversed(self._state.tickets.values())
            if row.asked and row.answered and not row.state.open
        ]
        return found[:limit]

    def at_topic(self, topic: str) -> Ticket | None:
        rows = reversed(self._state.tickets.values())
        return next((row for row in rows if topic and row.topic == topic), None)

    def of_customer(self, customer: int) -> Sequence[Ticket]:
        conversations = self._state.conversations
        rows = reversed(self._state.tickets.values())
        return [row for row in rows if conversations[row.conversation].customer.id == customer]

    def listed(self, *, open_only: bool) -> Sequence[Ticket]:
        rows = (row for row in self._state.tickets.values() if row.state.open or not open_only)
        return sorted(rows, key=lambda row: (not row.urgent, row.id))

    def add(self, ticket: int, entry: Entry) -> None:
        found = self.get(ticket)
        self._state.tickets[ticket] = replace(found, entries=(*found.entries, entry))

    def set_urgent(self, ticket: int, *, reason: str) -> None:
        self._state.tickets[ticket] = replace(self.get(ticket), urgent=True, reason=reason)

    def set_topic(self, ticket: int, topic: str) -> None:
        self._state.tickets[ticket] = replace(self.get(ticket), topic=topic)
