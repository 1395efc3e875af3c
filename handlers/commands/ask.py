"""``helpdesk ask``: what the desk would say. It keeps nothing and opens no ticket."""

import sys
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import date

from bot.bootstrap import Workplace
from bot.desk.consulting import clean
from bot.desk.outcomes import Answered, HandedOff, Outcome
from bot.desk.questions import Question
from bot.i18n.negotiation import canonical
from bot.settings import read_settings
from handlers.commands.batch import BatchQuestion, read_batch
from handlers.commands.speaking import (
    having_patience,
    terminal_language,
    use_utf8,
    write_json,
)
from handlers.live_text import LiveText
from handlers.wording import Wording
from knowledge.answer import Citation
from knowledge.errors import N_, EmptyShelf, UsageError
from knowledge.normalisation import fold
from knowledge.passage import Audience
from knowledge.problem import Problem

_NO_LANGUAGE = N_("“{language}” is not a language tag such as zh-Hans or en.")
NO_TICKET = N_("(This was only a look: no ticket was opened. “helpdesk chat” keeps threads.)")


def run(arguments: Namespace) -> int:
    """Answer one question, or a batch of them."""
    use_utf8()
    if bool(arguments.question) == bool(arguments.batch):
        raise UsageError(problem=N_("Give a question, or --batch with a file of them."))
    asked = _read_questions(arguments)
    workplace = Workplace(read_settings(arguments.data))
    workplace.check_folder()
    if not workplace.library.documents():
        raise EmptyShelf(folder=workplace.folder)
    with having_patience(workplace):
        return (
            _answer_batch(workplace, asked)
            if arguments.batch
            else _answer_one(workplace, asked[0], as_json=arguments.json)
        )


def _answer_batch(workplace: Workplace, asked: Sequence[BatchQuestion]) -> int:
    ahead = workplace.library.look_ahead
    for one in workplace.recent.ahead(asked, lambda one: fold(clean(one.text)), ahead):
        write_json({"id": one.id, **answer(workplace, one)})
        sys.stdout.flush()
    return 0


def _answer_one(workplace: Workplace, asked: BatchQuestion, *, as_json: bool) -> int:
    live = LiveText(_write_at_once)
    streamed = sys.stdout.isatty() and not as_json
    found = answer(workplace, asked, on_sentence=live.tell if streamed else None)
    if as_json:
        write_json(found)
        return 0
    sys.stdout.write(f"{live.rest_of(str(found['text']))}\n")
    if found["outcome"] == HandedOff.outcome:
        spoken = terminal_language(workplace.settings.language)
        wording = Wording(workplace.translations)
        sys.stderr.write(f"\n{wording.phrase(NO_TICKET, language=spoken)}\n")
    return 0


def _read_questions(arguments: Namespace) -> list[BatchQuestion]:
    """What is asked; ``--as`` and ``--language`` hold for lines that do not say otherwise."""
    language = arguments.language
    if language and not canonical(language):
        raise UsageError(problem=Problem(_NO_LANGUAGE, {"language": language}))
    audience = Audience(arguments.audience or Audience.PUBLIC)
    if arguments.batch:
        return list(read_batch(arguments.batch, audience=audience, language=language))
    one = BatchQuestion(
        id=None, text=arguments.question, language=language, audience=audience, history=()
    )
    return [one]


def _write_at_once(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def answer(
    workplace: Workplace, asked: BatchQuestion, *, on_sentence: Callable[[str], None] | None = None
) -> dict[str, object]:
    """The outcome of one question as the object that ``--json`` prints.

    ``on_sentence`` is told what a model words, sentence by sentence.
    """
    started = time.perf_counter()
    consultant = workplace.consultant
    outcome = (consultant.telling(on_sentence) if on_sentence else consultant).consult(
        Question(
            text=asked.text,
            audience=asked.audience,
            language=canonical(asked.language),
            history=asked.history,
        )
    )
    shown = present(outcome, Wording(workplace.translations), workplace.today())
    return {**shown, "elapsed_ms": round((time.perf_counter() - started) * 1000, 1)}


def present(outcome: Outcome, wording: Wording, today: date) -> dict[str, object]:
    """An outcome as the object that ``--json`` prints; ``today`` is the day of the answer."""
    reply = wording.outcome(outcome, language=outcome.language, today=today)
    return {
        "outcome": outcome.outcome,
        "reason": str(outcome.reason),
        "language": _text_language(outcome),
        "text": reply.text,
        "citations": [_citation(c) for c in _citations(outcome)],
        "confidence": round(outcome.confidence, 4),
    }


def _text_language(outcome: Outcome) -> str:
    """The language that the text is really in, which is not always the asker's."""
    from bot.i18n.translations import nearest_locale

    if isinstance(outcome, Answered):
        return outcome.found.language
    return nearest_locale(outcome.language)


def _citations(outcome: Outcome) -> tuple[Citation, ...]:
    return outcome.found.citations if isinstance(outcome, Answered) else ()


def _citation(citation: Citation) -> dict[str, object]:
    passage, source = citation.passage, citation.passage.provenance
    dates = (source.issued, source.effective_from, source.effective_to)
    issued, begins, ends = (str(day) if day else None for day in dates)
    return {
        "n": citation.number,
        "document": passage.document,
        "title": source.title,
        "locator": passage.locator,
        "quote": citation.quote,
        "language": passage.language,
        "url": source.url or None,
        "issued": issued,
        "effective_from": begins,
        "effective_to": ends,
        "jurisdiction": str(source.jurisdiction) if source.jurisdiction else None,
    }
