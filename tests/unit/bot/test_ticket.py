from hypothesis import given
from hypothesis import strategies as st

from bot.desk.ticket import Entry, EntryAudience, EntryKind, Ticket, TicketState, fold
from tests.fakes.clock import START

KINDS = st.lists(st.sampled_from(EntryKind))
LIFECYCLE = {EntryKind.OPENED, EntryKind.CLAIMED, EntryKind.RETURNED, EntryKind.CLOSED}


def timeline(kinds: list[EntryKind]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            kind=kind,
            author=f"author {number}",
            text="",
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
        EntryKind.CLAIMED: TicketState.CLAIMED,
        EntryKind.RETURNED: TicketState.RETURNED,
        EntryKind.CLOSED: TicketState.CLOSED,
    }[last]
    assert ticket(kinds).state is expected is fold(timeline(kinds))


@given(KINDS)
def test_whoever_claimed_it_last_has_it(kinds: list[EntryKind]) -> None:
    found = ticket(kinds)
    claims = [entry.author for entry in found.entries if entry.kind is EntryKind.CLAIMED]
    assert found.claimed_by == (claims[-1] if found.state is TicketState.CLAIMED else "")
    assert found.claimed_by_name == found.claimed_by


@given(KINDS, st.lists(st.sampled_from(sorted(set(EntryKind) - LIFECYCLE))))
def test_talk_does_not_change_the_state(kinds: list[EntryKind], talk: list[EntryKind]) -> None:
    assert ticket([*kinds, *talk]).state is ticket(kinds).state
