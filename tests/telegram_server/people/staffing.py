"""What happens in staff groups: members, rights and topics."""

from dataclasses import replace

from tests.telegram_server.people.acting import (
    Actor,
    ImpossibleActionError,
    anonymous_admin,
    synchronised,
)
from tests.telegram_server.state import ADMIN_RIGHTS, Member, User
from tests.telegram_server.topic_actions import (
    TopicPlan,
    delete_topic,
    open_topic,
    rename_topic,
    toggle_topic,
)
from tests.telegram_server.wire import describe_chat, describe_member, describe_user


class Staffing(Actor):
    """Actions of staff and of the owner of the group."""

    @synchronised
    def add_group(
        self, title: str = "Staff", *, is_forum: bool = True, chat_id: int | None = None
    ) -> int:
        """Create a supergroup with the bot as administrator; return its id."""
        return self.server.add_group(title, is_forum=is_forum, chat_id=chat_id).id

    @synchronised
    def add_member(
        self, chat_id: int, user_id: int, *, status: str = "administrator", anonymous: bool = False
    ) -> None:
        """Let somebody into a group, or change what they are there."""
        chat = self.chat_of(chat_id)
        user = self.server.find_user(user_id)
        old = chat.members.get(user_id, Member(user, "left"))
        rights = set(ADMIN_RIGHTS) if status == "administrator" else set()
        new = Member(user, status, rights, is_anonymous=anonymous)
        chat.members[user_id] = new
        self._tell_of_member("chat_member", chat_id, old, new)

    @synchronised
    def set_bot_status(self, chat_id: int, status: str, *, without: tuple[str, ...] = ()) -> None:
        """Make the bot administrator (perhaps without some rights), member, left or kicked."""
        chat = self.chat_of(chat_id)
        old = chat.members.get(self.bot.user.id, Member(self.bot.user, "left"))
        new = replace(old, status=status, rights=set(ADMIN_RIGHTS) - set(without))
        chat.members[self.bot.user.id] = new
        self._tell_of_member("my_chat_member", chat_id, old, new)

    def _tell_of_member(self, kind: str, chat_id: int, old: Member, new: Member) -> None:
        chat = self.chat_of(chat_id)
        owner = next((m.user for m in chat.members.values() if m.status == "creator"), None)
        body = {
            "chat": describe_chat(chat),
            "from": describe_user(owner or anonymous_admin()),
            "date": self.server.clock.seconds(),
            "old_chat_member": describe_member(old),
            "new_chat_member": describe_member(new),
        }
        self.tell_bot(kind, body, chat_id)

    @synchronised
    def set_group_options(
        self,
        chat_id: int,
        *,
        is_forum: bool | None = None,
        admins_write_in_closed_topics: bool | None = None,
    ) -> None:
        """Turn topics on or off, or let administrators write in closed topics."""
        chat = self.chat_of(chat_id)
        if is_forum is not None:
            chat.is_forum = is_forum
        if admins_write_in_closed_topics is not None:
            chat.admins_write_in_closed_topics = admins_write_in_closed_topics

    def _staff(self, chat_id: int, user_id: int) -> User:
        member = self.chat_of(chat_id).members.get(user_id)
        if member is None:
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
