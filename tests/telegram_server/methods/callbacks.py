"""Answering presses on inline buttons."""

from tests.telegram_server import errors
from tests.telegram_server.methods.registry import Call, method

QUERY_LIFETIME = 150
_ANSWER_LIMIT = 200


@method("answerCallbackQuery")
def answer_callback_query(call: Call) -> bool:
    """Answer a press while the person still waits for it."""
    query = call.server.registers.queries.get(str(call.get("callback_query_id")))
    now = call.server.clock.now()
    if query is None or query.bot_id != call.bot.user.id or now - query.date >= QUERY_LIFETIME:
        raise errors.bad_request(errors.QUERY_TOO_OLD)
    if len(str(call.get("text") or "")) > _ANSWER_LIMIT:
        raise errors.bad_request(errors.ANSWER_TOO_LONG)
    query.answer = {
        "text": call.get("text"),
        "show_alert": bool(call.get("show_alert")),
        "url": call.get("url"),
    }
    return True
