"""What becomes of true and false translations.

    python -m benchmarks.interpreting > benchmarks/results/interpreting.json

Sixty true translations of short messages, Chinese to and from twelve languages, written for this
purpose, are what a model is taken to reply; then the same with one thing turned in each. With every
turned one the question is whether anybody would see it. The plain pipeline shows whatever it gets.

Twenty others with forty turned ones, thirty whose marks stand in unusual places, and fourteen
longer ones were written for a first look at the checks, to which they were not fitted then.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from knowledge.breaker import CircuitBreaker
from knowledge.generation.budget import DailyBudget
from knowledge.generation.model import LanguageModel
from knowledge.glossary import names
from knowledge.translation.checking import losses
from knowledge.translation.interpreter import Interpreter, Translation
from knowledge.translation.locks import lock
from knowledge.translation.terms import ENFORCED, missing_terms, terms_in
from tests.fakes.clock import START
from tests.fakes.writers import ScriptedWriter

STAFF: Final = "zh-Hans"
_INSTEAD: Final = ("overstay", "copyright")
"""A grave term and a harmless one, which stand in none of the messages."""

_MESSAGES: Final = Path(__file__).with_name("interpreted_messages.json")
_UNSEEN: Final = Path(__file__).with_name("interpreted_unseen.json")

Turned = Sequence[tuple[str, str]]
"""Kinds of what is wrong, each with the reply that is."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A message, and its translation with marks for what is locked."""

    text: str
    language: str
    reply: str
    into: str


@dataclass(slots=True)
class Figures:
    """What was measured; rates are between 0 and 1."""

    pairs: int = 0
    accepted: int = 0
    locked: int = 0
    locked_kept: int = 0
    terms: int = 0
    terms_kept: int = 0
    why_refused: Counter[str] = field(default_factory=Counter)
    turned: Counter[str] = field(default_factory=Counter)
    turned_shown: Counter[str] = field(default_factory=Counter)
    turned_passing_the_check_alone: Counter[str] = field(default_factory=Counter)

    @property
    def as_json(self) -> dict[str, object]:
        """The same as JSON can say it."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {
            name: dict(value) if isinstance(value, Counter) else value
            for name, value in values.items()
        }


def read_unseen(part: str) -> Iterator[tuple[Pair, Turned]]:
    """Yield other ``pairs``, about ``places``, or ``longer`` ones, each with its turned replies."""
    for one in json.loads(_UNSEEN.read_text(encoding="utf-8"))[part]:
        pair = Pair(one["text"], one["language"], one["reply"], one["into"])
        yield pair, [(kind, reply) for kind, reply in one["turned"]]


def read_all() -> Iterator[tuple[Pair, Turned]]:
    """Yield the sixty pairs with theirs."""
    for pair, without_no in read_pairs():
        yield pair, [one for one in turn(pair, without_no) if one[1] != pair.reply]


def read_pairs() -> Iterator[tuple[Pair, str]]:
    """Yield the pairs, each with what to write instead to drop its "no" ("" for nothing)."""
    kept = json.loads(_MESSAGES.read_text(encoding="utf-8"))
    for language, replies in kept["from_staff"].items():
        for name, reply in replies.items():
            turned = kept["without_no"][language].get(name, "")
            yield Pair(kept["sources"][name], STAFF, reply, language), turned
    for language, asked in kept["from_customers"].items():
        for name, text in asked.items():
            reply = kept["for_staff"][name]
            turned = "还没有|已经有" if name == "film" else ""
            yield Pair(text, language, reply, STAFF), turned


def turn(pair: Pair, without_no: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong and the reply that is."""
    yield from _turn_locked(pair)
    yield from _turn_terms(pair)
    for digit in ("80", "2"):
        if re.search(rf"(?<!⟦){digit}(?!⟧)", pair.reply):
            yield "number", re.sub(rf"(?<!⟦){digit}(?!⟧)", "5", pair.reply, count=1)
    if without_no:
        right, wrong = without_no.split("|")
        yield "negation", pair.reply.replace(right, wrong, 1)


def _turn_locked(pair: Pair) -> Iterator[tuple[str, str]]:
    locked = lock(pair.text, pair.language, into=pair.into)
    for number, shown in enumerate(locked.shown, start=1):
        other = _another(shown)
        if other != shown:
            yield locked.kinds[number - 1], pair.reply.replace(f"⟦{number}⟧", other)
    if len(locked.shown) > 1:
        exchanged = pair.reply.replace("⟦1⟧", "⟦0⟧").replace("⟦2⟧", "⟦1⟧").replace("⟦0⟧", "⟦2⟧")
        yield "places of unlike parts", exchanged


def _turn_terms(pair: Pair) -> Iterator[tuple[str, str]]:
    for concept in sorted(ENFORCED - set(_INSTEAD)):
        said = next((_plain(form) for form in names(concept, [pair.into])), "")
        if said and said in pair.reply:
            for other in _INSTEAD:
                for form in names(other, [pair.into]):
                    yield "term", pair.reply.replace(said, _plain(form), 1)


def _plain(form: str) -> str:
    return form.replace("*", "")


def measure(folder: Path, cases: Iterable[tuple[Pair, Turned]] | None = None) -> Figures:
    """Run all of them, or others."""
    writer, figures = ScriptedWriter(), Figures()
    interpreter = Interpreter(
        model=LanguageModel(
            writer=writer,
            budget=DailyBudget(path=folder / "budget.json", tokens=10**9, today=START.date),
            breaker=CircuitBreaker(lambda: 0.0),
            seconds=10.0,
        )
    )

    def ask(pair: Pair, reply: str) -> object:
        writer.pieces = [json.dumps({"translation": reply}, ensure_ascii=False)]
        return interpreter.translate(pair.text, pair.language, into=pair.into)

    for pair, turned in read_all() if cases is None else cases:
        outcome = ask(pair, pair.reply)
        figures.pairs += 1
        if isinstance(outcome, Translation):
            _count(figures, pair, outcome)
        else:
            figures.why_refused[f"{pair.language}>{pair.into} {outcome}"] += 1
        for kind, wrong in turned:
            figures.turned[kind] += 1
            figures.turned_shown[kind] += isinstance(ask(pair, wrong), Translation)
            alone = losses(pair.text, pair.language, _filled(pair, wrong), pair.into)
            figures.turned_passing_the_check_alone[kind] += not alone
    return figures


def _count(figures: Figures, pair: Pair, outcome: Translation) -> None:
    figures.accepted += 1
    shown = lock(pair.text, pair.language, into=pair.into).shown
    figures.locked += len(shown)
    figures.locked_kept += sum(outcome.text.count(part) >= 1 for part in shown)
    wanted = terms_in(pair.text, pair.language, into=pair.into)
    figures.terms += len(wanted)
    missing = missing_terms(pair.text, pair.language, outcome.text, pair.into)
    figures.terms_kept += len(wanted) - len(missing)


def _filled(pair: Pair, reply: str) -> str:
    """Put the locked parts into a reply whether or not all have a mark there."""
    for number, shown in enumerate(lock(pair.text, pair.language, into=pair.into).shown, start=1):
        reply = reply.replace(f"⟦{number}⟧", shown)
    return reply


def _another(shown: str) -> str:
    """Change the last digit, or the last letter where there is none."""
    for at in range(len(shown) - 1, -1, -1):
        if shown[at].isdigit():
            return f"{shown[:at]}{(int(shown[at]) + 1) % 10}{shown[at + 1 :]}"
    return shown[:-1] + ("x" if shown[-1:].isascii() else shown[-1:])


def main() -> int:
    """Print the figures of all sets as one JSON object; lines for people go to stderr."""
    sets = {"the sixty": read_all(), "twenty others": read_unseen("pairs")}
    sets |= {"unusual places": read_unseen("places"), "longer ones": read_unseen("longer")}
    measured: dict[str, object] = {}
    for name, cases in sets.items():
        with TemporaryDirectory() as folder:
            figures = measure(Path(folder), cases)
        measured[name] = figures.as_json
        _tell(name, figures)
    sys.stdout.write(json.dumps(measured, ensure_ascii=False, indent=1) + "\n")
    return 0


def _tell(name: str, figures: Figures) -> None:
    turned, shown = figures.turned.total(), figures.turned_shown.total()
    sys.stderr.write(
        f"{name}: true translations accepted {figures.accepted} of {figures.pairs}; locked parts "
        f"kept {figures.locked_kept} of {figures.locked}, terms {figures.terms_kept} of "
        f"{figures.terms}.\n"
        f"Turned translations shown {shown} of {turned}; without the check {turned} of {turned}.\n"
    )


if __name__ == "__main__":
    raise SystemExit(main())
