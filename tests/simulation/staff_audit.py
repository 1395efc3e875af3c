"""What must have become of what staff wrote."""

from collections.abc import Mapping, Sequence

from bot.desk.mail import Delivery, OutboxRow
from handlers.chat.api import as_object
from tests.simulation.customers import Said
from tests.simulation.people import Cast
from tests.simulation.verdict import Seen, Verdict, goes_to, thread_of

_HELD, _LET_OUT, _KEPT, _NOTES_ONLY = "⏸", "📨", "✍", "Notes only"
_SIGNS = frozenset("⏸⚠✍")


def judge_staff(
    said: Said, seen: Seen, cast: Cast, verdict: Verdict, rows: Sequence[OutboxRow]
) -> None:
    """A reply is seen once, or staff see that it was not passed on; what is held, by nobody."""
    ids = {number for word in said.words for number in seen.ever.get(word, ())}
    notices = _notices_of(said, cast)
    held = any(_HELD in each for each in notices)
    if ids and (said.is_note or _is_kept(said, cast) or (held and not said.released)):
        verdict.leaked.append(f"{said.words} of {said.author}")
    if len(ids) > 1:
        verdict.doubled.append(f"{said.words} of {said.author} reached the customer twice")
    # What staff were told may have an unknown fate itself, which is counted as such.
    unknown = any(r.state is Delivery.UNKNOWN and thread_of(r) == said.thread for r in rows)
    if ids or unknown or said.is_note:
        return
    told = _was_told(said, cast) or _made_way(said, cast, rows) or _went_with(said, cast, rows)
    if not told:
        verdict.lost.append(f"{said.words} of {said.author}")
    elif (
        any(_LET_OUT in each for each in notices)
        and not _is_explained(said, cast)
        and not _was_taken_back(said, cast, rows)
    ):
        verdict.lost.append(f"{said.words} of {said.author}, which was let out")


def _notices_of(said: Said, cast: Cast) -> list[str]:
    """Every version of what the bot has written in reply to a message of staff."""
    group = cast.telegram.group
    return [
        version
        for message in cast.written().values()
        if message.reply_to == said.head and message.sender.is_bot
        for version in cast.telegram.shown.get((group, message.id), ())
    ]


def _is_kept(said: Said, cast: Cast) -> bool:
    """Whether staff see it marked as a note."""
    return _KEPT in cast.written()[said.head].reactions.values()


def _is_explained(said: Said, cast: Cast) -> bool:
    """Whether staff see that it was taken back, or that it came to nothing."""
    messages = cast.written()
    if messages[said.head].reactions:
        return True
    places = cast.topics_beside(said.thread) if said.message in cast.gone else ()
    later = [m for m in messages.values() if m.id > said.message and m.sender.is_bot]
    return any(m.thread_id in (said.thread, *places) and "⚠" in m.content.text for m in later)


def _was_taken_back(said: Said, cast: Cast, rows: Sequence[OutboxRow]) -> bool:
    """Whether staff took it back before it went, and deleted the topic in which that stood."""
    withdrawn = [r for r in rows if r.result.get("reason") == "withdrawn"]
    copied = (as_object(r.payload["parameters"]) for r in withdrawn)
    return said.message in cast.gone and (
        any(word in str(row.payload.get("plain")) for row in withdrawn for word in said.words)
        or any(said.head in (one.get("message_id"), *_numbers(one)) for one in copied)
    )


def _numbers(parameters: Mapping[str, object]) -> Sequence[object]:
    found = parameters.get("message_ids")
    return found if isinstance(found, list) else ()


def _was_told(said: Said, cast: Cast) -> bool:
    """Whether staff can see in the topic that their message was not passed on."""
    messages = cast.written().values()
    if any(m.reactions for m in messages if m.id == said.head):
        return True
    if any(m.sender.is_bot and m.reply_to == said.head for m in messages):
        return True
    later = (m for m in messages if m.id > said.message and m.sender.is_bot)
    if said.message in cast.gone:
        # What is told in the next topic of the ticket can reply to nothing.
        places = cast.topics_beside(said.thread)
        return any(m.thread_id in places and _SIGNS & set(m.content.text) for m in later)
    return any(m.thread_id == said.thread and "⚠" in m.content.text for m in later)


def _made_way(said: Said, cast: Cast, rows: Sequence[OutboxRow]) -> bool:
    """Whether it was kept as a note, as the card says of all, and its sign found no room."""
    cards = (
        "\n".join(cast.telegram.shown.get((cast.telegram.group, m.id), ()))
        for m in cast.written().values()
        if m.thread_id == said.thread
    )
    signs = (as_object(r.payload["parameters"]) for r in rows if r.state is Delivery.DROPPED)
    return any(_NOTES_ONLY in card for card in cards) and any(
        "reaction" in sign and sign.get("message_id") == said.head for sign in signs
    )


def _went_with(said: Said, cast: Cast, rows: Sequence[OutboxRow]) -> bool:
    """Whether staff deleted the topic with their message, and what the bot said of it, too."""
    if said.message not in cast.gone:
        return False
    refused = [row for row in rows if row.state is Delivery.FAILED and goes_to(row) <= 0]
    ticket = cast.ticket_at(said.thread)
    return any(thread_of(r) == said.thread or r.payload.get("ticket") == ticket for r in refused)
