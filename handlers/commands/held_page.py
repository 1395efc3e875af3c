"""What is held back, as one HTML file: each part beside its page, with the commands to decide.

Text of documents is data: all of it is escaped, the file holds no script, and what it may load is
nothing but the pictures inside it (its own Content-Security-Policy).
"""

import base64
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

from bot.i18n.formats import is_right_to_left
from handlers.commands import held_texts as texts
from handlers.commands.held_wording import HeldWording, split_doubts
from ingest.problems import Problem
from ingest.quarantine.records import Entry, Record
from ingest.quarantine.store import QuarantineStore
from knowledge.errors import N_, UsageError

_NOT_WRITTEN = N_("The file {path} cannot be written: {reason}.")

_PAGE = Template("""<!DOCTYPE html>
<html lang="$language" dir="$direction">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>$title</title>
<style>
:root { color-scheme: light dark; --line: #8886; --doubt: #ffd54f; }
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
 max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1.1rem; margin: 0 0 .3rem; overflow-wrap: anywhere; }
article { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 1.5rem 0; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr));
 gap: 1.2rem; margin: .8rem 0; }
figure { margin: 0 0 .8rem; }
figure img { width: 100%; border: 1px solid var(--line); background: #fff; }
figcaption, .around, .facts { font-size: .9rem; opacity: .8; }
.facts { margin: 0; padding: 0; list-style: none; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 40rem; overflow: auto;
 border-inline-start: 4px solid var(--line); padding-inline-start: .8rem; margin: .6rem 0; }
.around { white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: var(--doubt); color: #000; padding: 0 .1em; }
dl { margin: 0; } dt { margin-top: .5rem; } dd { margin: 0; }
code { user-select: all; display: block; padding: .2rem .5rem; border-radius: .3rem;
 background: #8882; white-space: pre; overflow-x: auto; direction: ltr; unicode-bidi: isolate; }
</style>
</head>
<body>
<h1>$title</h1>
<p>$intro</p>
<p><strong>$secret</strong></p>
<main>
$parts
</main>
</body>
</html>
""")


@dataclass(frozen=True, slots=True)
class _Page:
    store: QuarantineStore
    wording: HeldWording
    program: str


def write_page(
    path: Path,
    found: Sequence[tuple[Record, Entry]],
    store: QuarantineStore,
    wording: HeldWording,
    program: str,
) -> None:
    """Write the page, readable for its owner alone; into a folder as ``held.html``.

    ``program`` is how the commands on it begin.
    """
    page = _Page(store, wording, program)
    target = path / "held.html" if path.is_dir() else path
    text = _PAGE.substitute(
        language=escape(wording.language),
        direction="rtl" if is_right_to_left(wording.language) else "ltr",
        title=escape(wording.phrase(texts.PAGE_TITLE)),
        intro=escape(wording.phrase(texts.PAGE_INTRO if found else texts.NOTHING)),
        secret=escape(wording.phrase(texts.PAGE_SECRET)),
        parts="\n".join("".join(_show(*one, page)) for one in found),
    )
    try:
        opened = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        problem = Problem(_NOT_WRITTEN, {"path": target, "reason": error.strerror or str(error)})
        raise UsageError(problem=problem) from error


def _show(record: Record, entry: Entry, page: _Page) -> Iterator[str]:
    wording = page.wording
    heading = f"{entry.number} · {record.document} · {wording.place(entry)}"
    yield f'<article id="part-{entry.number}"><h2 dir="auto">{escape(heading)}</h2>'
    yield f'<p class="facts">{escape(wording.state(entry))}</p><ul class="facts">'
    yield "".join(f"<li>{escape(fact)}</li>" for fact in wording.facts(record, entry))
    yield '</ul><div class="sides"><div>'
    yield from _show_text(entry, wording)
    yield "".join(_show_commands(entry, page)) + "</div>"
    pictures = "".join(_show_pictures(record, entry, page))
    yield f"<div>{pictures or _show_around(entry, wording)}</div></div></article>"


def _show_text(entry: Entry, wording: HeldWording) -> Iterator[str]:
    stretches = (
        f"<mark>{escape(text)}</mark>" if doubtful else escape(text)
        for text, doubtful in split_doubts(entry.part)
    )
    shown = "".join(stretches) or escape(wording.phrase(texts.NO_TEXT))
    yield f'<div class="text" dir="auto">{shown}</div>'
    if entry.ruling and entry.ruling.text:
        yield f"<p>{escape(wording.phrase(texts.CORRECTION))}</p>"
        yield f'<div class="text" dir="auto">{escape(entry.ruling.text)}</div>'


def _show_commands(entry: Entry, page: _Page) -> Iterator[str]:
    accept = [("accept", texts.ACCEPT_HELP, "")] if entry.part.acceptable else []
    correct = ("correct", texts.CORRECT_HELP, " --file FILE")
    yield "<dl>"
    for step, help_text, more in (*accept, correct, ("discard", texts.DISCARD_HELP, "")):
        command = f"{page.program} documents held {step} {entry.number}{more}"
        said = escape(page.wording.phrase(help_text))
        yield f"<dt>{said}</dt><dd><code>{escape(command)}</code></dd>"
    yield "</dl>"


def _show_pictures(record: Record, entry: Entry, page: _Page) -> Iterator[str]:
    # Where too many pages are held back, only the first of them have pictures.
    for number, name in zip(entry.part.pages, entry.part.pictures, strict=False):
        try:
            content = page.store.picture(record.document, name).read_bytes()
        except OSError:
            continue
        data = base64.b64encode(content).decode()
        caption = escape(page.wording.phrase(texts.PICTURE_OF, page=number))
        yield f'<figure><img alt="{caption}" src="data:image/png;base64,{data}">'
        yield f"<figcaption>{caption}</figcaption></figure>"


def _show_around(entry: Entry, wording: HeldWording) -> str:
    part = entry.part
    if not part.before and not part.after:
        return ""
    return (
        f'<p class="facts">{escape(wording.phrase(texts.AROUND))}</p>'
        f'<div class="around" dir="auto">{escape(part.before)}\n<mark>…</mark>\n'
        f"{escape(part.after)}</div>"
    )
