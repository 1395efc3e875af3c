"""A terminal that is told sentences before it is shown the whole."""

from io import StringIO

from handlers.terminal_console import Console


def test_what_was_told_is_not_shown_again() -> None:
    target = StringIO()
    console = Console(StringIO("next\n"), target)
    console.tell("Filing is free. [1]")
    assert target.getvalue() == "Filing is free. [1]"
    console.tell("It takes ten days. [1]")
    console.show("Filing is free. [1] It takes ten days. [1]\n\nAs of today")
    assert target.getvalue() == "Filing is free. [1] It takes ten days. [1]\n\nAs of today\n\n"
    console.show("Filing is free. [1]")
    assert target.getvalue().endswith("As of today\n\nFiling is free. [1]\n\n")


def test_a_line_that_is_read_begins_anew() -> None:
    target = StringIO()
    console = Console(StringIO("next\n"), target)
    console.tell("Free. [1]")
    assert console.read("You") == "next"
    console.show("Free. [1] Quite.")
    assert target.getvalue() == "Free. [1]\n\nFree. [1] Quite.\n\n"
