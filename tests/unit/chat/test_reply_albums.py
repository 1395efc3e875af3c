"""An album that replies to a message which asks for something: it is taken in as a whole."""

import pytest
from telegram import Update

from bot.desk.ports import UnitOfWork
from bot.desk.ticket import EntryKind, Staff
from handlers.chat.albums import ALBUM
from handlers.chat.cases import CaseRoom
from handlers.chat.endings import Endings
from handlers.chat.letters import Tie, closing_of, edit_of
from tests.unit.chat.doubles import GROUP
from tests.unit.chat.group import SAM, THREAD, Group, user

pytestmark = pytest.mark.asyncio

ANNA, REPLIED_TO = 7, 20
KIM = Staff(identity="12", name="Kim")


@pytest.fixture
def group() -> Group:
    """Anna's case waits in its topic."""
    group = Group()
    group.open_case(ANNA, "Anna")
    return group


def tie(group: Group, chat: int, to: Tie) -> None:
    """Let a message in a chat be the one that is replied to."""

    def keep(unit: UnitOfWork) -> None:
        unit.links.add((str(chat), str(REPLIED_TO)), to)

    group.door.transact_now(keep)


def part(number: int, chat: int, caption: str = "") -> dict[str, object]:
    """A picture of an album, by staff in the topic or by Anna in private."""
    kind = {"type": "supergroup", "title": "Staff"} if chat < 0 else {"type": "private"}
    topic = {"message_thread_id": THREAD, "is_topic_message": True} if chat < 0 else {}
    place = {"chat": {"id": chat, **kind}, "date": 1, **topic}
    size = {"file_id": f"f{number}", "file_unique_id": f"u{number}", "width": 1, "height": 1}
    return {
        **place,
        "message_id": number,
        "from": user(SAM if chat < 0 else chat),
        "media_group_id": "9",
        "photo": [size],
        "caption": caption,
        "reply_to_message": {**place, "message_id": REPLIED_TO, "text": "?"},
    }


def album(chat: int, *captions: str) -> Update:
    """An album as it is handed on when it is complete."""
    parts = [part(number, chat, caption) for number, caption in enumerate(captions, 21)]
    return Update.de_json({"update_id": 1, "message": parts[0], ALBUM: parts}, None)


class Others:
    """What takes in all else."""

    def __init__(self) -> None:
        self.taken = 0

    async def __call__(self, update: Update, context: object) -> None:
        del update, context
        self.taken += 1


async def test_to_the_end_of_a_case_it_opens_it_again(group: Group) -> None:
    group.door.desk.close(1, KIM)
    tie(group, ANNA, closing_of(1))
    others, handling = Others(), group.begin()
    replied = Endings(group.door).replies(others)
    single = Update.de_json({"update_id": 1, "message": part(21, ANNA)}, None)
    await replied(single, None)  # type: ignore[arg-type]
    assert others.taken == 1, "a part of it waits for the others"
    await replied(album(ANNA, "The form", "and its back"), None)  # type: ignore[arg-type]
    _, ticket = group.door.desk.thread(1)
    assert [(e.kind, e.text) for e in ticket.entries[-2:]] == [
        (EntryKind.REOPENED, "reopened"),
        (EntryKind.QUESTION, "[photo] The form\nand its back"),
    ]
    assert (others.taken, handling.finished) == (1, True)


async def test_to_a_draft_it_goes_out_as_one_reply(group: Group) -> None:
    tie(group, GROUP, edit_of(1))
    others, handling = Others(), group.begin()
    replied = CaseRoom(group.door).replies(others)
    single = Update.de_json({"update_id": 1, "message": part(21, GROUP)}, None)
    await replied(single, None)  # type: ignore[arg-type]
    assert others.taken == 1, "a part of it waits for the others"
    await replied(album(GROUP, "The form", "and its back"), None)  # type: ignore[arg-type]
    _, ticket = group.door.desk.thread(1)
    assert ticket.answered == "The form\nand its back"
    assert (others.taken, handling.finished) == (1, True)


async def test_with_a_note_in_it_it_is_no_draft(group: Group) -> None:
    tie(group, GROUP, edit_of(1))
    others = Others()
    group.begin()
    await CaseRoom(group.door).replies(others)(
        album(GROUP, "The form", "// for us"),
        None,  # type: ignore[arg-type]
    )
    assert others.taken == 1


async def test_what_a_reply_says_is_remembered(group: Group) -> None:
    """So that an update which changes nothing is not taken for a change."""
    group.door.desk.close(1, KIM)
    tie(group, ANNA, closing_of(1))
    group.begin()
    await Endings(group.door).replies(Others())(
        album(ANNA, "The form", ""),
        None,  # type: ignore[arg-type]
    )
    known = group.door.transact_now(lambda unit: unit.relay.digest_of((str(ANNA), "22")))
    assert known
