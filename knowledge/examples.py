"""A book of example sentences under labels, and how near a question is to each label.

Vectors of one language share a direction that says nothing but "this is Russian", so the mean of
the language's examples is taken off examples and question alike. What is nearest says most; a
linear classifier on the same examples (ridge regression on the labels, each label weighing the
same) says which directions tell labels apart. Measured on sentences of the desk in fifteen
languages that were no examples, without rules, where one question of the shelf in a hundred is
taken for something else: the nearest ones alone .83 right, the classifier alone .75, both .85.
"""

import hashlib
import logging
import os
import tempfile
import threading
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.embedding import Embedder, Vectors
from knowledge.language import base
from knowledge.normalisation import fold

Vector = npt.NDArray[np.float32]
_NEAREST = 4
_PENALTY = 0.003
_SHARE = 0.25
"""How much the classifier says beside the nearest examples."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence, the label it stands for, and its language."""

    label: str
    language: str
    text: str


class ExampleBook:
    """Compares questions with examples. It embeds the examples once; safe to share by threads."""

    def __init__(
        self, examples: Sequence[Example], embedder: Embedder, folder: Path | None = None
    ) -> None:
        """Keep the examples; ``folder`` keeps their vectors, None keeps them in memory only."""
        self._examples = tuple(examples)
        self._embedder = embedder
        self._folder = folder
        self._loading = threading.Lock()
        self._ready: _Centred | None = None

    def compare(self, vector: Vector, language: str) -> dict[str, float]:
        """Return how near each label is: about 1 for what its examples say, about 0 else."""
        return self._centred().compare(vector, base(language))

    def embed(self, text: str) -> Vector:
        """Embed a question in the way that :meth:`compare` expects."""
        vector: Vector = self._embedder.embed_questions([fold(text)])[0]
        return vector

    def prepare(self) -> None:
        """Embed the examples, or read their vectors, before they are needed."""
        self._centred()

    def is_prepared(self) -> bool:
        """Whether the vectors are there already: embedding thousands of sentences takes a while."""
        return self._ready is not None or (self._folder is not None and self._path.exists())

    def _centred(self) -> "_Centred":
        with self._loading:
            if self._ready is None:
                self._ready = _Centred(self._examples, self._vectors())
            return self._ready

    def _vectors(self) -> Vectors:
        if self._folder is None:
            return self._embed_all()
        vectors = _read(self._path, len(self._examples))
        if vectors is None:
            vectors = self._embed_all()
            _write(self._path, vectors)
        return vectors

    @property
    def _path(self) -> Path:
        name = f"examples-{self._embedder.fingerprint}-{self._digest()}.npz"
        return (self._folder or Path()) / name

    def _embed_all(self) -> Vectors:
        return self._embedder.embed_questions([fold(example.text) for example in self._examples])

    def _digest(self) -> str:
        written = "\0".join(fold(example.text) for example in self._examples)
        return hashlib.sha256(written.encode()).hexdigest()[:16]


class _Centred:
    """The examples with the mean of their language taken off."""

    def __init__(self, examples: Sequence[Example], vectors: Vectors) -> None:
        languages = np.asarray([base(example.language) for example in examples])
        labels = np.asarray([example.label for example in examples])
        self._overall: Vector = vectors.mean(axis=0)
        self._means: Mapping[str, Vector] = {
            str(name): vectors[languages == name].mean(axis=0) for name in np.unique(languages)
        }
        means = np.stack([self._means[str(name)] for name in languages])
        self._vectors = _unit(vectors - means)
        self._rows = {str(label): np.flatnonzero(labels == label) for label in np.unique(labels)}
        self._classifier = _Classifier(self._vectors, tuple(self._rows.values()))

    def compare(self, vector: Vector, language: str) -> dict[str, float]:
        centred = _unit(vector - self._means.get(language, self._overall))
        similarities = self._vectors @ centred
        told = self._classifier.tell(centred)
        return {
            label: float(np.sort(similarities[rows])[-_NEAREST:].mean() + _SHARE * share)
            for (label, rows), share in zip(self._rows.items(), told, strict=True)
        }


class _Classifier:
    """Ridge regression from vectors to labels, solved in closed form."""

    def __init__(self, vectors: Vectors, rows: Sequence[npt.NDArray[np.intp]]) -> None:
        """Fit to ``vectors`` of shape (examples, dimensions); ``rows`` has those of each label."""
        weights = np.zeros(len(vectors), dtype=np.float32)
        labels = np.zeros((len(vectors), len(rows)), dtype=np.float32)
        for label, own in enumerate(rows):
            weights[own] = 1 / (len(own) * len(rows))
            labels[own, label] = 1
        self._centre: Vector = weights @ vectors
        self._prior = weights @ labels
        moved = vectors - self._centre
        weighted = moved * weights[:, np.newaxis]
        spread = moved.T @ weighted + _PENALTY * np.eye(vectors.shape[1], dtype=np.float32)
        self._directions = np.linalg.solve(spread, weighted.T @ (labels - self._prior))

    def tell(self, vector: Vector) -> Vector:
        """How much a vector is like each label: about 1 for its own, about 0 for the others."""
        told: Vector = (vector - self._centre) @ self._directions + self._prior
        return told


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(length, 1e-9)).astype(np.float32)
    return scaled


def _read(path: Path, count: int) -> Vectors | None:
    """Read stored vectors; None when they must be made again."""
    try:
        # numpy leaves a file open that it cannot read, unless it is opened for it
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            vectors = np.asarray(stored["vectors"], dtype=np.float32)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    usable = vectors.ndim == 2 and len(vectors) == count and bool(np.isfinite(vectors).all())  # noqa: PLR2004 - rows of vectors
    return vectors if usable else None


def _write(path: Path, vectors: Vectors) -> None:
    """Store vectors in one step. It only saves time, so that a full disk is no failure."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            temporary = Path(file.name)
            np.savez(file, vectors=vectors)
        os.replace(temporary, path)  # noqa: PTH105 - replaces an existing file on every system
    except OSError as error:
        _log.warning("The vectors of the examples cannot be kept in %s: %s", path.parent, error)
        if temporary is not None:
            temporary.unlink(missing_ok=True)
