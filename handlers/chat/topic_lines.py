"""Lines for topics of the staff group that need not belong to a ticket."""

from bot.desk.desk import Also
from bot.desk.ports import UnitOfWork
from handlers import wording_staff_texts as staff_texts
from handlers.chat.context import Door
from handlers.chat.messages import to_thread
from handlers.chat.workers import CURRENT
from knowledge.errors import DeskError, ThreadNotFound


class TopicLines:
    """Tells staff, in the topic where they are, what became of what they did."""

    def __init__(self, door: Door) -> None:
        """Write in the staff's language."""
        self._door = door

    async def tell(self, chat: int, thread: int, error: DeskError, *, also: Also = None) -> None:
        """Say why something was not done."""
        match error:
            case ThreadNotFound():
                text = self.phrase(staff_texts.NOT_AN_OPEN_TICKET)
            case _:
                language = self._door.settings.staff_language
                text = self._door.wording.error(error, language=language)
        await self.warn(chat, thread, text, also=also)

    async def warn(self, chat: int, thread: int, text: str, *, also: Also = None) -> None:
        """Write a line and do ``also``; without it, settle the update that the line answers."""
        settle = also or CURRENT.get().finish

        def put(unit: UnitOfWork) -> None:
            unit.outbox.put(to_thread(chat, thread, f"⚠️ {text}"))
            settle(unit)

        await self._door.transact(put)

    def phrase(self, text: str, **fields: object) -> str:
        """Return a text in the staff's language."""
        language = self._door.settings.staff_language
        return self._door.wording.phrase(text, language=language, **fields)
