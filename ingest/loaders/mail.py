"""EML: the text of a message; what is attached is read by the loaders of its own kinds."""

import mimetypes
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from ingest.cleaning import clean
from ingest.decoding import decode
from ingest.drafts import Block, Draft, Member
from ingest.front_matter import Metadata
from ingest.loaders.html import load_html
from ingest.loaders.text import parse_text
from ingest.problems import Problem
from knowledge.dates import PartialDate
from knowledge.errors import N_, DocumentUnreadable

_MARKS = ("From", "Subject", "Date", "To", "Message-ID", "Received")
_UNNAMED = "attachment"


def load_mail(data: bytes, name: str) -> Draft:
    """Read a message; :class:`DocumentUnreadable` if there is none in it."""
    message = message_from_bytes(data, policy=policy.default)
    if not any(mark in message for mark in _MARKS):
        problem = Problem(N_("it is not an e-mail message, or it is damaged."))
        raise DocumentUnreadable(document=name, problem=problem)
    subject = _read_header(message, "Subject")
    return Draft(
        metadata=Metadata(title=subject, issuer=_read_sender(message), issued=_read_date(message)),
        blocks=tuple(_read_body(message, name)),
        members=tuple(_find_members(message)),
    )


def _read_header(message: EmailMessage, name: str) -> str:
    """A header as text; some are so broken that the library gives up on them."""
    try:
        return " ".join(clean(str(message.get(name, ""))).split())
    except (ValueError, TypeError, IndexError, AttributeError, LookupError):
        return ""


def _read_sender(message: EmailMessage) -> str:
    name, address = parseaddr(_read_header(message, "From"))
    return name or address


def _read_date(message: EmailMessage) -> PartialDate | None:
    try:
        day = parsedate_to_datetime(_read_header(message, "Date")).date()
        return PartialDate(day.year, day.month, day.day)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _read_body(message: EmailMessage, name: str) -> Iterator[Block]:
    part = message.get_body(preferencelist=("plain", "html"))
    if not isinstance(part, EmailMessage):
        return
    data = _read_payload(part)
    if not data.strip():
        return
    if part.get_content_type() == "text/html":
        yield from load_html(data, name).blocks
    else:
        charset = part.get_content_charset() or ""
        yield from parse_text(clean(decode(data, document=name, declared=charset).text))


def _find_members(message: EmailMessage) -> Iterator[Member]:
    """Yield what was attached; pictures that the text shows are none."""
    for number, part in enumerate(message.iter_attachments(), start=1):
        if part.get_content_disposition() == "inline":
            continue
        data = _read_payload(part)
        yield Member(_name(part, number), len(data), lambda data=data: data)  # type: ignore[misc]


def _name(part: EmailMessage, number: int) -> str:
    """The name of an attachment, without the folders that a program may have put before it."""
    given = clean(part.get_filename() or "").replace("\\", "/").rpartition("/")[2].strip()
    if given:
        return given
    kind = part.get_content_type()
    ending = ".eml" if kind == "message/rfc822" else mimetypes.guess_extension(kind) or ""
    return f"{_UNNAMED}-{number}{ending}"


def _read_payload(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return b"".join(bytes(one) for one in part.get_payload() if isinstance(one, EmailMessage))
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
