"""Who is in a group, and as what; and groups that become supergroups."""

from dataclasses import replace

from tests.telegram_server.people.acting import (
    Actor,
    ImpossibleActionError,
    anonymous_admin,
    synchronised,
)
from tests.telegram_server.posting import add_service_message
from tests.telegram_server.state import ABSENT, ADMIN_RIGHTS, Chat, Member, User
from tests.telegram_server.wire import describe_chat, describe_member, describe_user


class Membership(Actor):
    """What the owner of a group does with its members."""

    @synchronised
    def add_group(
        self,
        title: str = "Staff",
        *,
        is_forum: bool = True,
        chat_id: int | None = None,
        is_basic: bool = False,
    ) -> int:
        """Create a group with the bot as administrator; return its id.

        It is a supergroup, or a basic group, which has no topics and can be upgraded later.
        """
        kind = "group" if is_basic else "supergroup"
        chat = self.server.add_group(title, is_forum=is_forum, chat_id=chat_id, kind=kind)
        return chat.id

    @synchronised
    def add_member(
        self, chat_id: int, user_id: int, *, status: str = "administrator", anonymous: bool = False
    ) -> None:
        """Let somebody into a group, or change what they are there, without a service message."""
        rights = set(ADMIN_RIGHTS) if status == "administrator" else set()
        user = self.server.find_user(user_id)
        self._change(chat_id, Member(user, status, rights, is_anonymous=anonymous))

    @synchronised
    def join(self, chat_id: int, user_id: int, *, by: int | None = None) -> None:
        """Join a group, or be added to it by somebody; the group sees a service message."""
        user = self.server.find_user(user_id)
        self._change(chat_id, Member(user, "member"), by=by)
        self._add_notice(chat_id, by or user_id, {"new_chat_members": [describe_user(user)]})

    @synchronised
    def remove_member(
        self, chat_id: int, user_id: int, *, by: int | None = None, is_banned: bool = True
    ) -> None:
        """Be put out of a group by somebody, or leave it; the group sees a service message."""
        user = self.server.find_user(user_id)
        status = "kicked" if by is not None and is_banned else "left"
        self._change(chat_id, Member(user, status), by=by)
        self._add_notice(chat_id, by or user_id, {"left_chat_member": describe_user(user)})

    @synchronised
    def set_bot_status(self, chat_id: int, status: str, *, without: tuple[str, ...] = ()) -> None:
        """Make the bot administrator (perhaps without some rights), member, left or kicked."""
        chat = self.chat_of(chat_id)
        old = chat.members.get(self.bot.user.id, Member(self.bot.user, "left"))
        new = replace(old, status=status, rights=set(ADMIN_RIGHTS) - set(without))
        chat.members[self.bot.user.id] = new
        self._tell_of_member("my_chat_member", chat, old, new, None)

    def _change(self, chat_id: int, new: Member, *, by: int | None = None) -> None:
        chat = self.chat_of(chat_id)
        old = chat.members.get(new.user.id, Member(new.user, "left"))
        chat.members[new.user.id] = new
        bot = chat.members.get(self.bot.user.id)
        # Only administrators are told what happens to others.
        if bot is not None and bot.status == "administrator":
            self._tell_of_member("chat_member", chat, old, new, by)

    def _tell_of_member(
        self, kind: str, chat: Chat, old: Member, new: Member, by: int | None
    ) -> None:
        body = {
            "chat": describe_chat(chat),
            "from": describe_user(self._performer(chat, new, by)),
            "date": self.server.clock.seconds(),
            "old_chat_member": describe_member(old),
            "new_chat_member": describe_member(new),
        }
        self.tell_bot(kind, body, chat.id)

    def _performer(self, chat: Chat, changed: Member, by: int | None) -> User:
        if by is not None:
            return self.server.find_user(by)
        owner = next((m.user for m in chat.members.values() if m.status == "creator"), None)
        left_alone = changed.status in ABSENT and not changed.user.is_bot
        return changed.user if left_alone else owner or anonymous_admin()

    def _add_notice(self, chat_id: int, user_id: int, body: dict[str, object]) -> None:
        actor = self.server.find_user(user_id)
        add_service_message(self.server, self.bot, self.chat_of(chat_id), actor, body)

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

    @synchronised
    def upgrade_group(self, user_id: int, chat_id: int, *, is_forum: bool = True) -> int:
        """Make a supergroup of a basic group, as its owner does by turning on topics.

        Returns the new id; two service messages tell of it, one in each chat.
        """
        old = self.chat_of(chat_id)
        if old.type != "group" or old.migrated_to is not None:
            text = f"chat {chat_id} is no basic group"
            raise ImpossibleActionError(text)
        new = self.server.add_group(str(old.title), is_forum=is_forum)
        new.members = dict(old.members)
        self._add_notice(old.id, user_id, {"migrate_to_chat_id": new.id})
        old.migrated_to = new.id
        self._add_notice(new.id, user_id, {"migrate_from_chat_id": old.id})
        return new.id
