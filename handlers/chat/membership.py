"""Who is among the staff: whoever is in the staff group now, not whoever an update names.

An update from the group proves nothing about the present: it may have waited while its author was
removed. What Telegram said of somebody is kept with the time, and asked again after a while; a
removal that Telegram tells us of counts at once.
"""

import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from telegram import ChatMember, Message, Update, User
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.desk.roster import Member
from bot.desk.ticket import Staff
from handlers.chat.api import as_number, as_object
from handlers.chat.context import Door, Line
from handlers.chat.errors import Fate, judge
from handlers.chat.letters import DOOR
from handlers.chat.reading import message_in
from handlers.chat.workers import CURRENT, in_thread

_LOG = logging.getLogger(__name__)
_Context = ContextTypes.DEFAULT_TYPE
Handler = Callable[[Update, _Context], Coroutine[object, object, None]]

TRUSTED_FOR: Final = timedelta(hours=1)
"""How long what Telegram said of somebody is believed."""
_NOTED_EVERY: Final = timedelta(minutes=5)

_INSIDE: Final = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER})
_ASK_LATER: Final = frozenset({Fate.NOT_SENT, Fate.UNKNOWN, Fate.FLOOD, Fate.TOKEN})


class Membership:
    """Knows the members of the staff group."""

    def __init__(self, door: Door, line: Line) -> None:
        """Work for one door."""
        self._door = door
        self._line = line

    async def admit(self, user: User, *, group: Staff | None = None) -> Staff | None:
        """Return who somebody is as a member of staff; None when they are none.

        Administrators who hide behind the name of a ``group`` act under it there also when they
        press a button. Raises ``TelegramError`` when that cannot be found out now.
        """
        member = await self._known(user)
        if not member.present:
            return None
        now = self._door.clock()
        if member.seen is None or now - member.seen > _NOTED_EVERY:
            await in_thread(self._door.desk.staffing.welcome, replace(member, seen=now))
        if member.anonymous and group is not None:
            return group
        return Staff(identity=member.identity, name=user.full_name)

    def guard(self, handler: Handler, refused: Handler) -> Handler:
        """Return a handler of messages that only the messages of staff reach.

        What another bot of the group writes is for neither.
        """

        async def guarded(update: Update, context: _Context) -> None:
            message = message_in(update)
            if message.sender_chat is None and message.from_user and message.from_user.is_bot:
                return
            admitted = await self._admits(message)
            await (handler if admitted else refused)(update, context)

        return guarded

    async def meet_administrators(self) -> None:
        """Get to know those whom Telegram lists, so that cases can be given to them at once."""
        for group in self._door.settings.staff_groups:
            await self._meet_administrators(group)

    async def _meet_administrators(self, group: int) -> None:
        try:
            shown = await self._line.api("getChatAdministrators", {"chat_id": group})
        except TelegramError as error:
            _LOG.info("the administrators of the staff group are not known: %s", error)
            return
        for one in shown if isinstance(shown, list) else ():
            described = dict(as_object(one))
            user = as_object(described.get("user"))
            if not user.get("is_bot"):
                member = self._read(as_number(user.get("id")), _name_of(user), described)
                await in_thread(self._door.desk.staffing.welcome, member)

    async def changed(self, update: Update, _: _Context) -> None:
        """Take in that somebody came or left."""
        change = update.chat_member
        if change is None or not self._door.settings.is_staff(change.chat.id):
            return
        shown = change.new_chat_member
        described: Mapping[str, object] = shown.to_dict()
        if shown.status not in _INSIDE and len(self._door.settings.staff_groups) > 1:
            # Who left one group may be in another.
            described = await self._ask(shown.user)
        member = self._read(shown.user.id, shown.user.full_name, described)
        staffing = self._door.desk.staffing
        if member.present:
            await in_thread(staffing.welcome, member)
        else:
            await in_thread(staffing.dismiss, member, also=CURRENT.get().finish)

    async def _admits(self, message: Message) -> bool:
        if message.sender_chat is not None:
            # Only administrators can write in the group's own name. Others may write as a channel.
            return message.sender_chat.id == message.chat_id
        user = message.from_user
        return user is not None and await self.admit(user) is not None

    async def _known(self, user: User) -> Member:
        """Return what is known of somebody, and ask Telegram where that is nothing or is old."""
        staffing, now = self._door.desk.staffing, self._door.clock()
        known = await self._door.transact(lambda unit: unit.roster.find(DOOR, str(user.id)))
        if known and known.checked and now - known.checked <= TRUSTED_FOR:
            return known
        member = self._read(user.id, user.full_name, await self._ask(user))
        if not member.present:
            await in_thread(staffing.dismiss, member)
            return member
        await in_thread(staffing.welcome, member)
        return replace(member, seen=known.seen if known else None)

    async def _ask(self, user: User) -> dict[str, object]:
        """What Telegram says of somebody in the first staff group that they are in."""
        for group in self._door.settings.staff_groups:
            shown = await self._ask_in(group, user)
            if self._read(user.id, user.full_name, shown).present:
                return shown
        return {}

    async def _ask_in(self, group: int, user: User) -> dict[str, object]:
        place = {"chat_id": group, "user_id": user.id}
        try:
            return dict(as_object(await self._line.api("getChatMember", place)))
        except TelegramError as error:
            if judge(error).fate in _ASK_LATER:
                raise
            return {}

    def _read(self, user: int, name: str, shown: Mapping[str, object]) -> Member:
        status = shown.get("status")
        restricted = status == ChatMember.RESTRICTED and bool(shown.get("is_member"))
        return Member(
            door=DOOR,
            identity=str(user),
            name=name,
            present=status in _INSIDE or restricted,
            anonymous=bool(shown.get("is_anonymous")),
            checked=self._door.clock(),
        )


def _name_of(user: Mapping[str, object]) -> str:
    names = (str(user.get(part) or "") for part in ("first_name", "last_name"))
    return " ".join(filter(None, names))
