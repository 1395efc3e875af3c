"""How much a day may be asked of a language model, shared by all processes on a data folder."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_LOG = logging.getLogger(__name__)
_WAIT_SECONDS = 2.0
_BYTES_A_TOKEN = 3


def count_tokens(text: str) -> int:
    """A rough number of tokens, rather too high: three bytes of UTF-8 for one.

    A Chinese character counts one, an English word of five letters two. Counting as the model does
    would need its own vocabulary.
    """
    return -(-len(text.encode("utf-8", "replace")) // _BYTES_A_TOKEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyBudget:
    """Counts tokens in a file; ``today`` is the day where the centre is.

    What may be needed is taken out before a request and what was not needed is put back after it:
    neither a crash nor two processes at once can exceed the budget.
    """

    path: Path
    tokens: int
    today: Callable[[], date]

    def take(self, tokens: int) -> bool:
        """Take tokens out; False when the rest of the day has not as many, or cannot be told."""
        return self._book(tokens)

    def put_back(self, tokens: int) -> None:
        """Put back what was taken and not needed."""
        self._book(-tokens)

    def _book(self, tokens: int) -> bool:
        from filelock import FileLock, Timeout

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_suffix(".lock"), timeout=_WAIT_SECONDS):
                day = self.today().isoformat()
                used = self._used(day)
                if tokens > 0 and used + tokens > self.tokens:
                    return False
                text = json.dumps({"day": day, "tokens": max(used + tokens, 0)})
                beside = self.path.with_suffix(".new")
                beside.write_text(text, encoding="utf-8")
                beside.replace(self.path)
                return True
        except (OSError, Timeout) as error:
            # What cannot be counted is not spent.
            _LOG.warning("the budget of the language model cannot be kept: %s", error)
            return False

    def _used(self, day: str) -> int:
        """What the day has used so far. A file that cannot be read counts as all used up."""
        try:
            stored = json.loads(self.path.read_text(encoding="utf-8"))
            return int(stored["tokens"]) if stored["day"] == day else 0
        except FileNotFoundError:
            return 0
        except (ValueError, KeyError, TypeError):
            _LOG.warning("%s is damaged: the language model rests until it is removed", self.path)
            return self.tokens
