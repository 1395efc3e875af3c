from dataclasses import replace

import pytest

from bot.desk.conversation import Owner
from bot.desk.mail import Delivery
from bot.desk.relay import Standing
from bot.desk.ticket import EntryAudience, EntryKind
from knowledge.errors import DeskError, ThreadNotFound
from tests.unit.bot.stage import ADDRESS, LI, TOPIC, WANG, Stage, message, reply

CUSTOMER = ADDRESS.key


@pytest.fixture
def waiting(stage: Stage) -> Stage:
    """A ticket waits in its topic, and everything was sent."""
    stage.desk.receive(message("person", "q1"))
    stage.place_ticket()
    stage.sent()
    return stage


@pytest.fixture
def claimed(waiting: Stage) -> Stage:
    """Li has the ticket."""
    waiting.desk.claim(waiting.ticket().id, LI)
    waiting.sent()
    return waiting


def set_notes_only(stage: Stage) -> None:
    ticket = stage.ticket().id
    entry = replace(stage.ticket().entries[0], kind=EntryKind.NOTES_ONLY)
    with stage.units() as unit:
        unit.tickets.add(ticket, entry)
        unit.commit()


def test_what_its_holder_writes_goes_out(claimed: Stage) -> None:
    claimed.desk.staff_wrote(TOPIC, reply("Hello", explicit=False))
    assert claimed.sent(CUSTOMER) == ["Li: Hello"]


@pytest.mark.parametrize("explicit", [True, False])
def test_what_a_colleague_writes_is_held(claimed: Stage, *, explicit: bool) -> None:
    ticket = claimed.desk.staff_wrote(TOPIC, reply("Me too", staff=WANG, explicit=explicit))
    assert ticket.claimed_by == "li"
    held = ticket.entries[-1]
    assert (held.kind, held.audience) == (EntryKind.HELD, EntryAudience.STAFF)
    assert claimed.sent() == ["held: Me too"]


def test_in_a_ticket_that_nobody_has_only_a_reply_goes_out(waiting: Stage) -> None:
    waiting.desk.staff_wrote(TOPIC, reply("just talking", explicit=False))
    assert waiting.conversation().owner is Owner.BOT
    assert waiting.sent(CUSTOMER) == []
    waiting.desk.staff_wrote(TOPIC, reply("Hello", "2"))
    assert waiting.ticket().claimed_by == "li"
    assert waiting.sent(CUSTOMER) == ["now claimed", "Li: Hello"]


def test_what_was_held_is_sent_by_whoever_says_so(waiting: Stage) -> None:
    waiting.desk.staff_wrote(TOPIC, reply("Hello", explicit=False))
    waiting.sent()
    record = waiting.desk.send_held(TOPIC, "1", WANG)
    assert record.standing is Standing.SENT
    assert waiting.ticket().claimed_by == "wang"
    assert waiting.sent(CUSTOMER) == ["now claimed", "Li: Hello"]
    with pytest.raises(DeskError):
        waiting.desk.send_held(TOPIC, "1", LI)
    with pytest.raises(DeskError):
        waiting.desk.keep_held(TOPIC, "1", LI)
    assert waiting.sent(CUSTOMER) == []


def test_what_was_held_can_become_a_note(waiting: Stage) -> None:
    waiting.desk.staff_wrote(TOPIC, reply("between us", explicit=False))
    waiting.desk.keep_held(TOPIC, "1", LI)
    assert waiting.ticket().entries[-1].kind is EntryKind.NOTE
    with pytest.raises(DeskError):
        waiting.desk.send_held(TOPIC, "1", LI)
    waiting.desk.claim(waiting.ticket().id, LI)
    assert waiting.sent(CUSTOMER) == ["now claimed"]


def test_in_notes_mode_nothing_goes_out_by_itself(claimed: Stage) -> None:
    set_notes_only(claimed)
    ticket = claimed.desk.staff_wrote(TOPIC, reply("a plain one", explicit=False))
    assert ticket.entries[-1].kind is EntryKind.NOTE
    ticket = claimed.desk.staff_wrote(TOPIC, reply("a reply", "2"))
    assert ticket.entries[-1].kind is EntryKind.HELD
    assert claimed.sent(CUSTOMER) == []


def test_an_edit_reaches_the_customer(claimed: Stage) -> None:
    claimed.desk.staff_wrote(TOPIC, reply("Helo"))
    ticket = claimed.desk.staff_edited(TOPIC, reply("Hello"))
    assert (ticket.entries[-1].kind, ticket.entries[-1].text) == (EntryKind.EDITED, "Hello")
    assert claimed.sent(CUSTOMER) == ["Li: Helo", "edited: Li: Hello"]


@pytest.mark.parametrize("text", ["// between us", "／／between us"])
def test_nothing_becomes_a_note_by_an_edit_once_it_is_out(claimed: Stage, text: str) -> None:
    claimed.desk.staff_wrote(TOPIC, reply("Hello"))
    with pytest.raises(DeskError, match="undo"):
        claimed.desk.staff_edited(TOPIC, reply(text))
    assert claimed.sent(CUSTOMER) == ["Li: Hello"]


def test_an_edit_of_a_note_stays_among_staff(claimed: Stage) -> None:
    claimed.desk.staff_wrote(TOPIC, reply("// a note"))
    claimed.desk.staff_edited(TOPIC, reply("// another note"))
    claimed.desk.staff_edited(TOPIC, reply("the mark is gone"))
    assert claimed.sent(CUSTOMER) == []
    assert claimed.ticket().entries[-1].kind is EntryKind.HELD
    claimed.desk.send_held(TOPIC, "1", LI)
    assert claimed.sent(CUSTOMER) == ["Li: the mark is gone"]


def test_a_held_message_goes_out_as_it_was_edited(waiting: Stage) -> None:
    waiting.desk.staff_wrote(TOPIC, reply("Helo", explicit=False))
    waiting.desk.staff_edited(TOPIC, reply("Hello", explicit=False))
    waiting.desk.send_held(TOPIC, "1", LI)
    assert waiting.sent(CUSTOMER) == ["now claimed", "Li: Hello"]


def test_edits_that_reach_nobody_are_said_to(claimed: Stage) -> None:
    with pytest.raises(DeskError):
        claimed.desk.staff_edited(TOPIC, reply("never sent", "99"))
    claimed.desk.staff_wrote(TOPIC, reply("Hello"))
    set_notes_only(claimed)
    with pytest.raises(DeskError):
        claimed.desk.staff_edited(TOPIC, reply("Hello, and more"))
    claimed.desk.withdraw(TOPIC, LI)
    with pytest.raises(DeskError):
        claimed.desk.staff_edited(TOPIC, reply("Hello again"))
    claimed.desk.close(claimed.ticket().id, LI)
    with pytest.raises(ThreadNotFound):
        claimed.desk.staff_edited(TOPIC, reply("too late"))


def test_what_has_not_gone_out_is_taken_back_in_time(claimed: Stage) -> None:
    claimed.desk.staff_wrote(TOPIC, reply("a secret"))
    claimed.desk.withdraw(TOPIC, LI, "1")
    assert claimed.sent() == ["taken back: a secret"]
    last = claimed.ticket().entries[-1]
    assert (last.kind, last.audience) == (EntryKind.WITHDRAWN, EntryAudience.STAFF)


def test_what_is_out_is_deleted(claimed: Stage) -> None:
    claimed.desk.staff_wrote(TOPIC, reply("one", "1"))
    claimed.desk.staff_wrote(TOPIC, reply("two", "2"))
    claimed.sent()
    claimed.desk.withdraw(TOPIC, LI)
    assert claimed.sent() == ["(deleted)", "taken back: two"]
    claimed.desk.withdraw(TOPIC, LI)
    assert claimed.sent() == ["(deleted)", "taken back: one"]
    with pytest.raises(DeskError):
        claimed.desk.withdraw(TOPIC, LI)


def test_what_is_being_sent_is_deleted_after_it(claimed: Stage) -> None:
    claimed.desk.staff_wrote(TOPIC, reply("a secret"))
    row = claimed.next_row()
    assert row is not None
    claimed.desk.withdraw(TOPIC, LI)
    with claimed.units() as unit:
        unit.outbox.settle(row.id, Delivery.SENT, result={})
        unit.commit()
    assert claimed.sent(CUSTOMER) == ["(deleted)"]


def test_only_the_author_and_the_holder_take_back(claimed: Stage) -> None:
    claimed.desk.staff_wrote(TOPIC, reply("mine", "1"))
    with pytest.raises(DeskError):
        claimed.desk.withdraw(TOPIC, WANG, "1")
    claimed.desk.staff_wrote(TOPIC, reply("Wang's", "2", WANG))
    claimed.desk.send_held(TOPIC, "2", WANG)
    claimed.desk.withdraw(TOPIC, LI, "2")
    assert claimed.ticket().entries[-1].text == "Wang's"


def test_a_reply_is_taken_back_after_the_ticket_is_closed(claimed: Stage) -> None:
    claimed.desk.staff_wrote(TOPIC, reply("a secret"))
    claimed.sent()
    claimed.desk.close(claimed.ticket().id, LI)
    claimed.sent()
    claimed.desk.withdraw(TOPIC, LI, "1")
    assert claimed.sent(CUSTOMER) == ["(deleted)"]


@pytest.mark.parametrize("mark", ["// ", ""])
def test_a_late_part_of_an_album_has_the_fate_of_the_first(claimed: Stage, mark: str) -> None:
    first = replace(reply(f"{mark}two pictures", "5", explicit=False), parts=("5", "6"))
    claimed.desk.staff_wrote(TOPIC, first)
    late = replace(reply("[photo]", "9", explicit=False), continues="5")
    claimed.desk.staff_wrote(TOPIC, late)
    assert claimed.sent(CUSTOMER) == ([] if mark else ["Li: two pictures", "Li: [photo]"])
    with claimed.units() as unit:
        part = unit.relay.staff_message(TOPIC, "6")
    assert part is not None
    assert part.standing is (Standing.NOTE if mark else Standing.SENT)


def test_a_held_album_stays_whole_when_its_caption_is_changed(waiting: Stage) -> None:
    whole, one = {"contents": ["5", "6"]}, {"contents": ["5"]}
    album = replace(reply("Helo", "5", explicit=False), parts=("5", "6"), source=whole)
    waiting.desk.staff_wrote(TOPIC, album)
    edited = replace(reply("Hello", "5", explicit=False), source=one)
    waiting.desk.staff_edited(TOPIC, edited)
    record = waiting.desk.send_held(TOPIC, "5", LI)
    assert (record.message.text, record.message.source) == ("Hello", whole)


def test_a_late_part_of_a_held_album_is_held(claimed: Stage) -> None:
    album = replace(reply("mine", "5", WANG, explicit=False), parts=("5", "6"))
    claimed.desk.staff_wrote(TOPIC, album)
    claimed.desk.claim(claimed.ticket().id, LI)
    late = replace(reply("[photo]", "9", WANG, explicit=False), continues="5")
    claimed.desk.staff_wrote(TOPIC, late)
    assert claimed.sent(CUSTOMER) == []


def test_customers_albums_bring_one_answer(stage: Stage) -> None:
    album = replace(message("", "10", attachment="photo"), reference="10")
    assert stage.desk.receive(album) is not None
    stage.sent()
    late = replace(message("", "14", attachment="photo"), continues="10")
    assert stage.desk.receive(late) is None
    assert stage.sent() == ["customer: [photo]"]


def test_a_reply_without_a_place_of_its_own_is_kept_too(claimed: Stage) -> None:
    """What a draft became has no message among staff, and is taken back as the last one."""
    message_of_draft = replace(reply("from a draft", "8"), explicit=False)
    claimed.desk.drafts.replace(claimed.ticket().id, message_of_draft)
    assert claimed.sent(CUSTOMER) == ["Li: from a draft"]
    claimed.desk.withdraw(TOPIC, LI)
    assert claimed.sent(CUSTOMER) == ["(deleted)"]
