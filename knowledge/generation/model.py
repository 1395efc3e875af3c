"""A language model as the rest asks it: within a budget, and not while it keeps failing."""

import logging
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass

from knowledge.breaker import CircuitBreaker
from knowledge.errors import LanguageModelFailure
from knowledge.generation.budget import DailyBudget, count_tokens
from knowledge.generation.writer import Prompt, Writer

_LOG = logging.getLogger(__name__)

UNDERSTANDING, ANSWERING = 0.25, 0.75
"""The parts of a question's time that go into understanding it and into wording the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageModel:
    """A writer with its limits; ``seconds`` is how long one question may wait for it in all."""

    writer: Writer
    budget: DailyBudget
    breaker: CircuitBreaker
    seconds: float

    def ask(
        self, prompt: Prompt, use: Callable[[Iterator[str]], bool], *, share: float = 1.0
    ) -> bool:
        """Let ``use`` read the reply as it comes; what ``use`` returns, or False if nothing came.

        ``use`` returns whether what it read had the form that was asked for, and may stop early.
        ``share`` is the part of the time that this may take. Nothing is raised for what the model
        or its endpoint does.
        """
        if not self.breaker.lets_through():
            return False
        needed = count_tokens(prompt.instructions) + count_tokens(prompt.data)
        if not self.budget.take(needed + prompt.longest):
            _LOG.info("the language model is not asked: its budget for today is used up")
            return False
        reply = _Counted(self.writer.write(prompt, seconds=self.seconds * share))
        try:
            with closing(reply.pieces):
                usable = use(reply.pieces)
            problem = "" if usable else "nothing that it said had the form asked for."
        except LanguageModelFailure as failure:
            usable, problem = False, str(failure.fields["problem"])
        finally:
            self.budget.put_back(max(prompt.longest - reply.tokens, 0))
        if problem:
            # Never what was asked or said: logs are read by people who may not read that.
            _LOG.warning("the language model failed: %s", problem)
            self.breaker.failed()
        else:
            self.breaker.succeeded()
        return usable


class _Counted:
    """A reply, and how many tokens of it have come."""

    def __init__(self, reply: Generator[str, None, None]) -> None:
        self.tokens = 0
        self.pieces = self._count(reply)

    def _count(self, reply: Generator[str, None, None]) -> Generator[str, None, None]:
        with closing(reply):
            for piece in reply:
                self.tokens += count_tokens(piece)
                yield piece
