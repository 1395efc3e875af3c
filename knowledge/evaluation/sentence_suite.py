"""Whether false sentences are told from true ones before a customer reads them.

Each sentence stands below a quote of a FAQ entry, as a model might have written it. The check may
show a false one never; true ones that it drops cost only the better wording.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from knowledge.evaluation.attacks import AttackedSentence
from knowledge.evaluation.bench import Progress
from knowledge.evaluation.measures import Evaluation, Failure, Measure
from knowledge.evaluation.metrics import mean
from knowledge.passage import Passage

SUITE = "false sentences"
Check = Callable[[AttackedSentence, Passage], Sequence[str]]
"""What speaks against showing a sentence that cites this passage; nothing: it is shown."""
Entries = Mapping[tuple[str, str], Passage]
"""The passages of the shelf by entry and language."""


def evaluate_sentences(
    sentences: Sequence[AttackedSentence],
    entries: Entries,
    check: Check,
    *,
    progress: Progress | None = None,
) -> Evaluation:
    """Check every sentence whose entry is on the shelf; the report says for how many it is not."""
    known = [one for one in sentences if (one.entry, one.quote_language) in entries]
    shown: dict[str, bool] = {}
    for number, one in enumerate(known, start=1):
        shown[one.id] = not check(one, entries[one.entry, one.quote_language])
        if progress:
            progress(number, len(known), one.id)
    lacking = sorted({one.entry for one in sentences if one not in known})
    skipped = f"{len(sentences) - len(known)} sentences below entries that are not on the shelf"
    return Evaluation(
        fingerprint="",
        measures=tuple(_measures(known, shown)),
        failures=tuple(_failure(one) for one in known if shown[one.id] and not one.right),
        skipped=(f"{skipped}: {', '.join(lacking)}",) if lacking else (),
    )


def _measures(known: Sequence[AttackedSentence], shown: Mapping[str, bool]) -> Iterator[Measure]:
    wrong = [one for one in known if not one.right]
    right = [one for one in known if one.right]
    yield _count("wrong sentences shown", wrong, shown)
    for kind in sorted({one.kind for one in wrong}):
        own = [one for one in wrong if one.kind == kind]
        yield _count(f"wrong sentences shown, {kind}", own, shown)
    for kind in ("", *sorted({one.kind for one in right})):
        own = [one for one in right if kind in {"", one.kind}]
        yield _share(f"right sentences shown{', ' if kind else ''}{kind}", own, shown)


def _count(name: str, sentences: Sequence[AttackedSentence], shown: Mapping[str, bool]) -> Measure:
    passed = [one for one in sentences if shown[one.id]]
    return Measure(
        suite=SUITE,
        name=name,
        ours=float(len(passed)),
        plain=None,
        count=len(sentences),
        lower=True,
        counted=True,
        parts=_by_language(sentences, shown),
    )


def _share(name: str, sentences: Sequence[AttackedSentence], shown: Mapping[str, bool]) -> Measure:
    return Measure(
        suite=SUITE,
        name=name,
        ours=mean(shown[one.id] for one in sentences),
        plain=None,
        count=len(sentences),
        parts=_by_language(sentences, shown),
    )


def _by_language(
    sentences: Sequence[AttackedSentence], shown: Mapping[str, bool]
) -> dict[str, tuple[float, None]]:
    """The share that is shown, by the language of the sentence."""
    languages = sorted({one.language for one in sentences})
    return {
        language: (mean(shown[one.id] for one in sentences if one.language == language), None)
        for language in languages
    }


def _failure(sentence: AttackedSentence) -> Failure:
    return Failure(
        id=sentence.id,
        question=sentence.sentence,
        expected=f"dropped ({sentence.kind})",
        got=f"shown below “{sentence.quote}”",
    )
