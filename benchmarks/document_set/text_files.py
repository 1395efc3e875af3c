"""Markdown, HTML, XML, tables of text and messages, as text."""

import csv
import io
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from benchmarks.document_set.specimen import Part, Rows

_MENU = "<nav><ul><li><a href='/'>Start</a></li><li><a href='/a'>Services</a></li></ul></nav>"
_COOKIES = (
    "<div class='cookie-banner'><p>This site uses cookies to count its visitors.</p>"
    "<button>Accept all</button></div>"
)
_FOOT = (
    "<footer><p>All rights reserved 2031</p><ul><li><a href='/x'>Related pages</a></li></ul>"
    "</footer>"
)


def make_markdown(parts: Sequence[Part]) -> str:
    """Markdown with headings and tables of bars."""
    return "\n\n".join(_mark(part) for part in parts) + "\n"


def _mark(part: Part) -> str:
    if part.text:
        return f"# {part.text}" if part.heading else part.text
    lines = [f"| {' | '.join(row)} |" for row in part.rows]
    return "\n".join([lines[0], "|" + " --- |" * len(part.rows[0]), *lines[1:]])


def make_plain(parts: Sequence[Part]) -> str:
    """Plain text with an empty line between the paragraphs."""
    return "\n\n".join(part.text for part in parts) + "\n"


def make_page(parts: Sequence[Part], *, charset: str = "utf-8", language: str = "zh") -> str:
    """A web page: the text between a menu, a cookie notice and a foot that are no part of it."""
    body = "".join(_tag(part) for part in parts)
    return (
        f"<!DOCTYPE html><html lang='{language}'><head><meta charset='{charset}'>"
        f"<title>{escape(parts[0].text)}</title></head><body>{_MENU}{_COOKIES}"
        f"<main><article>{body}</article></main>{_FOOT}</body></html>"
    )


def _tag(part: Part) -> str:
    if part.text:
        name = "h1" if part.heading else "p"
        return f"<{name}>{escape(part.text)}</{name}>"
    head, *rows = part.rows
    lines = [_tag_row(head, "th"), *(_tag_row(row, "td") for row in rows)]
    return f"<table>{''.join(lines)}</table>"


def _tag_row(cells: Sequence[str], name: str) -> str:
    return f"<tr>{''.join(f'<{name}>{escape(cell)}</{name}>' for cell in cells)}</tr>"


def make_xml(parts: Sequence[Part]) -> str:
    """A file of elements for a title and its paragraphs."""
    lines = [f"<title>{escape(parts[0].text)}</title>"]
    lines += [f"<para>{escape(part.text)}</para>" for part in parts[1:]]
    return f"<?xml version='1.0' encoding='UTF-8'?><document>{''.join(lines)}</document>"


def make_csv(rows: Rows, separator: str = ",") -> str:
    """A table of text."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def make_mail(
    parts: Sequence[Part],
    attached: Mapping[str, bytes],
    *,
    charset: str = "utf-8",
    page: bool = False,
) -> bytes:
    """A message whose subject is the heading, with files attached to it."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "Lin Qing <lin@example.org>"
    message["Subject"] = parts[0].text
    text = make_page(parts) if page else make_plain(parts[1:])
    message.set_content(text, subtype="html" if page else "plain", charset=charset)
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if attached:
        message.set_boundary("=-=-a-part-of-the-message-=-=")
    return message.as_bytes()
