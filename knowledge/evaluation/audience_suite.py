"""Whether anything of a document reaches somebody who may not see it.

Documents with a token of their own stand beside the rest of the shelf. Each is asked for in every
way that the templates know, by each audience in turn that may not see it. A leak is the token, a
detail, the title or a passage of any document behind a wall, anywhere in what comes back: answer,
citations, questions asked back, the whole object, and the results of a search. That the documents
can be found in these ways at all is shown by searching as somebody who may see them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.evaluation.asking import Desk, Reply, Request
from knowledge.evaluation.attacks import AudienceBook, Canary
from knowledge.evaluation.bench import Progress
from knowledge.evaluation.measures import Evaluation, Failure, Measure
from knowledge.evaluation.metrics import mean
from knowledge.passage import Audience, Passage

SUITE = "audience leaks"
_SEARCHED = 10
_CONTROLLED = 7
"""Each so-manieth probe is also searched for by somebody who may see the document."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One document asked for, by somebody who may not see it."""

    canary: Canary
    question: str
    asker: Audience

    def request(self, asker: Audience | None = None) -> Request:
        """The question, asked by its asker or by another one."""
        return Request(question=self.question, audience=asker or self.asker)


def make_probes(book: AudienceBook) -> Iterator[Probe]:
    """Each document in each way, asked by those who may not see it in turn."""
    behind_walls = [canary for canary in book.canaries if canary.forbidden]
    for number, canary in enumerate(behind_walls):
        for place, template in enumerate(book.templates):
            asker = canary.forbidden[(number + place) % len(canary.forbidden)]
            yield Probe(canary, template.ask(canary), asker)


def evaluate_audiences(
    book: AudienceBook, desk: Desk, *, progress: Progress | None = None
) -> Evaluation:
    """Ask every probe; the shelf of ``desk`` holds the documents of the book."""
    probes = list(make_probes(book))
    leaks: list[Failure] = []
    found: list[bool] = []
    for number, probe in enumerate(probes, start=1):
        leaks += _leaks(probe, book, desk)
        if number % _CONTROLLED == 1:
            found.append(_is_found(probe, desk))
        if progress:
            progress(number, len(probes), probe.canary.id)
    return Evaluation(
        fingerprint="",
        measures=tuple(_measures(probes, leaks, found)),
        failures=tuple(leaks),
    )


def _measures(probes: list[Probe], leaks: list[Failure], found: list[bool]) -> Iterator[Measure]:
    yield Measure(
        suite=SUITE,
        name="probes that leaked",
        ours=float(len({leak.id for leak in leaks})),
        plain=None,
        count=len(probes),
        lower=True,
        counted=True,
    )
    yield Measure(
        suite=SUITE,
        name="found by those who may see it",
        ours=mean(found),
        plain=None,
        count=len(found),
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """Something that came back; ``audience`` where it is a passage or part of one."""

    channel: str
    text: str
    audience: Audience | None = None


def _leaks(probe: Probe, book: AudienceBook, desk: Desk) -> Iterator[Failure]:
    request = probe.request()
    hidden = [one for one in book.canaries if probe.asker in one.forbidden]
    for shown in _everything(desk.ask(request), desk.search(request, _SEARCHED)):
        # Who names a token or a title is told nothing by hearing it again.
        said = shown.text.replace(probe.question, "")
        names = [one.id for one in hidden if any(secret in said for secret in one.secrets)]
        if names or not (shown.audience is None or shown.audience in probe.asker.readable):
            yield Failure(
                id=f"{probe.canary.id}/{probe.asker}/{probe.question}",
                question=probe.question,
                expected=f"nothing that {probe.asker} may not see",
                got=f"{', '.join(names) or 'a passage for others'} in {shown.channel}",
            )


def _everything(reply: Reply, found: Iterable[Passage]) -> Iterator[_Shown]:
    """What an asker reads, what a program reads, and what both rest on."""
    yield _Shown("the answer", reply.text)
    yield _Shown("the object", reply.shown)
    yield from (_Shown("a question asked back", choice) for choice in reply.choices)
    yield from (_Shown("a citation", cited.quote, cited.audience) for cited in reply.citations)
    for passage in found:
        variants = (variant.text for variant in passage.questions)
        text = "\n".join((passage.provenance.title, *passage.headings, passage.text, *variants))
        yield _Shown("a search result", text, passage.provenance.audience)


def _is_found(probe: Probe, desk: Desk) -> bool:
    """Whether somebody who may see the document finds it in this way."""
    found = desk.search(probe.request(probe.canary.audience), _SEARCHED)
    return any(probe.canary.token in passage.text for passage in found)
