"""Whether what is cited stands in the shelf, read back from there and not from the answer."""

import re
from collections.abc import Iterator

from knowledge.evaluation.asking import Cited, Desk, Reply

_MARK = re.compile(r"\[(\d+)\]")


def faults(reply: Reply, desk: Desk) -> tuple[str, ...]:
    """What is wrong with the citations of a reply; nothing, mostly."""
    return tuple(_faults(reply, desk))


def _faults(reply: Reply, desk: Desk) -> Iterator[str]:
    if not reply.answered:
        if reply.citations:
            yield f"{reply.outcome} cites {len(reply.citations)}"
        return
    if not reply.citations:
        yield "an answer without a citation"
    for cited in reply.citations:
        yield from _faults_of(cited, desk)
    quoted = _marks(*(cited.quote for cited in reply.citations))
    beyond = _marks(reply.text) - quoted - set(range(1, len(reply.citations) + 1))
    if beyond:
        yield f"no citation has the number {min(beyond)}"


def _marks(*texts: str) -> set[int]:
    """The numbers that stand in square brackets."""
    return {int(mark) for text in texts for mark in _MARK.findall(text)}


def _faults_of(cited: Cited, desk: Desk) -> Iterator[str]:
    stored = {passage.id: passage.text for passage in desk.passages(cited.document)}
    if cited.passage not in stored:
        yield f"{cited.passage} is not on the shelf"
    elif not cited.quote.strip() or cited.quote not in stored[cited.passage]:
        yield f"the quote is not in {cited.passage}"
