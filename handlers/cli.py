"""The command ``helpdesk``: its forms, and what an error looks like at a terminal.

Nothing heavy is imported here: ``helpdesk --help`` must answer at once.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import HelpdeskError, UsageError

AUDIENCES = ("public", "company", "actor", "staff")
ASKERS = ("company", "actor", "staff")

_DESCRIPTION = (
    "Outbound Desk answers from its sources, or brings a person. "
    "Everything it keeps is in one folder (--data, or HELPDESK_DATA)."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when it is done, 1 when the work failed, 2 for wrong usage."""
    arguments = build_parser().parse_args(argv)
    try:
        command = import_module(f"handlers.commands.{arguments.module}")
        code = int(command.run(arguments))
        sys.stdout.flush()  # here, where a reader who has left is no failure
    except UsageError as error:
        _say(error, arguments.data)
        return 2
    except HelpdeskError as error:
        _say(error, arguments.data)
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return 1
    except BrokenPipeError:
        # Whoever read our output has seen enough; there is nothing to add, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def build_parser() -> argparse.ArgumentParser:
    """The forms of the command."""
    parser = argparse.ArgumentParser(prog="helpdesk", description=_DESCRIPTION)
    parser.add_argument("--data", type=Path, metavar="DIR", help="the data folder")
    forms = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_shelf_forms(forms)
    _add_address_forms(forms)
    _add_question_forms(forms)
    _add_door_forms(forms)
    _add_staff_forms(forms)
    _add_upkeep_forms(forms)
    return parser


if TYPE_CHECKING:
    # argparse names the type of what add_subparsers() returns in no other way.
    _Forms = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001


def _add(forms: "_Forms", name: str, module: str, text: str) -> argparse.ArgumentParser:
    form = forms.add_parser(name, help=text, description=text)
    form.set_defaults(module=module)
    return form


def _add_shelf_forms(forms: "_Forms") -> None:
    ingest = _add(forms, "ingest", "ingest", "take documents onto the shelf")
    ingest.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a folder or a file")
    ingest.add_argument("--starter", action="store_true", help="the knowledge that comes with it")
    ingest.add_argument("--audience", choices=AUDIENCES, help="who may see them (default: public)")
    ingest.add_argument("--json", action="store_true", help="print the report as one object")
    documents = _add(forms, "documents", "documents", "list, show or remove documents")
    actions = documents.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="all documents on the shelf")
    listing.add_argument("--json", action="store_true")
    for name, text in (("show", "one document"), ("remove", "take a document off the shelf")):
        one = actions.add_parser(name, help=text)
        one.add_argument("id", metavar="ID")
    for name, text in (
        ("check", "prove that manifest, index and files agree; 1 if they do not"),
        ("repair", "make them agree, as far as that can be done"),
    ):
        form = actions.add_parser(name, help=text, description=text)
        form.set_defaults(module="shelf_check")
        form.add_argument("--json", action="store_true", help="print one object")
    _add_held_forms(actions)
    _add_review_forms(actions)


def _add_held_forms(actions: "_Forms") -> None:
    text = "what is held back until a person decides; list it, or decide"
    held = actions.add_parser("held", help=text, description=text)
    held.set_defaults(module="held")
    held.add_argument("--all", action="store_true", help="also what was decided")
    held.add_argument("--html", type=Path, metavar="FILE", help="write a page to look through")
    held.add_argument("--json", action="store_true", help="print one object")
    steps = held.add_subparsers(dest="step", metavar="STEP")
    show = steps.add_parser("show", help="one part, with its picture")
    show.add_argument("number", type=_positive, metavar="N")
    correct = steps.add_parser("correct", help="put your text in its place")
    correct.add_argument("numbers", nargs=1, type=_positive, metavar="N")
    correct.add_argument("--file", metavar="FILE", help="the text (- for the input)")
    for name, help_text in (
        ("accept", "take it onto the shelf as it was read"),
        ("discard", "throw it away"),
        ("undo", "take a decision back"),
    ):
        step = steps.add_parser(name, help=help_text)
        step.add_argument("numbers", nargs="+", type=_positive, metavar="N")
    for name, step in steps.choices.items():
        step.add_argument("--json", action="store_true", help="print one object")
        if name not in {"show", "undo"}:
            step.add_argument("--by", default="", metavar="NAME", help="who decides")


def _add_review_forms(actions: "_Forms") -> None:
    """What a person has to look at; each of the lists is made by a module of its own."""
    for name, text in (
        ("expiring", "what ends in the next days"),
        ("due", "what is due for a review, and whose it is"),
        ("undated", "what has no date"),
        ("conflicts", "passages that say different things"),
    ):
        form = actions.add_parser(name, help=text, description=text)
        form.set_defaults(module="upkeep", days=0)
        form.add_argument("--json", action="store_true", help="print one object")
        if name in {"expiring", "due"}:
            form.add_argument(
                "--days", type=_positive, default=30, metavar="N", help="how many days (30)"
            )
        if name == "conflicts":
            form.add_argument("--as", dest="audience", choices=AUDIENCES, help="as who sees it")
    text = "what stands there more than once, and what is served"
    duplicates = actions.add_parser("duplicates", help=text, description=text)
    duplicates.set_defaults(module="duplicates")
    duplicates.add_argument("--json", action="store_true", help="print one object")
    duplicates.add_argument("--as", dest="audience", choices=AUDIENCES, help="as who sees it")
    lint = actions.add_parser("lint", help="check the content of documents; 1 if it is wrong")
    lint.set_defaults(module="lint")
    lint.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders")
    lint.add_argument("--json", action="store_true", help="print one object")


def _add_address_forms(forms: "_Forms") -> None:
    addresses = _add(forms, "addresses", "addresses", "fetch the web addresses of your list")
    actions = addresses.add_subparsers(dest="action", required=True, metavar="ACTION")
    fetch = actions.add_parser("fetch", help="fetch what is listed, and take it onto the shelf")
    fetch.add_argument("--due", action="store_true", help="only what is due by now")
    listing = actions.add_parser("list", help="what is known of each address, and when it is due")
    check = actions.add_parser("check", help="look whether a list can be used; fetch nothing")
    check.add_argument("file", nargs="?", type=Path, metavar="FILE", help="another list")
    versions = actions.add_parser("versions", help="the texts that an address had")
    versions.add_argument("url", metavar="URL")
    for form in (fetch, listing, versions):
        form.add_argument("--json", action="store_true", help="print one object")


def _add_question_forms(forms: "_Forms") -> None:
    search = _add(forms, "search", "search", "find passages")
    search.add_argument("--k", type=_positive, default=10, metavar="N", help="how many (10)")
    ask = _add(forms, "ask", "ask", "show what the desk would say; opens no ticket")
    ask.add_argument("--language", default="", metavar="TAG", help="answer in this language")
    for form in (search, ask):
        form.add_argument("question", nargs="?", help="the question")
        form.add_argument("--as", dest="audience", choices=ASKERS, help="who asks")
        form.add_argument("--json", action="store_true", help="print one object")
        form.add_argument(
            "--batch", type=Path, metavar="FILE", help="questions, a JSON object a line"
        )


def _add_door_forms(forms: "_Forms") -> None:
    chat = _add(forms, "chat", "conversation", "a conversation in the terminal")
    demo = _add(forms, "demo", "conversation", "try it here: starter knowledge, no account")
    for form, with_staff in ((chat, False), (demo, True)):
        form.set_defaults(with_staff=with_staff)
        form.add_argument("--as", dest="audience", choices=ASKERS, help="who asks")
    _add(forms, "run", "service", "the service: Telegram, by polling or webhook")
    hours = _add(forms, "hours", "hours", "when the desk is open; 1 if holidays are not known yet")
    hours.add_argument("--days", type=_positive, default=7, metavar="N", help="how many days (7)")
    hours.add_argument("--json", action="store_true", help="print one object")
    mail = _add(forms, "mail", "mail", "what could not be handled, and what did not arrive")
    actions = mail.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="all of it that nobody has dismissed")
    listing.add_argument("--json", action="store_true", help="print one object")
    for name, text in (
        ("show", "one of them with all that is in it"),
        ("retry", "let the service try it again"),
        ("dismiss", "it was seen, and needs nothing more"),
    ):
        form = actions.add_parser(name, help=text, description=text)
        form.add_argument("ids", nargs="+", metavar="ID", help="as the list calls it (in-7, out-9)")


def _add_staff_forms(forms: "_Forms") -> None:
    staff = _add(forms, "staff", "staff", "who works here, and what each of them may do")
    actions = staff.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="everybody who was seen among the staff")
    allow = actions.add_parser("allow", help="say what somebody may do; it replaces what was said")
    allow.add_argument("id", metavar="ID", help="their number, as the list shows it")
    allow.add_argument(
        "--may",
        default="all",
        metavar="RIGHTS",
        help="claim, transfer, close, knowledge with commas between them; all; nothing",
    )
    allow.add_argument(
        "--for",
        dest="audiences",
        default="all",
        metavar="AUDIENCES",
        help="whose cases: public, company, actor, staff with commas between them; all; nothing",
    )
    for form in (listing, allow):
        form.add_argument("--door", default="telegram", choices=("telegram", "terminal"))
        form.add_argument("--json", action="store_true", help="print one object")


def _add_upkeep_forms(forms: "_Forms") -> None:
    gaps = _add(forms, "gaps", "gaps", "what was asked and not answered, with who waits")
    gaps.add_argument("--all", action="store_true", help="also where nobody waits any more")
    gaps.add_argument("--json", action="store_true", help="print one object")
    database = _add(forms, "db", "database", "upgrade or check the database")
    database.add_argument("action", choices=("upgrade", "check"))
    evaluate = _add(forms, "evaluate", "evaluate", "measure retrieval, decisions and languages")
    evaluate.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    evaluate.add_argument("--json", action="store_true", help="print one object")
    evaluate.add_argument(
        "--out", type=Path, metavar="DIR", help="also write table, JSON, pictures"
    )
    evaluate.add_argument("--today", metavar="DATE", help="ask as on this day (2026-03-01)")
    evaluate.add_argument("--baseline", type=Path, metavar="FILE", help="compare with this run")
    evaluate.add_argument(
        "--write-baseline", type=Path, metavar="FILE", help="keep this run to compare with"
    )
    calibrate = _add(forms, "calibrate", "calibrate", "set how many wrong answers may happen")
    calibrate.add_argument(
        "suite", type=Path, metavar="SUITE", help="a folder with questions.jsonl"
    )
    calibrate.add_argument(
        "--wrong-at-most", required=True, metavar="RATE", help="such as 2%% of all questions"
    )
    calibrate.add_argument("--dry-run", action="store_true", help="show it and keep nothing")
    calibrate.add_argument("--json", action="store_true", help="print one object")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        message = f"{text} is not a positive number"
        raise argparse.ArgumentTypeError(message)
    return number


def _say(error: HelpdeskError, data: Path | None) -> None:
    """Write an error where people look for errors, in their language."""
    from handlers.commands.speaking import speak_error

    sys.stderr.write(f"{speak_error(error, data)}\n")
