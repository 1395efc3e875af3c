"""What is remembered for passing messages on: digests, messages of staff, parts of albums."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import cast

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from bot.desk.mail import StaffMessage
from bot.desk.relay import AlbumPart, Place, StaffRecord, Standing
from bot.storage import models
from knowledge.errors import DeskError


class SqlRelayRecords:
    """``RelayRecords`` in SQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep_digest(self, place: Place, digest: str) -> None:
        """Keep what a message says now."""
        chat, message = place
        new = insert(models.RelayDigest).values(chat=chat, message=message, digest=digest)
        key = [models.RelayDigest.chat, models.RelayDigest.message]
        said = {"digest": digest}
        self._session.execute(new.on_conflict_do_update(index_elements=key, set_=said))

    def digest_of(self, place: Place) -> str:
        """What was kept last of a message; "" for nothing."""
        chat, message = place
        table = models.RelayDigest
        wanted = select(table.digest).where(table.chat == chat, table.message == message)
        return self._session.scalar(wanted) or ""

    def keep(self, record: StaffRecord) -> bool:
        """Keep a message of staff; False when it is there."""
        if self._find(record.topic, record.message.reference) is not None:
            return False
        message = record.message
        self._session.add(
            models.StaffMessage(
                topic=record.topic,
                reference=message.reference,
                ticket=record.ticket,
                author=message.author,
                standing=record.standing.value,
                message=_to_json(message),
                rows=list(record.rows),
                at=record.at,
            )
        )
        self._session.flush()
        return True

    def staff_message(self, topic: str, reference: str) -> StaffRecord | None:
        """A message of staff, if it is kept."""
        row = self._find(topic, reference)
        return None if row is None else _record(row)

    def last_sent(self, topic: str, author: str) -> StaffRecord | None:
        """What somebody sent last in a topic and has not taken back."""
        table = models.StaffMessage
        row = self._session.scalar(
            select(table)
            .where(table.topic == topic, table.author == author)
            .where(table.standing == Standing.SENT.value)
            .order_by(table.id.desc())
            .limit(1)
        )
        return None if row is None else _record(row)

    def update(self, record: StaffRecord) -> None:
        """Write a record that is there anew."""
        row = self._find(record.topic, record.message.reference)
        if row is None:
            raise DeskError(problem=f"there is no message {record.message.reference} of staff.")
        row.standing = record.standing.value
        row.message = _to_json(record.message)
        row.rows = list(record.rows)
        self._session.flush()

    def gather(self, part: AlbumPart) -> None:
        """Keep a part of an album, or its new version."""
        values = {**asdict(part), "waits": True}
        new = insert(models.AlbumPart).values(**values)
        place = [models.AlbumPart.chat, models.AlbumPart.message]
        self._session.execute(new.on_conflict_do_update(index_elements=place, set_=values))

    def gathered(self, queue: str = "") -> Sequence[AlbumPart]:
        """The parts that wait, in the order of their numbers."""
        wanted = select(models.AlbumPart).where(models.AlbumPart.waits)
        if queue:
            wanted = wanted.where(models.AlbumPart.queue == queue)
        rows = self._session.scalars(wanted.order_by(models.AlbumPart.number))
        return [_part(row) for row in rows]

    def is_gathered(self, chat: str, message: int) -> bool:
        """Whether a message is among the parts that wait."""
        row = self._session.get(models.AlbumPart, (chat, message))
        return row is not None and row.waits

    def hand_on(self, parts: Sequence[AlbumPart]) -> None:
        """These parts wait no more."""
        table = models.AlbumPart
        for part in parts:
            self._session.execute(
                update(table)
                .where(table.chat == part.chat, table.message == part.message)
                .values(waits=False, raw="")
            )

    def first_of(self, chat: str, album: str) -> int:
        """The message with which an album began that was handed on; 0 when none was."""
        table = models.AlbumPart
        first = self._session.scalar(
            select(func.min(table.message)).where(
                table.chat == chat, table.album == album, table.waits.is_(other=False)
            )
        )
        return first or 0

    def forget(self, before: datetime) -> None:
        """Let go of albums that were handed on before a moment."""
        table = models.AlbumPart
        gone = delete(table).where(table.waits.is_(other=False), table.at < before)
        self._session.execute(gone)

    def _find(self, topic: str, reference: str) -> models.StaffMessage | None:
        table = models.StaffMessage
        return self._session.scalar(
            select(table).where(table.topic == topic, table.reference == reference)
        )


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
