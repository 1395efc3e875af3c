"""What must be true after everybody has written at once, judged by what people see on Telegram.

Each message is answered once, in its order; the first answer to a customer is word for word what
the desk says to that question by itself; what needs a person stands before staff once, in its
order; and nothing else is on a customer's screen.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from benchmarks.rush_crowd import Known
from bot.desk.conversation import Address
from bot.desk.mail import Delivery, OutboxRow
from bot.desk.ports import UnitOfWork
from bot.storage.database import Database
from handlers.chat.letters import DOOR
from tests.simulation.audit import read_rows
from tests.simulation.verdict import goes_to
from tests.telegram_server.people import MessageView, People
from tests.telegram_server.server import RecordedCall

_FINISHED: Final = frozenset({Delivery.SENT, Delivery.DROPPED})
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of a customer's, and when it was sent, in seconds."""

    customer: int
    message: int
    known: Known
    at: float


@dataclass(frozen=True, slots=True)
class TimedCall:
    """A request that the local server got, and when."""

    call: RecordedCall
    at: float

    @property
    def chat(self) -> object:
        """The chat that it is about."""
        return self.call.parameters.get("chat_id")


@dataclass
class Verdict:
    """What became of the messages."""

    faults: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    cases: int = 0
    before_staff: int = 0
    word_for_word: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """What there is to look at: what was sent, the screens, the calls and the database."""

    sent: Sequence[Sent]
    people: People
    calls: Sequence[TimedCall]
    units: Database


def judge(scene: Scene) -> Verdict:
    """Judge the answers, what staff see, and what is left over."""
    verdict = Verdict()
    rows = read_rows(scene.units)
    verdict.faults += _left_over(scene, rows)
    for customer, sent in _by_customer(scene.sent).items():
        own = [row for row in rows if goes_to(row) == customer and row.method == "sendMessage"]
        moments = _moments(scene, customer)
        _judge_answers(sent, scene.people.read_chat(customer), own, moments, verdict)
        _judge_case(scene, sent, own, verdict)
    return verdict


def _by_customer(sent: Sequence[Sent]) -> Mapping[int, list[Sent]]:
    found: defaultdict[int, list[Sent]] = defaultdict(list)
    for one in sorted(sent, key=lambda each: each.message):
        found[one.customer].append(one)
    return found


def _left_over(scene: Scene, rows: Sequence[OutboxRow]) -> Iterator[str]:
    for row in rows:
        if row.state not in _FINISHED:
            yield f"outgoing message {row.id} ({row.method}) is {row.state}"
    with scene.units() as unit:
        if parked := unit.inbox.parked():
            yield f"{parked} updates were put aside"


def _moments(scene: Scene, customer: int) -> Sequence[float]:
    """When the server took each message to a customer; they stand on the screen in this order."""
    return [
        timed.at
        for timed in scene.calls
        if timed.chat == customer and timed.call.method == "sendMessage" and not timed.call.error
    ]


def _judge_answers(
    sent: Sequence[Sent],
    screen: Sequence[MessageView],
    rows: Sequence[OutboxRow],
    moments: Sequence[float],
    verdict: Verdict,
) -> None:
    shown = {view.message_id: view for view in screen if view.is_bot}
    taken = dict(zip(shown, moments, strict=False))
    answered: list[int] = []
    for first, one in enumerate(sent):
        own = [row for row in rows if row.payload.get("after") == one.message]
        numbers = [number for row in own if (number := _number(row)) in shown]
        texts = [shown[number].text for number in numbers]
        name = f"message {one.message} of {one.customer}"
        if not numbers or len(numbers) != len(own):
            verdict.faults.append(f"lost: {name} has {len(numbers)} of {len(own)} parts")
            continue
        if len(set(texts)) != len(texts):
            verdict.faults.append(f"doubled: the answer to {name}")
        if first == 0 and one.known.parts:
            same = _squeezed(texts) == _squeezed(one.known.parts)
            verdict.word_for_word += same
            verdict.faults += [f"another answer than alone: {name}"] * (not same)
        answered += numbers
        verdict.waits.append(taken[numbers[-1]] - one.at)
    if len(moments) != len(shown) or set(answered) != set(shown):
        verdict.faults.append(f"doubled: {len(shown)} messages to {sent[0].customer}")
    if any(before >= after for before, after in pairwise(answered)):
        verdict.faults.append(f"out of order: the answers to {sent[0].customer}")


def _judge_case(
    scene: Scene, sent: Sequence[Sent], rows: Sequence[OutboxRow], verdict: Verdict
) -> None:
    """From the one that brought a person on, each message stands in the case's topic."""
    with scene.units() as unit:
        topic = _topic(unit, sent[0].customer)
    if not topic:
        return
    verdict.cases += 1
    group, _, thread = topic.partition("/")
    texts = [view.text for view in scene.people.read_topic(int(group), int(thread)) if view.is_bot]
    places: list[int] = []
    for one in _since_person(sent, rows):
        found = [place for place, text in enumerate(texts) if _holds(text, one.known.asked.text)]
        verdict.before_staff += bool(found)
        if len(found) != 1:
            fault = "doubled" if found else "lost"
            verdict.faults.append(f"{fault}: message {one.message} before staff")
        places += found[:1]
    if places != sorted(places):
        verdict.faults.append(f"out of order: the topic {topic}")


def _topic(unit: UnitOfWork, customer: int) -> str:
    """The place of a customer's case; "" where there is no case."""
    conversation = unit.conversations.at(Address(door=DOOR, chat=str(customer)))
    ticket = conversation and unit.tickets.latest(conversation.id)
    return ticket.topic or "0/0" if ticket else ""


def _since_person(sent: Sequence[Sent], rows: Sequence[OutboxRow]) -> Sequence[Sent]:
    """The message that a person was brought for, and all after it."""
    promised = {row.payload.get("after") for row in rows if row.payload.get("answers") == ""}
    first = next((n for n, one in enumerate(sent) if one.message in promised), 0)
    return sent[first:]


def _holds(text: str, question: str) -> bool:
    """Whether it is a copy of a question, alone or as a line of several."""
    return text == question.strip() or f"💬 {question.strip()}" in text


def _number(row: OutboxRow) -> int:
    number = row.result.get("message_id", 0)
    return number if isinstance(number, int) else 0


def _squeezed(parts: Sequence[str]) -> str:
    return _SPACES.sub(" ", " ".join(parts)).strip()
