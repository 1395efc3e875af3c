"""Asking about chats and their members."""

from tests.telegram_server import errors
from tests.telegram_server.methods.registry import Call, method
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import ABSENT, Member
from tests.telegram_server.wire import describe_chat, describe_member, describe_message


@method("getChat")
def get_chat(call: Call) -> JsonObject:
    """Describe a chat in full."""
    chat = call.known_chat()
    body = describe_chat(chat)
    body |= {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.pinned:
        newest = chat.messages[chat.pinned[-1]]
        body["pinned_message"] = describe_message(newest, call.bot, with_reply=False)
    return body


@method("getChatMember")
def get_chat_member(call: Call) -> JsonObject:
    """Describe somebody's place in a chat."""
    chat = call.known_chat()
    user_id = int(call.get("user_id"))
    member = chat.members.get(user_id)
    if member is None:
        user = call.bot.user if user_id == call.bot.user.id else call.server.find_user(user_id)
        is_here = chat.is_private and user_id in {chat.id, call.bot.user.id}
        member = Member(user, "member" if is_here else "left")
    return describe_member(member)


@method("getChatAdministrators")
def get_chat_administrators(call: Call) -> list[JsonObject]:
    """List the administrators of a group, without other bots."""
    chat = call.known_chat()
    if chat.is_private:
        text = "there are no administrators in the private chat"
        raise errors.bad_request(text)
    return [
        describe_member(member)
        for member in chat.members.values()
        if member.status in {"creator", "administrator"}
        and (not member.user.is_bot or member.user.id == call.bot.user.id)
    ]


@method("getChatMemberCount")
def get_chat_member_count(call: Call) -> int:
    """Count the members of a chat."""
    chat = call.known_chat()
    if chat.is_private:
        return 2
    return sum(member.status not in ABSENT for member in chat.members.values())
