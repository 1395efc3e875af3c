"""Reading a request: query string, form, multipart form or JSON, into plain values."""

import json
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from tests.telegram_server.errors import violation
from tests.telegram_server.shapes import JsonObject


@dataclass(frozen=True)
class Upload:
    """A file that came with a request."""

    name: str
    content: bytes


@dataclass
class Form:
    """The values and files of one request."""

    values: JsonObject = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)


async def read_form(request: Request) -> Form:
    """Read the parameters wherever the client put them."""
    form = Form(dict(request.query_params))
    body = await request.body()
    content_type = request.headers.get("content-type", "")
    if not body:
        return form
    if content_type.startswith("application/json"):
        form.values |= _read_json(body)
    elif content_type.startswith("application/x-www-form-urlencoded"):
        form.values |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    elif content_type.startswith("multipart/form-data"):
        _read_multipart(body, content_type, form)
    else:
        text = f"unsupported content type {content_type!r}"
        raise violation(text)
    return form


def _read_json(body: bytes) -> JsonObject:
    try:
        values = json.loads(body)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        text = "the body is not a JSON object"
        raise violation(text)
    return values


def _read_multipart(body: bytes, content_type: str, form: Form) -> None:
    header = BytesHeaderParser().parsebytes(f"Content-Type: {content_type}\n\n".encode())
    boundary = str(header.get_param("boundary")).encode()
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        content = content.removesuffix(b"\r\n")
        headers = BytesHeaderParser().parsebytes(head + b"\n\n")
        name = str(headers.get_param("name", header="content-disposition"))
        file_name = headers.get_param("filename", header="content-disposition")
        if file_name is None:
            form.values[name] = content.decode()
        else:
            form.files[name] = Upload(str(file_name), content)


def decode_value(value: Any, *, is_text: bool, is_number: bool) -> Any:  # noqa: ANN401 - JSON
    """Turn one form value into what its parameter means; forms carry only strings."""
    if not isinstance(value, str) or (is_text and not is_number):
        return value
    try:
        decoded = json.loads(value)
    except ValueError:
        return value
    if is_text and not isinstance(decoded, int):
        # A chat may be a number or an @name; anything else stays text.
        return value
    return decoded
