"""A random play with one customer, two colleagues, a slow bot and a process that dies."""

from collections.abc import Callable
from contextlib import suppress

from bot.desk.conversation import Owner
from bot.desk.ports import Delivery, OutboxRow
from bot.desk.questions import Message
from bot.desk.ticket import EntryKind, Staff, Ticket, TicketState, fold
from knowledge.errors import AlreadyClaimed, ThreadNotFound
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.watched_units import Killed
from tests.unit.bot.stage import LI, TOPIC, WANG, Stage, message, reply


class Play:
    """Acts are called by name; whatever the rules forbid is expected to be refused."""

    def __init__(self) -> None:
        self.storage = MemoryStorage()
        self.stage = Stage(self.storage)
        self.messages: list[Message] = []
        self.sending: OutboxRow | None = None
        self.fenced_sent = 0

    def act(self, name: str, meanwhile: str = "") -> None:
        if meanwhile:
            self.stage.consultant.meanwhile = lambda: self._interrupt(meanwhile)
        getattr(self, name)()
        self.stage.consultant.meanwhile = lambda: None

    def _interrupt(self, name: str) -> None:
        self.stage.consultant.meanwhile = lambda: None
        getattr(self, name)()

    def chat(self) -> None:
        self._say("thanks")

    def need_person(self) -> None:
        self._say("person")

    def repeat(self) -> None:
        if self.messages:
            self.stage.desk.receive(self.messages[-1])

    def edit(self) -> None:
        if self.messages:
            last = self.messages[-1]
            self.stage.desk.edited(message(f"illegal {last.text}", last.reference))

    def die_early(self) -> None:
        self._die(before=1, after=0)

    def die_late(self) -> None:
        self._die(before=0, after=1)

    def die_at_the_end(self) -> None:
        self._die(before=2, after=0)

    def li_claims(self) -> None:
        self._staff(lambda ticket: self.stage.desk.claim(ticket, LI))

    def wang_claims(self) -> None:
        self._staff(lambda ticket: self.stage.desk.claim(ticket, WANG))

    def li_replies(self) -> None:
        self._reply(LI)

    def wang_replies(self) -> None:
        self._reply(WANG)

    def give_back(self) -> None:
        self._staff(lambda ticket: self.stage.desk.return_to_bot(ticket, LI))

    def close(self) -> None:
        self._staff(lambda ticket: self.stage.desk.close(ticket, WANG))

    def begin(self) -> None:
        """Begin to send one message: this is where the fence must hold."""
        if self.sending is not None:
            return
        self.sending = row = self.stage.next_row()
        if row is not None and row.epoch is not None:
            conversation = self.stage.conversation()
            assert conversation.epoch == row.epoch, "a message of an old epoch goes out"
            assert conversation.owner is Owner.BOT, "the bot speaks while a person has the thread"
            self.fenced_sent += 1

    def arrive(self) -> None:
        if self.sending is not None:
            with self.stage.units() as unit:
                unit.outbox.settle(self.sending.id, Delivery.SENT, result={})
                unit.commit()
            self.sending = None

    def finish(self) -> None:
        """All is sent; then the books must balance."""
        for question in self.messages:
            self.stage.desk.receive(question)
        self.arrive()
        while True:
            self.begin()
            if self.sending is None:
                break
            self.arrive()
        self._audit()

    def _audit(self) -> None:
        state = self.storage.state
        texts = [str(row.payload["text"]) for row in state.outbox.values()]
        told = [entry.text for t in state.tickets.values() for entry in t.entries[1:]]
        settled = {turn.reference: turn.settled for turn in state.turns.values()}
        for question in self.messages:
            answers = sum(text == f"{question.reference}: {_answer(question)}" for text in texts)
            relayed = settled[question.reference] == "relayed"
            assert answers == (0 if relayed else 1), f"{answers} answers to {question.reference}"
            assert not relayed or question.spoken in told
        for ticket in state.tickets.values():
            assert ticket.state is fold(ticket.entries)
        for conversation in state.conversations.values():
            mine = [t for t in state.tickets.values() if t.conversation == conversation.id]
            claimed = [t for t in mine if t.state is TicketState.CLAIMED]
            assert len([t for t in mine if t.state.open]) <= 1
            assert (conversation.owner is Owner.PERSON) == bool(claimed)

    def _say(self, text: str) -> None:
        number = len(self.messages) + 1
        self.messages.append(message(f"{text} {number}", str(number)))
        self.stage.desk.receive(self.messages[-1])

    def _die(self, *, before: int, after: int) -> None:
        number = len(self.messages) + 1
        self.messages.append(message(f"thanks {number}", str(number)))
        self.stage.units.die_before, self.stage.units.die_after = before, after
        with suppress(Killed):
            self.stage.desk.receive(self.messages[-1])
        self.stage.restart()
        # The door goes on where it stopped: the row of the inbox is still there.
        self.stage.desk.receive(self.messages[-1])

    def _staff(self, act: Callable[[int], object]) -> None:
        tickets = self.stage.desk.tickets(open_only=False)
        if not tickets:
            return
        newest = max(tickets, key=lambda ticket: ticket.id)
        held = newest.claimed_by
        try:
            act(newest.id)
        except ThreadNotFound:
            assert not newest.state.open
        except AlreadyClaimed:
            assert held

    def _reply(self, staff: Staff) -> None:
        number = sum(e.kind is EntryKind.REPLY for t in self._tickets() for e in t.entries)

        def write(ticket: int) -> None:
            with self.stage.units() as unit:
                unit.tickets.set_topic(ticket, TOPIC)
                unit.commit()
            self.stage.desk.staff_wrote(TOPIC, reply(f"reply {number}", f"r{number}", staff))

        self._staff(write)

    def _tickets(self) -> list[Ticket]:
        return list(self.storage.state.tickets.values())


def _answer(question: Message) -> str:
    return "handed_off/not-covered" if question.text.startswith("person") else "smalltalk/thanks"
