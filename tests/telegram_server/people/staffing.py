"""What staff do with the topics of their group."""

from tests.telegram_server.people.acting import (
    Actor,
    ImpossibleActionError,
    anonymous_admin,
    synchronised,
)
from tests.telegram_server.state import ABSENT, User
from tests.telegram_server.topic_actions import (
    TopicPlan,
    delete_topic,
    open_topic,
    rename_topic,
    toggle_topic,
)


class Staffing(Actor):
    """Actions of staff; an anonymous administrator acts as the group."""

    def _staff(self, chat_id: int, user_id: int) -> User:
        member = self.chat_of(chat_id).members.get(user_id)
        if member is None or member.status in ABSENT:
            text = f"user {user_id} is not a member of chat {chat_id}"
            raise ImpossibleActionError(text)
        return anonymous_admin() if member.is_anonymous else member.user

    @synchronised
    def create_topic(self, user_id: int, chat_id: int, name: str) -> int:
        """Open a topic and return its thread id."""
        actor = self._staff(chat_id, user_id)
        chat = self.chat_of(chat_id)
        return open_topic(self.server, self.bot, chat, actor, TopicPlan(name)).thread_id

    @synchronised
    def rename_topic(self, user_id: int, chat_id: int, thread_id: int, name: str) -> None:
        """Rename a topic."""
        actor = self._staff(chat_id, user_id)
        topic = self.topic_of(chat_id, thread_id)
        rename_topic(self.server, self.chat_of(chat_id), topic, actor, {"name": name})

    @synchronised
    def close_topic(self, user_id: int, chat_id: int, thread_id: int) -> None:
        """Close a topic."""
        actor = self._staff(chat_id, user_id)
        topic = self.topic_of(chat_id, thread_id)
        toggle_topic(self.server, self.chat_of(chat_id), topic, actor, closed=True)

    @synchronised
    def reopen_topic(self, user_id: int, chat_id: int, thread_id: int) -> None:
        """Open a closed topic again."""
        actor = self._staff(chat_id, user_id)
        topic = self.topic_of(chat_id, thread_id)
        toggle_topic(self.server, self.chat_of(chat_id), topic, actor, closed=False)

    @synchronised
    def delete_topic(self, user_id: int, chat_id: int, thread_id: int) -> None:
        """Delete a topic with its messages; no bot is told."""
        self._staff(chat_id, user_id)
        delete_topic(self.chat_of(chat_id), self.topic_of(chat_id, thread_id))
