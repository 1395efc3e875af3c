"""Whether the language of words, pairs of words and sentences is told rightly."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.evaluation.bench import Bench
from knowledge.evaluation.measures import Measure
from knowledge.evaluation.metrics import mean
from knowledge.evaluation.suites import ShortText
from knowledge.language import base, identify

_NAMES = {"word": "single words", "pair": "pairs of words", "sentence": "sentences"}
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Identification:
    """Script and region do not count: zh-Hant for zh is right."""

    texts: tuple[ShortText, ...]

    @property
    def steps(self) -> int:
        """One for each kind of text."""
        return len(self._kinds)

    @property
    def _kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.kind for one in self.texts))

    def measure(self, bench: Bench) -> list[Measure]:
        """The share told rightly, and what the worst language was taken for."""
        measures = []
        for kind in self._kinds:
            texts = [one for one in self.texts if one.kind == kind]
            told = [(one.language, base(identify(one.text))) for one in texts]
            measures += _measures(_NAMES.get(kind, kind), told)
            bench.step(f"language of {_NAMES.get(kind, kind)}")
        return measures


def _measures(name: str, told: Sequence[tuple[str, str]]) -> list[Measure]:
    """``told`` has for each text the right language and the one that was found."""
    parts = {
        language: mean(found == language for right, found in told if right == language)
        for language in sorted({right for right, _ in told})
    }
    worst = min(parts, key=lambda language: parts[language])
    of_worst = [found for right, found in told if right == worst]
    return [
        Measure(
            suite="language",
            name=f"{name} told rightly",
            plain=None,
            count=len(told),
            ours=mean(right == found for right, found in told),
            parts={language: (share, None) for language, share in parts.items()},
        ),
        Measure(
            suite="language",
            name=f"{name}, worst language",
            ours=parts[worst],
            plain=None,
            count=len(of_worst),
            note=confusion(worst, of_worst),
        ),
    ]


def confusion(right: str, found: Sequence[str]) -> str:
    """What a language was taken for, most often first: ``pt → es 12, it 3``."""
    wrong = Counter(language for language in found if language != right).most_common(_SHOWN)
    listed = ", ".join(f"{language} {count}" for language, count in wrong)
    return f"{right} → {listed}" if wrong else right
