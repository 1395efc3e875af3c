"""Votes in polls, and what bots hear of them."""

from copy import deepcopy

from tests.telegram_server.server import TelegramServer
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import User
from tests.telegram_server.wire import describe_user


def vote(server: TelegramServer, poll: JsonObject, user_id: int, options: list[int]) -> None:
    """Count somebody's vote, instead of an earlier one."""
    votes = server.registers.votes.setdefault(str(poll["id"]), {})
    votes.pop(user_id, None)
    if options:
        votes[user_id] = options
    for index, option in enumerate(poll["options"]):
        option["voter_count"] = sum(index in chosen for chosen in votes.values())
    poll["total_voter_count"] = len(votes)


def tell_of_poll(server: TelegramServer, poll: JsonObject) -> None:
    """Tell the bot that sent a poll how it stands; others hear nothing."""
    bot_id = server.registers.poll_bots.get(str(poll["id"]))
    if bot_id is not None:
        queue = server.doors[bot_id].queue
        queue.put("poll", deepcopy(poll), ("poll", int(poll["id"])))


def tell_of_vote(server: TelegramServer, poll: JsonObject, user: User, options: list[int]) -> None:
    """Tell the bot that sent a poll who voted, unless votes are secret, and how it stands."""
    bot_id = server.registers.poll_bots.get(str(poll["id"]))
    if bot_id is None:
        return
    tell_of_poll(server, poll)
    if poll["is_anonymous"]:
        return
    chosen = [poll["options"][index]["persistent_id"] for index in options]
    body = {
        "poll_id": poll["id"],
        "user": describe_user(user),
        "option_ids": options,
        "option_persistent_ids": chosen,
    }
    server.doors[bot_id].queue.put("poll_answer", body, ("poll_answer", user.id))
