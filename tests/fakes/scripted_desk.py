"""A desk that says what a test has written down for each question."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from knowledge.evaluation.asking import Cited, Reply, Request
from knowledge.passage import Audience, Passage, PassageKind, Provenance, QuestionVariant


def make_passage(
    identifier: str,
    text: str = "",
    *,
    document: str = "faq.csv",
    entry: str = "",
    questions: Sequence[str] = (),
) -> Passage:
    """A passage of a shelf, for everybody."""
    return Passage(
        id=identifier,
        document=document,
        ordinal=0,
        kind=PassageKind.FAQ if entry else PassageKind.TEXT,
        language="en",
        locator=identifier,
        text=text or f"The text of {identifier}.",
        provenance=Provenance(title=f"Title of {identifier}"),
        questions=tuple(QuestionVariant(one, "en") for one in questions),
        entry=entry,
    )


def behind_walls(passage: Passage, audience: Audience) -> Passage:
    """The same passage for an audience alone."""
    return replace(passage, provenance=replace(passage.provenance, audience=audience))


def cite(passage: Passage, quote: str = "") -> Cited:
    """A citation of a passage, of all of its text unless said otherwise."""
    return Cited(
        document=passage.document,
        entry=passage.entry or passage.locator,
        quote=quote or passage.text,
        passage=passage.id,
        audience=passage.provenance.audience,
    )


def answered(*passages: Passage, confidence: float = 0.9, language: str = "en") -> Reply:
    """An answer that quotes passages."""
    return Reply(
        outcome="answered",
        reason="found",
        spoken=language,
        language=language,
        text=" ".join(f"{one.text} [{n}]" for n, one in enumerate(passages, start=1)),
        confidence=confidence,
        citations=tuple(cite(one) for one in passages),
    )


def not_answered(outcome: str = "handed_off", *, language: str = "en", text: str = "") -> Reply:
    """Anything but an answer."""
    return Reply(outcome=outcome, reason="", spoken=language, language=language, text=text)


class ScriptedDesk:
    """Replies by question, or as a function says; its shelf is what it is given.

    ``found`` is what a search returns for an audience; every request is kept.
    """

    def __init__(
        self,
        replies: Mapping[str, Reply] | Callable[[Request], Reply],
        *shelf: Passage,
        found: Callable[[Request], Sequence[Passage]] = lambda _: (),
    ) -> None:
        self._replies = replies
        self._shelf = shelf
        self._found = found
        self.asked: list[Request] = []

    def ask(self, request: Request) -> Reply:
        self.asked.append(request)
        if callable(self._replies):
            return self._replies(request)
        return self._replies[request.question]

    def search(self, request: Request, limit: int) -> Sequence[Passage]:
        return self._found(request)[:limit]

    def passages(self, document: str) -> Sequence[Passage]:
        return [one for one in self._shelf if one.document == document]
