"""What people will do in one world, and when: drawn from the seed before it begins."""

import random
from dataclasses import dataclass

CUSTOMERS = ("anna", "bo")
STAFF = ("li", "wang")

_CUSTOMER_ACTS = (
    "ask",
    "ask",
    "ask",
    "need_person",
    "need_person",
    "edit",
    "human",
    "press_person",
    "reopen",
    "ask_file",
    "ask_album",
    "block",
)
_STAFF_ACTS = (
    *("claim", "claim", "reply", "reply", "reply", "note", "give_back", "close", "edit_reply"),
    *("let_out", "let_out", "keep_back", "answer", "undo", "press_undo"),
    *("give", "snooze", "change_mode"),
    *("reply_file", "reply_album", "delete_topic"),
)
_DURATIONS = (2.0, 8.0, 20.0)


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody does something at a moment, in seconds since the world began."""

    at: float
    who: str
    what: str
    number: int


@dataclass(frozen=True, slots=True)
class Script:
    """A world's acts, how many of its processes die at which step, and how updates come."""

    acts: tuple[Act, ...]
    deaths: tuple[int, ...]
    polls: bool
    repeats: float
    """The share of updates that are delivered twice."""


def write_script(chance: random.Random) -> Script:
    """Draw a script."""
    duration = chance.choice(_DURATIONS)
    customers = CUSTOMERS[: chance.choice((1, 1, 2))]
    drawn = [(0.0, customers[0], chance.choice(("ask", "need_person")))]
    for people, doings, most in ((customers, _CUSTOMER_ACTS, 5), (STAFF, _STAFF_ACTS, 8)):
        drawn += [
            (chance.uniform(0, duration), chance.choice(people), chance.choice(doings))
            for _ in range(chance.randint(1, most))
        ]
    acts = tuple(Act(*each, number) for number, each in enumerate(sorted(drawn), start=1))
    deaths = tuple(chance.randint(1, 90) for _ in range(chance.choice((0, 0, 1, 1, 2))))
    return Script(acts, deaths, polls=chance.random() < 0.5, repeats=chance.choice((0.0, 0.1, 0.5)))
