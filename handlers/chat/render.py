"""Replies and case cards as Telegram shows them."""

from handlers.chat.rich_text import (
    RichText,
    bold,
    folded,
    italic,
    joined,
    link,
    plain,
    split,
)
from handlers.wording import Card, Reply, SourceLine


def render_reply(reply: Reply) -> list[RichText]:
    """Return an answer in parts that fit; its sources lie folded below it."""
    choices = [f"{number}. {choice}" for number, choice in enumerate(reply.choices, start=1)]
    sources = joined((_source(reply, source) for source in reply.sources), "\n\n")
    quoted = joined([bold(reply.sources_title if reply.sources else ""), folded(sources)], "\n")
    blocks = (
        italic(reply.lead),
        plain(reply.body),
        plain("\n".join(choices)),
        joined([italic(reply.as_of), italic(reply.caveat)], "\n"),
        quoted,
    )
    return split(joined(blocks, "\n\n"))


def render_rows(card: Card) -> RichText:
    """Return the rows of a case card."""
    return joined([bold(f"{row.label}: ") + row.value for row in card.rows], "\n")


def render_text(text: str) -> list[RichText]:
    """Return plain words in parts that fit."""
    return split(plain(text))


def _source(reply: Reply, source: SourceLine) -> RichText:
    title = plain(f"[{source.number}] ") + link(source.text, source.url)
    # A quotation that is the answer itself has just been read.
    quote = "" if source.quote in reply.body else f"“{source.quote}”"
    return joined([title, plain(quote)], "\n")
