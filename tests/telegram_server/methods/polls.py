"""Sending polls and closing them."""

from tests.telegram_server import errors
from tests.telegram_server.kinds import make_poll
from tests.telegram_server.methods.composition import deliver, find_place, read_markup
from tests.telegram_server.methods.registry import Call, method
from tests.telegram_server.polls import tell_of_poll
from tests.telegram_server.shapes import JsonObject, utf16_length

_QUESTION_LIMIT = 300
_OPTION_LIMIT = 100
_MOST_OPTIONS = 12
_GIVEN = (
    "is_anonymous",
    "type",
    "allows_multiple_answers",
    "allows_revoting",
    "correct_option_ids",
    "explanation",
    "open_period",
    "close_date",
    "is_closed",
)


def _check_lengths(question: str, options: list[str]) -> None:
    problem = None
    if not question.strip():
        problem = "poll question must be non-empty"
    elif utf16_length(question) > _QUESTION_LIMIT:
        problem = f"poll question length must not exceed {_QUESTION_LIMIT}"
    elif not options:
        problem = "poll must have at least 1 answer option"
    elif len(options) > _MOST_OPTIONS:
        problem = f"poll can't have more than {_MOST_OPTIONS} options"
    elif not all(option.strip() for option in options):
        problem = "poll options must be non-empty"
    elif any(utf16_length(option) > _OPTION_LIMIT for option in options):
        problem = f"poll options length must not exceed {_OPTION_LIMIT}"
    if problem is not None:
        raise errors.bad_request(problem)


@method("sendPoll")
def send_poll(call: Call) -> JsonObject:
    """Send a poll."""
    place = find_place(call)
    question = str(call.get("question"))
    given: list[JsonObject | str] = call.get("options")
    options = [str(one["text"]) if isinstance(one, dict) else one for one in given]
    _check_lengths(question, options)
    more = {name: call.get(name) for name in _GIVEN if call.get(name) is not None}
    if more.get("type") == "quiz" and not more.get("correct_option_ids"):
        raise errors.bad_request(errors.QUIZ_WITHOUT_ANSWER)
    content = make_poll(call.server.next_poll_number(), question, options, **more)
    content.markup = read_markup(call)
    call.server.registers.poll_bots[content.extra["poll"]["id"]] = call.bot.user.id
    return deliver(call, place, content)


@method("stopPoll")
def stop_poll(call: Call) -> JsonObject:
    """Close a poll of the bot's own and tell how it ended."""
    message = call.message(call.open_chat(), errors.STOP_NOT_FOUND)
    poll: JsonObject | None = message.content.extra.get("poll")
    if poll is None:
        raise errors.bad_request(errors.NOT_A_POLL)
    if message.sender.id != call.bot.user.id:
        raise errors.bad_request(errors.CANNOT_STOP)
    if poll["is_closed"]:
        raise errors.bad_request(errors.ALREADY_STOPPED)
    poll["is_closed"] = True
    message.content.markup = read_markup(call)
    tell_of_poll(call.server, poll)
    return dict(poll)
