"""Which messages come from a staff group."""

from telegram import Message
from telegram.ext import filters

from handlers.chat.context import ChatSettings


class InStaffGroups(filters.MessageFilter):
    """Messages in a staff group; which groups that are may change while we run."""

    def __init__(self, settings: ChatSettings) -> None:
        super().__init__(name="staff groups")
        self._settings = settings

    def filter(self, message: Message) -> bool:
        """Whether it stands in one of them."""
        return self._settings.is_staff(message.chat_id)
