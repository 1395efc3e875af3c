from handlers.chat.render import render_reply, render_rows
from handlers.chat.rich_text import MESSAGE_LIMIT, utf16_length
from handlers.wording import Card, CardRow, Reply, SourceLine


def source(number: int, quote: str = "As it stands.") -> SourceLine:
    url = f"https://example.org/{number}"
    return SourceLine(number=number, text=f"Rules {number} · 2025", quote=quote, url=url)


def test_sources_lie_folded_below_the_answer() -> None:
    reply = Reply(
        lead="Only in Chinese.",
        body="Apply <first> [1].",
        as_of="As of today",
        sources_title="Sources",
        sources=(source(1),),
    )
    (part,) = render_reply(reply)
    assert part.html == (
        "<i>Only in Chinese.</i>\n\nApply &lt;first&gt; [1].\n\n<i>As of today</i>\n\n"
        "<b>Sources</b>\n<blockquote expandable>"
        '[1] <a href="https://example.org/1">Rules 1 · 2025</a>\n“As it stands.”</blockquote>'
    )


def test_a_quote_that_is_the_answer_is_not_repeated() -> None:
    reply = Reply(body="As it stands.", sources_title="Sources", sources=(source(1),))
    assert render_reply(reply)[0].text.count("As it stands.") == 1


def test_long_answers_come_in_parts_that_keep_their_quotation() -> None:
    sources = tuple(source(number, "word " * 300) for number in range(1, 8))
    parts = render_reply(Reply(body="Short.", sources_title="Sources", sources=sources))
    assert len(parts) > 2
    assert all(utf16_length(part.text) <= MESSAGE_LIMIT for part in parts)
    assert all(part.html.endswith("</blockquote>") for part in parts)


def test_choices_are_shown_in_full() -> None:
    choice = "a very long choice that no button shows to its end, because there is no room for it"
    (part,) = render_reply(Reply(body="Which?", choices=(choice, "other")))
    assert part.text == f"Which?\n\n1. {choice}\n2. other"


def test_a_card_shows_its_rows() -> None:
    card = Card(title="Ticket 1", rows=(CardRow(label="Customer", value="<Anna>"),))
    assert render_rows(card).html == "<b>Customer: </b>&lt;Anna&gt;"
