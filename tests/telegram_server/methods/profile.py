"""The bot's own name, descriptions and menu button."""

from tests.telegram_server import errors
from tests.telegram_server.methods.commands import read_language
from tests.telegram_server.methods.registry import Call, Handler, method
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.wire import describe_bot

# The parameter and its limit, by the last word of the method's name.
_TEXTS = {
    "Name": ("name", 64, "names"),
    "Description": ("description", 512, "descriptions"),
    "ShortDescription": ("short_description", 120, "short_descriptions"),
}


@method("getMe")
def get_me(call: Call) -> JsonObject:
    """Describe the bot to itself."""
    return describe_bot(call.bot)


@method("logOut")
def log_out(call: Call) -> bool:
    """Leave this server; nothing more to do here."""
    call.server.doors[call.bot.user.id].courier.stop()
    return True


@method("close")
def close(call: Call) -> bool:
    """Get ready to move to another server; nothing more to do here."""
    call.server.doors[call.bot.user.id].courier.stop()
    return True


def _make_setter(parameter: str, limit: int, register: str) -> Handler:
    def set_text(call: Call) -> bool:
        """Set one text for one language; an empty one is forgotten."""
        text = str(call.get(parameter) or "")
        if len(text) > limit:
            problem = f"{parameter} must be at most {limit} characters long"
            raise errors.bad_request(problem)
        texts: dict[str, str] = getattr(call.bot.profile, register)
        texts.pop(read_language(call), None)
        if text:
            texts[read_language(call)] = text
        return True

    return set_text


def _make_getter(parameter: str, register: str) -> Handler:
    def get_text(call: Call) -> JsonObject:
        """Return one text for one language, or the one for everybody else."""
        texts: dict[str, str] = getattr(call.bot.profile, register)
        fallback = texts.get("", call.bot.user.first_name if parameter == "name" else "")
        return {parameter: texts.get(read_language(call), fallback)}

    return get_text


for _word, (_parameter, _limit, _register) in _TEXTS.items():
    method(f"setMy{_word}")(_make_setter(_parameter, _limit, _register))
    method(f"getMy{_word}")(_make_getter(_parameter, _register))


@method("setChatMenuButton")
def set_chat_menu_button(call: Call) -> bool:
    """Set the button beside the input field, for one chat or for all."""
    button: JsonObject = call.get("menu_button") or {"type": "default"}
    call.bot.profile.menu_buttons[int(call.get("chat_id") or 0)] = button
    return True
