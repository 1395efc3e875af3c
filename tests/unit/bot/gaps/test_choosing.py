from datetime import timedelta

import pytest

from bot.desk.gap_errors import NothingToDraft
from bot.desk.gaps.choosing import choose_reply
from bot.desk.ticket import Entry, EntryAudience, EntryKind, Ticket
from tests.fakes.clock import START

ANNA, LI, MO = "anna", "7", "8"


def ticket(*lines: tuple[EntryKind, str, str]) -> Ticket:
    entries = tuple(
        Entry(
            kind=kind,
            author=author,
            text=text,
            audience=EntryAudience.THREAD,
            at=START + timedelta(minutes=number),
        )
        for number, (kind, author, text) in enumerate(lines)
    )
    return Ticket(id=1, conversation=1, reason="r", urgent=False, topic="", entries=entries)


def test_what_was_taken_back_is_no_answer() -> None:
    taken = ticket(
        (EntryKind.REPLY, LI, "You need no visa at all."),
        (EntryKind.WITHDRAWN, LI, "You need no visa at all."),
        (EntryKind.REPLY, LI, "A Z visa."),
    )
    assert choose_reply(taken, ANNA, "").text == "A Z visa."
    with pytest.raises(NothingToDraft):
        choose_reply(taken, ANNA, "You need no visa at all.")


def test_what_was_corrected_counts_as_it_is_now() -> None:
    corrected = ticket(
        (EntryKind.REPLY, LI, "Hello"),
        (EntryKind.REPLY, LI, "You need a K visa and a work permit for that."),
        (EntryKind.REPLY, MO, "He means Z."),
        (EntryKind.EDITED, LI, "You need a Z visa and a permit."),
        (EntryKind.EDITED, ANNA, "My question was a very different one, to tell the truth."),
    )
    assert choose_reply(corrected, ANNA, "").text == "You need a Z visa and a permit."
