"""Fit the map that aligns the languages of the bundled embedding space.

    python -m benchmarks.fit_alignment FOLDER CATALOGS... [--cache DIR]

FOLDER holds xquad-r.*.jsonl (see knowledge/evaluation/suites.py); only the topics that ``helpdesk
evaluate`` does not ask about are used. CATALOGS are folders with gettext catalogs of any programs,
unpacked (``…/<language>/LC_MESSAGES/*.po``), whose messages say the same in many languages; the
shipped map was made with those of Django and Wagtail (``pip download django wagtail``) and ours.

Two steps. First the span of the languages' mean vectors, centred, is projected out (Yang et al.
2021, "A simple and effective method to eliminate the self language bias in multilingual
representations", arXiv 2109.04727). Then the map is trained from there, held to it by a quadratic
penalty: questions to passages of XQuAD-R in another language, and variants of the starter
knowledge's questions to its answers and to each other (InfoNCE, van den Oord et al. 2018, arXiv
1807.03748). Prints what each step brings on the topics that were not fitted on; writes
knowledge/alignment.npz. Afterwards: ``prepare_vectors``, ``fit_decision`` and ``fit_texts``.
"""

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import cross_entropy, normalize

from benchmarks.alignment_texts import (
    Pool,
    Vector,
    parallel_pools,
    read_messages,
    starter_pools,
    vectors_of,
)
from knowledge.alignment import ALIGNMENT, save_alignment
from knowledge.embedding import Embedder
from knowledge.evaluation.remembering import RememberingEmbedder
from knowledge.evaluation.suites import Part
from knowledge.models import load_engine

DIRECTIONS = 12
"""How many directions of language are taken out; 8 to 16 do equally well."""
STEPS, RATE, TEMPERATURE, HELD = 250, 5e-4, 0.03, 100.0
WEIGHTS = {"parallel": 0.5, "starter": 0.1, "variants": 0.05}
ASKED = 4


@dataclass(frozen=True)
class Drawn:
    """Questions and passages of one step; ``right[i]`` is the passage of question i."""

    questions: torch.Tensor
    passages: torch.Tensor
    right: torch.Tensor


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("catalogs", type=Path, nargs="+")
    parser.add_argument("--cache", type=Path)
    arguments = parser.parse_args()
    embedder = RememberingEmbedder(load_engine(), arguments.cache)
    means = language_means(read_messages(arguments.catalogs), embedder)
    fitted = parallel_pools(arguments.folder, embedder, Part.FITTED, questions=1)
    held_out = parallel_pools(arguments.folder, embedder, Part.HELD_OUT, questions=4)
    starter = starter_pools(embedder)
    embedder.save()
    centred = remove_languages(means)
    learned = train(centred, fitted, starter)
    steps = {"plain": torch.eye(len(centred)), "languages out": centred, "learned": learned}
    for name, found in steps.items():
        print(
            f"{name:14}", " ".join(f"{key} {value:.3f}" for key, value in scores(found, held_out))
        )
    save_alignment(ALIGNMENT, learned.numpy())


def language_means(messages: Mapping[str, Sequence[str]], embedder: Embedder) -> torch.Tensor:
    """The mean vector of each language's messages, shape (languages, dimensions)."""
    print({language: len(texts) for language, texts in messages.items()}, flush=True)
    return torch.tensor(
        np.stack([vectors_of(embedder, texts).mean(axis=0) for texts in messages.values()])
    )


def remove_languages(means: torch.Tensor) -> torch.Tensor:
    """The projection that takes the main directions between languages out."""
    directions = torch.linalg.svd(means - means.mean(0), full_matrices=False)[2][:DIRECTIONS]
    projection: torch.Tensor = torch.eye(means.shape[1]) - directions.T @ directions
    return projection


def train(start: torch.Tensor, parallel: Sequence[Pool], starter: Sequence[Pool]) -> torch.Tensor:
    """Learn the map from ``start``."""
    generator = random.Random(0)  # noqa: S311 - nothing secret
    learned = torch.nn.Parameter(start.clone())
    optimiser = torch.optim.AdamW([learned], lr=RATE, weight_decay=0)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, STEPS)
    for _ in range(STEPS):
        loss = HELD * ((learned - start) ** 2).sum() / len(start)
        for kind, pools in (("parallel", parallel), ("starter", starter), ("variants", starter)):
            drawn = draw(pools, generator, variants=kind == "variants")
            loss = loss + WEIGHTS[kind] * _loss(learned, drawn)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch gives it no types
        optimiser.step()
        schedule.step()
    return learned.detach()


def draw(pools: Sequence[Pool], generator: random.Random, *, variants: bool) -> Drawn:
    """One passage (or question variant) of each pool and some questions, in random languages."""
    sought = [
        _question(generator, pool) if variants else generator.choice(list(pool.passages.values()))
        for pool in pools
    ]
    right = [number for number in range(len(pools)) for _ in range(ASKED)]
    asked = [_question(generator, pools[number]) for number in right]
    return Drawn(torch.tensor(np.stack(asked)), torch.tensor(np.stack(sought)), torch.tensor(right))


def _question(generator: random.Random, pool: Pool) -> Vector:
    return generator.choice(generator.choice(list(pool.questions.values())))


def _loss(learned: torch.Tensor, drawn: Drawn) -> torch.Tensor:
    questions = normalize(drawn.questions @ learned.T, dim=1)
    passages = normalize(drawn.passages @ learned.T, dim=1)
    return cross_entropy(questions @ passages.T / TEMPERATURE, drawn.right)


def scores(found: torch.Tensor, pools: Sequence[Pool]) -> Iterator[tuple[str, float]]:
    """R@1 on shelves in one language, asked in all others, and in each language's own."""
    for shelf in ("zh", "en"):
        passages = torch.tensor(np.stack([pool.passages[shelf] for pool in pools]))
        asked = {"others": [key for key in pools[0].passages if key != shelf], "own": [shelf]}
        for name, languages in asked.items():
            hits = [hit for one in languages for hit in _hits(found, pools, one, passages)]
            yield f"{shelf} shelf, {name}:", sum(hits) / len(hits)


def _hits(
    found: torch.Tensor, pools: Sequence[Pool], language: str, passages: torch.Tensor
) -> list[bool]:
    vectors = [(v, n) for n, pool in enumerate(pools) for v in pool.questions.get(language, ())]
    questions = torch.tensor(np.stack([vector for vector, _ in vectors]))
    near = normalize(questions @ found.T, dim=1) @ normalize(passages @ found.T, dim=1).T
    return [int(best) == n for best, (_, n) in zip(near.argmax(1), vectors, strict=True)]


if __name__ == "__main__":
    main()
