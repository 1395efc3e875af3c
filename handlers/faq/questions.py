"""The questions of published entries, as ``helpdesk evaluate`` reads them."""

import json
from pathlib import Path

from bot.desk.faq_entry import FaqEntry
from bot.desk.gaps.ports import Place
from knowledge.durable import write_durably
from knowledge.evaluation.cases import QUESTIONS


class QuestionFile:
    """``questions.jsonl`` of a folder: a line for each way to ask."""

    def __init__(self, folder: Path) -> None:
        """Use the file in ``folder``, which need not exist."""
        self.path = folder / QUESTIONS

    def put(self, entry: FaqEntry, place: Place) -> None:
        """Write the questions of an entry in the place of those that it had."""
        fresh = [
            json.dumps(
                {
                    "id": f"{entry.key}/{number}",
                    "kind": "answerable",
                    "split": "test",
                    "question": one.text,
                    "language": one.language,
                    "audience": entry.content.audience.value,
                    "expect": {
                        "outcome": ["answered"],
                        "document": [place.document],
                        "entry": [place.entry],
                    },
                },
                ensure_ascii=False,
            )
            for number, one in enumerate(entry.content.questions, start=1)
        ]
        write_durably(self.path, "".join(f"{line}\n" for line in (*self._others(entry), *fresh)))

    def _others(self, entry: FaqEntry) -> list[str]:
        """The lines of other entries; also those that somebody wrote who is no program."""
        if not self.path.exists():
            return []
        # Not splitlines: JSON may have other line separators, such as U+2028, inside a string.
        lines = self.path.read_text(encoding="utf-8-sig").split("\n")
        own = f'{{"id": "{entry.key}/'
        return [line for line in lines if line.strip() and not line.startswith(own)]
