"""Mirrors in a folder: one of them answers, and when it is gone the next one does."""

from tests.journeys.command.running import Helpdesk

RULE = (
    "The store of Lantern Harbour keeps thirty percent of every payment that a customer makes. "
    "A company may ask for a lower share within 20 days after it has opened its account.\n\n"
    "The store of Lantern Harbour pays out on the fifth day of every month, in yuan or in euros, "
    "to the account that the company has named in its contract with the store.\n"
)
TITLE = "Rules of the Lantern Harbour store"
ORIGINAL = (
    f"---\ntitle: {TITLE}\nissuer: Lantern Harbour\nnumber: LH 2025-7\nchecked: 2026-11-01\n"
    f"language: en\nurl: https://lantern.example.org/rules\n---\n\n# {TITLE}\n\n{RULE}"
)
MIRROR = (
    f"---\ntitle: {TITLE}\nissuer: City Herald\nconfidence: M\nlanguage: en\n"
    f"url: https://herald.example.org/9\n---\n\n# {TITLE}\n\n"
    f"Source: Lantern Harbour | Posted on 2025-06-03\n\n{RULE}"
)
QUESTION = "What share does the store of Lantern Harbour keep of a payment?"


def found(helpdesk: Helpdesk, *arguments: str) -> set[str]:
    run = helpdesk("search", QUESTION, "--json", *arguments)
    return {one["document"] for one in run.json["results"]}


def test_one_of_two_mirrors_is_found_and_the_other_takes_its_place(helpdesk: Helpdesk) -> None:
    original = helpdesk.write("rules.md", ORIGINAL)
    helpdesk.write("herald/reprint.md", MIRROR)
    folder = original.parent
    report = helpdesk("ingest", folder, "--json").json
    [named] = report["duplicates"]
    assert (named["document"], named["served"]) == ("herald/reprint.md", "rules.md")
    assert found(helpdesk) == {"rules.md"}
    answer = helpdesk("ask", QUESTION, "--json").json
    assert {one["document"] for one in answer["citations"]} <= {"rules.md"}
    [group] = helpdesk("documents", "duplicates", "--json").json["groups"]
    assert group["served"] == "rules.md"
    assert [one["document"] for one in group["others"]] == ["herald/reprint.md"]
    original.unlink()
    helpdesk("ingest", folder)
    assert found(helpdesk) == {"herald/reprint.md"}
    assert helpdesk("documents", "duplicates", "--json").json["groups"] == []


def test_a_reprint_that_comes_first_gives_way_to_the_original(helpdesk: Helpdesk) -> None:
    folder = helpdesk.write("a/reprint.md", MIRROR).parents[1]
    helpdesk("ingest", folder)
    assert found(helpdesk) == {"a/reprint.md"}
    helpdesk.write("rules.md", ORIGINAL)
    run = helpdesk("ingest", folder)
    [line] = [line for line in run.err.splitlines() if "a/reprint.md" in line]
    assert "rules.md" in line
    assert found(helpdesk) == {"rules.md"}


def test_nobody_loses_an_answer_to_a_copy_that_others_may_see(helpdesk: Helpdesk) -> None:
    helpdesk.write("reprint.md", MIRROR)
    staff = helpdesk.write("staff.md", ORIGINAL.replace("language:", "audience: staff\nlanguage:"))
    helpdesk("ingest", staff.parent)
    assert found(helpdesk) == {"reprint.md"}
    assert found(helpdesk, "--as", "company") == {"reprint.md"}
    assert found(helpdesk, "--as", "staff") == {"staff.md"}
    public = helpdesk("documents", "duplicates", "--as", "public")
    assert "staff.md" not in public.out
    assert "staff.md" in helpdesk("documents", "duplicates", "--as", "staff").out


def test_two_editions_are_both_served_and_named(helpdesk: Helpdesk) -> None:
    helpdesk.write("2025.md", ORIGINAL)
    last = ORIGINAL.replace("LH 2025-7", "").replace("thirty percent", "25 percent")
    folder = helpdesk.write("2024.md", last).parent
    assert helpdesk("ingest", folder, "--json").json["duplicates"] == []
    assert found(helpdesk) == {"2024.md", "2025.md"}
    told = helpdesk("documents", "duplicates", "--json").json
    assert told["groups"] == []
    assert told["editions"] == [["2024.md", "2025.md"]]


def test_a_document_says_what_else_it_is(helpdesk: Helpdesk) -> None:
    helpdesk.write("rules.md", ORIGINAL)
    folder = helpdesk.write("reprint.md", MIRROR).parent
    helpdesk("ingest", folder)
    assert "rules.md is served instead" in helpdesk("documents", "show", "reprint.md").out
    assert "reprint.md" not in helpdesk("documents", "show", "rules.md").out


RUNNING = (
    "The fountain at Amber Hill may run for 40 minutes in the morning, and nobody may bathe in it."
)
ASKED = "How long may the fountain at Amber Hill run in the morning?"


def _fountain(**facts: str) -> str:
    head = "".join(f"{name}: {said}\n" for name, said in facts.items())
    title = "Rules of the fountain at Amber Hill"
    return f"---\ntitle: {title}\nlanguage: en\n{head}---\n\n# {title}\n\n{RUNNING}\n"


def test_an_undated_mirror_does_not_bring_back_a_rule_that_has_ended(helpdesk: Helpdesk) -> None:
    folder = helpdesk.write("mirror.md", _fountain()).parent
    helpdesk("ingest", folder)
    assert helpdesk("ask", ASKED, "--json").json["outcome"] == "answered"
    helpdesk.write("rule.md", _fountain(effective_from="2023-01-01", effective_to="2024-12-31"))
    helpdesk("ingest", folder)
    answer = helpdesk("ask", ASKED, "--json").json
    assert answer["outcome"] != "answered"
    assert answer["citations"] == []
    then = helpdesk("ask", f"{ASKED[:-1]} in 2024?", "--json").json
    assert {one["document"] for one in then["citations"]} <= {"rule.md"}
    due = helpdesk("documents", "due")
    assert "mirror.md: it has no dates, and rule.md has the same text" in due.out
    lapsed = helpdesk("documents", "due", "--json").json["lapsed"]
    assert lapsed == [{"document": "mirror.md", "dated": "rule.md"}]
    assert "is not in force" in helpdesk("documents", "show", "mirror.md").out
