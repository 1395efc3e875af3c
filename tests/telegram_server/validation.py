"""Checking requests against aiogram's models of the methods, without using aiogram's client."""

import types
from functools import cache
from typing import Any, Union, get_args, get_origin

import aiogram.methods
from aiogram.methods import TelegramMethod
from pydantic import BaseModel, ValidationError

from tests.telegram_server.errors import violation
from tests.telegram_server.forms import Form, decode_value
from tests.telegram_server.shapes import JsonObject

# aiogram describes a later Bot API and keeps parameters that were withdrawn; 10.0 has neither.
_NOT_IN_10_0 = frozenset(
    {
        "allow_sending_without_reply",
        "reply_to_message_id",
        "disable_web_page_preview",
        "ephemeral_message_parameters",
        "receiver_user_id",
        "rich_message",
        "can_stop",
        "keep_on_stop",
        "correct_option_id",
    }
)
# The same for fields of objects inside parameters.
_FIELDS_NOT_IN_10_0 = frozenset({"ephemeral_message_id", "disabled", "is_ephemeral"})
_METHODS_AFTER_10_0 = frozenset(
    {
        "sendRichMessage",
        "sendRichMessageDraft",
        "answerChatJoinRequestQuery",
        "sendChatJoinRequestWebApp",
        "deleteEphemeralMessage",
        "editEphemeralMessageCaption",
        "editEphemeralMessageMedia",
        "editEphemeralMessageReplyMarkup",
        "editEphemeralMessageText",
    }
)


@cache
def method_models() -> dict[str, type[TelegramMethod[Any]]]:
    """Return the model of every method, by its name in lower case."""
    found: dict[str, type[TelegramMethod[Any]]] = {}
    for name in aiogram.methods.__all__:
        model = getattr(aiogram.methods, name)
        api_name = getattr(model, "__api_method__", None)
        if isinstance(api_name, str) and api_name not in _METHODS_AFTER_10_0:
            found[api_name.lower()] = model
    return found


@cache
def parameters_of(method: str) -> frozenset[str]:
    """Return the parameter names of a method in Bot API 10.0."""
    names = set(method_models()[method.lower()].model_fields) - _NOT_IN_10_0
    if method.lower().startswith("send"):
        names.discard("callback_query_id")
    return frozenset(names)


def _plain_types(annotation: object) -> set[object]:
    if get_origin(annotation) in {Union, types.UnionType}:
        return set().union(*(_plain_types(part) for part in get_args(annotation)))
    return {annotation}


@cache
def _meaning(method: str, name: str) -> tuple[bool, bool]:
    annotation = method_models()[method.lower()].model_fields[name].annotation
    plain = _plain_types(annotation)
    return str in plain, int in plain


def _unknown_fields(value: object, path: str) -> list[str]:
    """List the fields of nested objects that aiogram does not know, or 10.0 did not."""
    if isinstance(value, BaseModel):
        newer = value.model_fields_set & _FIELDS_NOT_IN_10_0
        found = [f"{path}.{name}" for name in [*(value.model_extra or {}), *sorted(newer)]]
        for name in type(value).model_fields:
            found += _unknown_fields(getattr(value, name), f"{path}.{name}")
        return found
    if isinstance(value, list):
        return [field for item in value for field in _unknown_fields(item, f"{path}[]")]
    return []


def decode_parameters(method: str, form: Form) -> JsonObject:
    """Decode and check the parameters of a request; raise on anything a bot must not send."""
    known = parameters_of(method)
    unknown = sorted(set(form.values) - known)
    if unknown:
        text = f"{method}: unknown parameter {', '.join(unknown)}"
        raise violation(text)
    values: JsonObject = {}
    for name, raw in form.values.items():
        is_text, is_number = _meaning(method, name)
        values[name] = decode_value(raw, is_text=is_text, is_number=is_number)
    for name in form.files:
        if name in known:
            values[name] = f"attach://{name}"
    _check(method, values)
    return values


def _check(method: str, values: JsonObject) -> None:
    model = method_models()[method.lower()]
    try:
        checked = model.model_validate(values)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(step) for step in problem['loc'])}: {problem['msg']}"
            for problem in error.errors(include_url=False)[:3]
        )
        text = f"{method}: {problems}"
        raise violation(text) from None
    unknown = _unknown_fields(checked, method)
    if unknown:
        text = f"unknown field {', '.join(unknown)}"
        raise violation(text)
