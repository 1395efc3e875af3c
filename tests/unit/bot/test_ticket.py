from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.ticket import Entry, EntryAudience, EntryKind, Ticket, TicketState, fold
from tests.fakes.clock import START

KINDS = st.lists(st.sampled_from(EntryKind))
LIFECYCLE = {
    EntryKind.OPENED,
    EntryKind.REOPENED,
    EntryKind.RELEASED,
    EntryKind.TRANSFERRED,
    EntryKind.CLAIMED,
    EntryKind.RETURNED,
    EntryKind.CLOSED,
}


def timeline(kinds: list[EntryKind]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            kind=kind,
            author=f"author {number}",
            text=f"name {number}",
            target=f"author {number}" if kind is EntryKind.TRANSFERRED else "",
            audience=EntryAudience.THREAD,
            at=START,
        )
        for number, kind in enumerate(kinds)
    )


def ticket(kinds: list[EntryKind]) -> Ticket:
    return Ticket(id=1, conversation=1, reason="r", urgent=False, topic="", entries=timeline(kinds))


@given(KINDS)
def test_the_state_is_what_the_last_lifecycle_entry_says(kinds: list[EntryKind]) -> None:
    last = next((kind for kind in reversed(kinds) if kind in LIFECYCLE), EntryKind.OPENED)
    expected = {
        EntryKind.OPENED: TicketState.WAITING,
        EntryKind.REOPENED: TicketState.WAITING,
        EntryKind.RELEASED: TicketState.WAITING,
        EntryKind.TRANSFERRED: TicketState.CLAIMED,
        EntryKind.CLAIMED: TicketState.CLAIMED,
        EntryKind.RETURNED: TicketState.RETURNED,
        EntryKind.CLOSED: TicketState.CLOSED,
    }[last]
    assert ticket(kinds).state is expected is fold(timeline(kinds))


@given(KINDS)
def test_whoever_claimed_it_last_has_it(kinds: list[EntryKind]) -> None:
    found = ticket(kinds)
    hands = {EntryKind.CLAIMED, EntryKind.TRANSFERRED}
    claims = [entry.author for entry in found.entries if entry.kind in hands]
    assert found.claimed_by == (claims[-1] if found.state is TicketState.CLAIMED else "")
    assert bool(found.claimed_by_name) == bool(found.claimed_by)


def line(kind: EntryKind, text: str = "", target: str = "", minutes: int = 0) -> Entry:
    at = START + timedelta(minutes=minutes)
    audience = EntryAudience.THREAD
    return Entry(kind=kind, author="li", text=text, audience=audience, at=at, target=target)


def after(*entries: Entry) -> Ticket:
    return replace(ticket([]), entries=entries)


def test_a_ticket_in_a_queue_waits_for_anybody() -> None:
    queued = line(EntryKind.TRANSFERRED, "Visas", "queue:visa")
    found = after(line(EntryKind.CLAIMED), queued)
    assert (found.state, found.claimed_by, found.queue) == (TicketState.WAITING, "", "visa")
    claimed = after(queued, line(EntryKind.CLAIMED))
    assert (claimed.state, claimed.claimed_by, claimed.queue) == (
        TicketState.CLAIMED,
        "li",
        "visa",
    )


@pytest.mark.parametrize(
    "kind",
    [EntryKind.WOKEN, EntryKind.QUESTION, EntryKind.CLAIMED, EntryKind.CLOSED, EntryKind.RELEASED],
)
def test_what_ends_a_snooze(kind: EntryKind) -> None:
    until = START + timedelta(hours=1)
    snoozed = line(EntryKind.SNOOZED, until.isoformat())
    assert after(snoozed, line(EntryKind.NOTE), line(EntryKind.REPLY)).snoozed_until == until
    assert after(snoozed, line(kind)).snoozed_until is None


def test_the_mode_is_what_was_chosen_last() -> None:
    notes, replies = line(EntryKind.NOTES_ONLY), line(EntryKind.REPLIES_OUT)
    assert not after().notes_only
    assert after(notes, line(EntryKind.REPLY)).notes_only
    assert not after(notes, replies).notes_only


def test_a_rating_is_of_the_end_it_came_after() -> None:
    closed, rated = line(EntryKind.CLOSED), line(EntryKind.RATED, "4")
    assert after(closed, line(EntryKind.RATED, "2"), rated).stars == 4
    assert after(closed, rated, line(EntryKind.REOPENED), closed).stars == 0


def test_a_word_is_awaited_until_it_comes() -> None:
    invited = line(EntryKind.INVITED, minutes=3)
    assert after(invited, line(EntryKind.RATED, "4")).invited_at == START + timedelta(minutes=3)
    assert after(invited, line(EntryKind.COMMENTED)).invited_at is None
    assert after(invited, line(EntryKind.REOPENED)).invited_at is None


@given(KINDS, st.lists(st.sampled_from(sorted(set(EntryKind) - LIFECYCLE))))
def test_talk_does_not_change_the_state(kinds: list[EntryKind], talk: list[EntryKind]) -> None:
    assert ticket([*kinds, *talk]).state is ticket(kinds).state
