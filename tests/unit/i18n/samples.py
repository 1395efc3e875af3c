"""One of everything that the desk may decide, and a ticket to word."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.desk.conversation import Address, Conversation, Customer, Owner
from bot.desk.outcomes import (
    Answered,
    Clarifying,
    Declined,
    DeclineReason,
    HandedOff,
    HandOffReason,
    Outcome,
    SmallTalk,
    SmallTalkKind,
)
from bot.desk.ticket import Entry, EntryAudience, EntryKind, Ticket
from knowledge.answer import Citation, Found
from knowledge.dates import PartialDate
from knowledge.passage import Audience, Passage, PassageKind, Provenance

TODAY = date(2026, 11, 22)
QUOTE = "用人单位应当为外国人申请工作许可"

_KINDS_BY_STATE = {
    "waiting": (),
    "claimed": (EntryKind.CLAIMED,),
    "returned": (EntryKind.CLAIMED, EntryKind.RETURNED),
    "closed": (EntryKind.CLAIMED, EntryKind.CLOSED),
}


PROVENANCE = Provenance(
    title="外国人在中国就业管理规定",
    issuer="劳动部",
    number="劳部发〔1996〕29号",
    url="https://example.org/29",
    issued=PartialDate(1996, 1, 22),
    effective_from=PartialDate(1996, 5),
    effective_to=PartialDate(2030),
    checked=PartialDate(2026, 11, 1),
)


def make_citation(provenance: Provenance = PROVENANCE) -> Citation:
    passage = Passage(
        id="p1",
        document="d1",
        ordinal=0,
        kind=PassageKind.TEXT,
        language="zh-Hans",
        locator="第五条",
        text=f"{QUOTE}。",
        provenance=provenance,
    )
    return Citation(number=1, quote=QUOTE, passage=passage)


def make_answer(
    *,
    text: str = "1 [1]",
    in_asked_language: bool = True,
    provenance: Provenance = PROVENANCE,
    language: str = "zh-Hans",
    translated: bool = False,
) -> Answered:
    found = Found(
        text=text,
        language=language,
        citations=(make_citation(provenance),),
        confidence=0.9,
        in_asked_language=in_asked_language,
        translated=translated,
    )
    return Answered(language="en", found=found)


def make_outcomes() -> list[Outcome]:
    """Return every kind of outcome with every reason."""
    plain = make_answer()
    return [
        plain,
        make_answer(in_asked_language=False),
        make_answer(language="en", translated=True),
        make_answer(language="en", in_asked_language=False, translated=True),
        replace(plain, found=replace(plain.found, begins=PartialDate(2027, 3, 1))),
        replace(plain, found=replace(plain.found, by_place=True)),
        Clarifying(language="en", choices=("1", "2")),
        Clarifying(language="en", choices=()),
        *(HandedOff(language="en", reason=reason) for reason in HandOffReason),
        HandedOff(language="en", reason=HandOffReason.UNSURE, again=True),
        HandedOff(language="en", reason=HandOffReason.ASKED_FOR_PERSON, again=True),
        *(Declined(language="en", reason=reason) for reason in DeclineReason),
        *(SmallTalk(language="en", reason=kind) for kind in SmallTalkKind),
    ]


def make_conversation(
    *, name: str = "Ольга", language: str = "", spoken: str = "ru"
) -> Conversation:
    customer = Customer(
        id=1,
        door="telegram",
        identity="7",
        name=name,
        audience=Audience.ACTOR,
        language=language,
        client_language="en",
        reachable=True,
    )
    address = Address(door="telegram", chat="7")
    return Conversation(
        id=1, customer=customer, address=address, owner=Owner.BOT, epoch=0, language=spoken
    )


def make_ticket(
    *,
    state: str = "waiting",
    reason: str = "not-covered",
    urgent: bool = False,
    note: str = "",
    author: str = "bot",
) -> Ticket:
    entries = [
        _entry(EntryKind.QUESTION, "7", "Вопрос?"),
        _entry(EntryKind.ANSWER, "bot", "Ответ."),
        _entry(EntryKind.OPENED, "bot", ""),
        *(_entry(kind, "李雷", "") for kind in _KINDS_BY_STATE[state]),
        *([_entry(EntryKind.NOTE, author, note)] if note else []),
    ]
    return Ticket(
        id=12, conversation=1, reason=reason, urgent=urgent, topic="", entries=tuple(entries)
    )


def _entry(kind: EntryKind, author: str, text: str) -> Entry:
    return Entry(
        kind=kind,
        author=author,
        text=text,
        audience=EntryAudience.THREAD,
        at=datetime(2026, 11, 22, tzinfo=UTC),
    )
