"""What is remembered for passing messages on: digests, messages of staff, parts of albums."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, delete, func, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as insert_or_update

from bot.desk.mail import StaffMessage
from bot.desk.relay import AlbumPart, Place, StaffRecord, Standing
from bot.storage import models
from bot.storage.statements import Statement, table_of
from bot.storage.transaction import Transaction
from knowledge.errors import DeskError

_DIGESTS, _STAFF, _PARTS = map(
    table_of, (models.RelayDigest, models.StaffMessage, models.AlbumPart)
)
_SAID = insert_or_update(_DIGESTS)
_KEEP_DIGEST: Statement[models.RelayDigest] = Statement(
    _SAID.on_conflict_do_update(
        index_elements=["chat", "message"], set_={"digest": _SAID.excluded.digest}
    ),
    *("chat", "message", "digest"),
)
_DIGEST: Statement[models.RelayDigest] = Statement(
    select(_DIGESTS.c.digest).where(
        _DIGESTS.c.chat == bindparam("chat"), _DIGESTS.c.message == bindparam("message")
    )
)

_FIND: Statement[models.StaffMessage] = Statement(
    select(_STAFF).where(
        _STAFF.c.topic == bindparam("topic"), _STAFF.c.reference == bindparam("reference")
    )
)
_LAST_SENT: Statement[models.StaffMessage] = Statement(
    select(_STAFF)
    .where(_STAFF.c.topic == bindparam("topic"), _STAFF.c.author == bindparam("author"))
    .where(_STAFF.c.standing == Standing.SENT.value)
    .order_by(_STAFF.c.id.desc())
    .limit(1)
)
_KEEP: Statement[models.StaffMessage] = Statement(
    insert(_STAFF),
    *("topic", "reference", "ticket", "author", "standing", "message", "rows", "at"),
)
_UPDATE: Statement[models.StaffMessage] = Statement(
    update(_STAFF).where(_STAFF.c.id == bindparam("wanted")), "standing", "message", "rows"
)

_PLACE = (_PARTS.c.chat == bindparam("of_chat"), _PARTS.c.message == bindparam("numbered"))
# Written out: SQLite uses the partial index only where it sees the words that define it.
_IS_WAITING = text("album_parts.waits")
_WAITING = select(_PARTS).where(_IS_WAITING).order_by(_PARTS.c.number)
_PART = insert_or_update(_PARTS)
_PART_KEYS = ("chat", "message", "album", "queue", "number", "raw", "at", "waits")
_GATHER: Statement[models.AlbumPart] = Statement(
    _PART.on_conflict_do_update(
        index_elements=["chat", "message"],
        set_={key: _PART.excluded[key] for key in _PART_KEYS},
    ),
    *_PART_KEYS,
)
_GATHERED: Statement[models.AlbumPart] = Statement(_WAITING)
_GATHERED_IN: Statement[models.AlbumPart] = Statement(
    _WAITING.where(_PARTS.c.queue == bindparam("of_queue"))
)
_IS_GATHERED: Statement[models.AlbumPart] = Statement(select(_PARTS.c.waits).where(*_PLACE))
_HAND_ON: Statement[models.AlbumPart] = Statement(update(_PARTS).where(*_PLACE), "waits", "raw")
_FIRST_OF: Statement[tuple[int | None]] = Statement(
    select(func.min(_PARTS.c.message)).where(
        _PARTS.c.chat == bindparam("of_chat"),
        _PARTS.c.album == bindparam("of_album"),
        ~_PARTS.c.waits,
    )
)
_FORGET: Statement[models.AlbumPart] = Statement(
    delete(_PARTS).where(~_PARTS.c.waits, _PARTS.c.at < bindparam("before"))
)


class SqlRelayRecords:
    """``RelayRecords`` in SQL."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def keep_digest(self, place: Place, digest: str) -> None:
        """Keep what a message says now."""
        chat, message = place
        self._transaction.change(_KEEP_DIGEST, chat=chat, message=message, digest=digest)

    def digest_of(self, place: Place) -> str:
        """What was kept last of a message; "" for nothing."""
        chat, message = place
        found = self._transaction.first(_DIGEST, chat=chat, message=message)
        return "" if found is None else found.digest

    def keep(self, record: StaffRecord) -> bool:
        """Keep a message of staff; False when it is there."""
        message = record.message
        if self._find(record.topic, message.reference) is not None:
            return False
        self._transaction.insert(
            _KEEP,
            topic=record.topic,
            reference=message.reference,
            ticket=record.ticket,
            author=message.author,
            standing=record.standing.value,
            message=_to_json(message),
            rows=list(record.rows),
            at=record.at,
        )
        return True

    def staff_message(self, topic: str, reference: str) -> StaffRecord | None:
        """A message of staff, if it is kept."""
        row = self._find(topic, reference)
        return None if row is None else _record(row)

    def last_sent(self, topic: str, author: str) -> StaffRecord | None:
        """What somebody sent last in a topic and has not taken back."""
        row = self._transaction.first(_LAST_SENT, topic=topic, author=author)
        return None if row is None else _record(row)

    def update(self, record: StaffRecord) -> None:
        """Write a record that is there anew."""
        row = self._find(record.topic, record.message.reference)
        if row is None:
            raise DeskError(problem=f"there is no message {record.message.reference} of staff.")
        now = {"standing": record.standing.value, "rows": list(record.rows)}
        self._transaction.change(_UPDATE, wanted=row.id, message=_to_json(record.message), **now)

    def gather(self, part: AlbumPart) -> None:
        """Keep a part of an album, or its new version."""
        self._transaction.change(_GATHER, **asdict(part), waits=True)

    def gathered(self, queue: str = "") -> Sequence[AlbumPart]:
        """The parts that wait, in the order of their numbers."""
        wanted = {"of_queue": queue} if queue else {}
        rows = self._transaction.all(_GATHERED_IN if queue else _GATHERED, **wanted)
        return [_part(row) for row in rows]

    def is_gathered(self, chat: str, message: int) -> bool:
        """Whether a message is among the parts that wait."""
        row = self._transaction.first(_IS_GATHERED, of_chat=chat, numbered=message)
        return row is not None and row.waits

    def hand_on(self, parts: Sequence[AlbumPart]) -> None:
        """These parts wait no more."""
        for part in parts:
            place = {"of_chat": part.chat, "numbered": part.message}
            self._transaction.change(_HAND_ON, **place, waits=False, raw="")

    def first_of(self, chat: str, album: str) -> int:
        """The message with which an album began that was handed on; 0 when none was."""
        return self._transaction.all(_FIRST_OF, of_chat=chat, of_album=album)[0][0] or 0

    def forget(self, before: datetime) -> None:
        """Let go of albums that were handed on before a moment."""
        self._transaction.change(_FORGET, before=before)

    def _find(self, topic: str, reference: str) -> models.StaffMessage | None:
        return self._transaction.first(_FIND, topic=topic, reference=reference)


def _to_json(message: StaffMessage) -> dict[str, object]:
    return {**asdict(message), "source": dict(message.source), "parts": list(message.parts)}


def _record(row: models.StaffMessage) -> StaffRecord:
    kept = row.message
    return StaffRecord(
        topic=row.topic,
        ticket=row.ticket,
        message=StaffMessage(
            author=str(kept["author"]),
            name=str(kept["name"]),
            reference=row.reference,
            text=str(kept["text"]),
            source=cast("Mapping[str, object]", kept["source"]),
            explicit=bool(kept["explicit"]),
            edited=bool(kept["edited"]),
            parts=tuple(cast("list[str]", kept["parts"])),
            continues=str(kept["continues"]),
        ),
        standing=Standing(row.standing),
        at=row.at,
        rows=tuple(row.rows),
    )


def _part(row: models.AlbumPart) -> AlbumPart:
    return AlbumPart(
        queue=row.queue,
        chat=row.chat,
        album=row.album,
        message=row.message,
        number=row.number,
        raw=row.raw,
        at=row.at,
    )
