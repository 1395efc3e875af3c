"""What a real language model writes, and what of it would be shown.

    HELPDESK_MODEL_URL=… HELPDESK_MODEL_NAME=… python -m benchmarks.worded_answers --out FILE

Any endpoint that the desk can use will do; a small model behind llama.cpp's server is a good
adversary, for it invents without being told to. The starter knowledge stands there without its
translations, so that a question in another language than Chinese gives the model work. Prints one
JSON object with counts and the median seconds of a question. FILE gets each question with the
sentences that were written, those that were shown, and what the model said as it came, for a
person to judge.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, zip_longest
from pathlib import Path

from bot.bootstrap import Workplace
from bot.settings import Settings, read_settings
from handlers.commands.model_trials import entries_of, keep_originals
from handlers.commands.trial_desk import TrialDesk, TrialPlace, starter_place, trial_place
from knowledge.errors import UsageError
from knowledge.evaluation.asking import Request
from knowledge.evaluation.sentence_suite import Entries
from knowledge.generation.assembly import limit, make_rewording
from knowledge.generation.drafts import read_drafts, tidy
from knowledge.generation.openai_writer import Endpoint, OpenAIWriter
from knowledge.generation.writer import Prompt, Writer
from knowledge.language import base
from knowledge.passage import Audience

_TOKENS = 1_000_000_000


def main() -> None:
    """Ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=30)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="helpdesk-worded-") as name:
        trials = measure(read_settings(data=Path(name)), arguments.questions)
    written = json.dumps([trial.listed for trial in trials], ensure_ascii=False, indent=1)
    arguments.out.write_text(written + "\n", "utf-8")
    print(json.dumps(summarise(trials), indent=2))


@dataclass
class Listening:
    """A writer that keeps what the other wrote."""

    writer: Writer
    said: list[str] = field(default_factory=list)

    def write(self, prompt: Prompt, *, seconds: float) -> Generator[str, None, None]:
        """Write as the other does."""
        self.said.append("")
        for piece in self.writer.write(prompt, seconds=seconds):
            self.said[-1] += piece
            yield piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One question, what the model said to it ("" where it was not asked) and what was shown."""

    question: str
    said: str
    reply: str
    worded: bool
    seconds: float

    @property
    def written(self) -> list[str]:
        """The sentences that could be read at all."""
        return [tidy(draft.sentence) for draft in read_drafts(iter([self.said]))]

    @property
    def shown(self) -> list[str]:
        """Those that the customer would read."""
        return [one for one in self.written if self.worded and one and one in self.reply]

    @property
    def listed(self) -> dict[str, object]:
        """As it is written down."""
        return {
            "question": self.question,
            "written": self.written,
            "shown": self.shown,
            "said": self.said,
            "reply": self.reply,
        }


def measure(settings: Settings, questions: int) -> list[Trial]:
    """Ask that many questions of a desk whose answers the model words."""
    if not settings.model_url:
        raise UsageError(problem="HELPDESK_MODEL_URL and HELPDESK_MODEL_NAME are not set.")
    plain = trial_place(Workplace(settings))
    today = Workplace(settings).today()
    with starter_place(plain) as whole:
        requests = list(islice(requests_of(entries_of(whole)), questions))
    with starter_place(plain, revise=keep_originals) as place:
        key = settings.model_key.get_secret_value()
        endpoint = Endpoint(url=settings.model_url, model=settings.model_name, key=key)
        writer = Listening(OpenAIWriter(endpoint))
        return [ask(place, writer, request, today, settings) for request in requests]


def requests_of(entries: Entries) -> Iterable[Request]:
    """Questions about public entries in languages other than that of their answer, in turns."""
    own: dict[str, list[Request]] = {}
    for (_, language), passage in sorted(entries.items()):
        public = passage.provenance.audience is Audience.PUBLIC
        if base(language) != "zh" and passage.questions and public:
            asked = Request(question=passage.questions[0].text, language=language)
            own.setdefault(language, []).append(asked)
    turns = zip_longest(*(own[language] for language in sorted(own)))
    return (request for turn in turns for request in turn if request)


def ask(
    place: TrialPlace, writer: Listening, request: Request, today: date, settings: Settings
) -> Trial:
    """Ask one question; each has a limit of its own, so that no failure spares the next."""
    model = limit(
        writer,
        folder=place.folder,
        seconds=settings.model_timeout,
        tokens=_TOKENS,
        today=lambda: today,
    )
    desk = TrialDesk(place, today, wording=make_rewording(model, place.embedder))
    before, begun = len(writer.said), time.perf_counter()
    reply = desk.ask(request)
    return Trial(
        question=request.question,
        said="".join(writer.said[before:]),
        reply=reply.text,
        worded=reply.worded,
        seconds=time.perf_counter() - begun,
    )


def summarise(trials: Sequence[Trial]) -> dict[str, float | int | None]:
    """Counts, and the median seconds of the questions that the model was asked."""
    asked = [trial for trial in trials if trial.said]
    return {
        "questions": len(trials),
        "the model wrote something": len(asked),
        "sentences written": sum(len(trial.written) for trial in asked),
        "sentences shown": sum(len(trial.shown) for trial in asked),
        "answers worded": sum(trial.worded for trial in asked),
        "seconds, median": round(statistics.median(one.seconds for one in asked), 1)
        if asked
        else None,
    }


if __name__ == "__main__":
    main()
